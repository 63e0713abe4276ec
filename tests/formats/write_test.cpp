#include <cmath>
#include <limits>
#include <random>

#include "parsing.hpp"

namespace superconfig {
namespace {

using namespace std::string_view_literals;

std::string text_of(const Result<std::string>& written) {
  return written ? *written : "error: " + written.errors().to_string();
}
std::string toml(const Value& value) { return text_of(write_toml(value)); }
std::string yaml(const Value& value) { return text_of(write_yaml(value)); }
std::string json(const Value& value) { return text_of(write_json(value, JsonStyle::compact)); }

Value dict(std::initializer_list<std::pair<std::string_view, Value>> entries) { return Value::dict(entries); }
Value array(std::initializer_list<Value> items) { return Value::array(items); }

TEST(Write, json_pretty_and_compact) {
  const auto value = dict({{"b", 1}, {"a", array({1.0, "x", Value(), true})}, {"e", dict({})}, {"f", array({})}});
  EXPECT_EQ(json(value), R"({"b":1,"a":[1.0,"x",null,true],"e":{},"f":[]})");
  EXPECT_EQ(text_of(write_json(value)), R"({
  "b": 1,
  "a": [
    1.0,
    "x",
    null,
    true
  ],
  "e": {},
  "f": []
})");
  EXPECT_EQ(json(5), "5");
}

TEST(Write, toml_puts_values_before_tables_and_keeps_the_order) {
  const auto value = dict({{"z", dict({{"y", 1}, {"sub", dict({{"x", 2}})}, {"w", 3}})},
                           {"b", 1},
                           {"only", dict({{"deeper", dict({{"k", "v"}})}})},
                           {"a", "x"},
                           {"list", array({dict({{"p", 1}, {"q", dict({})}}), dict({})})},
                           {"mixed", array({1, dict({{"p", 1}, {"e", dict({})}})})},
                           {"none", array({})},
                           {"empty", dict({})}});
  EXPECT_EQ(toml(value), R"(b = 1
a = "x"
mixed = [1, { p = 1, e = {} }]
none = []

[z]
y = 1
w = 3

[z.sub]
x = 2

[only.deeper]
k = "v"

[[list]]
p = 1

[list.q]

[[list]]

[empty]
)");
  const auto back = parse_toml(text_source(toml(value)));
  ASSERT_TRUE(back) << shown(back);
  EXPECT_EQ(*back, value);
}

TEST(Write, toml_quotes_keys_that_need_it) {
  const auto value =
      dict({{"", 1}, {"a.b", 2}, {"é", 3}, {"x\n\"y", 4}, {"ok-1_", 5}, {"t t", dict({{"[u]", dict({{"v", 1}})}})}});
  EXPECT_EQ(toml(value),
            "\"\" = 1\n\"a.b\" = 2\n\"é\" = 3\n\"x\\n\\\"y\" = 4\nok-1_ = 5\n\n[\"t t\".\"[u]\"]\nv = 1\n");
  EXPECT_EQ(*parse_toml(text_source(toml(value))), value);
}

TEST(Write, strings_escape_what_must_be_escaped) {
  const Value text("a\"\\\b\f\n\r\t\x01\x7F é 日 \0 end"sv);
  EXPECT_EQ(json(text), "\"a\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u007f é 日 \\u0000 end\"");
  EXPECT_EQ(*parse_json(text_source(json(dict({{"k", text}})))), dict({{"k", text}}));
  EXPECT_EQ(*parse_toml(text_source(toml(dict({{"k", text}})))), dict({{"k", text}}));
}

TEST(Write, floats_stay_floats_and_are_short) {
  EXPECT_EQ(json(array({1.0, 0.1, 1e300, -0.0, 5e-324, 100000.0, 1e22})), "[1.0,0.1,1e+300,-0.0,5e-324,1e+05,1e+22]");
  const auto infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(toml(dict({{"a", array({std::nan(""), infinity, -infinity, 1.0, 1e300})}})),
            "a = [nan, inf, -inf, 1.0, 1e+300]\n");
}

TEST(Write, integers_keep_64_bits) {
  EXPECT_EQ(json(array({UINT64_MAX, INT64_MIN, INT64_MAX})),
            "[18446744073709551615,-9223372036854775808,9223372036854775807]");
  EXPECT_EQ(toml(dict({{"a", INT64_MIN}, {"b", INT64_MAX}})), "a = -9223372036854775808\nb = 9223372036854775807\n");
}

TEST(Write, dates_are_dates_in_toml_and_text_in_json) {
  const std::string text = "a = 1979-05-27T07:32:00.5-07:00\nb = 1979-05-27T07:32:00\nc = 1979-05-27\nd = 07:32:00\n";
  const auto value = *parse_toml(text_source(text));
  EXPECT_EQ(toml(value), text);
  EXPECT_EQ(json(value),
            R"({"a":"1979-05-27T07:32:00.5-07:00","b":"1979-05-27T07:32:00","c":"1979-05-27","d":"07:32:00"})");
}

TEST(Write, yaml_is_written_in_block_style) {
  const auto value =
      dict({{"z", dict({{"b", 1}, {"sub", dict({{"x", Value()}})}})},
            {"list", array({1, "x", true, array({2, array({})}), dict({{"n", "a"}, {"l", array({1})}})})},
            {"none", array({})},
            {"empty", dict({})},
            {"nested", array({array({array({1}), 2}), array({dict({{"k", dict({{"m", 1}})}})})})}});
  EXPECT_EQ(yaml(value), R"(z:
  b: 1
  sub:
    x: null
list:
  - 1
  - x
  - true
  - - 2
    - []
  - "n": a
    l:
      - 1
none: []
empty: {}
nested:
  - - - 1
    - 2
  - - k:
        m: 1
)");
  EXPECT_EQ(*parse_yaml(text_source(yaml(value))), value);
  EXPECT_EQ(yaml(dict({})), "{}\n");
  EXPECT_EQ(yaml(array({1, array({})})), "- 1\n- []\n");
  EXPECT_EQ(yaml(5), "5\n");
  EXPECT_EQ(yaml("yes"), "\"yes\"\n");
}

TEST(Write, yaml_quotes_strings_that_would_be_something_else) {
  for (const auto text : {"",
                          " x",
                          "x ",
                          "null",
                          "~",
                          "Null",
                          "true",
                          "False",
                          "1",
                          "-1",
                          "+1",
                          "1.5",
                          ".5",
                          "1e3",
                          ".inf",
                          "-.INF",
                          ".nan",
                          "0x1f",
                          "0o17",
                          "yes",
                          "No",
                          "on",
                          "OFF",
                          "y",
                          "n",
                          "012",
                          "0b1",
                          "1_000",
                          "12:30",
                          "2024-05-01",
                          "2024-05-01T00:00:00Z",
                          "<<",
                          "=",
                          "a: b",
                          "a:",
                          "x #y",
                          "#x",
                          "- x",
                          "-",
                          "? x",
                          "?",
                          ": x",
                          ":",
                          "---",
                          "--- x",
                          "...",
                          "[a",
                          "{a",
                          "]",
                          "}",
                          ",a",
                          "&a",
                          "*a",
                          "!a",
                          "|",
                          ">",
                          "'a",
                          "\"a",
                          "%",
                          "%a",
                          "@a",
                          "`a"})
    EXPECT_EQ(yaml(dict({{"k", text}})).substr(0, 4), "k: \"") << text;
  for (const auto text :
       {"x",       "a b",   "a:b",   "http://x/?a=b#c", "x#y",    "-x",    "--x",  "?x", ":x",  "a, b", "a]",  "it's",
        "a \"b\"", "C:\\x", "1.2.3", "127.0.0.1",       "é 日 𝄞", "nullx", "yess", "v1", "a|b", "x%",   "inf", "nan",
        "a - b",   "12 h",  "$X",    "a\\nb",           "~x",     "/etc",  "<x>",  "==", "(a)", "+",    "."})
    EXPECT_EQ(yaml(dict({{"k", text}})), "k: " + std::string(text) + "\n");
}

TEST(Write, yaml_keys_are_strings_too) {
  const auto value = dict({{"", 1},
                           {"a b", 2},
                           {"a.b", 3},
                           {"é", 4},
                           {"123", 5},
                           {"true", 6},
                           {"n", 7},
                           {"<<", 8},
                           {"a: b", 9},
                           {"x\ny", 10},
                           {"- a", 11},
                           {"~", 12}});
  EXPECT_EQ(yaml(value),
            "\"\": 1\na b: 2\na.b: 3\né: 4\n\"123\": 5\n\"true\": 6\n\"n\": 7\n\"<<\": 8\n\"a: b\": 9\n\"x\\ny\": "
            "10\n\"- a\": 11\n\"~\": 12\n");
  EXPECT_EQ(*parse_yaml(text_source(yaml(value))), value);
  const std::string long_key(2000, 'k');
  const auto long_value = dict({{"a", dict({{long_key, array({1})}, {"b", 2}})}});
  EXPECT_EQ(yaml(long_value), "a:\n  ? " + long_key + "\n  :\n    - 1\n  b: 2\n");
  EXPECT_EQ(*parse_yaml(text_source(yaml(long_value))), long_value);
}

TEST(Write, yaml_writes_lines_as_lines_where_they_read_back) {
  EXPECT_EQ(yaml(dict({{"a", "x\ny"}, {"b", array({"p\n\n  q\n"})}})),
            "a: |-\n  x\n  y\nb:\n  - |\n    p\n\n      q\n");
  for (const auto text :
       {"\n", "x\n\n", "\nx", " x\ny", "x \ny", "x\r\ny", "x\ny ", "\tx\ny", "x\n\ty", "x\ny\x01", "x\ny\xE2\x80\xA8"})
    EXPECT_EQ(yaml(dict({{"k", text}})).substr(0, 4), "k: \"") << text;
  EXPECT_EQ(yaml("x\ny"), "|-\n  x\n  y\n");
}

TEST(Write, yaml_escapes_what_is_no_plain_character) {
  EXPECT_EQ(yaml("\t\x01\x1B\x7F\xC2\x85\xC2\xA0\xE2\x80\xA8\xEF\xBB\xBF\xEF\xBF\xBE\"\\é\0"sv),
            "\"\\t\\u0001\\u001b\\u007f\\u0085\xC2\xA0\\u2028\\ufeff\\ufffe\\\"\\\\é\\u0000\"\n");
  EXPECT_EQ(yaml(dict({{"a", "\xFF"}, {"b", "x\n\xFF"}, {"\xC0", 1}})).substr(0, 6), "error:");
}

TEST(Write, yaml_numbers_are_numbers_to_all_readers) {
  const auto infinity = std::numeric_limits<double>::infinity();
  const auto value =
      array({1.0, 0.1, 1e300, -0.0, 5e-324, 1e22, std::nan(""), infinity, -infinity, UINT64_MAX, INT64_MIN});
  EXPECT_EQ(yaml(value),
            "- 1.0\n- 0.1\n- 1.0e+300\n- -0.0\n- 5.0e-324\n- 1.0e+22\n- .nan\n- .inf\n- -.inf\n- "
            "18446744073709551615\n- -9223372036854775808\n");
  EXPECT_EQ(parse_yaml(text_source(yaml(dict({{"a", value}}))))->to_string(), dict({{"a", value}}).to_string());
}

TEST(Write, yaml_dates_are_their_toml_text) {
  const auto value = *parse_toml(
      text_source("a = 1979-05-27T07:32:00.5-07:00\nb = 1979-05-27T07:32:00\nc = 1979-05-27\nd = 07:32:00\n"));
  EXPECT_EQ(yaml(value), "a: 1979-05-27T07:32:00.5-07:00\nb: 1979-05-27T07:32:00\nc: 1979-05-27\nd: \"07:32:00\"\n");
}

TEST(Write, text_is_written_as_its_guess) {
  const auto value = dict({{"n", Value::text("012", 12, false)},
                           {"s", Value::text("x", "x", false)},
                           {"a", Value::text("[1]", array({1}), false)},
                           {"t", Value::text("{}", dict({{"k", 1}}), false)}});
  EXPECT_EQ(json(value), R"({"n":12,"s":"x","a":[1],"t":{"k":1}})");
  EXPECT_EQ(toml(value), "n = 12\ns = \"x\"\na = [1]\n\n[t]\nk = 1\n");
  EXPECT_EQ(yaml(value), "\"n\": 12\ns: x\na:\n  - 1\nt:\n  k: 1\n");
}

TEST(Write, all_that_a_format_cannot_hold_is_reported_with_its_path) {
  const auto source = text_source("{\"a\":null,\n\"b\":{\"c.d\":[1,18446744073709551615,{\"e\":null}]}}");
  const auto written = write_toml(*parse_json(source));
  ASSERT_FALSE(written);
  ASSERT_EQ(written.errors().size(), 3U);
  EXPECT_EQ(written.errors()[0].code, ErrorCode::unsupported);
  EXPECT_EQ(written.errors()[0].path_text(), "a");
  EXPECT_EQ(written.errors()[0].origin.line, 1U);
  EXPECT_EQ(written.errors()[1].path_text(), "b.\"c.d\".1");
  EXPECT_EQ(written.errors()[1].origin.line, 2U);
  EXPECT_EQ(written.errors()[2].path_text(), "b.\"c.d\".2.e");

  const auto no_json =
      write_json(dict({{"x", array({1.0, std::nan("")})}, {"y", -std::numeric_limits<double>::infinity()}}));
  ASSERT_FALSE(no_json);
  ASSERT_EQ(no_json.errors().size(), 2U);
  EXPECT_EQ(no_json.errors()[0].path_text(), "x.1");
  EXPECT_EQ(no_json.errors()[0].message, "JSON has no nan");
  EXPECT_EQ(no_json.errors()[1].path_text(), "y");
  EXPECT_EQ(no_json.errors()[1].message, "JSON has no -inf");

  EXPECT_EQ(toml(array({1})), "error: the root of a TOML text must be a dict");
  EXPECT_EQ(json(dict({{"a", "\xFF"}})), "error: a: the text is not valid UTF-8");
  EXPECT_EQ(toml(dict({{"a", dict({{"\xC0", 1}})}})).substr(0, 6), "error:");
}

TEST(Write, refuses_what_could_not_be_read_back_for_its_depth) {
  const auto deep = [](std::size_t levels, bool dicts) {
    Value value = dicts ? dict({}) : array({});
    while (--levels > 1) value = dicts ? dict({{"a", value}}) : array({value});
    return dict({{"a", value}});
  };
  for (const bool dicts : {true, false}) {
    EXPECT_TRUE(write_toml(deep(500, dicts)));
    EXPECT_TRUE(parse_toml(text_source(toml(deep(500, dicts)))));
    EXPECT_TRUE(parse_json(text_source(json(deep(500, dicts)))));
    EXPECT_FALSE(write_toml(deep(501, dicts)));
    EXPECT_FALSE(write_json(deep(501, dicts)));
    EXPECT_TRUE(parse_yaml(text_source(yaml(deep(500, dicts)))));
    EXPECT_FALSE(write_yaml(deep(501, dicts)));
  }
}

// Random trees: what is written reads back equal.
class Trees {
 public:
  explicit Trees(unsigned seed, bool toml) : random_(seed), toml_(toml) {}

  Value dict(int depth) {
    Value made = Value::dict();
    for (auto n = below(5); n-- > 0;) made.set(name(), value(depth - 1));
    return made;
  }

 private:
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }

  std::string name() {
    constexpr std::string_view names[] = {"a", "b",  "host", "a.b", "",   "é",  "x y", "\"", "1",  "-",
                                          ":", " #", "t\n",  "\\",  "? ", "no", "'",   "\t", "[]", "|"};
    return std::string(names[below(std::size(names))]);
  }

  Value value(int depth) {
    switch (below(depth > 0 ? 10U : 6U)) {
      case 0: return toml_ ? Value(true) : Value();
      case 1: return static_cast<std::int64_t>(random_()) * (below(2) ? -1 : 1) << below(20);
      case 2: return std::ldexp(static_cast<double>(random_()) - 2e9, static_cast<int>(below(200)) - 100);
      case 3: return name() + name();
      case 4:
        return toml_ ? Value(Datetime{2024, 2, 29, 23, 59, 58, Datetime::Form::offset_datetime,
                                      static_cast<std::uint32_t>(below(1000000000)), 60})
                     : Value(UINT64_MAX - below(100));
      case 5: return below(2) == 0;
      case 6:
      case 7: return dict(depth);
      default: {
        const bool dicts = below(2) == 0;
        Value made = Value::array();
        for (auto n = below(4); n-- > 0;) made.push_back(dicts ? dict(depth - 1) : value(depth - 1));
        return made;
      }
    }
  }

  std::mt19937 random_;
  bool toml_;
};

TEST(Write, random_trees_read_back_equal) {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    const auto for_toml = Trees(seed, true).dict(5);
    const auto toml_back = parse_toml(text_source(toml(for_toml)));
    ASSERT_TRUE(toml_back) << shown(toml_back) << "\n" << toml(for_toml);
    ASSERT_EQ(*toml_back, for_toml) << toml(for_toml);
    const auto for_json = Trees(seed, false).dict(5);
    for (const auto style : {JsonStyle::pretty, JsonStyle::compact}) {
      const auto json_back = parse_json(text_source(text_of(write_json(for_json, style))));
      ASSERT_TRUE(json_back) << shown(json_back);
      ASSERT_EQ(json_back->to_string(), for_json.to_string());
    }
    const auto yaml_back = parse_yaml(text_source(yaml(for_json)));
    ASSERT_TRUE(yaml_back) << shown(yaml_back) << "\n" << yaml(for_json);
    ASSERT_EQ(yaml_back->to_string(), for_json.to_string()) << yaml(for_json);
  }
}

}  // namespace
}  // namespace superconfig
