#include <cmath>
#include <limits>
#include <random>

#include "formats/json_problem.hpp"
#include "parsing.hpp"

namespace superconfig {
namespace {

using namespace std::string_view_literals;

std::string json(std::string_view text) { return shown(parse_json(text_source(text))); }

TEST(Json, reads_every_kind_of_value) {
  EXPECT_EQ(json(R"( { "n" : null, "t":true,"f":false, "i":-12, "x":1.5, "s":"a", "a":[1,[],{}], "d":{"e":{}} } )"),
            R"({"n":null,"t":true,"f":false,"i":-12,"x":1.5,"s":"a","a":[1,[],{}],"d":{"e":{}}})");
  EXPECT_EQ(json("{}"), "{}");
  const auto root = parse_json(text_source(R"({"a":"\u00e9\n\"\\\/\ud83d\ude00\u0000"})"));
  ASSERT_TRUE(root);
  EXPECT_EQ(root->find("a")->value.as_string(), "é\n\"\\/😀\0"sv);
}

TEST(Json, integers_are_exact_in_64_bits_signed_and_unsigned) {
  const auto root = parse_json(text_source(R"({"a":18446744073709551615,"b":-9223372036854775808,
    "c":9223372036854775808,"d":9007199254740993,"e":-0,"f":0})"));
  ASSERT_TRUE(root);
  EXPECT_EQ(root->find("a")->value.as_u64(), UINT64_MAX);
  EXPECT_EQ(root->find("b")->value.as_i64(), INT64_MIN);
  EXPECT_EQ(root->find("c")->value.as_u64(), 9223372036854775808U);
  EXPECT_EQ(root->find("d")->value.as_i64(), 9007199254740993);
  EXPECT_EQ(root->find("e")->value.as_i64(), 0);
}

TEST(Json, a_point_or_an_exponent_makes_a_float) {
  const auto root = parse_json(text_source(R"({"a":1.0,"b":1e2,"c":-0.0,"d":5e-324,"e":1e-999,"f":0.1})"));
  ASSERT_TRUE(root);
  for (const auto& entry : root->entries()) EXPECT_EQ(entry.value.kind(), Kind::floating) << entry.name.view();
  EXPECT_EQ(root->find("b")->value.as_f64(), 100.0);
  EXPECT_TRUE(std::signbit(*root->find("c")->value.as_f64()));
  EXPECT_EQ(root->find("d")->value.as_f64(), 5e-324);
  EXPECT_EQ(root->find("e")->value.as_f64(), 0.0);
}

TEST(Json, numbers_that_do_not_fit_are_errors_with_their_place) {
  EXPECT_EQ(json_problem("{\"a\":1,\n\"b\":[2, 18446744073709551616]}"), "2:9 an integer beyond 64 bits");
  EXPECT_EQ(json_problem("{\"a\":-9223372036854775809}"), "1:6 an integer beyond 64 bits");
  EXPECT_EQ(json_problem("{\"a\":1e999}"), "1:6 a number beyond the range of a float");
  EXPECT_EQ(json_problem("{\"a\":1" + std::string(400, '0') + ".0}"), "1:6 a number beyond the range of a float");
  EXPECT_EQ(json("{\"a\":0." + std::string(400, '0') + "1}"), R"({"a":0.0})");
}

TEST(Json, keys_keep_their_order) {
  EXPECT_EQ(json(R"({"z":1,"a":{"y":1,"b":2},"m":3,"B":4,"1":5,"0":6})"),
            R"({"z":1,"a":{"y":1,"b":2},"m":3,"B":4,"1":5,"0":6})");
}

TEST(Json, every_value_knows_where_it_was_written) {
  const auto source = text_source(
      "\xEF\xBB\xBF{ \"n\" : null,\r\n"
      "  \"é\": [1, -2.5, \"x\", [], {}, [[true]]],\n"
      "\"d\":{\"e\":{},\"f\":{\"g\":\"\\\"h\"}}, \"last\":false}");
  const auto root = parse_json(source);
  ASSERT_TRUE(root) << shown(root);
  EXPECT_EQ(place_of(*root, "n"), "1:9");
  EXPECT_EQ(place_of(*root, "é"), "2:8");
  EXPECT_EQ(place_of(*root, "é[0]"), "2:9");
  EXPECT_EQ(place_of(*root, "é[1]"), "2:12");
  EXPECT_EQ(place_of(*root, "é[2]"), "2:18");
  EXPECT_EQ(place_of(*root, "é[3]"), "2:23");
  EXPECT_EQ(place_of(*root, "é[4]"), "2:27");
  EXPECT_EQ(place_of(*root, "é[5]"), "2:31");
  EXPECT_EQ(place_of(*root, "é[5][0]"), "2:32");
  EXPECT_EQ(place_of(*root, "é[5][0][0]"), "2:33");
  EXPECT_EQ(place_of(*root, "d"), "3:5");
  EXPECT_EQ(place_of(*root, "d.e"), "3:10");
  EXPECT_EQ(place_of(*root, "d.f"), "3:17");
  EXPECT_EQ(place_of(*root, "d.f.g"), "3:22");
  EXPECT_EQ(place_of(*root, "last"), "3:38");
}

TEST(Json, a_key_defined_twice_is_an_error_with_both_places) {
  EXPECT_EQ(json_problem("{\"a\":1,\n\"b\":2,\n \"a\":3}"), "3:2 the key `a` is defined twice; first 1:2");
  EXPECT_EQ(json_problem(R"({"x":[{"a":1,"\u0061":{"a":1}}]})"), "1:14 the key `a` is defined twice; first 1:8");
  EXPECT_EQ(json_problem(R"({"":1,"":2})"), "1:7 the key `` is defined twice; first 1:2");
  std::string many = "{";
  for (int i = 0; i < 1000; ++i) many += "\"k" + std::to_string(i) + "\":0,\n";
  EXPECT_EQ(json_problem(many + "\"k700\":1}"), "1001:1 the key `k700` is defined twice; first 701:1");
}

TEST(Json, the_root_must_be_an_object) {
  EXPECT_EQ(json_problem(" [1]"), "1:2 the root must be an object, found an array");
  EXPECT_EQ(json_problem("12"), "1:1 the root must be an object, found a number");
  EXPECT_EQ(json_problem("\"x\""), "1:1 the root must be an object, found a string");
  EXPECT_EQ(json_problem("true"), "1:1 the root must be an object, found a bool");
  EXPECT_EQ(json_problem("\nnull"), "2:1 the root must be an object, found null");
}

TEST(Json, an_empty_text_is_an_error) {
  for (const auto text : {""sv, " \n"sv, "\xEF\xBB\xBF"sv})
    EXPECT_NE(json_problem(text).find("the text is empty; JSON needs a value"), std::string::npos);
}

TEST(Json, comments_and_trailing_commas_are_errors_with_a_hint) {
  const std::string hint = " (a .jsonc file may hold comments and trailing commas)";
  EXPECT_EQ(json_problem("{\"a\":1 /* c */}"), "1:8 JSON has no comments" + hint);
  EXPECT_EQ(json_problem("// c\n{}"), "1:1 JSON has no comments" + hint);
  EXPECT_EQ(json_problem("{\n# c\n}"), "2:1 JSON has no comments" + hint);
  EXPECT_EQ(json_problem("{\"a\":1,\n}"), "1:7 a comma before `}`" + hint);
  EXPECT_EQ(json_problem("{\"a\":[1,2,]}"), "1:10 a comma before `]`" + hint);
}

TEST(Json, says_where_the_grammar_is_broken) {
  EXPECT_EQ(json_problem("{} x"), "1:4 text after the end of the JSON value");
  EXPECT_EQ(json_problem("{}{}"), "1:3 text after the end of the JSON value");
  EXPECT_EQ(json_problem("{"), "1:2 expected a key in double quotes, found the end of the text");
  EXPECT_EQ(json_problem("{\"a\""), "1:5 expected `:` after the key, found the end of the text");
  EXPECT_EQ(json_problem("{\"a\":"), "1:6 expected a value, found the end of the text");
  EXPECT_EQ(json_problem("{\"a\":1"), "1:7 expected `,` or `}`, found the end of the text");
  EXPECT_EQ(json_problem("{\"a\":[1}"), "1:8 expected `,` or `]`, found `}`");
  EXPECT_EQ(json_problem("{\"a\":[1 2]}"), "1:9 expected `,` or `]`, found `2`");
  EXPECT_EQ(json_problem("{\"a\":\n yes}"), "2:2 expected a value, found `yes`");
  EXPECT_EQ(json_problem("{\"a\":NaN}"), "1:6 expected a value, found `NaN`");
  EXPECT_EQ(json_problem("{\"a\":'x'}"), "1:6 strings stand in double quotes");
  EXPECT_EQ(json_problem("{a:1}"), "1:2 expected a key in double quotes, found `a`");
  EXPECT_EQ(json_problem("{1:1}"), "1:2 expected a key in double quotes, found `1`");
  EXPECT_EQ(json_problem("{\"a\" 1}"), "1:6 expected `:` after the key, found `1`");
  EXPECT_EQ(json_problem("{\"a\":01}"), "1:6 a number must not begin with zeros");
  EXPECT_EQ(json_problem("{\"a\":+1}"), "1:6 expected a value, found `+`");
  EXPECT_EQ(json_problem("{\"a\":1.}"), "1:6 a number needs digits after its point");
  EXPECT_EQ(json_problem("{\"a\":1e}"), "1:6 a number needs digits after its `e`");
  EXPECT_EQ(json_problem("{\"a\":-}"), "1:6 a number needs digits");
  EXPECT_EQ(json_problem("{\"a\":1x}"), "1:6 not a number");
  EXPECT_EQ(json_problem("{\"a\":\"x\ty\"}"), "1:8 a tab inside a string; write it as \\t");
  EXPECT_EQ(json_problem("{\"a\":\"x\ny\"}"), "1:8 a line break inside a string; write it as \\n");
  EXPECT_EQ(json_problem("{\"a\":\"\\x\"}"), "1:7 an unknown escape sequence");
  EXPECT_EQ(json_problem("{\"a\":\"\\u12\"}"), "1:7 \\u needs four hexadecimal digits");
  EXPECT_EQ(json_problem("{\"a\":\"x"), "1:6 a string without an end");
}

TEST(Json, other_encodings_are_errors_that_say_so) {
  EXPECT_EQ(json("\xEF\xBB\xBF{\"a\":1}\r\n"), R"({"a":1})");
  EXPECT_EQ(json_problem("{\n\xEF\xBB\xBF\"a\":1}"), "2:1 a byte order mark in the middle of the text");
  EXPECT_EQ(json_problem("\xFF\xFE{\0}\0"sv), "1:1 the text is UTF-16; it must be UTF-8");
  EXPECT_EQ(json_problem("\xFE\xFF\0{\0}"sv), "1:1 the text is UTF-16; it must be UTF-8");
  EXPECT_EQ(json_problem("{\0}\0"sv), "1:1 the text is UTF-16; it must be UTF-8");
  EXPECT_EQ(json_problem("\0{\0}"sv), "1:1 the text is UTF-16; it must be UTF-8");
  EXPECT_EQ(json_problem("{\"a\":\n\"é\xFF\"}"), "2:3 not valid UTF-8");
  EXPECT_EQ(json_problem("{\"a\":\"\xED\xA0\x80\"}"), "1:7 half of a surrogate pair is not valid UTF-8");
  EXPECT_EQ(json_problem("{\"a\":\"x\0y\"}"sv), "1:8 a NUL byte");
  EXPECT_EQ(json_problem("{\"a\":1\0}"sv), "1:7 a NUL byte");
  for (const auto text : {R"({"a":"\ud800"})"sv, R"({"a":"\udc00\ud800"})"sv, R"({"a":"\ud800\u0041"})"sv})
    EXPECT_EQ(json_problem(text), "1:7 half of a surrogate pair");
}

TEST(Json, hostile_keys_are_plain_data) {
  const auto root = parse_json(text_source(
      R"({"":1," ":2,"a.b":3,"__proto__":4,"\u0000":5,"\"":6,"\u00e9":7,"e\u0301":8,"A":9,"a":10,"[0]":11})"));
  ASSERT_TRUE(root) << shown(root);
  EXPECT_EQ(root->size(), 11U);
  EXPECT_EQ(root->find("")->value.as_i64(), 1);
  EXPECT_EQ(root->find("\0"sv)->value.as_i64(), 5);
  EXPECT_EQ(root->find("\"")->value.as_i64(), 6);
  EXPECT_EQ(root->find("é")->value.as_i64(), 7);
  EXPECT_EQ(root->find("[0]")->value.as_i64(), 11);
}

TEST(Json, text_of_the_environment_is_a_tree_only_by_the_rules_of_files) {
  const Mark mark{7, 3};
  const auto tree = [&](std::string_view text) {
    const auto made = parse_json_scalar_tree(text, mark);
    return made ? made->to_string() : "nothing";
  };
  EXPECT_EQ(tree("[1,{\"a\":[2.0]}]"), "[1,{\"a\":[2.0]}]");
  EXPECT_EQ(tree(" {\"a\": null} "), "{\"a\":null}");
  for (const auto text : {"", " ", "1", "\"x\"", "true", "null", "[1", "[1]]", "[1] x", "{\"a\":1,\"a\":2}", "[1,]",
                          "[x]", "{a:1}", "[18446744073709551616]", "[1e999]", "[\"\\ud800\"]"})
    EXPECT_EQ(tree(text), "nothing") << text;
  EXPECT_EQ(tree(repeated("[", 500) + repeated("]", 500)).size(), 1000U);
  EXPECT_EQ(tree(repeated("[", 501) + repeated("]", 501)), "nothing");
  const auto made = parse_json_scalar_tree(R"({"a":[1,{"b":2}]})", mark);
  ASSERT_TRUE(made);
  const auto* const a = made->find("a");
  EXPECT_EQ(a->mark, mark);
  EXPECT_EQ(a->value.items()[1].mark, mark);
  EXPECT_EQ(a->value.items()[1].value.find("b")->mark, mark);
}

// simdjson decides what JSON is; the slow reader explains. They must agree on every text, or an explanation is
// missing. Texts near the border: valid ones with a few bytes changed.
TEST(Json, there_is_an_explanation_exactly_where_simdjson_refuses) {
  std::mt19937 random(20240613);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const std::string_view seeds[] = {R"({"a":1,"b":[true,false,null,{"c":-0.5e+10}],"d":"x\u00e9\n\ud83d\ude00"})",
                                    R"([1,2.5,"",[],{},[[]],{"x":{}} , 1e-3 , -12 ,0])",
                                    R"({"k" : "é𝄞" , "n":18446744073709551615, "m":-9223372036854775808, "o":0.0})",
                                    R"("just a string")",
                                    "12",
                                    "true",
                                    " null "};
  const std::string_view pieces[] = {"{",    "}",   "[", "]", ",", ":", "\"", "\\", "\\u", "d800",
                                     "0",    "1",   "-", "+", ".", "e", "E",  " ",  "\n",  "\t",
                                     "true", "nul", "/", "#", "'", "x", "é",  "[]", "{}",  "00"};
  for (int round = 0; round < 60000; ++round) {
    std::string text(seeds[below(std::size(seeds))]);
    for (auto edits = below(4); edits-- > 0;) {
      const auto at = below(text.size() + 1);
      switch (below(3)) {
        case 0: text.insert(at, pieces[below(std::size(pieces))]); break;
        case 1: text.erase(at, 1 + below(3)); break;
        default:
          text = text.substr(0, at) + std::string(pieces[below(std::size(pieces))]) +
                 text.substr(std::min(at + 1, text.size()));
      }
    }
    const auto problem = json_problem(text);
    const bool refused = !problem.starts_with("no problem") && problem.find("the root must be") == std::string::npos &&
                         problem.find("is defined twice") == std::string::npos &&
                         problem.find("UTF-8") == std::string::npos;
    const bool explained = find_json_problem(text).has_value();
    if (problem.find("UTF-8") == std::string::npos) {
      ASSERT_EQ(refused, explained) << text << "\n" << problem;
    }
    ASSERT_EQ(problem.find("JSON document"), std::string::npos) << problem;
  }
}

}  // namespace
}  // namespace superconfig
