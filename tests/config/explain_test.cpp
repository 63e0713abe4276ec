// `explain`: who set a value, what it shadowed, what touched it; and `find_metadata`.
#include <string>
#include <vector>

#include "config/building.hpp"

namespace superconfig::testing {
namespace {

// `* 1 high: what value [profile]`, a line a contribution; the star marks those that the value comes from.
std::string contributions(const SuperConfig& config, std::string_view path) {
  std::string text;
  for (const auto& c : config.explain(path).contributions) {
    text += (c.wins ? "* " : "  ") + std::to_string(c.layer) + " " + c.origin.to_string() + ": " +
            (c.what == "value" ? "" : c.what + " ") + c.value.to_string();
    if (c.profile != "default") text += " [" + c.profile + "]";
    text += "\n";
  }
  return text;
}

SuperConfig three() {
  return SuperConfig()
      .merge(layer("low", R"({"db":{"host":"a","port":1},"k":1})"))
      .merge(layer("mid", R"({"db":{"host":"b"}})"))
      .merge(layer("high", R"({"db":{"host":"c","user":"u"}})"));
}

TEST(Explain, names_the_winner_and_all_it_shadowed_in_layer_order) {
  const auto explanation = three().explain("db.host");
  EXPECT_EQ(explanation.path, "db.host");
  EXPECT_EQ(explanation.value, Value("c"));
  EXPECT_EQ(explanation.origin.to_string(), "high");
  EXPECT_EQ(explanation.origin.layer, std::vector<std::uint32_t>{2});
  EXPECT_EQ(contributions(three(), "db.host"), "  0 low: \"a\"\n  1 mid: \"b\"\n* 2 high: \"c\"\n");
  EXPECT_EQ(contributions(three().join(layer("top", R"({"db":{"host":"d"}})")), "db.host"),
            "  0 low: \"a\"\n  1 mid: \"b\"\n* 2 high: \"c\"\n  3 top: \"d\"\n");
  EXPECT_EQ(contributions(three(), "k"), "* 0 low: 1\n");
}

TEST(Explain, of_a_dict_marks_every_layer_that_a_part_comes_from) {
  EXPECT_EQ(contributions(three(), "db"),
            "* 0 low: {\"host\":\"a\",\"port\":1}\n"
            "  1 mid: {\"host\":\"b\"}\n"
            "* 2 high: {\"host\":\"c\",\"user\":\"u\"}\n");
}

TEST(Explain, of_nothing_says_so_and_still_tells_who_tried) {
  const auto config = SuperConfig().merge(layer("low", R"({"a":{"b":1}})")).merge(layer("high", R"({"a":5})"));
  const auto explanation = config.explain("a.b");
  EXPECT_FALSE(explanation.value);
  EXPECT_FALSE(explanation.origin.known());
  EXPECT_EQ(contributions(config, "a.b"), "  0 low: 1\n");
  EXPECT_EQ(warnings(config), "high: a: a value of type integer hides a dict; see low");
  EXPECT_EQ(explanation.warnings.size(), 1U) << "what hid it is about the path too";
  EXPECT_TRUE(config.explain("zzz").contributions.empty());
}

TEST(Explain, lists_items_with_their_origins_and_what_was_taken_out_by_whom) {
  const auto config = SuperConfig()
                          .merge(layer("low", R"({"d":{"x":[1,2,3]}})"))
                          .merge(layer("mid", R"({"d":{"x_add":[4],"x_remove":[2]}})"))
                          .admerge(layer("high", R"({"d":{"x":[5],"x_remove":[9]}})"));
  const auto explanation = config.explain("d.x");
  std::string items, removed;
  for (const auto& item : explanation.items)
    items +=
        item.value.to_string() + " " + item.origin.to_string() + " #" + std::to_string(item.origin.layer.at(0)) + "; ";
  for (const auto& item : explanation.removed)
    removed += item.value.to_string() + " " + item.origin.to_string() + " #" + std::to_string(item.origin.layer.at(0)) +
               " by " + item.removed_by.to_string() + " #" + std::to_string(item.removed_by.layer.at(0)) + "; ";
  EXPECT_EQ(items, "1 low #0; 3 low #0; 4 mid #1; 5 high #2; ");
  EXPECT_EQ(removed, "2 low #0 by mid #1; ");
  EXPECT_EQ(contributions(config, "d.x"),
            "* 0 low: [1,2,3]\n"
            "* 1 mid: add [4]\n"
            "  1 mid: remove [2]\n"
            "* 2 high: [5]\n"
            "  2 high: remove [9]\n");
  EXPECT_EQ(explanation.warnings.size(), 1U);
}

TEST(Explain, marks_only_what_the_value_comes_from) {
  const auto removed =
      SuperConfig().merge(layer("low", R"({"x":[1]})")).merge(layer("high", R"({"x_add":[2,3],"x_remove":[2]})"));
  EXPECT_EQ(contributions(removed, "x"), "* 0 low: [1]\n* 1 high: add [2,3]\n  1 high: remove [2]\n");
  const auto nested = SuperConfig().merge(Json::string(R"({"default":{"k":1},"dev":{"k":2}})").nested()).select("dev");
  EXPECT_EQ(contributions(nested, "k"), "  0 JSON text:1:17: 1\n* 0 JSON text:1:31: 2 [dev]\n");
}

TEST(Explain, of_an_item_tells_the_layers_that_spoke_of_this_item) {
  const auto config = SuperConfig().merge(layer("low", R"({"x":[1]})")).admerge(layer("high", R"({"x":[2]})"));
  EXPECT_EQ(contributions(config, "x[0]"), "* 0 low: 1\n");
  EXPECT_EQ(contributions(config, "x[1]"), "* 1 high: 2\n");
}

TEST(Explain, of_an_item_tells_who_added_it) {
  const auto config =
      SuperConfig().merge(layer("low", R"({"d":{"x":[1]}})")).merge(layer("high", R"({"d":{"x_add":[{"a":2}]}})"));
  EXPECT_EQ(contributions(config, "d.x[1]"), "* 1 high: add {\"a\":2}\n");
  EXPECT_EQ(contributions(config.with_override("d.x_add", json("[3]")), "d.x[2]").substr(0, 4), "* 2 ");
}

TEST(Explain, of_what_lies_inside_of_an_added_item_tells_who_added_it) {
  const auto config =
      SuperConfig().merge(layer("low", R"({"x":[1]})")).merge(layer("high", R"({"x_add":[{"a":2,"l":[3]}]})"));
  EXPECT_EQ(contributions(config, "x[1].a"), "* 1 high: 2\n");
  EXPECT_EQ(contributions(config, "x[1].l[0]"), "* 1 high: 3\n");
  const auto longer = SuperConfig().merge(layer("low", R"({"x":[1]})")).admerge(layer("high", R"({"x":[[2]]})"));
  EXPECT_EQ(contributions(longer, "x[1][0]"), "* 1 high: 2\n");
}

TEST(Explain, of_an_item_that_moved_tells_who_spoke_of_it_before) {
  const auto config = SuperConfig()
                          .merge(layer("low", R"({"x":[{"a":1},{"a":2},{"a":3}]})"))
                          .with_env("APP_", {{"APP_X__1__A", "4"}})
                          .merge(layer("high", R"({"x_remove":[{"a":1}]})"));
  EXPECT_EQ(config.value().to_string(), R"({"x":[{"a":4},{"a":3}]})");
  EXPECT_EQ(contributions(config, "x[0].a"), "  0 low: 2\n* 1 env APP_X__1__A: 4\n");
  EXPECT_EQ(contributions(config, "x[1].a"), "* 0 low: 3\n") << "not the item that stands at 1 in the file";
  EXPECT_EQ(contributions(config, "x[2].a"), "  0 low: 3\n") << "there is none; the file's own is shown";
}

TEST(Explain, of_an_item_tells_what_stood_in_its_place_in_a_list_that_was_replaced) {
  const auto config = SuperConfig()
                          .merge(layer("low", R"({"x":[1,[2]]})"))
                          .merge(layer("mid", R"({"x":[3,[4],5]})"))
                          .adjoin(layer("high", R"({"x":[6]})"));
  EXPECT_EQ(contributions(config, "x[0]"), "  0 low: 1\n* 1 mid: 3\n");
  EXPECT_EQ(contributions(config, "x[1][0]"), "  0 low: 2\n* 1 mid: 4\n");
  EXPECT_EQ(contributions(config, "x[2]"), "* 1 mid: 5\n");
  EXPECT_EQ(contributions(config, "x[3]"), "* 2 high: 6\n");
}

TEST(Explain, tells_items_that_are_written_by_path_apart) {
  const auto base = SuperConfig().merge(layer("low", R"({"x":[[1,2],[3,4]]})"));
  const auto config = base.with_value("x[0][1]", 7).with_value("x[1][0]", 8).with_value("x[0][0]", 9);
  EXPECT_EQ(config.value().to_string(), R"({"x":[[9,7],[8,4]]})");
  const auto layers = [&config](std::string_view path) {
    std::string text;
    for (const auto& c : config.explain(path).contributions)
      text += (c.wins ? "*" : "") + std::to_string(c.layer) + " ";
    return text;
  };
  EXPECT_EQ(layers("x[0][0]"), "0 *3 ");
  EXPECT_EQ(layers("x[0][1]"), "0 *1 ");
  EXPECT_EQ(layers("x[1][0]"), "0 *2 ");
  EXPECT_EQ(layers("x[1][1]"), "*0 ");
}

TEST(Explain, knows_which_keys_are_edits_and_which_are_not) {
  const auto off = SuperConfig()
                       .merge(layer("low", R"({"x":[1]})"))
                       .with_array_edits(false)
                       .merge(layer("high", R"({"x_add":[2]})"));
  EXPECT_EQ(contributions(off, "x"), "* 0 low: [1]\n");
  EXPECT_EQ(contributions(off, "x_add"), "* 1 high: [2]\n");
  const auto text =
      SuperConfig().merge(layer("low", R"({"x":[1],"can":true})")).with_env("APP_", {{"APP_X_ADD", "a,b"}});
  EXPECT_EQ(contributions(text, "x[2]"), "* 1 env APP_X_ADD: add \"b\"\n");
  const auto item = SuperConfig().merge(layer("low", R"({"x":[1]})")).with_env("APP_", {{"APP_X_ADD", R"({"a":2})"}});
  EXPECT_EQ(contributions(item, "x[1].a"), "* 1 env APP_X_ADD: 2\n");
  EXPECT_EQ(contributions(text.with_set("can_add=1"), "can"), "* 0 low: true\n");
}

TEST(Explain, of_a_configuration_in_another_tells_what_was_taken_out_inside_of_it) {
  const auto inner = SuperConfig()
                         .merge(layer("low", R"({"d":{"x":[1,2]}})"))
                         .merge(layer("high", R"({"d":{"x_remove":[1]}})"))
                         .focus("d");
  const auto removed = SuperConfig().merge(inner).explain("x").removed;
  ASSERT_EQ(removed.size(), 1U);
  EXPECT_EQ(removed[0].value, Value(1));
  EXPECT_EQ(removed[0].removed_by.layer, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(inner.explain("x").removed.size(), 1U);
}

TEST(Explain, gives_values_whose_inside_keeps_its_marks) {
  const auto config =
      SuperConfig().merge(layer("low", R"({"x":[{"a":1}]})")).merge(layer("high", R"({"x_add":[{"b":2}]})"));
  const auto explanation = config.explain("x");
  ASSERT_EQ(explanation.items.size(), 2U);
  EXPECT_EQ(origin_of(explanation.items[1].value.find("b")->mark).to_string(), "high");
  ASSERT_EQ(explanation.contributions.size(), 2U);
  EXPECT_EQ(origin_of(explanation.contributions[0].value.at(0)->mark).to_string(), "low");
}

TEST(Explain, shows_markers_as_entries_of_their_layer) {
  const auto config = SuperConfig()
                          .merge(layer("low", R"({"a":{"b":1},"c":{"x":1}})"))
                          .merge(layer("high", R"({"a!unset":true,"c!replace":{"y":2}})"));
  EXPECT_EQ(contributions(config, "a"), "  0 low: {\"b\":1}\n  1 high: unset true\n");
  EXPECT_EQ(contributions(config, "a.b"), "  0 low: 1\n  1 high: unset true\n");
  EXPECT_EQ(contributions(config, "c"), "  0 low: {\"x\":1}\n* 1 high: replace {\"y\":2}\n");
  EXPECT_EQ(contributions(config, "c.y"), "* 1 high: 2\n");
}

TEST(Explain, tells_the_profiles_that_are_read_and_no_others) {
  const auto config = SuperConfig()
                          .merge(layer("low", R"({"k":1})"))
                          .merge(Json::string(R"({"k":2})").profile("dev"))
                          .merge(Json::string(R"({"k":3})").profile("prod"))
                          .with_override("k", 4);
  auto lines = contributions(config.select("dev"), "k");
  EXPECT_NE(lines.find("  0 low: 1\n  1 JSON text:1:6: 2 [dev]\n* 3 "), std::string::npos) << lines;
  EXPECT_NE(lines.find(": 4 [global]\n"), std::string::npos) << lines;
  EXPECT_EQ(lines.find("prod"), std::string::npos) << lines;
  EXPECT_EQ(config.select("dev").explain("k").value, Value(4));
}

TEST(Explain, follows_the_path_down_through_a_focus) {
  const auto config = three().focus("db").with_value("host", "d");
  EXPECT_EQ(config.explain("host").contributions.size(), 4U);
  EXPECT_EQ(config.explain("host").contributions[0].value, Value("a"));
  EXPECT_EQ(config.explain("host").contributions[3].layer, 3U);
  EXPECT_TRUE(config.explain("k").contributions.empty()) << "outside of the focus";
}

TEST(Explain, tells_elements_that_were_addressed) {
  const auto config =
      SuperConfig().merge(layer("low", R"({"xs":[{"a":1},{"a":2}]})")).with_env("APP_", {{"APP_XS__1__A", "3"}});
  EXPECT_EQ(contributions(config, "xs[1].a"), "  0 low: 2\n* 1 env APP_XS__1__A: 3\n");
  EXPECT_EQ(contributions(config, "xs[0].a"), "* 0 low: 1\n");
  EXPECT_EQ(contributions(config, "xs[1]"), "  0 low: {\"a\":2}\n* 1 env APP_XS__1__A: {\"a\":3}\n");
  EXPECT_EQ(contributions(config, "xs"), "* 0 low: [{\"a\":1},{\"a\":2}]\n* 1 env APP_XS__1__A: element 1 {\"a\":3}\n");
}

TEST(Explain, of_the_root_tells_every_layer_that_gave_something) {
  const auto config =
      SuperConfig().merge(layer("low", R"({"a":1})")).merge(layer("empty", "{}")).merge(layer("high", R"({"b":1})"));
  EXPECT_EQ(contributions(config, ""), "* 0 low: {\"a\":1}\n* 2 high: {\"b\":1}\n");
  EXPECT_EQ(config.explain().path, "");
  EXPECT_EQ(config.explain().value, config.value());
}

TEST(Explain, reports_type_changes_of_text_as_a_warning) {
  const auto config = SuperConfig().merge(layer("low", R"({"id":"00123"})")).with_env("APP_", {{"APP_ID", "456"}});
  ASSERT_EQ(config.explain("id").warnings.size(), 1U);
  EXPECT_EQ(config.explain("id").warnings[0].message, "the type changes from string to integer");
  EXPECT_EQ(config.explain("other").warnings.size(), 0U);
}

TEST(Explain, prints_for_people_and_masks_secrets_unless_told_otherwise) {
  const auto config = SuperConfig()
                          .merge(layer("low", R"({"db":{"password":"old","tokens":["a"],"url":"pg://me:pw@host/x"}})"))
                          .merge(layer("high", R"({"db":{"password":"new","tokens_remove":["a"]}})"));
  const auto masked = config.explain("db.password").to_string();
  EXPECT_EQ(masked.find("old"), std::string::npos) << masked;
  EXPECT_EQ(masked.find("new"), std::string::npos) << masked;
  EXPECT_NE(masked.find("***"), std::string::npos) << masked;
  const auto open = config.explain("db.password").to_string(true);
  EXPECT_NE(open.find("\"old\""), std::string::npos) << open;
  EXPECT_NE(open.find("\"new\""), std::string::npos) << open;
  const auto url = config.explain("db.url").to_string();
  EXPECT_EQ(url.find("pw"), std::string::npos) << url;
  for (const auto* path : {"db", ""}) {
    const auto text = config.explain(path).to_string();
    EXPECT_EQ(text.find("old"), std::string::npos) << text;
    EXPECT_EQ(text.find("new"), std::string::npos) << text;
    EXPECT_EQ(text.find("me:pw"), std::string::npos) << text;
  }
}

TEST(Explain, cuts_long_values_at_a_character) {
  const std::string long_text = "ab" + [] {
    std::string text;
    for (int i = 0; i < 500; ++i) text += "é";
    return text;
  }();
  const auto text = SuperConfig().with_value("k", long_text).explain("k").to_string();
  EXPECT_LT(text.size(), 2000U);
  EXPECT_EQ(parse_json_scalar_tree("[\"" + text.substr(text.find("é"), text.find(" …") - text.find("é")) + "\"]", {})
                .has_value(),
            true)
      << "still UTF-8";
}

// ---- find_metadata ----

TEST(FindMetadata, names_the_place_and_the_layer_even_if_two_layers_come_from_one_place) {
  auto config = SuperConfig();
  for (int i = 0; i < 3; ++i) config = config.with_value("k" + std::to_string(i), i);
  for (std::uint32_t i = 0; i < 3; ++i)
    EXPECT_EQ(config.find_metadata("k" + std::to_string(i))->layer, std::vector<std::uint32_t>{i});
  EXPECT_EQ(config.find_metadata("k0")->line, config.find_metadata("k2")->line);
  EXPECT_FALSE(config.find_metadata("k3"));
}

TEST(FindMetadata, spells_out_line_and_column_of_a_text) {
  const auto config = SuperConfig().merge(Toml::string("a = 1\n[b]\nc = [1,\n  22]\n"));
  EXPECT_EQ(origin(config, "a"), "TOML text:1:5 #0");
  EXPECT_EQ(origin(config, "b"), "TOML text:2:1 #0");
  EXPECT_EQ(origin(config, "b.c"), "TOML text:3:5 #0");
  EXPECT_EQ(origin(config, "b.c[1]"), "TOML text:4:3 #0");
  EXPECT_EQ(config.find_metadata("b.c[1]")->line_text, "  22]");
}

TEST(FindMetadata, of_the_root_knows_no_place) {
  EXPECT_TRUE(SuperConfig().merge(layer("low", R"({"a":1})")).find_metadata(""));
}

}  // namespace
}  // namespace superconfig::testing
