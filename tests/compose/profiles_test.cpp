// Profiles: which trees a reader sees, and edits that wait for the profiles below.
#include "compose/profiles.hpp"

#include "compose/composing.hpp"

namespace superconfig::testing {
namespace {

// Layers that write profiles, and the view of a selection.
class Stack {
 public:
  Stack& layer(std::string_view profile, std::string_view json, Order order = Order::merge) {
    const auto name = "layer " + std::to_string(sources_.size());
    const auto mark = sources_.emplace_back(Source::other(name)).mark();
    detail::ComposeRules rules;
    rules.order = order;
    if (detail::same_profile(profile, default_profile)) {
      if (default_tree_.is_null()) default_tree_ = Value::dict({});
      detail::compose(default_tree_, tree_of_json(json, mark), rules, profile, notes_);
    } else {
      rules.keep_pending = true;
      detail::compose(detail::tree_of(profiles_, profile), tree_of_json(json, mark), rules, profile, notes_);
    }
    return *this;
  }
  /// The view as text, or the errors.
  std::string read(std::string_view selected = default_profile) {
    profiles_.selected = selected;
    detail::Notes notes;
    notes.removed = &removed;
    view = detail::view_of(default_tree_, profiles_, true, notes);
    std::string text;
    for (const auto& error : notes.errors) text += error.to_string() + "\n";
    warnings.clear();
    for (const auto& warning : notes.warnings) warnings += warning.to_string() + "\n";
    return text.empty() ? view.to_string() : text;
  }
  /// What composing the layers warned of.
  std::string layer_warnings() const {
    std::string text;
    for (const auto& warning : notes_.warnings) text += warning.to_string() + "\n";
    return text;
  }
  std::string owner(std::string_view path) {
    bool bad = false;
    const auto found = find_path(view, path, &bad);
    return found ? origin_of(found.mark).to_string() : "nothing there";
  }
  void focus(const std::vector<std::string>& key) { detail::focus(default_tree_, profiles_, key); }

  Value view;
  std::string warnings;
  std::vector<detail::Removed> removed;

 private:
  Value default_tree_;
  detail::Profiles profiles_;
  detail::Notes notes_;
  std::vector<Source> sources_;
};

TEST(Profiles, are_read_as_default_then_selected_then_global) {
  Stack s;
  s.layer("global", R"({"a":"global"})")
      .layer("dev", R"({"a":"dev","b":"dev"})")
      .layer("default", R"({"a":"default","b":"default","c":"default"})");
  s.layer("prod", R"({"b":"prod"})");
  EXPECT_EQ(s.read(), R"({"a":"global","b":"default","c":"default"})");
  EXPECT_EQ(s.read("dev"), R"({"a":"global","b":"dev","c":"default"})");
  EXPECT_EQ(s.read("PROD"), R"({"a":"global","b":"prod","c":"default"})");
  EXPECT_EQ(s.read("Default"), s.read());
  EXPECT_EQ(s.read("GLOBAL"), s.read()) << "the built-in ones are read anyway";
  EXPECT_EQ(s.read("unknown"), s.read()) << "a profile that no layer gives has nothing to say";
}

TEST(Profiles, compose_layer_by_layer_each_by_the_layers_own_order_and_are_read_with_merge) {
  Stack s;
  s.layer("default", R"({"x":[1]})")
      .layer("dev", R"({"x":[2]})")
      .layer("dev", R"({"x":[3]})", Order::admerge)
      .layer("default", R"({"x":[4]})", Order::adjoin);
  EXPECT_EQ(s.read(), R"({"x":[1,4]})");
  EXPECT_EQ(s.read("dev"), R"({"x":[2,3]})");
}

TEST(Profiles, that_are_alone_are_the_view_itself) {
  Stack s;
  s.layer("default", R"({"a":{"b":1}})");
  s.read();
  const auto* node = s.view.node();
  s.read("dev");
  EXPECT_EQ(s.view.node(), node);
  Stack empty;
  EXPECT_EQ(empty.read(), "{}");
}

TEST(Profiles, narrow_to_a_focus_and_drop_out_where_it_is_no_dict) {
  Stack s;
  s.layer("default", R"({"a":{"b":{"k":"default"}}})")
      .layer("dev", R"({"a":{"b":1}})")
      .layer("prod", R"({"a":{"b":{"k":"prod"}}})")
      .layer("global", R"({"b":1})");
  s.focus({"a", "b"});
  EXPECT_EQ(s.read(), R"({"k":"default"})");
  EXPECT_EQ(s.read("dev"), R"({"k":"default"})");
  EXPECT_EQ(s.read("prod"), R"({"k":"prod"})");
}

TEST(Profiles, names_compare_by_ascii_case_only) {
  EXPECT_TRUE(detail::same_profile("Dev", "dEV"));
  EXPECT_FALSE(detail::same_profile("dev", "de"));
  EXPECT_FALSE(detail::same_profile("ÄPFEL", "äpfel"));
  EXPECT_TRUE(detail::same_profile("", ""));
}

// ---- edits that wait ----

struct PendingCase {
  const char* what;
  std::vector<std::pair<const char*, const char*>> layers;  // profile, content
  const char *in_default, *in_dev;
};

TEST(PendingEdits, wait_for_what_the_profiles_below_give) {
  const PendingCase cases[] = {
      {"of the selected profile",
       {{"default", R"({"x":[1]})"}, {"dev", R"({"x_add":[2]})"}},
       R"({"x":[1]})",
       R"({"x":[1,2]})"},
      {"before the array comes",
       {{"dev", R"({"x_add":[2]})"}, {"default", R"({"x":[1]})"}},
       R"({"x":[1]})",
       R"({"x":[1,2]})"},
      {"after it changes again",
       {{"default", R"({"x":[1]})"}, {"dev", R"({"x_add":[2]})"}, {"default", R"({"x":[3]})"}},
       R"({"x":[3]})",
       R"({"x":[3,2]})"},
      {"of global",
       {{"global", R"({"x_add":[9]})"}, {"default", R"({"x":[1]})"}, {"dev", R"({"x":[2]})"}},
       R"({"x":[1,9]})",
       R"({"x":[2,9]})"},
      {"of selected, then of global",
       {{"global", R"({"x_remove":[2]})"}, {"default", R"({"x":[1]})"}, {"dev", R"({"x_add":[2,3]})"}},
       R"({"x":[1]})",
       R"({"x":[1,3]})"},
      {"in the order of the layers",
       {{"default", R"({"x":[1]})"},
        {"dev", R"({"x_add":[2]})"},
        {"dev", R"({"x_remove":[2,1]})"},
        {"dev", R"({"x_add":[2]})"}},
       R"({"x":[1]})",
       R"({"x":[2]})"},
      {"not if the profile has the array itself",
       {{"default", R"({"x":[1]})"}, {"dev", R"({"x":[5],"x_add":[6]})"}},
       R"({"x":[1]})",
       R"({"x":[5,6]})"},
      {"with no array anywhere", {{"dev", R"({"x_add":[2]})"}}, R"({})", R"({"x":[2]})"},
      {"in a dict that only this profile has",
       {{"default", R"({"k":1})"}, {"dev", R"({"a":{"x_add":[2],"y":1}})"}},
       R"({"k":1})",
       R"({"k":1,"a":{"y":1,"x":[2]}})"},
      {"in a dict two levels down that only this profile has",
       {{"default", R"({"k":1})"}, {"dev", R"({"a":{"b":{"x_add":[2]}}})"}},
       R"({"k":1})",
       R"({"k":1,"a":{"b":{"x":[2]}}})"},
      {"in a dict that is the only profile's",
       {{"dev", R"({"a":{"b":{"x_add":[2]}}})"}},
       R"({})",
       R"({"a":{"b":{"x":[2]}}})"},
      {"in a dict that both have",
       {{"default", R"({"a":{"b":{"x":[1]}}})"}, {"dev", R"({"a":{"b":{"x_add":[2]}}})"}},
       R"({"a":{"b":{"x":[1]}}})",
       R"({"a":{"b":{"x":[1,2]}}})"},
      {"but not inside of items, which nothing below can give",
       {{"default", R"({"l":[{"x":[1]}]})"}, {"dev", R"({"l":[{"x_add":[2]}]})"}},
       R"({"l":[{"x":[1]}]})",
       R"({"l":[{"x":[2]}]})"},
      {"unset",
       {{"default", R"({"x":{"a":1},"k":1})"}, {"dev", R"({"x!unset":true})"}},
       R"({"x":{"a":1},"k":1})",
       R"({"k":1})"},
      {"replace",
       {{"default", R"({"x":{"a":1}})"}, {"dev", R"({"x!replace":{"b":1}})"}},
       R"({"x":{"a":1}})",
       R"({"x":{"b":1}})"},
      {"unset, then a value",
       {{"default", R"({"x":{"a":1}})"}, {"dev", R"({"x!unset":true,"x":{"b":1}})"}},
       R"({"x":{"a":1}})",
       R"({"x":{"b":1}})"},
      {"replace, then a value in a later layer",
       {{"default", R"({"x":{"a":1}})"}, {"dev", R"({"x!replace":{"b":1}})"}, {"dev", R"({"x":{"c":1}})"}},
       R"({"x":{"a":1}})",
       R"({"x":{"b":1,"c":1}})"},
      {"replace, then an edit",
       {{"default", R"({"x":[1]})"}, {"dev", R"({"x!replace":[2]})"}, {"dev", R"({"x_add":[3]})"}},
       R"({"x":[1]})",
       R"({"x":[2,3]})"},
      {"unset, then an edit",
       {{"default", R"({"x":[1]})"}, {"dev", R"({"x!unset":true})"}, {"dev", R"({"x_add":[3]})"}},
       R"({"x":[1]})",
       R"({"x":[3]})"},
      {"an edit, then unset",
       {{"default", R"({"x":[1]})"}, {"dev", R"({"x_add":[3]})"}, {"dev", R"({"x!unset":true})"}},
       R"({"x":[1]})",
       R"({})"},
      {"unset of a profile's own value too",
       {{"default", R"({"x":1})"}, {"dev", R"({"x":2})"}, {"dev", R"({"x!unset":true})"}},
       R"({"x":1})",
       R"({})"},
      {"unset inside a dict",
       {{"default", R"({"a":{"x":1,"y":2}})"}, {"dev", R"({"a":{"x!unset":true}})"}},
       R"({"a":{"x":1,"y":2}})",
       R"({"a":{"y":2}})"},
  };
  for (const auto& test : cases) {
    SCOPED_TRACE(test.what);
    Stack s;
    for (const auto& [profile, content] : test.layers) s.layer(profile, content);
    EXPECT_EQ(s.read(), test.in_default);
    EXPECT_EQ(s.read("dev"), test.in_dev);
    EXPECT_EQ(s.read("dev"), test.in_dev) << "reading twice adds nothing twice";
    EXPECT_EQ(s.read(), test.in_default);
  }
}

TEST(PendingEdits, have_the_edits_inside_of_what_they_bring_run_too) {
  Stack added;
  added.layer("default", R"({"l":[1]})").layer("dev", R"({"l_add":[{"x_add":[2]}]})");
  EXPECT_EQ(added.read("dev"), R"({"l":[1,{"x":[2]}]})");
  Stack replaced;
  replaced.layer("default", R"({"d":{"l":[1]}})").layer("dev", R"({"d!replace":{"l_add":[2]}})");
  EXPECT_EQ(replaced.read("dev"), R"({"d":{"l":[2]}})");
}

TEST(PendingEdits, take_out_items_as_written) {
  Stack removed_as_written;
  removed_as_written.layer("default", R"({"l":[]})")
      .layer("dev", R"({"l_add":[{"x_add":[2]}],"l_remove":[{"x_add":[2]}]})");
  EXPECT_EQ(removed_as_written.read("dev"), R"({"l":[]})");
}

TEST(PendingEdits, meet_later_layers_of_their_profile_by_the_order) {
  struct {
    Order order;
    const char* result;
  } const cases[] = {{Order::merge, R"({"x":[3]})"},
                     {Order::join, R"({"x":[1,2]})"},
                     {Order::admerge, R"({"x":[1,2,3]})"},
                     {Order::adjoin, R"({"x":[1,2,3]})"}};
  for (const auto& [order, result] : cases) {
    Stack s;
    s.layer("default", R"({"x":[1]})").layer("dev", R"({"x_add":[2]})").layer("dev", R"({"x":[3]})", order);
    EXPECT_EQ(s.read("dev"), result) << name_of(order);
  }
}

TEST(PendingEdits, leave_warnings_that_name_the_path) {
  Stack s;
  s.layer("global", R"({"a":{"x!replace":{"b":1}}})").layer("global", R"({"a":{"x":5}})");
  EXPECT_EQ(s.read(), R"({"a":{"x":5}})");
  EXPECT_EQ(s.layer_warnings(), "layer 1: a.x: a value of type integer hides a dict; see layer 0\n");
}

TEST(PendingEdits, are_made_by_every_order) {
  for (const auto order : {Order::merge, Order::join, Order::admerge, Order::adjoin}) {
    Stack s;
    s.layer("default", R"({"x":[1]})").layer("dev", R"({"x_add":[2],"a":{"y_add":[1]}})", order);
    EXPECT_EQ(s.read("dev"), R"({"x":[1,2],"a":{"y":[1]}})") << name_of(order);
  }
}

TEST(PendingEdits, keep_marks) {
  Stack s;
  s.layer("default", R"({"x":[1]})").layer("dev", R"({"x_add":[2]})").layer("global", R"({"y_add":[3]})");
  s.read("dev");
  EXPECT_EQ(s.owner("x"), "layer 0");
  EXPECT_EQ(s.owner("x[0]"), "layer 0");
  EXPECT_EQ(s.owner("x[1]"), "layer 1");
  EXPECT_EQ(s.owner("y"), "layer 2");
}

TEST(PendingEdits, are_a_conflict_only_where_they_meet_something_else_than_an_array) {
  Stack s;
  s.layer("default", R"({"x":1})").layer("dev", R"({"x_add":[2]})");
  EXPECT_EQ(s.read(), R"({"x":1})");
  EXPECT_EQ(s.read("dev"),
            "layer 1: x: an array edit needs an array, but the value it edits is of type integer; see layer 0\n");
}

TEST(PendingEdits, warn_of_absent_items_at_the_read) {
  Stack s;
  s.layer("default", R"({"x":[1]})").layer("dev", R"({"x_remove":[7,1]})");
  s.read();
  EXPECT_EQ(s.warnings, "");
  EXPECT_EQ(s.read("dev"), R"({"x":[]})");
  EXPECT_EQ(s.warnings, "layer 1: x: the item to remove is not in the array; see layer 0\n");
  ASSERT_EQ(s.removed.size(), 1U);
  EXPECT_EQ(s.removed[0].value, Value(1));
}

TEST(PendingEdits, come_along_into_a_focus) {
  Stack s;
  s.layer("default", R"({"d":{"x":[1]}})").layer("dev", R"({"d":{"x_add":[2]}})");
  s.focus({"d"});
  EXPECT_EQ(s.read("dev"), R"({"x":[1,2]})");
}

bool holds_edit(const Value& value) {
  if (detail::is_edit(value)) return true;
  for (const auto& entry : value.entries())
    if (holds_edit(entry.value)) return true;
  for (const auto& item : value.items())
    if (holds_edit(item.value)) return true;
  return false;
}

TEST(PendingEdits, never_show_in_the_view) {
  Stack s;
  s.layer("dev", R"({"a":{"x_add":[1]},"b":{"c":{"y_remove":[1],"z!unset":true}}})")
      .layer("global", R"({"e":{"f":{"g_add":[1]}}})");
  s.read("dev");
  EXPECT_FALSE(holds_edit(s.view));
  EXPECT_EQ(s.view.to_string(), R"({"a":{"x":[1]},"b":{"c":{"y":[]}},"e":{"f":{"g":[1]}}})");
}

}  // namespace
}  // namespace superconfig::testing
