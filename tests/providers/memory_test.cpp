// Values of the program: with_defaults, with_value, with_override, with_cli_opt, Pair, Empty.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/building.hpp"

namespace superconfig::testing {
namespace {

struct Server {
  std::string host = "localhost";
  int port = 80;
  std::optional<std::string> user;
  std::vector<std::string> tags{"a"};
};

// ---- with_defaults ----

TEST(Defaults, are_anything_that_makes_a_dict) {
  EXPECT_EQ(shown(SuperConfig().with_defaults(Server{})), R"({"host":"localhost","port":80,"user":null,"tags":["a"]})");
  EXPECT_EQ(shown(SuperConfig().with_defaults(std::map<std::string, int>{{"a", 1}})), R"({"a":1})");
  EXPECT_EQ(shown(SuperConfig().with_defaults(json(R"({"a":[1]})"))), R"({"a":[1]})");
  EXPECT_EQ(shown(SuperConfig().with_defaults(Value::text("{}", json(R"({"a":1})"), false))), R"({"a":1})");
}

TEST(Defaults, that_are_no_dict_are_a_failing_layer) {
  const auto problem = [](const Value& value) {
    const auto errors = SuperConfig().with_defaults(value).try_value().error();
    EXPECT_TRUE(errors[0].path.empty());
    EXPECT_EQ(errors[0].origin.kind, SourceKind::code);
    EXPECT_EQ(errors[0].origin.layer, std::vector<std::uint32_t>{0});
    return std::string(name_of(errors[0].code)) + " expected " + errors[0].expected + ", found " + errors[0].found;
  };
  EXPECT_EQ(problem(5), "invalid_type expected a dict, found integer");
  EXPECT_EQ(problem(Value()), "invalid_type expected a dict, found null");
  EXPECT_EQ(problem(json("[1]")), "invalid_type expected a dict, found array");
  EXPECT_EQ(problem("text"), "invalid_type expected a dict, found string");
}

TEST(Defaults, come_from_the_line_that_gives_them) {
  const auto config = SuperConfig().with_defaults(Server{});
  const auto line = static_cast<std::uint32_t>(__LINE__ - 1);
  for (const char* path : {"host", "tags", "tags[0]"}) {
    const auto origin = config.find_metadata(path).value();
    EXPECT_EQ(origin.kind, SourceKind::code);
    EXPECT_TRUE(origin.name.ends_with("memory_test.cpp")) << origin.name;
    EXPECT_EQ(origin.line, line);
    EXPECT_EQ(origin.column, 0U);
  }
  EXPECT_EQ(origin(SuperConfig().merge(Defaults(json(R"({"a":1})")).named("built-in")), "a"), "built-in #0");
}

TEST(Defaults, may_stand_below_a_key_and_in_a_profile) {
  EXPECT_EQ(shown(SuperConfig().merge(Defaults(json("[1]")).at("a.b"))), R"({"a":{"b":[1]}})");
  EXPECT_EQ(shown(SuperConfig().merge(Defaults(5).at("a"))), R"({"a":5})");
  EXPECT_EQ(shown(SuperConfig().merge(Defaults(5).at("a.\"b.c\""))), R"({"a":{"\"b":{"c\"":5}}})")
      << "keys know no quotes";
  EXPECT_EQ(shown(SuperConfig().merge(Defaults(json(R"({"x":1})")).profile("dev"))), "{}");
  EXPECT_EQ(shown(SuperConfig().merge(Defaults(json(R"({"x":1})")).profile("dev")).select("dev")), R"({"x":1})");
  EXPECT_EQ(shown(SuperConfig().merge(Defaults(json(R"({"x":1})")).global())), R"({"x":1})");
}

TEST(Defaults, keep_the_marks_that_their_values_have) {
  const auto source = Source::other("elsewhere");
  Value tree = Value::dict({});
  tree.set("a", 1, source.mark());
  tree.set("b", 2);
  const auto config = SuperConfig().with_defaults(tree);
  EXPECT_EQ(origin(config, "a"), "elsewhere #0");
  EXPECT_EQ(config.find_metadata("b")->kind, SourceKind::code);
}

// ---- with_value and with_override ----

TEST(WithValue, puts_one_value_at_a_path) {
  struct {
    const char *below, *path, *value, *result;
  } const cases[] = {
      {"{}", "a", "[1]", R"({"a":1})"},
      {"{}", "a.b.c", "[1]", R"({"a":{"b":{"c":1}}})"},
      {R"({"a":{"x":1}})", "a.b", "[1]", R"({"a":{"x":1,"b":1}})"},
      {"{}", "a.\"x.y\".\"\"", "[1]", R"({"a":{"x.y":{"":1}}})"},
      {R"({"a":1})", "a.b", "[1]", R"({"a":{"b":1}})"},
      {R"({"a":{"b":1}})", "a", "[2]", R"({"a":2})"},
      {R"({"a":{"b":1}})", "a", R"([{"c":2}])", R"({"a":{"b":1,"c":2}})"},
      {R"({"a":1})", "", R"([{"b":2}])", R"({"a":1,"b":2})"},
      {R"({"xs":[1,2]})", "xs[1]", "[3]", R"({"xs":[1,3]})"},
      {R"({"xs":[1,2]})", "xs.2", "[3]", R"({"xs":[1,2,3]})"},
      {R"({"xs":[{"a":1}]})", "xs[0].b", "[2]", R"({"xs":[{"a":1,"b":2}]})"},
      {R"({"a":{"b":[[1,2],[3]]}})", "a.b[0][1]", "[9]", R"({"a":{"b":[[1,9],[3]]}})"},
      {R"({"xs":[1]})", "xs[1].b.c", "[2]", R"({"xs":[1,{"b":{"c":2}}]})"},
      {R"({"xs":[1]})", "xs.x", "[2]", R"({"xs":{"x":2}})"},
      {R"({"m":{"0":1}})", "m[0]", "[2]", R"({"m":{"0":2}})"},
      {"{}", "m[0]", "[2]", R"({"m":{"0":2}})"},
      {R"({"xs":["a"]})", "xs_add", R"([["b"]])", R"({"xs":["a","b"]})"},
      {R"({"d":{"xs":["a","b"]}})", "d.xs_remove", R"([["b"]])", R"({"d":{"xs":["a"]}})"},
      {R"({"d":{"xs":["a"]},"k":1})", "d!unset", "[true]", R"({"k":1})"},
      {R"({"d":{"a":1}})", "d!replace", R"([{"b":1}])", R"({"d":{"b":1}})"},
      {R"({"l":[{"xs":[1]}]})", "l[0].xs_add", "[[2]]", R"({"l":[{"xs":[1,2]}]})"},
      {"{}", "can_add", "[true]", R"({"can_add":true})"},
      {R"({"b":1})", "b.xs_add", "[[1]]", R"({"b":{"xs":[1]}})"},
      {R"({"b":[1]})", "b.c.xs", R"([{"ys_add":[1]}])", R"({"b":{"c":{"xs":{"ys":[1]}}}})"},
  };
  for (const auto& [below, path, value, result] : cases) {
    const auto config = SuperConfig().merge(layer("below", below)).with_value(path, json(value).at(0)->value);
    EXPECT_EQ(shown(config), result) << path << " = " << value << " over " << below;
  }
}

TEST(WithValue, runs_the_edits_inside_of_its_value_and_no_others) {
  const auto below = SuperConfig()
                         .with_array_edits(false)
                         .merge(layer("below", R"({"d":{"x":[1],"x_add":[2]},"l":[{"y_add":[1]}]})"))
                         .with_array_edits(true);
  EXPECT_EQ(shown(below.with_value("d", json(R"({"k":1})"))),
            R"({"d":{"x":[1],"x_add":[2],"k":1},"l":[{"y_add":[1]}]})");
  EXPECT_EQ(shown(below.with_value("d.k", json(R"({"z_add":[1]})"))),
            R"({"d":{"x":[1],"x_add":[2],"k":{"z":[1]}},"l":[{"y_add":[1]}]})");
  EXPECT_EQ(shown(below.with_value("l[1]", json(R"({"z_add":[1]})"))),
            R"({"d":{"x":[1],"x_add":[2]},"l":[{"y_add":[1]},{"z":[1]}]})");
  EXPECT_EQ(shown(below.with_value("l[0]", json(R"({"z_add":[1]})"))),
            R"({"d":{"x":[1],"x_add":[2]},"l":[{"y_add":[1],"z":[1]}]})");
  EXPECT_EQ(shown(below.merge(layer("high", R"({"d":{"k":1},"l_add":[{"z_add":[1]}]})"))),
            R"({"d":{"x":[1],"x_add":[2],"k":1},"l":[{"y_add":[1]},{"z":[1]}]})");
}

TEST(WithValue, takes_whatever_makes_a_value) {
  EXPECT_EQ(shown(SuperConfig().with_value("s", Server{})),
            R"({"s":{"host":"localhost","port":80,"user":null,"tags":["a"]}})");
  EXPECT_EQ(shown(SuperConfig().with_value("v", std::vector<int>{1, 2})), R"({"v":[1,2]})");
  EXPECT_EQ(shown(SuperConfig().with_value("v", std::optional<int>())), R"({"v":null})");
  EXPECT_EQ(shown(SuperConfig().with_value("v", nullptr)), R"({"v":null})");
  EXPECT_EQ(shown(SuperConfig().with_value("v", "text").with_value("w", std::string(20, 'x'))),
            R"({"v":"text","w":"xxxxxxxxxxxxxxxxxxxx"})");
  EXPECT_EQ(shown(SuperConfig().with_value("v", UINT64_MAX)), R"({"v":18446744073709551615})");
}

TEST(WithValue, that_cannot_be_put_is_a_failing_layer) {
  const auto problem = [](const SuperConfig& config) {
    const auto errors = config.try_value().error();
    EXPECT_EQ(errors.size(), 1U);
    return std::string(name_of(errors[0].code)) + " " + errors[0].path_text() + ": " + errors[0].message +
           errors[0].expected;
  };
  EXPECT_EQ(problem(SuperConfig().with_value("a..b", 1)), "invalid_path : `a..b` is not a path: a segment is missing");
  EXPECT_EQ(problem(SuperConfig().with_value("", 1)), "invalid_type : a dict");
  EXPECT_EQ(problem(SuperConfig().with_override("", 1)), "invalid_type : a dict");
  EXPECT_EQ(problem(SuperConfig().merge(layer("below", R"({"xs":[1]})")).with_value("xs[2]", 1)),
            "conflict xs.2: index 2 is beyond the array's end (it has 1 items; index 1 would append)");
  EXPECT_EQ(problem(SuperConfig().merge(layer("below", R"({"x":1})")).with_value("x_add", json("[1]"))),
            "conflict x: an array edit needs an array, but the value it edits is of type integer");
}

TEST(WithValue, comes_from_the_line_that_gives_it) {
  const auto config = SuperConfig().merge(layer("below", R"({"a":{"x":1}})")).with_value("a.b.c", json("[1]"));
  const auto line = static_cast<std::uint32_t>(__LINE__ - 1);
  for (const char* path : {"a", "a.b", "a.b.c", "a.b.c[0]"}) {
    EXPECT_EQ(config.find_metadata(path)->line, line) << path;
    EXPECT_EQ(config.find_metadata(path)->layer, std::vector<std::uint32_t>{1}) << path;
  }
  EXPECT_EQ(origin(config, "a.x"), "below #0");
}

TEST(WithOverride, wins_whatever_comes_later_and_whatever_is_selected) {
  const auto config = SuperConfig()
                          .with_override("a.x", 9)
                          .merge(layer("later", R"({"a":{"x":1,"y":1}})"))
                          .merge(Json::string(R"({"a":{"x":2}})").profile("dev"));
  EXPECT_EQ(shown(config), R"({"a":{"x":9,"y":1}})");
  EXPECT_EQ(shown(config.select("dev")), R"({"a":{"x":9,"y":1}})");
  EXPECT_EQ(shown(config.with_override("a.x", 10)), R"({"a":{"x":10,"y":1}})");
  EXPECT_EQ(config.profiles(), (std::vector<std::string>{"default", "global", "dev"}));
}

TEST(WithOverride, addresses_items_of_arrays_that_other_profiles_have) {
  const auto below = SuperConfig().merge(layer("below", R"({"xs":[1,2]})"));
  EXPECT_EQ(shown(below.with_override("xs[0]", 9)), R"({"xs":[9,2]})");
  EXPECT_EQ(shown(below.with_override("xs[2]", 9)), R"({"xs":[1,2,9]})");
  EXPECT_EQ(shown(below.with_override("xs[0]", 9).with_override("xs[1]", 8)), R"({"xs":[9,8]})");
  EXPECT_EQ(shown(below.with_override("xs", json("[7]")).with_override("xs[0]", 9)), R"({"xs":[9]})")
      << "its own first";
  const auto dev = below.merge(Json::string(R"({"xs":[5]})").profile("dev")).with_override("xs[1]", 9);
  EXPECT_EQ(shown(dev), R"({"xs":[1,9]})");
  EXPECT_EQ(shown(dev.select("dev")), R"({"xs":[5,9]})");
}

TEST(WithOverride, addresses_items_at_every_depth) {
  const auto below = SuperConfig().merge(layer("below", R"({"a":{"xs":[1,2],"l":[{"host":"a","tags":["t"]}]}})"));
  EXPECT_EQ(shown(below.with_override("a.xs[0]", 9), "a.xs"), "[9,2]");
  EXPECT_EQ(shown(below.with_override("a.l[0].host", "b"), "a.l"), R"([{"host":"b","tags":["t"]}])");
  EXPECT_EQ(shown(below.with_override("a.l[0].tags[1]", "u"), "a.l[0].tags"), R"(["t","u"])");
  EXPECT_EQ(shown(below.with_override("a.l[0].tags_add", json("[\"u\"]")), "a.l[0].tags"), R"(["t","u"])");
}

TEST(WithOverride, runs_the_edits_inside_of_its_value) {
  const auto below = SuperConfig().merge(layer("below", R"({"ys":[{"c":1,"x":[1]}],"d":{"x":[1]}})"));
  EXPECT_EQ(shown(below.with_override("ys[0]", json(R"({"c!unset":true,"x_add":[2]})")), "ys"), R"([{"x":[1,2]}])");
  EXPECT_EQ(shown(below.with_override("ys[0]", json(R"([{"x_add":[2]}])")), "ys"), R"([[{"x":[2]}]])");
  EXPECT_EQ(shown(below.with_override("ys[1]", json(R"({"x_add":[2]})")), "ys"), R"([{"c":1,"x":[1]},{"x":[2]}])");
  EXPECT_EQ(shown(below.with_override("d", json(R"({"x_add":[2]})")), "d"), R"({"x":[1,2]})");
  EXPECT_EQ(
      shown(below.with_override("d!unset", true).with_override("d.k", json(R"({"c":1,"c!unset":true,"x_add":[2]})")),
            "d"),
      R"({"k":{"c":1,"x":[2]}})");
}

TEST(WithOverride, edits_what_the_profiles_below_give) {
  const auto config = SuperConfig().with_override("xs_add", json("[9]")).merge(layer("later", R"({"xs":[1]})"));
  EXPECT_EQ(shown(config), R"({"xs":[1,9]})");
  EXPECT_EQ(origin(config, "xs[0]"), "later #1");
  EXPECT_EQ(config.find_metadata("xs[1]")->layer, std::vector<std::uint32_t>{0});
  EXPECT_EQ(shown(SuperConfig().with_override("d!unset", true).merge(layer("later", R"({"d":1,"k":1})"))),
            R"({"k":1})");
}

// ---- with_cli_opt and Empty ----

struct Options {
  std::optional<int> port;
  std::optional<std::string> host;
  std::vector<std::string> tags;
  bool verbose = false;
  int level = 0;
  std::map<std::string, std::optional<int>> limits;
};

TEST(CliOptions, drop_what_was_not_given) {
  const auto below = SuperConfig().merge(
      layer("below", R"({"port":1,"host":"h","tags":["a"],"verbose":true,"level":3,"limits":{"x":1}})"));
  EXPECT_EQ(shown(below.with_cli_opt(std::optional(Options{}))),
            R"({"port":1,"host":"h","tags":["a"],"verbose":false,"level":0,"limits":{"x":1}})");
  EXPECT_EQ(shown(below.with_cli_opt(
                std::optional(Options{.port = 2, .host = "", .tags = {"b", ""}, .limits = {{"x", {}}, {"y", 2}}}))),
            R"({"port":2,"host":"h","tags":["b"],"verbose":false,"level":0,"limits":{"x":1,"y":2}})");
  EXPECT_EQ(below.with_cli_opt(std::optional<Options>()).layers().size(), 1U) << "nothing given is no layer";
  EXPECT_EQ(origin(below.with_cli_opt(std::optional(Options{})), "level"), "command line options #1");
}

TEST(CliOptions, that_are_no_dict_are_an_error) {
  EXPECT_EQ(shown(SuperConfig().with_cli_opt(std::optional(Value(5)))),
            "invalid_type command line options: wrong type: expected a dict, found integer");
}

TEST(Empty, drops_null_and_empty_texts_arrays_and_dicts_recursively) {
  const auto kept = [](std::string_view text) { return shown(SuperConfig().merge(Empty(layer("x", text)))); };
  EXPECT_EQ(kept(R"({"a":null,"b":"","c":[],"d":{},"e":false,"f":0,"g":0.0,"h":" "})"),
            R"({"e":false,"f":0,"g":0.0,"h":" "})");
  EXPECT_EQ(kept(R"({"a":{"b":{"c":null,"d":[""]}},"x":[[],[1,null,{"y":""}]]})"), R"({"x":[[1]]})");
  EXPECT_EQ(kept("{}"), "{}");
  EXPECT_EQ(kept(R"({"x_add":[""],"y!unset":true})"), "{}") << "edits of nothing are nothing";
}

TEST(Empty, is_around_any_provider) {
  EXPECT_EQ(shown(SuperConfig().merge(Empty(Json::string(R"({"dev":{"a":"","b":1}})").nested())).select("dev")),
            R"({"b":1})");
  EXPECT_EQ(shown(SuperConfig().merge(Empty(Variables("APP_", {{"APP_A", ""}, {"APP_B", "1"}})))), R"({"b":1})");
  EXPECT_EQ(shown(SuperConfig().merge(Empty(SuperConfig().merge(layer("x", R"({"a":null,"b":1})")).as_provider()))),
            R"({"b":1})");
  EXPECT_EQ(shown(SuperConfig()
                      .merge(layer("below", R"({"max_conn":1})"))
                      .merge(Empty(Variables("APP_", {{"APP_MAX_CONN", "2"}})))),
            R"({"max_conn":2})")
      << "what looks below still does";
  EXPECT_EQ(brief(SuperConfig().merge(Empty(Json::string("{"))).try_value().error()).substr(0, 5), "parse");
  EXPECT_EQ(origin(SuperConfig().merge(Empty(layer("x", R"({"a":{"b":1}})"))), "a.b"), "x #0");
}

// ---- Pair ----

TEST(Pair, is_one_value_at_a_dotted_key_in_global) {
  const auto below = SuperConfig().merge(layer("below", R"({"a":{"b":1,"c":1},"xs":[1]})"));
  EXPECT_EQ(shown(below.merge(Pair("a.b", 2))), R"({"a":{"b":2,"c":1},"xs":[1]})");
  EXPECT_EQ(below.merge(Pair("a.b", 2)).profiles(), (std::vector<std::string>{"default", "global"}));
  EXPECT_EQ(shown(below.merge(Pair("a.b", 2).profile("dev"))), shown(below));
  EXPECT_EQ(shown(SuperConfig().merge(Pair("a.\"b\"[0]", 2))), R"({"a":{"\"b\"[0]":2}})")
      << "keys know no quotes and no indexes";
  EXPECT_EQ(shown(SuperConfig().merge(Pair("a..b", 2))), R"({"a":{"":{"b":2}}})");
  EXPECT_EQ(shown(SuperConfig().merge(Pair("", 2))), R"({"":2})");
  EXPECT_EQ(shown(below.merge(Pair("xs.0", 2))), R"({"a":{"b":1,"c":1},"xs":{"0":2}})") << "a number is a key";
  EXPECT_EQ(shown(below.merge(Pair("xs_add", json("[2]")))), R"({"a":{"b":1,"c":1},"xs":[1,2]})");
  const auto place = SuperConfig().merge(Pair("a.b", 2)).find_metadata("a.b").value();
  const auto line = static_cast<std::uint32_t>(__LINE__ - 1);
  EXPECT_EQ(place.line, line);
}

TEST(Pair, joins_the_rest_by_the_order_it_is_added_with) {
  const auto below = SuperConfig().merge(Pair("x", json("[1]")));
  EXPECT_EQ(shown(below.join(Pair("x", json("[2]")))), R"({"x":[1]})");
  EXPECT_EQ(shown(below.admerge(Pair("x", json("[2]")))), R"({"x":[1,2]})");
}

// ---- merge_opt ----

TEST(MergeOpt, adds_nothing_if_there_is_nothing) {
  EXPECT_TRUE(SuperConfig().merge_opt(std::optional<Defaults>()).layers().empty());
  EXPECT_EQ(shown(SuperConfig().merge_opt(std::optional(Defaults(json(R"({"a":1})"))))), R"({"a":1})");
  EXPECT_TRUE(SuperConfig().merge(ProviderPtr()).layers().empty()) << "a null pointer is no provider";
}

}  // namespace
}  // namespace superconfig::testing
