// Inputs that break parsers: deep, long, large, many.
#include "parsing.hpp"

namespace superconfig {
namespace {

std::string deep_json(std::size_t levels) {
  return "{\"a\":" + repeated("[", levels - 1) + repeated("]", levels - 1) + "}";
}
std::string deep_toml(std::size_t levels) { return "a = " + repeated("[", levels - 1) + repeated("]", levels - 1); }

TEST(Limits, five_hundred_levels_are_fine) {
  EXPECT_FALSE(shown(parse_json(text_source(deep_json(500)))).starts_with("error"));
  EXPECT_FALSE(shown(parse_toml(text_source(deep_toml(500)))).starts_with("error"));
  EXPECT_FALSE(shown(parse_toml(text_source("a" + repeated(".a", 499) + " = 1"))).starts_with("error"));
  EXPECT_FALSE(shown(parse_toml(text_source("[a" + repeated(".a", 498) + "]"))).starts_with("error"));
  EXPECT_FALSE(
      shown(parse_json(text_source(repeated("{\"a\":", 500) + "1" + repeated("}", 500)))).starts_with("error"));
  EXPECT_FALSE(
      shown(parse_toml(text_source("a = " + repeated("{a = ", 499) + "1" + repeated("}", 499)))).starts_with("error"));
}

TEST(Limits, one_more_is_an_error_with_its_place) {
  const std::string message = "nested more than 500 levels deep";
  EXPECT_EQ(json_problem(deep_json(501)), "1:505 " + message);
  EXPECT_EQ(json_problem(repeated("{\"a\":", 501) + "1" + repeated("}", 501)), "1:2501 " + message);
  EXPECT_EQ(toml_problem(deep_toml(501)), "1:504 " + message);
  EXPECT_EQ(toml_problem("x = 1\na" + repeated(".a", 500) + " = 1"), "2:1001 " + message);
  EXPECT_EQ(toml_problem("[a" + repeated(".a", 499) + "]"), "1:1 " + message);
  EXPECT_EQ(toml_problem("[[a" + repeated(".a", 498) + "]]\nx = 1"), "1:1 " + message);
  EXPECT_EQ(toml_problem("a = " + repeated("{a = ", 500) + "1" + repeated("}", 500)), "1:2500 " + message);
  // Headers, dotted keys and brackets count together.
  EXPECT_EQ(toml_problem("[a" + repeated(".a", 299) + "]\nb" + repeated(".b", 199) + " = []"), "2:403 " + message);
  EXPECT_EQ(toml_problem("x = {a" + repeated(".a", 299) + " = {b" + repeated(".b", 299) + " = 1}}").substr(0, 2), "1:");
}

TEST(Limits, ten_thousand_levels_and_more_do_not_overflow_the_stack) {
  for (const std::size_t levels : {10'000U, 1'000'000U}) {
    EXPECT_NE(json_problem(deep_json(levels)).find("500 levels"), std::string::npos);
    EXPECT_NE(json_problem(repeated("[", levels)).find("500 levels"), std::string::npos);
    EXPECT_NE(json_problem(repeated("{\"a\":", levels)).find("500 levels"), std::string::npos);
    EXPECT_NE(toml_problem(deep_toml(levels)).find("500 levels"), std::string::npos);
    EXPECT_NE(toml_problem("a = " + repeated("[", levels)).find("500 levels"), std::string::npos);
    EXPECT_NE(toml_problem("a = " + repeated("{a = ", levels)).find("500 levels"), std::string::npos);
  }
}

TEST(Limits, a_key_of_a_hundred_thousand_segments_is_an_error) {
  const auto key = "a" + repeated(".a", 99'999);
  EXPECT_EQ(toml_problem(key + " = 1"), "1:1001 nested more than 500 levels deep");
  EXPECT_EQ(toml_problem("[" + key + "]"), "1:1002 nested more than 500 levels deep");
  EXPECT_EQ(toml_problem("[[" + key + "]]"), "1:1003 nested more than 500 levels deep");
  EXPECT_EQ(toml_problem("x = [{" + key + " = 1}]"), "1:1003 nested more than 500 levels deep");
  // Spread over nested inline tables.
  const auto part = "{a" + repeated(".a", 99) + " = ";
  EXPECT_NE(toml_problem("x = " + repeated(part, 1000)).find("500 levels"), std::string::npos);
}

TEST(Limits, brackets_in_strings_and_comments_do_not_count) {
  const auto brackets = repeated("[{", 1000) + repeated(".a", 1000);
  const auto text = "# " + brackets + "\na = '" + brackets + "' # " + brackets + "\nb = \"\"\"\n\\\"" + brackets +
                    "\\\"\"\"\"\"\n'" + brackets + "' = '''\n" + brackets + "'''''\nc = [ # " + brackets +
                    "\n1, # ]\n]";
  const auto result = parse_toml(text_source(text));
  ASSERT_TRUE(result) << shown(result);
  EXPECT_EQ(result->size(), 4U);
  EXPECT_EQ(result->find("c")->value.to_string(), "[1]");
  const auto json = parse_json(text_source("{\"" + brackets + "\":\"\\\"" + brackets + "\"}"));
  ASSERT_TRUE(json) << shown(json);
}

TEST(Limits, twenty_megabytes_are_read) {
  const std::string text(20'000'000, 'x');
  const auto toml_source = text_source("a = 1\nb = '" + text + "'\nc = 2");
  const auto toml = parse_toml(toml_source);
  ASSERT_TRUE(toml) << shown(toml).substr(0, 200);
  EXPECT_EQ(toml->find("b")->value.as_string()->size(), text.size());
  EXPECT_EQ(place_of(*toml, "c"), "3:5");
  const auto json_source = text_source("{\"a\":[" + repeated("1,\n", 5'000'000) + "2],\"b\":3}");
  const auto json = parse_json(json_source);
  ASSERT_TRUE(json) << shown(json).substr(0, 200);
  EXPECT_EQ(json->find("a")->value.size(), 5'000'001U);
  EXPECT_EQ(place_of(*json, "b"), "5000001:8");
  EXPECT_EQ(json_problem("{\"a\":[" + repeated("1,\n", 5'000'000) + "x]}"), "5000001:1 expected a value, found `x`");
}

TEST(Limits, many_values_on_one_line_that_is_not_ascii_are_read_in_linear_time) {
  const auto source = text_source("a = ['é'" + repeated(", {x = 'é', b = 1}", 50'000) + "]");
  const auto result = parse_toml(source);
  ASSERT_TRUE(result) << shown(result).substr(0, 200);
  EXPECT_EQ(place_of(*result, "a[50000].b"), "1:" + std::to_string(8 + 49'999 * 18 + 17));
}

TEST(Limits, every_prefix_of_a_text_is_read_or_refused) {
  const std::string_view toml =
      "# c\n\"a\\u00e9\".b = [1, 2.5e3, '''x''', \"\"\"\ny\\\n  z\"\"\", {k = 1979-05-27T07:32:00Z, \"é\".x = nan}]\n"
      "[t.'u']\nx = 0xFF\n[[v]]\ny = -inf\n[[v]]\n";
  for (std::size_t size = 0; size <= toml.size(); ++size) {
    const auto result = parse_toml(text_source(toml.substr(0, size)));
    if (!result) {
      EXPECT_NE(result.errors()[0].origin.line, 0U);
    }
  }
  const std::string_view json = R"({"a":[1,-2.5e3,"x\u00e9\ud83d\ude00é",{"b":null,"c":[true,false]}],"d":{}})";
  for (std::size_t size = 1; size <= json.size(); ++size) {
    const auto result = parse_json(text_source(json.substr(0, size)));
    EXPECT_EQ(result.ok(), size == json.size());
    if (!result) {
      EXPECT_NE(result.errors()[0].origin.line, 0U);
    }
  }
}

}  // namespace
}  // namespace superconfig
