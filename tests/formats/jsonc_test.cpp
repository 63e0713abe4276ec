#include <random>

#include "parsing.hpp"

namespace superconfig {
namespace {

using namespace std::string_view_literals;

std::string jsonc(std::string_view text) { return shown(parse_jsonc(text_source(text))); }

TEST(Jsonc, comments_and_trailing_commas_are_passed_over) {
  EXPECT_EQ(jsonc("// c\n{ /* d */ \"a\": 1, // e\n \"b\": [1, 2, /* f */ ], /* g\n h */ \"c\": {\"d\": [],},\n} // i"),
            R"({"a":1,"b":[1,2],"c":{"d":[]}})");
  EXPECT_EQ(jsonc("{\"a\":[{},],}/**/"), R"({"a":[{}]})");
  EXPECT_EQ(jsonc("{\"a\":1//\r\n,\"b\":2/***/}"), R"({"a":1,"b":2})");
}

TEST(Jsonc, plain_json_is_read_as_json) {
  EXPECT_EQ(jsonc("\xEF\xBB\xBF{\"a\":[1,-2.5e3,\"x\\u00e9\",null,true,18446744073709551615]}\r\n"),
            R"({"a":[1,-2500.0,"xé",null,true,18446744073709551615]})");
}

TEST(Jsonc, strings_keep_what_looks_like_comments_and_commas) {
  EXPECT_EQ(jsonc(R"({"a // b": "x /* y */", "c": ",]", "d\"": "\\", /* " */ "e": "http://x/,}",})"),
            R"({"a // b":"x /* y */","c":",]","d\"":"\\","e":"http://x/,}"})");
}

// Comments anywhere between tokens, and commas before closing brackets, change nothing but the places.
TEST(Jsonc, random_comments_and_commas_change_nothing) {
  constexpr std::string_view tokens[] = {"{", "\"a\"", ":",     "[", "1",    ",", "\"x // y\"", ",",
                                         "{", "}",     ",",     "[", "]",    "]", ",",          "\"b\\\"\"",
                                         ":", "{",     "\"c\"", ":", "null", "}", "}"};
  constexpr std::string_view fillers[] = {"",         "",     " ",        "\n",     "// , ] }\n",
                                          "/* \" */", "/**/", "/* // */", "//\r\n", "\t"};
  std::string plain;
  for (const auto token : tokens) plain += token;
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    std::string_view last;
    const auto fill = [&] { text += fillers[random() % std::size(fillers)]; };
    for (const auto token : tokens) {
      fill();
      if ((token == "}" || token == "]") && last != "{" && last != "[" && random() % 2 == 0) {
        text += ',';
        fill();
      }
      text += token;
      last = token;
    }
    fill();
    ASSERT_EQ(jsonc(text), shown(parse_json(text_source(plain)))) << text;
  }
}

TEST(Jsonc, only_one_comma_behind_an_item_is_passed_over) {
  EXPECT_EQ(jsonc_problem("{\"a\":[,]}"), "1:7 expected a value, found `,`");
  EXPECT_EQ(jsonc_problem("{\"a\":[1,,]}"), "1:9 expected a value, found `,`");
  EXPECT_EQ(jsonc_problem("{,}"), "1:2 expected a key in double quotes, found `,`");
  EXPECT_EQ(jsonc_problem("{\"a\":1}, "), "1:8 text after the end of the JSON value");
  EXPECT_EQ(jsonc_problem("{\"a\":,}"), "1:6 expected a value, found `,`");
}

TEST(Jsonc, places_are_those_of_the_text) {
  const auto source = text_source("\xEF\xBB\xBF/* é */ {\"a\": /* c\n */ 1,\n \"b\": [ // d\n  2,],}");
  const auto root = parse_jsonc(source);
  ASSERT_TRUE(root) << shown(root);
  EXPECT_EQ(place_of(*root, "a"), "2:5");
  EXPECT_EQ(place_of(*root, "b"), "3:7");
  EXPECT_EQ(place_of(*root, "b[0]"), "4:3");
  EXPECT_EQ(jsonc_problem("{ // c\n \"a\": 1, /* d */ \"a\": 2 }"), "2:18 the key `a` is defined twice; first 2:2");
  EXPECT_EQ(jsonc_problem("{ // c\n \"a\": x }"), "2:7 expected a value, found `x`");
}

TEST(Jsonc, says_what_is_wrong_with_comments) {
  EXPECT_EQ(jsonc_problem("{\n/* c }"), "2:1 a comment without an end");
  EXPECT_EQ(jsonc_problem("{\n/*/ \"a\":1}"), "2:1 a comment without an end");
  EXPECT_EQ(jsonc_problem("{\n# c\n}"), "2:1 comments begin with // or /*");
  EXPECT_EQ(jsonc_problem("{\"a\":1 / 2}"), "1:8 expected `,` or `}`, found `/`");
  EXPECT_NE(jsonc_problem("// nothing").find("the text is empty; JSON needs a value"), std::string::npos);
  EXPECT_EQ(jsonc_problem("[1,]"), "1:1 the root must be an object, found an array");
}

TEST(Jsonc, other_encodings_are_errors_in_comments_too) {
  EXPECT_EQ(jsonc_problem("{ // \xFF\n}"), "1:6 not valid UTF-8");
  EXPECT_EQ(jsonc_problem("{ /* \0 */ }"sv), "1:6 a NUL byte");
  EXPECT_EQ(jsonc_problem("\xFF\xFE{\0}\0"sv), "1:1 the text is UTF-16; it must be UTF-8");
}

}  // namespace
}  // namespace superconfig
