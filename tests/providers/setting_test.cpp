// `with_set`: one `path=text`, as from a command line.
#include <vector>

#include "config/building.hpp"

namespace superconfig::testing {
namespace {

TEST(Setting, splits_at_the_first_equals_sign) {
  struct {
    const char *setting, *path;
    std::string text;
  } const cases[] = {
      {"a=b", "a", "b"},
      {"a.b=c=d", "a.b", "c=d"},
      {"a==", "a", "="},
      {"a=", "a", ""},
      {"a= x ", "a", "x"},
      {"a.\"x.y\".c=1", "a.\"x.y\".c", "1"},
      {"a.\"x\\\"y\"=1", "a.\"x\\\"y\"", "1"},
      {"\"\"=1", "\"\"", "1"},
      {"a b=c d", "a b", "c d"},
      {"A.B=1", "A.B", "1"},  // no case is changed
      {"x_y=1", "x_y", "1"},  // no underscore is read
  };
  for (const auto& [setting, path, text] : cases)
    EXPECT_EQ(SuperConfig().with_set(setting).get_string(path), text) << setting;
}

TEST(Setting, reads_its_text_as_an_environment_variables) {
  const auto config = SuperConfig()
                          .with_set("n=00123")
                          .with_set("on=yes")
                          .with_set("list=a,b")
                          .with_set("json={\"k\":[1]}")
                          .with_set("f=1e3");
  EXPECT_EQ(config.get<int>("n"), 123);
  EXPECT_EQ(config.get_string("n"), "00123");
  EXPECT_TRUE(config.get<bool>("on"));
  EXPECT_EQ(config.get_array<std::string>("list"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(config.get<int>("json.k[0]"), 1);
  EXPECT_EQ(config.get<double>("f"), 1000.0);
}

TEST(Setting, that_is_none_is_a_failing_layer_that_says_why) {
  const auto problem = [](std::string_view setting) {
    return brief(SuperConfig().with_set(setting).try_value().error());
  };
  EXPECT_EQ(problem("abc"), "invalid_path --set: `abc` is no setting: it has no `=` (write path=value)");
  EXPECT_EQ(problem(""), "invalid_path --set: `` is no setting: it has no `=` (write path=value)");
  EXPECT_EQ(problem("=1"), "invalid_path --set: `=1` sets nothing: the path is empty");
  EXPECT_EQ(problem("a..b=1"), "invalid_path --set: `a..b` is not a path: a segment is missing at character 3");
  EXPECT_EQ(problem("a[x]=1"), "invalid_path --set: `a[x]` is not a path: an index is missing at character 3");
  EXPECT_EQ(problem("a=\xFF"), "parse --set: the setting is not valid UTF-8");
  EXPECT_EQ(brief(SuperConfig().merge(Setting("a", "--option")).try_value().error()).substr(0, 21),
            "invalid_path --option");
}

TEST(Setting, writes_global_unless_told_otherwise) {
  const auto below =
      SuperConfig().merge(layer("below", R"({"x":1})")).merge(Json::string(R"({"x":2})").profile("dev")).select("dev");
  EXPECT_EQ(shown(below.with_set("x=3")), R"({"x":3})");
  EXPECT_EQ(shown(below.merge(Setting("x=3").profile("default"))), R"({"x":2})");
  EXPECT_EQ(shown(below.merge(Setting("x=3").profile("DEV"))), R"({"x":3})");
  EXPECT_EQ(shown(below.with_set("x=3").with_env("APP_", {{"APP_X", "4"}})), R"({"x":3})")
      << "global wins over default whatever the order";
  EXPECT_EQ(shown(below.with_set("x=3").with_set("x=4")), R"({"x":4})") << "the last one wins";
}

TEST(Setting, addresses_items_of_an_array_that_any_profile_below_has) {
  const auto below = SuperConfig().merge(layer("below", R"({"xs":[1,2],"servers":[{"host":"a","port":1}]})"));
  EXPECT_EQ(shown(below.with_set("xs.0=9"), "xs"), "[9,2]");
  EXPECT_EQ(shown(below.with_set("xs[2]=9"), "xs"), "[1,2,9]");
  EXPECT_EQ(shown(below.with_set("servers[0].host=b"), "servers"), R"([{"host":"b","port":1}])");
  EXPECT_EQ(
      shown(below.with_set("xs.3=9")),
      "conflict --set: xs.3: index 3 is beyond the array's end (it has 2 items; index 2 would append); see below");
  EXPECT_EQ(shown(below.with_set("m.0=9"), "m"), R"({"0":9})") << "over nothing a number is a key";
  EXPECT_EQ(shown(below.with_set("xs.0=9").with_set("xs.1=8"), "xs"), "[9,8]");
}

TEST(Setting, edits_arrays) {
  const auto below = SuperConfig().merge(layer("below", R"({"xs":["a"],"d":{"ys":[1]}})"));
  EXPECT_EQ(shown(below.with_set("xs_add=b,c"), "xs"), R"(["a","b","c"])");
  EXPECT_EQ(shown(below.with_set("xs_add=[\"b\"]"), "xs"), R"(["a","b"])");
  EXPECT_EQ(shown(below.with_set("xs_remove=a"), "xs"), "[]");
  EXPECT_EQ(shown(below.with_set("d.ys_add=2"), "d"), R"({"ys":[1,2]})");
  EXPECT_EQ(shown(below.with_set("can_add=true"), "can_add"), "true") << "no array, no edit";
}

TEST(Setting, replaces_whole) {
  const auto below = SuperConfig().merge(layer("below", R"({"d":{"a":1},"x":1})"));
  EXPECT_EQ(shown(below.with_set("d!replace={\"b\":2}")), R"({"d":{"b":2},"x":1})");
  EXPECT_EQ(shown(below.with_set("d!replace=2")), R"({"d":2,"x":1})");
  EXPECT_EQ(shown(below.with_set("d.a!replace=2")), R"({"d":{"a":2},"x":1})");
}

TEST(Setting, has_the_argument_as_its_origin) {
  const auto config = SuperConfig().with_set("a.b=1").merge(Setting("c=1", "--config-override"));
  EXPECT_EQ(origin(config, "a.b"), "--set #0");
  EXPECT_EQ(origin(config, "c"), "--config-override #1");
}

TEST(Setting, of_another_type_than_below_leaves_a_warning) {
  const auto below = SuperConfig().merge(layer("below", R"({"name":"00123","d":{"a":1}})"));
  EXPECT_EQ(warnings(below.with_set("d=1")), "--set: d: a value of type integer hides a dict; see below");
}

TEST(Setting, of_another_scalar_type_than_below_leaves_a_warning_too) {
  const auto below = SuperConfig().merge(layer("below", R"({"name":"00123"})"));
  EXPECT_EQ(warnings(below.with_set("name=456")), "--set: name: the type changes from string to integer; see below");
}

}  // namespace
}  // namespace superconfig::testing
