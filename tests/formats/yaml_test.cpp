#include <cmath>
#include <limits>

#include "formats/yaml_scalar.hpp"
#include "parsing.hpp"

namespace superconfig {
namespace {

using namespace std::string_view_literals;

std::string yaml(std::string_view text) { return shown(parse_yaml(text_source(text))); }

Value tree(const Source& source) {
  auto result = parse_yaml(source);
  EXPECT_TRUE(result) << shown(result);
  return result ? std::move(*result) : Value();
}

// "line:column message" of each warning.
std::vector<std::string> warnings_of(std::string_view text) {
  const auto source = text_source(text);
  std::vector<FormatWarning> warnings;
  const auto result = parse_yaml(source, &warnings);
  EXPECT_TRUE(result) << shown(result);
  std::vector<std::string> list;
  for (const auto& warning : warnings) {
    const auto origin = origin_of(warning.mark);
    list.push_back(std::to_string(origin.line) + ":" + std::to_string(origin.column) + " " + warning.message);
  }
  return list;
}

// ---- scalars ----

TEST(Yaml, null_has_four_spellings_and_none) {
  EXPECT_EQ(yaml("a: null\nb: Null\nc: NULL\nd: ~\ne:\nf: [nUll, 'null', \"~\", '']"),
            R"({"a":null,"b":null,"c":null,"d":null,"e":null,"f":["nUll","null","~",""]})");
}

TEST(Yaml, only_true_and_false_are_bools) {
  EXPECT_EQ(yaml("a: [true, True, TRUE, false, False, FALSE]"), R"({"a":[true,true,true,false,false,false]})");
  EXPECT_EQ(yaml("a: [yes, no, on, off, y, n, Yes, ON, tRue, 'true']"),
            R"({"a":["yes","no","on","off","y","n","Yes","ON","tRue","true"]})");
}

TEST(Yaml, integers_are_decimal_octal_or_hexadecimal) {
  EXPECT_EQ(yaml("a: [0, 1, -1, +1, 0o14, 0x0c, 0xFf, 0o0, -0]"), R"({"a":[0,1,-1,1,12,12,255,0,0]})");
}

TEST(Yaml, what_looks_like_a_number_of_another_schema_is_a_string) {
  EXPECT_EQ(
      yaml("a: [012, -012, 00, 0b11, 0B1, 1_000, 12:30, 1:30:00, 0o8, 0xg, 0x, 0o, -0x1F, +0o7, 0X1F, 1e, .e3, '12']"),
      R"({"a":["012","-012","00","0b11","0B1","1_000","12:30","1:30:00","0o8","0xg","0x","0o","-0x1F","+0o7",)"
      R"("0X1F","1e",".e3","12"]})");
  EXPECT_EQ(
      yaml("a: 2024-05-01\nb: 1979-05-27T07:32:00Z\nc: 1.2.3\nd: 127.0.0.1\ne: ...x\nf: -\nh: '-'\ng: nan\ni: inf"),
      "error: test:6:4: a list begins on a line of its own (or stands in brackets)");
  EXPECT_EQ(
      yaml("a: 2024-05-01\nb: 1979-05-27T07:32:00Z\nc: 1.2.3\nd: 127.0.0.1\ne: nan\nf: inf\ng: -inf\nh: '.inf'"),
      R"({"a":"2024-05-01","b":"1979-05-27T07:32:00Z","c":"1.2.3","d":"127.0.0.1","e":"nan","f":"inf","g":"-inf",)"
      R"("h":".inf"})");
}

TEST(Yaml, integers_are_exact_in_64_bits_signed_and_unsigned) {
  const auto root =
      tree(text_source("a: 18446744073709551615\nb: -9223372036854775808\nc: 9007199254740993\n"
                       "d: 0xffffffffffffffff\ne: 0o1777777777777777777777"));
  EXPECT_EQ(root.find("a")->value.as_u64(), UINT64_MAX);
  EXPECT_EQ(root.find("b")->value.as_i64(), INT64_MIN);
  EXPECT_EQ(root.find("c")->value.as_i64(), 9007199254740993);
  EXPECT_EQ(root.find("d")->value.as_u64(), UINT64_MAX);
  EXPECT_EQ(root.find("e")->value.as_u64(), UINT64_MAX);
}

TEST(Yaml, numbers_that_do_not_fit_are_errors_with_their_place) {
  for (const auto text : {"18446744073709551616", "-9223372036854775809", "+99999999999999999999",
                          "0x1ffffffffffffffff", "0o2000000000000000000000"})
    EXPECT_EQ(yaml_problem("x: 1\ny: [2, " + std::string(text) + "]"), "2:8 an integer beyond 64 bits") << text;
  EXPECT_EQ(yaml_problem("x: 1e999"), "1:4 a number beyond the range of a float");
  EXPECT_EQ(yaml_problem("x: -1e400"), "1:4 a number beyond the range of a float");
  EXPECT_EQ(yaml("x: [1e-999, -1e-999, '1e999']"), R"({"x":[0.0,-0.0,"1e999"]})");
}

TEST(Yaml, floats_need_a_point_or_an_exponent) {
  EXPECT_EQ(yaml("a: [1.0, -1.5, +1.5, 1., .5, -.5, 1e3, 1E3, 1.e3, 1e-2, 1.5e+2, 0.0, 012.5]"),
            R"({"a":[1.0,-1.5,1.5,1.0,0.5,-0.5,1000.0,1000.0,1000.0,0.01,150.0,0.0,12.5]})");
  EXPECT_EQ(yaml("a: [.inf, .Inf, .INF, +.inf, -.inf, -.INF, .nan, .NaN, .NAN]"),
            R"({"a":[inf,inf,inf,inf,-inf,-inf,nan,nan,nan]})");
  EXPECT_EQ(yaml("a: [.iNf, -.nan, .nAn]"), R"({"a":[".iNf","-.nan",".nAn"]})");
  const auto root = tree(text_source("a: -0.0\nb: 5e-324"));
  EXPECT_TRUE(std::signbit(*root.find("a")->value.as_f64()));
  EXPECT_EQ(root.find("b")->value.as_f64(), 5e-324);
}

TEST(Yaml, quotes_make_strings) {
  EXPECT_EQ(yaml("a: '1'\nb: \"true\"\nc: 'it''s'\nd: \"\\x41\\u00e9\\U0001F600\\n\\/\\t\\\\\""),
            R"({"a":"1","b":"true","c":"it's","d":"Aé😀\u000a/\u0009\\"})");
  EXPECT_EQ(yaml("a: \"\\ud83d\\ude00\""), R"({"a":"😀"})");
  EXPECT_EQ(yaml("a: \"x\n  y\n\n  z\"\nb: 'x\n  y'\nc: x\n  y\n\n  z"),
            R"({"a":"x y\u000az","b":"x y","c":"x y\u000az"})");
  const auto root = tree(text_source(R"(a: "x\0y")"));
  EXPECT_EQ(root.find("a")->value.as_string(), "x\0y"sv);
}

TEST(Yaml, flow_scalars_fold_their_lines) {
  EXPECT_EQ(yaml("a: \"x  \n  y\n\n\n  z\"\nb: 'x \t\n \ty'\nc: x\n  y\n\n  z w # c\nd: \"\n  x\n  \"\ne: ' x\n  y '"),
            R"({"a":"x y\u000a\u000az","b":"x y","c":"x y\u000az w","d":" x ","e":" x y "})");
  EXPECT_EQ(yaml("a: \"x\\\n  y\"\nb: \"x \\\n\n\n  y\"\nc: \"x\\\n  \\  y\"\nd: \"x\\ \n  y\"\ne: \"x\\\\\n  y\""),
            R"({"a":"xy","b":"x \u000a\u000ay","c":"x  y","d":"x  y","e":"x\\ y"})");
  EXPECT_EQ(yaml("a: \"x\r\n  y\\\r\n  z\r\n\r\n  \\r\""), R"({"a":"x yz\u000a\u000d"})");
  EXPECT_EQ(yaml("a: '''''x'''\nb: ''''\nc: ''"), R"({"a":"''x'","b":"'","c":""})");
  EXPECT_EQ(yaml("a: \"\\0\\a\\b\\t\\\t\\n\\v\\f\\r\\e\\ \\\"\\/\\\\\\N\\_\\L\\P\""),
            "{\"a\":\"\\u0000\\u0007\\u0008\\u0009\\u0009\\u000a\\u000b\\u000c\\u000d\\u001b \\\"/\\\\\xC2\x85\xC2\xA0"
            "\xE2\x80\xA8\xE2\x80\xA9\"}");
}

TEST(Yaml, block_scalars_keep_or_fold_their_lines) {
  EXPECT_EQ(yaml("a: |\n  x\n  y\nb: >\n  x\n  y\nc: |-\n  x\nd: |+\n  x\n\ne: |2\n   x\nf: >-\n  x\n\n  y\n"),
            R"({"a":"x\u000ay\u000a","b":"x y\u000a","c":"x","d":"x\u000a\u000a","e":" x\u000a","f":"x\u000ay"})");
  EXPECT_EQ(yaml("a: >\n  x\n  y\n\n   z\n   w\n\n  v\n\n\n  u\n"),
            R"({"a":"x y\u000a\u000a z\u000a w\u000a\u000av\u000a\u000au\u000a"})");
  EXPECT_EQ(yaml("a: |\n\n\n  x\n   \n  y\n\n\nb: >+\n\n  x\n\n\nc: |1-\n  x\n y\n"),
            R"({"a":"\u000a\u000ax\u000a \u000ay\u000a","b":"\u000ax\u000a\u000a\u000a","c":" x\u000ay"})");
  EXPECT_EQ(yaml("a:\n- |2\n    x\n- b: |2\n      y\n"), R"({"a":["  x\u000a",{"b":"  y\u000a"}]})");
  EXPECT_EQ(yaml("a: |\n  x # y\n  --- z\n # c\nb: |\n  \xC3\xA9\n"),
            R"({"a":"x # y\u000a--- z\u000a","b":"é\u000a"})");
  EXPECT_EQ(yaml("a: |\n \t\nb: |\n  x\n   "), R"({"a":"\u0009\u000a","b":"x\u000a "})");
}

TEST(Yaml, block_scalars_at_the_end_of_the_text) {
  EXPECT_EQ(yaml("a: |\n  x"), R"({"a":"x"})");
  EXPECT_EQ(yaml("a: >+\n  x"), R"({"a":"x"})");
  EXPECT_EQ(yaml("a: |\n  x\n  "), R"({"a":"x\u000a"})");
  EXPECT_EQ(yaml("a: |+\n  x\n\n"), R"({"a":"x\u000a\u000a"})");
  for (const auto text : {"a: |", "a: |\n", "a: >-\n", "a: |\n  ", "a: |\n  \n", "a: |+", "a: |+\n  "})
    EXPECT_EQ(yaml(text), R"({"a":""})") << text;
  EXPECT_EQ(yaml("a: |+\n\n"), R"({"a":"\u000a"})");
}

// libfyaml 0.7.12 takes the keys that follow for the block's text.
TEST(Yaml, a_block_scalar_may_be_empty) {
  EXPECT_EQ(yaml("x:\n  a: |\n  b: 1\ny:\n- a: >-\n\n  b: 2\n- |\n- c\n"),
            R"({"x":{"a":"","b":1},"y":[{"a":"","b":2},"","c"]})");
  EXPECT_EQ(yaml("x:\n  a: !!str |+ # c\n\n\n  b: &b |\n  c: *b\n"), R"({"x":{"a":"\u000a\u000a","b":"","c":""}})");
  const auto source = text_source("x:\n  a: |\n  b:\n  -\n  - |\n  - y\n");
  const auto root = tree(source);
  EXPECT_EQ(root.to_string(), R"({"x":{"a":"","b":[null,"","y"]}})");
  EXPECT_EQ(place_of(root, "x.a"), "2:6");
  EXPECT_EQ(place_of(root, "x.b[0]"), "4:3");
  EXPECT_EQ(place_of(root, "x.b[1]"), "5:5");
  EXPECT_EQ(place_of(root, "x.b[2]"), "6:5");
}

// ---- tags ----

TEST(Yaml, tags_of_the_core_schema_decide_the_type) {
  EXPECT_EQ(
      yaml("a: !!str 1\nb: !!int '3'\nc: !!float 1\nd: !!float '0x10'\ne: !!bool 'true'\nf: !!null ''\n"
           "g: !!seq [1]\nh: !!map {x: 1}\ni: !!str\nj: ! 12\nk: !<tag:yaml.org,2002:str> true\nl: !!float .inf\n"
           "m: ! [1]"),
      R"({"a":"1","b":3,"c":1.0,"d":16.0,"e":true,"f":null,"g":[1],"h":{"x":1},"i":"","j":"12","k":"true","l":inf,)"
      R"("m":[1]})");
  EXPECT_EQ(yaml("%TAG !y! tag:yaml.org,2002:\n---\na: !y!str 1"), R"({"a":"1"})");
}

TEST(Yaml, a_tag_that_does_not_fit_is_an_error) {
  EXPECT_EQ(yaml_problem("d: !!int x"), "1:10 `x` does not fit the tag `!!int`");
  EXPECT_EQ(yaml_problem("d: !!int 1.5"), "1:10 `1.5` does not fit the tag `!!int`");
  EXPECT_EQ(yaml_problem("d: !!int 012"), "1:10 `012` does not fit the tag `!!int`");
  EXPECT_EQ(yaml_problem("d: !!int"), "1:4 `` does not fit the tag `!!int`");
  EXPECT_EQ(yaml_problem("d: !!float x"), "1:12 `x` does not fit the tag `!!float`");
  EXPECT_EQ(yaml_problem("d: !!bool yes"), "1:11 `yes` does not fit the tag `!!bool`");
  EXPECT_EQ(yaml_problem("d: !!null x"), "1:11 `x` does not fit the tag `!!null`");
  EXPECT_EQ(yaml_problem("d: !!seq x"), "1:10 `x` does not fit the tag `!!seq`");
  EXPECT_EQ(yaml_problem("d: !!seq {}"), "1:4 the tag `!!seq` stands before a mapping");
  EXPECT_EQ(yaml_problem("d: !!str []"), "1:4 the tag `!!str` stands before a list");
  EXPECT_EQ(yaml_problem("d: !!int 18446744073709551616"), "1:10 an integer beyond 64 bits");
  EXPECT_EQ(yaml_problem("!!int x: 1"), "1:7 `x` does not fit the tag `!!int`");
  EXPECT_EQ(yaml_problem("a: !e!x 1"), "1:4 the tag's prefix has no %TAG directive");
}

TEST(Yaml, unknown_tags_are_passed_over_with_a_warning) {
  const auto text = "a: !local 1\nb: !local [x]\n!other c: !!binary eA==\nd: !<tag:example.com,2000:t> {}\n"sv;
  EXPECT_EQ(yaml(text), R"({"a":1,"b":["x"],"c":"eA==","d":{}})");
  EXPECT_EQ(warnings_of(text), (std::vector<std::string>{
                                   "1:4 the tag `!local` is not known and has no effect",
                                   "3:1 the tag `!other` is not known and has no effect",
                                   "3:11 the tag `!!binary` is not known and has no effect",
                                   "4:4 the tag `!<tag:example.com,2000:t>` is not known and has no effect",
                               }));
  EXPECT_TRUE(warnings_of("a: !!str 1\nb: ! 2").empty());
}

TEST(Yaml, directives_that_have_no_effect_leave_a_warning) {
  EXPECT_EQ(warnings_of("# c\n%YAML 1.1\n---\na: yes"),
            std::vector<std::string>{"2:1 the text says YAML 1.1, but is read as YAML 1.2"});
  EXPECT_EQ(yaml("%YAML 1.1\n---\na: yes"), R"({"a":"yes"})");
  EXPECT_EQ(warnings_of("%FOO bar\n---\na: 1"),
            std::vector<std::string>{"1:2 a directive that is not known has no effect"});
  EXPECT_TRUE(warnings_of("%YAML 1.2\n---\na: 1").empty());
  EXPECT_EQ(yaml_problem("%YAML 2.0\n---\na: 1"), "1:1 a version of YAML that is not known");
}

// ---- keys ----

TEST(Yaml, keys_that_are_not_strings_become_their_text) {
  EXPECT_EQ(yaml("1: a\ntrue: b\n~: c\n0x10: d\n1.50: e\nno: f\n\"q\": g\n: h"),
            R"({"1":"a","true":"b","~":"c","0x10":"d","1.50":"e","no":"f","q":"g","":"h"})");
}

TEST(Yaml, keys_that_are_lists_or_mappings_are_errors) {
  EXPECT_EQ(yaml_problem("[1, 2]: a"), "1:1 a list cannot be a key");
  EXPECT_EQ(yaml_problem("x: {{a: 1}: b}"), "1:5 a mapping cannot be a key");
  EXPECT_EQ(yaml_problem("? - a\n: b"), "1:3 a list cannot be a key");
  EXPECT_EQ(yaml_problem("a: &x [1]\n*x : 2"), "2:1 a list cannot be a key");
}

TEST(Yaml, a_key_defined_twice_is_an_error_with_both_places) {
  EXPECT_EQ(yaml_problem("a: 1\nb: 2\na: 3"), "3:1 the key `a` is defined twice; first 1:1");
  EXPECT_EQ(yaml_problem("{1: a, \"1\": b}"), "1:8 the key `1` is defined twice; first 1:2");
  EXPECT_EQ(yaml_problem("x:\n  - {k: 1, 'k': 2}"), "2:12 the key `k` is defined twice; first 2:6");
  EXPECT_EQ(yaml_problem("k: &k a\na: 1\n*k : 2"), "3:1 the key `a` is defined twice; first 2:1");
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "k" + std::to_string(i) + ": {x: 0}\n";
  EXPECT_EQ(yaml_problem(many + "k700: 1"), "1001:1 the key `k700` is defined twice; first 701:1");
}

TEST(Yaml, keys_keep_their_order_and_may_be_odd) {
  EXPECT_EQ(yaml("z: 1\na: {y: 1, b: 2}\n? m\n: 3\nB: 4\n1: 5\n0: 6"),
            R"({"z":1,"a":{"y":1,"b":2},"m":3,"B":4,"1":5,"0":6})");
  const auto root =
      tree(text_source("'': 1\n' ': 2\na.b: 3\n__proto__: 4\né: 5\n\"e\\u0301\": 6\nA: 7\na: 8\n'[0]': 9\n"
                       "http://x: 10\nключ: 11"));
  EXPECT_EQ(root.size(), 11U);
  EXPECT_EQ(root.find("")->value.as_i64(), 1);
  EXPECT_EQ(root.find("e\xCC\x81")->value.as_i64(), 6);
  EXPECT_EQ(root.find("http://x")->value.as_i64(), 10);
}

// ---- anchors and merge keys ----

TEST(Yaml, aliases_stand_for_what_their_anchors_name) {
  EXPECT_EQ(yaml("a: &x {k: 1}\nb: *x\nc: [*x, *x]"), R"({"a":{"k":1},"b":{"k":1},"c":[{"k":1},{"k":1}]})");
  EXPECT_EQ(yaml("a: &x 1\nb: *x\nc: &x 2\nd: *x"), R"({"a":1,"b":1,"c":2,"d":2})");
  EXPECT_EQ(yaml("a: &x [&x 1, *x]\nb: *x"), R"({"a":[1,1],"b":1})");
  EXPECT_EQ(yaml("&k key: &v 0x10\nb: *k\n*v : c"), R"({"key":16,"b":"key","0x10":"c"})");
  EXPECT_EQ(yaml("a: &e\nb: *e\nc: &s ''\nd: *s\ne: &t !!str\nf: *t"),
            R"({"a":null,"b":null,"c":"","d":"","e":"","f":""})");
}

TEST(Yaml, an_alias_without_an_anchor_before_it_is_an_error) {
  EXPECT_EQ(yaml_problem("a: *x\nb: &x 1"), "1:4 the alias `*x` has no anchor `&x` before it");
  EXPECT_EQ(yaml_problem("a: &x 1\nb: *y"), "2:4 the alias `*y` has no anchor `&y` before it");
}

TEST(Yaml, cyclic_aliases_are_errors) {
  EXPECT_EQ(yaml_problem("a: &x [*x]"), "1:8 the alias `*x` lies inside of its own anchor `&x`");
  EXPECT_EQ(yaml_problem("&r\na: {b: *r}"), "2:8 the alias `*r` lies inside of its own anchor `&r`");
  EXPECT_EQ(yaml_problem("a: &x\n  <<: *x"), "2:7 the alias `*x` lies inside of its own anchor `&x`");
}

TEST(Yaml, merge_keys_merge_and_the_explicit_key_wins_whatever_the_order) {
  EXPECT_EQ(yaml("base: &b {k: 1, m: 2}\nd:\n  <<: *b\n  m: 3\ne:\n  m: 3\n  <<: *b"),
            R"({"base":{"k":1,"m":2},"d":{"k":1,"m":3},"e":{"m":3,"k":1}})");
  EXPECT_EQ(yaml("a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nd:\n  <<: [*a, *b]\n  w: 3"),
            R"({"a":{"x":1,"y":1},"b":{"y":2,"z":2},"d":{"x":1,"y":1,"z":2,"w":3}})");
  EXPECT_EQ(yaml("d:\n  <<: {x: 1}\n  y: 2\ne: {<<: [{x: 1}, {x: 2, z: 3}]}\nf: {<<: {}}\ng: {<<: []}"),
            R"({"d":{"x":1,"y":2},"e":{"x":1,"z":3},"f":{},"g":{}})");
  // What was merged is merged on.
  EXPECT_EQ(yaml("a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b, z: 3}"),
            R"({"a":{"x":1},"b":{"x":1,"y":2},"c":{"x":1,"y":2,"z":3}})");
  // Not deeply: a nested mapping is replaced.
  EXPECT_EQ(yaml("a: &a {n: {x: 1, y: 2}}\nb: {<<: *a, n: {x: 3}}"), R"({"a":{"n":{"x":1,"y":2}},"b":{"n":{"x":3}}})");
}

TEST(Yaml, only_a_plain_merge_key_merges) {
  EXPECT_EQ(yaml("a: {'<<': 1}\nb: {\"<<\": {x: 1}}\nc: {!!str <<: 2}\nd: [<<]\ne: {!!merge <<: {x: 1}}"),
            R"({"a":{"<<":1},"b":{"<<":{"x":1}},"c":{"<<":2},"d":["<<"],"e":{"x":1}})");
}

TEST(Yaml, a_merge_key_needs_a_mapping_or_a_list_of_them) {
  const std::string wants = "`<<` merges a mapping or a list of mappings, found ";
  EXPECT_EQ(yaml_problem("d:\n  <<: 1"), "2:7 " + wants + "a number");
  EXPECT_EQ(yaml_problem("d:\n  <<:"), "2:3 " + wants + "null");
  EXPECT_EQ(yaml_problem("a: &a x\nd: {<<: *a}"), "2:9 " + wants + "a string");
  EXPECT_EQ(yaml_problem("a: &a {}\nd: {<<: [*a, 1]}"), "2:9 " + wants + "a list");
  EXPECT_EQ(yaml_problem("d: {<<: {}, x: 1, <<: {}}"),
            "1:19 the key `<<` is defined twice; first 1:5 (several are merged by `<<: [*a, *b]`)");
}

TEST(Yaml, a_merge_does_not_hide_a_key_defined_twice) {
  EXPECT_EQ(yaml_problem("d: {x: 1, <<: {x: 2}, x: 3}"), "1:23 the key `x` is defined twice; first 1:5");
}

// ---- places ----

TEST(Yaml, every_value_knows_where_it_was_written) {
  const auto source = text_source(
      "\xEF\xBB\xBF# c\r\n"
      "a: 1\r\n"
      "\"é\": [1, \"x\", 'y', [], {}, {k: v}]\n"
      "b:\n"
      "  c: text of several words\n"
      "  d: !!str 5\n"
      "  e: &anchor 6\n"
      "  f:\n"
      "list:\n"
      "  - x\n"
      "  -\n"
      "  - - y\n"
      "  - k: v\n"
      "bare:\n"
      "- z\n"
      "lit: | # c |\n"
      "  l\n"
      "fold: !!str >-\n"
      "  m\n"
      "multi: \"p\n"
      "  q\"\n"
      "? long\n"
      ": n\n");
  const auto root = tree(source);
  EXPECT_EQ(place_of(root, "a"), "2:4");
  EXPECT_EQ(place_of(root, "é"), "3:6");
  EXPECT_EQ(place_of(root, "é[0]"), "3:7");
  EXPECT_EQ(place_of(root, "é[1]"), "3:10");
  EXPECT_EQ(place_of(root, "é[2]"), "3:15");
  EXPECT_EQ(place_of(root, "é[3]"), "3:20");
  EXPECT_EQ(place_of(root, "é[4]"), "3:24");
  EXPECT_EQ(place_of(root, "é[5]"), "3:28");
  EXPECT_EQ(place_of(root, "é[5].k"), "3:32");
  EXPECT_EQ(place_of(root, "b"), "5:3");
  EXPECT_EQ(place_of(root, "b.c"), "5:6");
  EXPECT_EQ(place_of(root, "b.d"), "6:12");
  EXPECT_EQ(place_of(root, "b.e"), "7:14");
  EXPECT_EQ(place_of(root, "b.f"), "8:3");  // nothing is written: the key
  EXPECT_EQ(place_of(root, "list"), "10:3");
  EXPECT_EQ(place_of(root, "list[0]"), "10:5");
  EXPECT_EQ(place_of(root, "list[1]"), "11:3");  // nothing is written: the dash
  EXPECT_EQ(place_of(root, "list[2]"), "12:5");
  EXPECT_EQ(place_of(root, "list[2][0]"), "12:7");
  EXPECT_EQ(place_of(root, "list[3]"), "13:5");
  EXPECT_EQ(place_of(root, "list[3].k"), "13:8");
  EXPECT_EQ(place_of(root, "bare"), "15:1");
  EXPECT_EQ(place_of(root, "lit"), "16:6");
  EXPECT_EQ(place_of(root, "fold"), "18:13");
  EXPECT_EQ(place_of(root, "multi"), "20:8");
  EXPECT_EQ(place_of(root, "long"), "23:3");
}

TEST(Yaml, a_values_place_is_where_it_was_written_not_where_it_was_aliased_or_merged) {
  const auto source = text_source("a: &x {k: 1}\nb: *x\nc:\n  <<: *x\n  m: *x\n");
  const auto root = tree(source);
  EXPECT_EQ(place_of(root, "b"), "1:7");
  EXPECT_EQ(place_of(root, "b.k"), "1:11");
  EXPECT_EQ(place_of(root, "c"), "4:3");
  EXPECT_EQ(place_of(root, "c.k"), "1:11");
  EXPECT_EQ(place_of(root, "c.m"), "1:7");
}

// ---- documents ----

TEST(Yaml, a_null_or_empty_document_is_an_empty_dict) {
  for (const auto text : {""sv, "\n"sv, "# nothing"sv, "\xEF\xBB\xBF"sv, " \r\n\n"sv, "---"sv, "---\n...\n"sv, "~"sv,
                          "null"sv, "--- # c\n"sv, "..."sv, "{}"sv})
    EXPECT_EQ(yaml(text), "{}") << text;
}

TEST(Yaml, the_root_must_be_a_mapping) {
  EXPECT_EQ(yaml_problem("hello"), "1:1 the root must be a mapping, found a string");
  EXPECT_EQ(yaml_problem("\n'x'"), "2:1 the root must be a mapping, found a string");
  EXPECT_EQ(yaml_problem("--- 12"), "1:5 the root must be a mapping, found a number");
  EXPECT_EQ(yaml_problem("true"), "1:1 the root must be a mapping, found a bool");
  EXPECT_EQ(yaml_problem("- a\n- b"), "1:1 the root must be a mapping, found a list");
  EXPECT_EQ(yaml_problem("[1, 2]"), "1:1 the root must be a mapping, found a list");
}

TEST(Yaml, a_document_beyond_the_first_is_an_error) {
  const std::string message = " a second document; a configuration is one";
  EXPECT_EQ(yaml_problem("a: 1\n---\nb: 2"), "2:1" + message);
  EXPECT_EQ(yaml_problem("---\na: 1\n---\n"), "3:1" + message);
  EXPECT_EQ(yaml_problem("a: 1\n...\n# c\nb: 2"), "4:1" + message);
  EXPECT_EQ(yaml("--- # c\na: 1\n...\n# nothing more\n"), R"({"a":1})");
}

TEST(Yaml, line_ends_and_byte_order_marks) {
  EXPECT_EQ(yaml("\xEF\xBB\xBF"
                 "a: 1\r\nb:\r\n  c: 2\r\nd: |\r\n  x\r\n  y\r\n"),
            R"({"a":1,"b":{"c":2},"d":"x\u000ay\u000a"})");
  EXPECT_EQ(yaml_problem("a: 1\n\xEF\xBB\xBF"
                         "b: 2"),
            "2:1 a byte order mark in the middle of the text");
  EXPECT_EQ(yaml_problem("a: x\xEF\xBB\xBF"), "1:5 a byte order mark in the middle of the text");
  EXPECT_EQ(yaml("a: '\xEF\xBB\xBF'"), "{\"a\":\"\xEF\xBB\xBF\"}");
}

TEST(Yaml, other_encodings_are_errors_that_say_so) {
  EXPECT_EQ(yaml_problem("\xFF\xFE"
                         "a\0:\0"sv),
            "1:1 the text is UTF-16; it must be UTF-8");
  EXPECT_EQ(yaml_problem("\xFE\xFF\0a\0:"sv), "1:1 the text is UTF-16; it must be UTF-8");
  EXPECT_EQ(yaml_problem("a\0:\0"sv), "1:1 the text is UTF-16; it must be UTF-8");
  EXPECT_EQ(yaml_problem("a: é\nb: \xFF"), "2:4 not valid UTF-8");
  EXPECT_EQ(yaml_problem("a: 1 # \xC3"), "1:8 not valid UTF-8");
  EXPECT_EQ(yaml_problem("a: \"\xED\xA0\x80\""), "1:5 half of a surrogate pair is not valid UTF-8");
  EXPECT_EQ(yaml_problem("a: \"\\ud800\""), "1:4 an escape sequence that stands for no character");
  EXPECT_EQ(yaml_problem("a: \"\\U00110000\""), "1:4 an escape sequence that stands for no character");
  EXPECT_EQ(yaml_problem("abc: x\0y"sv), "1:7 a NUL byte");
  EXPECT_EQ(yaml_problem("a: x\x01"), "1:5 a control character (in double quotes it can be written as an escape)");
}

// ---- grammar ----

TEST(Yaml, json_is_yaml) {
  EXPECT_EQ(yaml("{\n\t\"a\":1,\"b\": [true,{\"c\":null}], \"u\":\"\\u00e9\\/\"\n}\n"),
            R"({"a":1,"b":[true,{"c":null}],"u":"é/"})");
  EXPECT_EQ(yaml("{a: 1, // c\n}"), R"({"a":1,"// c":null})");
}

TEST(Yaml, brackets_may_close_at_any_indentation) {
  EXPECT_EQ(yaml("a: [\n1,\n2\n]\nb: {\nc: 1\n}\nd:\n  e: [\n    1\n]"), R"({"a":[1,2],"b":{"c":1},"d":{"e":[1]}})");
}

TEST(Yaml, says_where_the_grammar_is_broken) {
  EXPECT_EQ(yaml_problem("a:\n\tb: 1\n"), "2:1 a tab cannot indent (indent with spaces)");
  EXPECT_EQ(yaml_problem("x: 1\na: [1, {b: 2}"), "2:4 `[` without its `]`");
  EXPECT_EQ(yaml_problem("{\"a\":1"), "1:1 `{` without its `}`");
  EXPECT_EQ(yaml_problem("a: {b: 1]"), "1:9 `]` does not close the bracket that is open");
  EXPECT_EQ(yaml_problem("a: ]"), "1:4 `]` closes nothing that is open");
  EXPECT_EQ(yaml_problem("a: 1\n}"), "2:1 `}` closes nothing that is open");
  EXPECT_EQ(yaml_problem("a: [1,,2]"), "1:7 a comma without an item before it");
  EXPECT_EQ(yaml_problem("a: \"x"), "1:4 a string without an end");
  EXPECT_EQ(yaml_problem("a: 'x"), "1:4 a string without an end");
  EXPECT_EQ(yaml_problem("a: \"x\" y"), "1:8 text after the closing quote");
  EXPECT_EQ(yaml_problem("a: b: c"), "1:5 a second `: ` in one line (a value that holds `: ` stands in quotes)");
  EXPECT_EQ(yaml_problem("a: @x"), "1:4 a value cannot begin with `@` (strings like this stand in quotes)");
  EXPECT_EQ(yaml_problem("a: %x"), "1:4 a value cannot begin with `%` (strings like this stand in quotes)");
  EXPECT_EQ(yaml_problem("a: - b"), "1:4 a list begins on a line of its own (or stands in brackets)");
  EXPECT_EQ(yaml_problem("a: |x\n y"), "1:5 `|` and `>` end their line");
  EXPECT_EQ(yaml_problem("a: 1\nb"), "2:1 a key without `:`, or text after the end of a value");
  EXPECT_EQ(yaml_problem("a:\n  b: 1\n c: 2"), "3:2 a key that is indented unlike those before it");
  EXPECT_EQ(yaml_problem(" a: 1\nb: 2"), "2:1 a key that is indented unlike those before it");
  EXPECT_EQ(yaml_problem("a: 1\n  b: 2"), "1:4 a key must stand in one line (is the indentation right?)");
  EXPECT_EQ(yaml_problem("a:\n  - b\n  c: 1"), "3:3 an item of a list begins with `- `");
  EXPECT_EQ(yaml_problem("a: &x &y z"), "1:8 two anchors before one value");
  EXPECT_EQ(yaml_problem("a: &x 1\nb: &z *x"), "2:8 an alias cannot have an anchor or tag of its own");
}

TEST(Yaml, a_value_is_indented_further_than_its_key) {
  const std::string message = " a value must be indented further than its key (or is it a key without `:`?)";
  EXPECT_EQ(yaml_problem("server:\nhost\n"), "2:1" + message);
  EXPECT_EQ(yaml_problem("server:\n'host'"), "2:1" + message);
  EXPECT_EQ(yaml_problem("a: &a 1\nb:\n*a\n"), "3:1" + message);
  EXPECT_EQ(yaml_problem("a:\n[1]\n"), "2:1" + message);
  EXPECT_EQ(yaml_problem("x:\n  a:\n  {}\n"), "3:3" + message);
  EXPECT_EQ(yaml_problem("x:\n  -\n  a\n"), "3:3" + message);
  EXPECT_EQ(yaml("a:\n- b: c\n  d:\n  - e\n  f:\n   g\n? h\n:\n- i\n"),
            R"({"a":[{"b":"c","d":["e"],"f":"g"}],"h":["i"]})");
  EXPECT_EQ(yaml("a: [b: c,\nd: {e: f}, g]\n"), R"({"a":[{"b":"c"},{"d":{"e":"f"}},"g"]})");
}

// libfyaml 0.7.12 takes these for errors: an empty item of a list that is as far to the left as its key.
TEST(Yaml, items_may_be_empty_in_a_list_that_is_not_indented) {
  EXPECT_EQ(yaml("g:\n-\n- b\n"), R"({"g":[null,"b"]})");
  EXPECT_EQ(yaml("g:\n- a\n-\nh: 1\n"), R"({"g":["a",null],"h":1})");
  EXPECT_EQ(yaml("g:\n- a\n-"), R"({"g":["a",null]})");
  EXPECT_EQ(yaml("x:\n  g:\n  - # c\n  -\n  h: 1\ni: |\n  -\n  -\nj:\n  -\n  - - 1\n    -\n"),
            R"({"x":{"g":[null,null],"h":1},"i":"-\u000a-\u000a","j":[null,[1,null]]})");
  const auto source = text_source("g:\n- a\n-\n-\nh: [1, x]\ni:\n-\n-  b\n");
  const auto root = tree(source);
  EXPECT_EQ(place_of(root, "g[0]"), "2:3");
  EXPECT_EQ(place_of(root, "g[1]"), "3:1");
  EXPECT_EQ(place_of(root, "g[2]"), "4:1");
  EXPECT_EQ(place_of(root, "h"), "5:4");
  EXPECT_EQ(place_of(root, "h[1]"), "5:8");
  EXPECT_EQ(place_of(root, "i[0]"), "7:1");
  EXPECT_EQ(place_of(root, "i[1]"), "8:4");
  EXPECT_EQ(yaml_problem("g:\n-\n- b\nh: [\n"), "4:4 `[` without its `]`");
  EXPECT_EQ(yaml_problem("g:\n-\n-\nb: 1\nb: 2\n"), "5:1 the key `b` is defined twice; first 4:1");
}

// libfyaml 0.7.12 frees something twice.
TEST(Yaml, a_tab_behind_the_colon_of_an_explicit_key_does_not_crash) {
  EXPECT_EQ(yaml_problem("? -:\t-\n"), "1:5 a tab cannot indent (indent with spaces)");
  EXPECT_EQ(yaml_problem("? a:\n:\t |\n"), "2:2 a tab cannot indent (indent with spaces)");
  EXPECT_EQ(yaml("a:\t|\n  x?\nb:\t-1\n"), R"({"a":"x?\u000a","b":-1})");
  EXPECT_EQ(yaml("? a\n:\tb\n"), R"({"a":"b"})");
}

TEST(Yaml, an_error_that_looks_like_a_misreading_does_not_loop) {
  EXPECT_EQ(yaml_problem("{- foo:\t bar\n- - baz\n  -\tba"), "1:2 a value was expected");
}

TEST(Yaml, nothing_is_printed) {
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  for (const auto text : {"a: [", "%YAML 2.0\n---\n", "%FOO\n---\n", "a: \"\\q\"", "a: *b", "\t"})
    EXPECT_FALSE(shown(parse_yaml(text_source(text))).empty());
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

TEST(YamlScalar, tells_what_readers_of_yaml_1_1_take_for_something_else) {
  for (const auto text : {"y", "N", "yes", "Off", "012", "0b1", "0x_f", "1_000", "1,000", "12:30", "1:30:00.5", "+1_0",
                          "2024-05-01", "2024-5-1", "2024-05-01T10:00:00Z", "2024-05-01 10:00:00", "<<", "=", ".5_0"})
    EXPECT_TRUE(is_other_in_yaml_1_1(text)) << text;
  for (const auto text : {"yep", "a1", "1.2.3", "127.0.0.1", "2024-05", "2024-05-01x", "x12:30", "-", "", ".", "v1_000",
                          "12:30 h", "<", "0xzz", "1 000"})
    EXPECT_FALSE(is_other_in_yaml_1_1(text)) << text;
}

}  // namespace
}  // namespace superconfig
