#include "superconfig/format.hpp"

#include "parsing.hpp"
#include "text/utf8.hpp"

namespace superconfig {
namespace {

using namespace std::string_view_literals;

TEST(Format, is_told_by_the_extension_in_any_case) {
  EXPECT_EQ(format_of_extension("app.toml"), Format::toml);
  EXPECT_EQ(format_of_extension("/etc/app.d/10-a.TOML"), Format::toml);
  EXPECT_EQ(format_of_extension("a.yaml"), Format::yaml);
  EXPECT_EQ(format_of_extension("a/b.YML"), Format::yaml);
  EXPECT_EQ(format_of_extension("x.json"), Format::json);
  EXPECT_EQ(format_of_extension("x.JsonC"), Format::jsonc);
  EXPECT_EQ(format_of_extension("x.toml.Json"), Format::json);
  EXPECT_EQ(format_of_extension(".app.json"), Format::json);
  EXPECT_EQ(format_of_extension("a\\b.json"), Format::json);
}

TEST(Format, is_unknown_without_an_extension) {
  for (const auto path :
       {"", "app", ".toml", "dir.toml/app", "dir/.json", "app.", "app.txt", "app.tom", "app.tomls", "toml", "a.toml/"})
    EXPECT_EQ(format_of_extension(path), std::nullopt) << path;
}

TEST(Format, has_a_name) {
  EXPECT_EQ(name_of(Format::toml), "toml");
  EXPECT_EQ(name_of(Format::yaml), "yaml");
  EXPECT_EQ(name_of(Format::json), "json");
  EXPECT_EQ(name_of(Format::jsonc), "jsonc");
}

TEST(Format, parse_picks_the_parser) {
  EXPECT_EQ(shown(parse(Format::toml, text_source("a = 1"))), R"({"a":1})");
  EXPECT_EQ(shown(parse(Format::yaml, text_source("a: 1"))), R"({"a":1})");
  EXPECT_EQ(shown(parse(Format::json, text_source(R"({"a":1})"))), R"({"a":1})");
  EXPECT_EQ(shown(parse(Format::jsonc, text_source(R"({"a":1,} // c)"))), R"({"a":1})");
}

TEST(Utf8, sequences_are_told_by_their_length) {
  EXPECT_EQ(utf8_sequence("a", 0), 1U);
  EXPECT_EQ(utf8_sequence("é", 0), 2U);
  EXPECT_EQ(utf8_sequence("é", 1), 0U);
  EXPECT_EQ(utf8_sequence("日", 0), 3U);
  EXPECT_EQ(utf8_sequence("𝄞", 0), 4U);
  EXPECT_EQ(utf8_sequence("", 0), 0U);
}

TEST(Utf8, finds_the_first_invalid_byte) {
  EXPECT_EQ(find_invalid_utf8("plain text, longer than a word, é 日 𝄞 \xF4\x8F\xBF\xBF"), std::string_view::npos);
  for (const auto bad :
       {"\x80"sv, "\xC0\x80"sv, "\xC1\xBF"sv, "\xE0\x9F\xBF"sv, "\xED\xA0\x80"sv, "\xF0\x8F\xBF\xBF"sv,
        "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv, "\xFF"sv, "\xC3"sv, "\xE2\x82"sv, "\xF0\x9F\x98"sv}) {
    EXPECT_EQ(find_invalid_utf8(bad), 0U);
    EXPECT_EQ(find_invalid_utf8("0123456789" + std::string(bad) + "0123456789"), 10U);
  }
}

TEST(Utf8, tells_other_encodings) {
  const auto problem = [](std::string_view bytes) {
    const auto found = find_encoding_problem(bytes);
    return found ? std::to_string(found->offset) + " " + std::string(found->message) : "none";
  };
  EXPECT_EQ(problem("a é"), "none");
  EXPECT_EQ(problem(""), "none");
  EXPECT_EQ(problem("\xFF\xFE\0\0a\0\0\0"sv), "0 the text is UTF-32; it must be UTF-8");
  EXPECT_EQ(problem("a\0\0\0"sv), "0 the text is UTF-32; it must be UTF-8");
  EXPECT_EQ(problem("\0\0\0a"sv), "0 the text is UTF-32; it must be UTF-8");
  EXPECT_EQ(problem("\xFF\xFE"), "0 the text is UTF-16; it must be UTF-8");
  EXPECT_EQ(problem("a\0"sv), "0 the text is UTF-16; it must be UTF-8");
  EXPECT_EQ(problem("ab\0c"sv), "2 a NUL byte");
  EXPECT_EQ(problem("\0"sv), "0 a NUL byte");
  EXPECT_EQ(problem("x\xFF\0"sv), "1 not valid UTF-8");
}

}  // namespace
}  // namespace superconfig
