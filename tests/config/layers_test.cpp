// Stacks of layers: listing, profiles, selection, focus, configurations as layers, failing layers, warnings.
#include <string>
#include <vector>

#include "config/building.hpp"

namespace superconfig::testing {
namespace {

using Names = std::vector<std::string>;

SuperConfig profiled() {
  return SuperConfig()
      .merge(layer("low", R"({"k":"default","only":"default","d":{"x":"default","y":1}})"))
      .merge(Json::string(R"({"k":"dev","d":{"x":"dev"}})").profile("Dev"))
      .merge(Json::string(R"({"k":"prod","d":1})").profile("prod"))
      .with_override("g", "global");
}

TEST(Layers, are_listed_from_the_first_to_the_last_without_being_read) {
  const auto config = SuperConfig()
                          .with_defaults(json(R"({"a":1})"))
                          .select("dev")
                          .join(Json::file("missing-anyway.json"))
                          .focus("a")
                          .with_array_edits(false)
                          .with_shape<int>()
                          .adjoin(provide("mine", []() -> Value { throw 1; }))
                          .with_value("v", 1)
                          .with_override("w", 1)
                          .admerge(SuperConfig().with_value("x", 1))
                          .with_env("APP_", {})
                          .with_set("q=1");
  std::string list;
  for (const auto& layer : config.layers())
    list += std::string(name_of(layer.order)) + " " + layer.provider.name + "; ";
  EXPECT_EQ(list,
            "merge defaults; join JSON file; adjoin mine; merge value; merge override; admerge configuration; "
            "merge environment variables APP_*; merge --set q; ");
}

// ---- profiles ----

TEST(ProfilesOfAStack, are_listed_as_first_spelled) {
  const auto config = profiled().merge(Json::string("{}").profile("DEV")).merge(Json::string("{}").profile("PROD"));
  EXPECT_EQ(config.profiles(), (Names{"default", "Dev", "prod", "global"}));
  EXPECT_EQ(SuperConfig().merge(Json::string("{}").profile("DEFAULT")).merge(layer("x", "{}")).profiles(),
            Names{"DEFAULT"});
  EXPECT_EQ(SuperConfig().merge(Json::string("{}").profile("Global")).with_override("a", 1).profiles(),
            Names{"Global"});
  EXPECT_EQ(SuperConfig().select("dev").profiles(), Names{}) << "selecting makes none";
  EXPECT_EQ(SuperConfig().merge(layer("x", "{}")).profiles(), Names{"default"}) << "an empty one is one";
}

TEST(ProfilesOfAStack, are_read_as_selected_whenever_that_was) {
  EXPECT_EQ(profiled().profile(), "default");
  EXPECT_EQ(profiled().get_string("k"), "default");
  EXPECT_EQ(profiled().select("dev").profile(), "dev") << "as spelled in the call";
  EXPECT_EQ(profiled().select("dev").get_string("k"), "dev");
  EXPECT_EQ(profiled().select("dev").get_string("only"), "default");
  EXPECT_EQ(profiled().select("dev").select("PROD").get_string("k"), "prod");
  EXPECT_EQ(SuperConfig().select("late").merge(Json::string(R"({"a":1})").profile("late")).get<int>("a"), 1);
  EXPECT_EQ(profiled().select("nowhere").get_string("k"), "default");
  EXPECT_EQ(profiled().select("nowhere").try_get<int>("x").error()[0].profile, "nowhere");
}

TEST(ProfilesOfAStack, are_named_by_errors) {
  const auto config = profiled().merge(Json::string(R"({"n":"x"})").profile("DEV")).select("dev");
  EXPECT_EQ(config.try_get<int>("k").error()[0].profile, "Dev");
  EXPECT_EQ(config.try_get<int>("g").error()[0].profile, "global");
  EXPECT_EQ(config.try_get<int>("only").error()[0].profile, "default");
  EXPECT_EQ(config.try_get<int>("n").error()[0].profile, "Dev");
}

TEST(ProfilesOfAStack, leave_view_warnings_only_where_they_meet) {
  EXPECT_EQ(warnings(profiled()), "");
  EXPECT_EQ(warnings(profiled().select("prod")), "JSON text:1:17: d: a value of type integer hides a dict; see low");
}

// ---- focus ----

TEST(Focus, narrows_every_profile_and_drops_those_where_it_is_no_dict) {
  const auto config = profiled().focus("d");
  EXPECT_EQ(shown(config), R"({"x":"default","y":1})");
  EXPECT_EQ(shown(config.select("dev")), R"({"x":"dev","y":1})");
  EXPECT_EQ(config.profiles(), (Names{"default", "Dev"}));
  EXPECT_EQ(shown(profiled().focus("nowhere")), "{}");
  EXPECT_EQ(shown(profiled().focus("k")), "{}") << "a string is no dict";
  EXPECT_EQ(shown(SuperConfig().merge(layer("l", R"({"a":{"b":{"c":1}}})")).focus("a.b")), R"({"c":1})");
  EXPECT_EQ(shown(SuperConfig().merge(layer("l", R"({"a":{"b":{"c":1}}})")).focus("a").focus("b")), R"({"c":1})");
  EXPECT_EQ(shown(SuperConfig().merge(layer("l", R"({"\"a":{"b\"":{"c":1}}})")).focus("\"a.b\"")), R"({"c":1})")
      << "keys know no quotes";
  EXPECT_EQ(shown(SuperConfig().merge(layer("l", R"({"":{"c":1}})")).focus("")), R"({"c":1})")
      << "the empty key is a key";
}

TEST(Focus, is_what_later_layers_and_error_paths_are_relative_to) {
  const auto config = profiled().focus("d").with_value("z", "s").merge(Json::string(R"({"x":"late"})").profile("dev"));
  EXPECT_EQ(shown(config.select("dev")), R"({"x":"late","y":1,"z":"s"})");
  EXPECT_EQ(path_text(config.try_get<int>("z").error()[0].path), "z");
  EXPECT_EQ(origin(config, "y"), "low #0");
  EXPECT_EQ(config.find_metadata("z")->layer, std::vector<std::uint32_t>{4});
}

// ---- configurations as layers ----

TEST(ConfigurationAsALayer, gives_all_its_profiles_and_its_selection_under_merge_and_admerge) {
  const auto inner = profiled().select("dev");
  const auto base = SuperConfig().merge(layer("base", R"({"k":"base","new":1})")).select("prod");
  for (const auto order : {Order::merge, Order::admerge}) {
    const auto both = base.add(order, inner);
    EXPECT_EQ(both.profile(), "dev");
    EXPECT_EQ(both.get_string("k"), "dev");
    EXPECT_EQ(both.select("prod").get_string("k"), "prod");
    EXPECT_EQ(both.get<int>("new"), 1);
  }
  for (const auto order : {Order::join, Order::adjoin}) {
    const auto both = base.add(order, inner);
    EXPECT_EQ(both.profile(), "prod");
    EXPECT_EQ(both.get_string("k"), "prod");
    EXPECT_EQ(both.select("none").get_string("k"), "base");
  }
  EXPECT_EQ(base.merge(profiled()).profile(), "default") << "also if it selects nothing";
  EXPECT_EQ(base.merge(inner).select("prod").profile(), "prod") << "a later selection counts";
}

TEST(ConfigurationAsALayer, composes_by_its_order) {
  const auto low = SuperConfig().merge(layer("low", R"({"x":[1],"k":1})")),
             high = SuperConfig().merge(layer("high", R"({"x":[2],"k":2})"));
  EXPECT_EQ(shown(low.merge(high)), R"({"x":[2],"k":2})");
  EXPECT_EQ(shown(low.join(high)), R"({"x":[1],"k":1})");
  EXPECT_EQ(shown(low.admerge(high)), R"({"x":[1,2],"k":2})");
  EXPECT_EQ(shown(low.adjoin(high)), R"({"x":[1,2],"k":1})");
  EXPECT_EQ(shown(low.merge(low)), R"({"x":[1],"k":1})");
  EXPECT_EQ(shown(low.admerge(low)), R"({"x":[1,1],"k":1})") << "equal layers are two layers";
}

TEST(ConfigurationAsALayer, is_resolved_on_its_own_and_hands_on_edits_that_wait) {
  const auto edits = SuperConfig().merge(layer("e", R"({"x":[1],"x_add":[2]})"));
  EXPECT_EQ(shown(SuperConfig().merge(layer("low", R"({"x":[0]})")).merge(edits)), R"({"x":[1,2]})");
  const auto waiting = SuperConfig().with_override("x_add", json("[9]"));
  EXPECT_EQ(shown(SuperConfig().merge(layer("low", R"({"x":[0]})")).merge(waiting)), R"({"x":[0,9]})");
  EXPECT_EQ(shown(waiting), R"({"x":[9]})") << "on its own there is nothing to wait for";
  const auto plain = SuperConfig().with_array_edits(false).merge(layer("p", R"({"x_add":[2]})"));
  EXPECT_EQ(shown(SuperConfig().merge(layer("low", R"({"x":[0]})")).with_array_edits(false).merge(plain)),
            R"({"x":[0],"x_add":[2]})");
}

TEST(ConfigurationAsALayer, fails_with_all_its_problems) {
  const auto inner = SuperConfig().merge(layer("fine", R"({"x":1})")).with_value("a..b", 1).with_set("nonsense");
  const auto outer = SuperConfig().with_value("y", 1).merge(inner).with_value("c..d", 1);
  const auto errors = outer.try_value().error();
  ASSERT_EQ(errors.size(), 3U);
  EXPECT_EQ(errors[0].origin.layer, (std::vector<std::uint32_t>{1, 1}));
  EXPECT_EQ(errors[1].origin.layer, (std::vector<std::uint32_t>{1, 2}));
  EXPECT_EQ(errors[2].origin.layer, std::vector<std::uint32_t>{2});
}

TEST(ConfigurationAsALayer, tells_the_layer_inside) {
  const auto inner =
      SuperConfig().merge(layer("in0", R"({"a":{"x":1},"l":[1]})")).merge(layer("in1", R"({"a":{"y":2},"l_add":[2]})"));
  const auto outer =
      SuperConfig().merge(layer("out0", R"({"b":1})")).merge(inner).merge(layer("out2", R"({"a":{"z":3}})"));
  EXPECT_EQ(origin(outer, "b"), "out0 #0");
  EXPECT_EQ(origin(outer, "a.x"), "in0 #1.0");
  EXPECT_EQ(origin(outer, "a.y"), "in1 #1.1");
  EXPECT_EQ(origin(outer, "a.z"), "out2 #2");
  EXPECT_EQ(origin(outer, "l[0]"), "in0 #1.0");
  EXPECT_EQ(origin(outer, "l[1]"), "in1 #1.1");
  EXPECT_EQ(origin(SuperConfig().merge(outer), "a.y"), "in1 #0.1.1");
}

TEST(ConfigurationAsALayer, hands_on_its_warnings_and_unmatched_variables) {
  const auto inner = SuperConfig()
                         .merge(layer("low", R"({"d":{"a":1}})"))
                         .merge(layer("high", R"({"d":1})"))
                         .with_env("APP_", {{"APP_X_Y", "1"}});
  EXPECT_EQ(warnings(inner), "high: d: a value of type integer hides a dict; see low");
  const auto outer = SuperConfig().merge(inner);
  EXPECT_EQ(warnings(outer), warnings(inner));
  EXPECT_EQ(outer.explain().unmatched.size(), 1U);
}

TEST(ConfigurationAsALayer, may_be_given_as_a_provider) {
  EXPECT_EQ(shown(SuperConfig().merge(profiled().as_provider()).select("dev")), shown(profiled().select("dev")));
  EXPECT_EQ(shown(SuperConfig().merge(SuperConfig().with_value("a..b", 1).as_provider())).substr(0, 12),
            "invalid_path");
  EXPECT_EQ(SuperConfig().merge(profiled().as_provider()).layers()[0].provider.name, "configuration");
}

// ---- array edits on and off ----

TEST(ArrayEdits, are_switched_for_the_layers_above) {
  const auto config = SuperConfig()
                          .merge(layer("a", R"({"x":[1]})"))
                          .with_array_edits(false)
                          .merge(layer("b", R"({"x_add":[2]})"))
                          .with_value("y_add", json("[3]"));
  EXPECT_EQ(shown(config), R"({"x":[1],"x_add":[2],"y_add":[3]})");
  EXPECT_EQ(shown(config.with_array_edits(true).merge(layer("c", R"({"x_add":[4]})"))),
            R"({"x":[1,4],"x_add":[2],"y_add":[3]})");
}

// ---- failing layers ----

TEST(FailingLayers, are_all_reported_whatever_is_read) {
  const auto config = SuperConfig()
                          .with_value("fine", 1)
                          .with_value("a..b", 1)
                          .merge(Json::string("{"))
                          .with_defaults(5)
                          .with_set("=")
                          .merge(provide("mine", []() -> Value { throw std::runtime_error("broken"); }))
                          .with_env("APP_", {{"APP_A__", "1"}})
                          .with_value("also.fine", 1);
  const auto all = [](const Errors& errors) {
    std::string text;
    for (const auto& error : errors)
      text += std::string(name_of(error.code)) + " #" + std::to_string(error.origin.layer.at(0)) + " ";
    return text;
  };
  const std::string expected = "invalid_path #1 parse #2 invalid_type #3 invalid_path #4 message #5 invalid_path #6 ";
  EXPECT_EQ(all(config.try_value().error()), expected);
  EXPECT_EQ(all(config.resolve().error()), expected);
  EXPECT_EQ(all(config.try_get<int>("fine").error()), expected);
  EXPECT_EQ(all(config.try_get<int>(Key("fine")).error()), expected);
  EXPECT_EQ(all(config.try_get<int>(Path{"fine"}).error()), expected);
  EXPECT_EQ(all(config.try_contains("fine").error()), expected);
  EXPECT_EQ(all(config.try_keys().error()), expected);
  EXPECT_EQ(all(config.try_find_value("fine").error()), expected);
  EXPECT_EQ(all(config.try_find_metadata("fine").error()), expected);
  EXPECT_EQ(all(config.try_explain("fine").error()), expected);
  EXPECT_EQ(all(config.try_profiles().error()), expected);
  EXPECT_EQ(all(config.try_as_json().error()), expected);
  EXPECT_EQ(all(config.try_extract<Value>().error()), expected);
  EXPECT_EQ(all(config.select("x").try_value().error()), expected);
  EXPECT_EQ(all(config.focus("fine").with_override("b..c", 1).try_value().error()), expected + "invalid_path #8 ");
  EXPECT_THROW((void)config.get_or<int>("fine", 5), ConfigError) << "a failing layer is no missing key";
  EXPECT_THROW((void)config.has_key("fine"), ConfigError);
  EXPECT_THROW((void)config.keys(), ConfigError);
  EXPECT_EQ(config.profile(), "default") << "what needs no layer to be read works";
  EXPECT_EQ(config.layers().size(), 8U);
  EXPECT_TRUE(config.warnings().empty());
}

TEST(FailingLayers, spoil_nothing_below_them) {
  const auto below = SuperConfig().with_value("a", 1);
  const auto above = below.with_value("a..b", 1);
  EXPECT_FALSE(above.resolve().ok());
  EXPECT_EQ(below.get<int>("a"), 1);
  EXPECT_FALSE(above.resolve().ok());
}

TEST(FailingLayers, and_conflicts_of_profiles_are_reported_together) {
  const auto config = SuperConfig().with_value("x", 1).merge(Json::string(R"({"x_add":[1]})").profile("dev"));
  EXPECT_TRUE(config.resolve().ok()) << "nobody reads dev";
  const auto conflict = config.select("dev").try_value().error();
  ASSERT_EQ(conflict.size(), 1U);
  EXPECT_EQ(conflict[0].code, ErrorCode::conflict);
  EXPECT_EQ(conflict[0].profile, "dev");
  EXPECT_EQ(conflict[0].origin.layer, std::vector<std::uint32_t>{1});
  EXPECT_EQ(conflict[0].related.size(), 1U);
  EXPECT_TRUE(config.select("dev").select("prod").resolve().ok()) << "and it goes when the selection does";
  EXPECT_TRUE(config.select("dev").with_value("x", json("[0]")).resolve().ok()) << "or when a later layer mends it";
}

// ---- unknown fields ----

struct Known {
  int port = 0;
  struct Inner {
    int x = 0;
  } inner;
};

TEST(DenyUnknown, counts_for_every_extract_the_first_one_too) {
  const auto config = SuperConfig().merge(layer("low", R"({"port":1,"prot":2,"inner":{"x":1,"y":2}})"));
  EXPECT_TRUE(config.try_extract<Known>().ok());
  const auto strict = config.deny_unknown();
  const auto errors = strict.try_extract<Known>().error();
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].path_text() + " " + errors[0].hint, "prot did you mean `port`?");
  EXPECT_EQ(errors[1].path_text(), "inner.y");
  EXPECT_EQ(errors[1].code, ErrorCode::unknown_field);
  EXPECT_EQ(errors[1].origin.layer, std::vector<std::uint32_t>{0});
  EXPECT_EQ(strict.try_extract_inner<Known::Inner>("inner").error().size(), 1U);
  EXPECT_TRUE(strict.deny_unknown(false).try_extract<Known>().ok()) << "the last call counts";
  EXPECT_TRUE(strict.deny_unknown(false).with_value("k", 1).deny_unknown().try_extract<Known>().error().size() == 3U);
  EXPECT_EQ(strict.get<int>("prot"), 2) << "untyped reads know no unknown keys";
  EXPECT_FALSE(config.try_extract<Known>({.deny_unknown = true}).ok());
}

// ---- warnings ----

TEST(Warnings, are_gathered_in_layer_order_and_shared_by_what_derives) {
  const auto first = SuperConfig().merge(layer("0", R"({"d":{"a":1},"n":"s"})")).merge(layer("1", R"({"d":1})"));
  const auto second = first.merge(layer("2", R"({"n":5,"x_remove":[1]})"));
  const std::string one = "1: d: a value of type integer hides a dict; see 0";
  EXPECT_EQ(warnings(second), one +
                                  "\n2: n: the type changes from string to integer; see 0\n2: x: the item to remove is "
                                  "not in the array; see 2");
  EXPECT_EQ(warnings(first), one);
  EXPECT_EQ(warnings(first.with_value("other", 1)), one);
  EXPECT_EQ(warnings(second), warnings(second)) << "asking twice adds nothing";
  EXPECT_EQ(warnings(SuperConfig().merge(layer("0", R"({"d":{"a":1}})")).join(layer("1", R"({"d":1})"))),
            "1: d: a value of type integer is hidden by a dict below it; see 0");
}

TEST(Warnings, are_there_though_a_layer_fails) {
  const auto config =
      SuperConfig().merge(layer("0", R"({"d":{"a":1}})")).merge(layer("1", R"({"d":1})")).with_value("a..b", 1);
  EXPECT_FALSE(config.resolve().ok());
  EXPECT_EQ(warnings(config), "1: d: a value of type integer hides a dict; see 0");
}

// ---- reading twice ----

TEST(Stacks, resolve_to_the_same_however_and_in_which_order_they_are_read) {
  const auto base = SuperConfig()
                        .merge(layer("0", R"({"x":[1]})"))
                        .admerge(layer("1", R"({"x":[2]})"))
                        .merge(layer("2", R"({"x_add":[3]})"));
  const auto derived = base.admerge(layer("3", R"({"x":[4]})")).with_override("x_add", json("[5]"));
  EXPECT_EQ(shown(derived), R"({"x":[1,2,3,4,5]})");
  EXPECT_EQ(shown(base), R"({"x":[1,2,3]})");
  EXPECT_EQ(shown(derived), R"({"x":[1,2,3,4,5]})");
  EXPECT_EQ(shown(base.admerge(layer("3", R"({"x":[4]})"))), R"({"x":[1,2,3,4]})");
  EXPECT_EQ(derived.explain("x").value->to_string(), "[1,2,3,4,5]");
  EXPECT_EQ(shown(derived), R"({"x":[1,2,3,4,5]})") << "explaining changes nothing";
}

}  // namespace
}  // namespace superconfig::testing
