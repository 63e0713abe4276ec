#include "value/mask.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace superconfig::detail {
namespace {

using Segments = std::vector<std::string>;

TEST(NamesSecret, by_whole_words) {
  for (auto name :
       {"password", "PASSWORD", "db_password", "dbPassword", "db-passwd", "clientSecret", "APIKey", "api_key",
        "API_KEY", "x-api-key", "privateKey", "PRIVATE_KEY", "credential", "AwsCredentials", "accessToken", "token"})
    EXPECT_TRUE(names_secret(std::string_view(name))) << name;
  for (auto name : {"", "port", "passwordless", "secretary", "tokens", "key", "api", "keyApi", "api_url_key",
                    "public_key", "monkey"})
    EXPECT_FALSE(names_secret(std::string_view(name))) << name;
}

TEST(NamesSecret, looks_at_the_last_segment_that_is_no_index) {
  EXPECT_TRUE(names_secret(Segments{"db", "password"}));
  EXPECT_TRUE(names_secret(Segments{"password", "0", "3"}));
  EXPECT_FALSE(names_secret(Segments{"password", "length"}));
  EXPECT_FALSE(names_secret(Segments{}));
}

TEST(MaskedText, hides_passwords_of_urls) {
  EXPECT_EQ(masked_text("postgres://me:pw@db:5432/x?y=a:b@c"), "postgres://me:***@db:5432/x?y=a:b@c");
  EXPECT_EQ(masked_text("amqp://u:p@ss@h"), "amqp://u:***@h");
  EXPECT_EQ(masked_text("a http://u:p@h b ftp://v:q@i"), "a http://u:***@h b ftp://v:***@i");
  EXPECT_EQ(masked_text("redis://:pw@h"), "redis://:***@h");
  for (auto plain : {"http://h:80/x", "http://me@h", "a:b@c", "", "http://h/u:p@x"})
    EXPECT_EQ(masked_text(plain), plain);
}

TEST(Describe, says_kind_and_value) {
  EXPECT_EQ(describe(Value("a\"b\n\x01"), false), "the string \"a\\\"b\\n\\x01\"");
  EXPECT_EQ(describe(Value(-5), false), "the integer -5");
  EXPECT_EQ(describe(Value(UINT64_MAX), false), "the integer 18446744073709551615");
  EXPECT_EQ(describe(Value(1.0), false), "the float 1.0");
  EXPECT_EQ(describe(Value(true), false), "the bool true");
  EXPECT_EQ(describe(Value(), false), "null");
  EXPECT_EQ(describe(Value::array(), false), "an empty array");
  EXPECT_EQ(describe(Value::dict({{"a", 1}}), false), "a dict");
  EXPECT_EQ(describe(Value::text("007", 7, false), false), "the string \"007\"");
  EXPECT_EQ(describe(*Datetime::parse("1979-05-27"), false), "the datetime 1979-05-27");
}

TEST(Describe, cuts_long_texts_between_characters) {
  std::string text = describe(Value(std::string(79, 'a') + "éé"), false);
  EXPECT_EQ(text, "the string \"" + std::string(79, 'a') + "…\"");
}

TEST(Describe, shows_nothing_of_a_secret) {
  for (const Value& value : {Value("hush"), Value(42), Value(4.2), Value(true), Value::text("hush", "hush", false)}) {
    auto text = describe(value, {"db", "password"});
    EXPECT_NE(text.find("(masked)"), std::string::npos) << text;
    EXPECT_EQ(text.find("hush"), std::string::npos);
    EXPECT_EQ(text.find("4"), std::string::npos);
  }
}

}  // namespace
}  // namespace superconfig::detail
