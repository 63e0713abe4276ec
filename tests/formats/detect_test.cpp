// What a text is, by its content alone.
#include "parsing.hpp"

namespace superconfig {
namespace {

using namespace std::string_view_literals;

struct Case {
  std::string_view text;
  std::string_view likeliest;
  bool sure;
};

constexpr Case cases[] = {
    // TOML
    {"[server]\nhost = \"h\"\n", "toml", true},
    {"[server] # x\nhost = \"a:b\"\n", "toml", true},
    {"[[s]]\nn = 1\n", "toml", true},
    {"[a.\"b]\".c]\n", "toml", true},
    {"host = \"h\"\nport = 1\n", "toml", true},
    {"url = \"http://x\"\ntime = \"a: b\"\n", "toml", true},
    {"# c\n\nhost = 'h'\n", "toml", true},
    {"a.b=1\n", "toml", true},
    {"\"a: b\" = 1\n", "toml", true},
    {"a = { b = 1 }\n", "toml", true},
    {"\xEF\xBB\xBF[s]\r\na = 1\r\n", "toml", true},
    {"---a = 1\n", "toml", true},
    // YAML
    {"host: h\nport: 1\n", "yaml", true},
    {"server:\n  host: h\n", "yaml", true},
    {"---\nhost: h\n", "yaml", true},
    {"%YAML 1.2\n---\n", "yaml", true},
    {"cmd: a=b\n", "yaml", true},
    {"http://x: 1\n", "yaml", true},
    {"url: http://x?a=b\n", "yaml", true},
    {"'a=b': 1\n", "yaml", true},
    {"list: [1, 2]\n", "yaml", true},
    {"# c\nhost: h\n", "yaml", true},
    {"- a=b\n", "yaml", true},
    {"a:\r\n  b: 1\r\n", "yaml", true},
    {"{a: 1, b: 2}\n", "yaml", false},
    // JSON
    {"{\"host\":\"h\",\"port\":1}", "json", true},
    {"{\n  \"cmd\":\n    \"a=b\"\n}\n", "json", true},
    {"\n {}", "json", true},
    {"// c\n{}", "json", true},
    {"{ // c\n}", "json", true},
    {"[1,2]", "json", false},
    {"[\n1\n]", "json", false},
    {"[\"a\"]", "json", false},
    // nothing to go by
    {"", "toml", false},
    {"  \n\n", "toml", false},
    {"# nothing\n", "toml", false},
    {"hello", "toml", false},
    {"[server\nhost = 1\n", "toml", false},
};

TEST(Detect, the_first_line_that_means_something_says_what_is_likeliest) {
  for (const auto& one : cases) {
    const auto order = formats_by_content(one.text);
    ASSERT_EQ(order.size(), 3U);
    EXPECT_EQ(name_of(order[0]), one.likeliest) << one.text;
    const auto shown = looks_like(one.text);
    EXPECT_EQ(shown.has_value(), one.sure) << one.text;
    if (shown) {
      EXPECT_EQ(name_of(*shown), one.likeliest) << one.text;
    }
  }
}

TEST(Detect, the_others_follow_in_the_order_toml_yaml_json) {
  using enum Format;
  EXPECT_EQ(formats_by_content("a = 1"), (std::vector{toml, yaml, json}));
  EXPECT_EQ(formats_by_content("a: 1"), (std::vector{yaml, toml, json}));
  EXPECT_EQ(formats_by_content("{\"a\":1}"), (std::vector{json, toml, yaml}));
}

std::string detected(std::string_view text) {
  Format used{};
  const auto source = text_source(text);
  const auto result = parse_detected(source, &used);
  return std::string(name_of(used)) + " " + shown(result);
}

TEST(Detect, the_first_format_that_parses_is_used) {
  EXPECT_EQ(detected("host = \"h\"\nport = 1\n"), R"(toml {"host":"h","port":1})");
  EXPECT_EQ(detected("url = \"a: b\"\n"), R"(toml {"url":"a: b"})");
  EXPECT_EQ(detected("host: h\nport: 1\n"), R"(yaml {"host":"h","port":1})");
  EXPECT_EQ(detected("items:\n  - a=b\n"), R"(yaml {"items":["a=b"]})");
  EXPECT_EQ(detected("t: |\n  x = 1\n  y\n"), "yaml {\"t\":\"x = 1\\u000ay\\u000a\"}");
  EXPECT_EQ(detected("{\"a\":{\"b\":1}}"), R"(json {"a":{"b":1}})");
  EXPECT_EQ(detected("{a: 1, b: 2}\n"), R"(yaml {"a":1,"b":2})");
  EXPECT_EQ(detected("{a: 1, // c\n}"), R"(yaml {"a":1,"// c":null})");
  EXPECT_EQ(detected("{\"a\": 1, b: 2}"), R"(yaml {"a":1,"b":2})");
  EXPECT_EQ(detected(""), "toml {}");
  EXPECT_EQ(detected("# nothing\n"), "toml {}");
  EXPECT_EQ(detected("\xEF\xBB\xBF"
                     "a = 1\n"),
            R"(toml {"a":1})");
}

TEST(Detect, if_none_parses_the_likeliest_error_comes_first_and_the_others_follow) {
  EXPECT_EQ(detected("[s]\nkey=unquoted value\n"),
            "toml error: test:2:5: as TOML: not a value: `unquoted` (strings stand in quotes; as YAML, 1:1: the root "
            "must be a mapping, found a list; as JSON, 1:2: expected a value, found `s`)");
  EXPECT_EQ(detected("a: [1\n"),
            "yaml error: test:1:4: as YAML: `[` without its `]` (as TOML, 1:2: key-value pair: expected '=', saw ':'; "
            "as JSON, 1:1: expected a value, found `a`)");
  const auto result = parse_detected(text_source("hello"));
  ASSERT_FALSE(result);
  ASSERT_EQ(result.errors().size(), 1U);
  EXPECT_EQ(result.errors()[0].code, ErrorCode::parse);
}

TEST(Detect, warnings_are_those_of_the_format_that_is_used) {
  std::vector<FormatWarning> warnings;
  Format used{};
  EXPECT_TRUE(parse_detected(text_source("a: !x 1"), &used, &warnings));
  EXPECT_EQ(warnings.size(), 1U);
  warnings.clear();
  EXPECT_FALSE(parse_detected(text_source("a: !x [1"), &used, &warnings));
  EXPECT_TRUE(warnings.empty());
}

std::string hint_of(Format format, std::string_view text) {
  const auto result = parse(format, text_source(text));
  return result ? "no error" : result.errors()[0].hint;
}

TEST(Detect, an_error_of_a_known_format_says_what_the_content_looks_like) {
  EXPECT_EQ(hint_of(Format::json, "[server]\nhost = \"h\"\n"), "the content looks like TOML");
  EXPECT_EQ(hint_of(Format::json, "host: h\n"), "the content looks like YAML");
  EXPECT_EQ(hint_of(Format::jsonc, "host: h\n"), "the content looks like YAML");
  EXPECT_EQ(hint_of(Format::yaml, "host = \"h\"\nport = 1\n"), "the content looks like TOML");
  EXPECT_EQ(hint_of(Format::toml, "host: h\n"), "the content looks like YAML");
  EXPECT_EQ(hint_of(Format::toml, "{\"a\": 1}"), "the content looks like JSON");
  EXPECT_EQ(hint_of(Format::json, "# c\nhost: h\n"),
            "a .jsonc file may hold comments and trailing commas; the content looks like YAML");
}

TEST(Detect, no_hint_where_the_content_is_of_the_format_or_may_be) {
  EXPECT_EQ(hint_of(Format::toml, "a = 1\nb: 2\n"), "");
  EXPECT_EQ(hint_of(Format::yaml, "a: 1\nb = 2\n"), "");
  EXPECT_EQ(hint_of(Format::yaml, "{\"a\": 1"), "");
  EXPECT_EQ(hint_of(Format::json, "{\"a\": 1"), "");
  EXPECT_EQ(hint_of(Format::jsonc, "{\"a\": 1"), "");
  EXPECT_EQ(hint_of(Format::toml, "{a: 1}"), "");
}

}  // namespace
}  // namespace superconfig
