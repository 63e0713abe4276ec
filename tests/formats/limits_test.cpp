// Inputs that break parsers: deep, long, large, many.
#include "parsing.hpp"

namespace superconfig {
namespace {

std::string deep_json(std::size_t levels) {
  return "{\"a\":" + repeated("[", levels - 1) + repeated("]", levels - 1) + "}";
}
std::string deep_yaml(std::size_t levels) { return "a: " + repeated("[", levels - 1) + repeated("]", levels - 1); }
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

TEST(Limits, five_hundred_levels_of_yaml_are_fine) {
  EXPECT_FALSE(shown(parse_yaml(text_source(deep_yaml(500)))).starts_with("error"));
  EXPECT_FALSE(shown(parse_yaml(text_source(repeated("{a: ", 500) + "1" + repeated("}", 500)))).starts_with("error"));
  EXPECT_FALSE(shown(parse_yaml(text_source("a:\n  " + repeated("- ", 499) + "1"))).starts_with("error"));
}

TEST(Limits, one_more_is_an_error_with_its_place) {
  const std::string message = "nested more than 500 levels deep";
  EXPECT_EQ(yaml_problem(deep_yaml(501)), "1:503 " + message);
  EXPECT_EQ(yaml_problem("a:\n  " + repeated("- ", 500) + "1"), "2:1001 " + message);
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
    EXPECT_NE(yaml_problem(deep_yaml(levels)).find("500 levels"), std::string::npos);
    EXPECT_NE(yaml_problem("a: " + repeated("[", levels)).find("500 levels"), std::string::npos);
    EXPECT_NE(yaml_problem(repeated("{a: ", levels)).find("500 levels"), std::string::npos);
    EXPECT_NE(yaml_problem("a:\n  " + repeated("- ", levels)).find("500 levels"), std::string::npos);
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

// ---- what aliases stand for ----

std::size_t nodes_of(const Value& value) {
  std::size_t count = 1;
  for (const auto& entry : value.entries()) count += nodes_of(entry.value);
  for (const auto& item : value.items()) count += nodes_of(item.value);
  return count;
}

// Line n stands for 10 ^ n values, and for the lists around them.
std::string bomb(int lines) {
  std::string text = "a0: &a0 [" + repeated("1,", 10) + "]\n";
  for (int i = 1; i < lines; ++i) {
    const auto above = "*a" + std::to_string(i - 1) + ",";
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + repeated(above, 10) + "]\n";
  }
  return text;
}

TEST(Limits, aliases_stand_for_a_million_nodes_at_most) {
  const auto fine = parse_yaml(text_source(bomb(5)));
  ASSERT_TRUE(fine) << shown(fine);
  EXPECT_EQ(nodes_of(*fine), 123'456U);
  // The sixth line stands for 1,111,111 nodes; the place is the alias that is one too many.
  const std::string message = "the aliases up to here stand for more than 1000000 values";
  EXPECT_EQ(yaml_problem(bomb(6)), "6:38 " + message);
  EXPECT_EQ(yaml_problem(bomb(60)), "6:38 " + message);
}

TEST(Limits, merge_keys_count_as_the_aliases_that_they_are) {
  std::string text = "a0: &a0 {x: 1, y: 2}\n";
  for (int i = 1; i < 60; ++i) {
    const auto above = "*a" + std::to_string(i - 1);
    const auto name = "a" + std::to_string(i);
    text += name + ": &" + name + " {k" + name + ": 1, <<: [" + above + ", " + above + "]}\n";
  }
  EXPECT_NE(yaml_problem(text).find("stand for more than 1000000 values"), std::string::npos);
}

TEST(Limits, long_strings_count_by_their_length) {
  const auto with = [](std::size_t aliases) {
    return "a: &a '" + std::string(100'000, 'x') + "'\nb: [" + repeated("*a,", aliases) + "]";
  };
  EXPECT_TRUE(parse_yaml(text_source(with(900))));
  EXPECT_NE(yaml_problem(with(1100)).find("stand for more than 1000000 values"), std::string::npos);
}

TEST(Limits, many_aliases_of_little_are_fine) {
  const auto result = parse_yaml(text_source("a: &a [1]\nb: [" + repeated("*a,", 1'500'000) + "]"));
  ASSERT_TRUE(result) << shown(result).substr(0, 200);
  EXPECT_EQ(result->find("b")->value.size(), 1'500'000U);
}

TEST(Limits, aliases_do_not_nest_deeper_than_brackets_may) {
  std::string text = "a0: &a0 [" + repeated("[", 97) + repeated("]", 97) + "]\n";
  for (int i = 1; i < 5; ++i)
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " " + repeated("[", 98) + "*a" +
            std::to_string(i - 1) + repeated("]", 98) + "\n";
  const auto deep = text + "b: " + repeated("[", 9) + "*a4" + repeated("]", 9);
  const auto result = parse_yaml(text_source(deep));
  ASSERT_TRUE(result) << shown(result);
  EXPECT_EQ(yaml_problem(text + "b: " + repeated("[", 10) + "*a4" + repeated("]", 10)),
            "6:14 nested more than 500 levels deep");
}

TEST(Limits, scalars_of_many_lines_are_read_in_linear_time) {
  const auto lines = repeated("\n", 1'000'000);
  const auto length_of = [](std::string_view text) {
    const auto result = parse_yaml(text_source(text));
    EXPECT_TRUE(result) << shown(result).substr(0, 200);
    return result ? result->find("a")->value.as_string()->size() : 0;
  };
  EXPECT_EQ(length_of("a: |\n  x" + lines + "  y\n"), 1'000'003U);
  EXPECT_EQ(length_of("a: >+\n" + lines), 1'000'000U);
  EXPECT_EQ(length_of("a: 'x" + lines + " y'"), 1'000'001U);
  EXPECT_EQ(length_of("a: x" + lines + "  y\n"), 1'000'001U);
}

TEST(Limits, many_tag_directives_are_an_error) {
  std::string text;
  for (int i = 0; i < 1001; ++i) text += "%TAG !" + std::to_string(i) + "! tag:x\n";
  EXPECT_EQ(yaml_problem(text + "---\na: 1"), "1001:1 more than 1000 %TAG directives");
}

TEST(Limits, a_wide_mapping_is_read_in_linear_time) {
  std::string text;
  for (int i = 0; i < 300'000; ++i) text += "key" + std::to_string(i) + ": v\n";
  const auto result = parse_yaml(text_source(text));
  ASSERT_TRUE(result) << shown(result).substr(0, 200);
  EXPECT_EQ(result->size(), 300'000U);
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
  const std::string_view yaml =
      "%YAML 1.2\n---\n# c\na: &x [1, 2.5e3, 'y''z', \"z\\u00e9\\\n  w\"]\nb: {k: *x, ? l : !!str 1}\n? m\n: |-\n  "
      "n\n\n"
      "   o\n-p: >\n  é\nq:\n- - r\n  -\n-\n- <<: {s: t}\n...\n";
  ASSERT_TRUE(parse_yaml(text_source(yaml))) << shown(parse_yaml(text_source(yaml)));
  for (std::size_t size = 0; size <= yaml.size(); ++size) {
    const auto result = parse_yaml(text_source(yaml.substr(0, size)));
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
