// Array edits: `x_add` and `x_remove`. Markers and what waits in other profiles have tests of their own.
#include "compose/composing.hpp"

namespace superconfig::testing {
namespace {

constexpr Order orders[] = {Order::merge, Order::join, Order::admerge, Order::adjoin};

struct EditCase {
  const char *what, *low, *high, *result;
};

void check(const EditCase& test, Order order) {
  SCOPED_TRACE(std::string(name_of(order)) + ": " + test.what);
  Composing c;
  c.layer("low", test.low).layer("high", test.high, order);
  EXPECT_EQ(c.errors(), "");
  EXPECT_EQ(c.tree(), test.result);
}

TEST(Edits, run_after_every_order_alike) {
  const EditCase cases[] = {
      {"an item is appended", R"({"x":[1]})", R"({"x_add":[2]})", R"({"x":[1,2]})"},
      {"a duplicate is appended too", R"({"x":[1]})", R"({"x_add":[1,1]})", R"({"x":[1,1,1]})"},
      {"every equal item is taken out", R"({"x":[1,2,1,3,1]})", R"({"x_remove":[1]})", R"({"x":[2,3]})"},
      {"several are taken out, the rest keeps its order", R"({"x":[5,4,3,2,1]})", R"({"x_remove":[2,4]})",
       R"({"x":[5,3,1]})"},
      {"add, then remove, however they are written", R"({"x":[1]})", R"({"x_remove":[2],"x_add":[2,3]})",
       R"({"x":[1,3]})"},
      {"a missing array is an empty one", R"({})", R"({"x_add":[1]})", R"({"x":[1]})"},
      {"removing from a missing array makes it too", R"({})", R"({"x_remove":[1]})", R"({"x":[]})"},
      {"an empty edit makes a missing array", R"({})", R"({"x_add":[]})", R"({"x":[]})"},
      {"inside nested dicts", R"({"a":{"b":{"x":[1]}}})", R"({"a":{"b":{"x_add":[2]}}})", R"({"a":{"b":{"x":[1,2]}}})"},
      {"inside dicts that are new", R"({})", R"({"a":{"b":{"x":[1],"x_add":[2]}}})", R"({"a":{"b":{"x":[1,2]}}})"},
      {"inside items that are appended", R"({"x":[]})", R"({"x_add":[{"y":[1],"y_add":[2]}]})",
       R"({"x":[{"y":[1,2]}]})"},
      {"inside items of items", R"({})", R"({"x":[[{"y_add":[1]}]]})", R"({"x":[[{"y":[1]}]]})"},
      {"an edited item keeps its place among the keys", R"({"x":[1],"k":1})", R"({"x_add":[2]})",
       R"({"x":[1,2],"k":1})"},
      {"null is an item like any other", R"({"x":[null,1]})", R"({"x_remove":[null],"x_add":[null]})", R"({"x":[1]})"},
      {"an item is an array", R"({"x":[[1],[2]]})", R"({"x_remove":[[1]],"x_add":[[3]]})", R"({"x":[[2],[3]]})"},
  };
  for (const auto& test : cases)
    for (const auto order : orders) check(test, order);
}

TEST(Edits, of_the_same_layer_run_after_the_array_itself) {
  const char* low = R"({"x":["a","b"]})";
  const char* high = R"({"x_remove":["a"],"x_add":["d","a"],"x":["c"]})";
  check({"merge replaces, then edits", low, high, R"({"x":["c","d"]})"}, Order::merge);
  check({"join keeps, then edits", low, high, R"({"x":["b","d"]})"}, Order::join);
  check({"admerge appends, then edits", low, high, R"({"x":["b","c","d"]})"}, Order::admerge);
  check({"adjoin appends, then edits", low, high, R"({"x":["b","c","d"]})"}, Order::adjoin);
}

TEST(Edits, take_out_by_type_and_deep_equality) {
  const EditCase cases[] = {
      {"the integer", R"({"x":[1,"1",1.0,true]})", R"({"x_remove":[1]})", R"({"x":["1",1.0,true]})"},
      {"the string", R"({"x":[1,"1",1.0,true]})", R"({"x_remove":["1"]})", R"({"x":[1,1.0,true]})"},
      {"the float", R"({"x":[1,"1",1.0,true]})", R"({"x_remove":[1.0]})", R"({"x":[1,"1",true]})"},
      {"the bool", R"({"x":[1,"1",1.0,true]})", R"({"x_remove":[true]})", R"({"x":[1,"1",1.0]})"},
      {"a dict, whatever the order of its keys", R"({"x":[{"a":1,"b":[2]}]})", R"({"x_remove":[{"b":[2],"a":1}]})",
       R"({"x":[]})"},
      {"but not a dict that has more", R"({"x":[{"a":1,"b":2}]})", R"({"x_remove":[{"a":1}]})",
       R"({"x":[{"a":1,"b":2}]})"},
      {"nor an array in another order", R"({"x":[[1,2]]})", R"({"x_remove":[[2,1]]})", R"({"x":[[1,2]]})"},
      {"nor a string in another case", R"({"x":["A"]})", R"({"x_remove":["a"]})", R"({"x":["A"]})"},
      {"the largest integer", R"({"x":[18446744073709551615,9223372036854775807]})",
       R"({"x_remove":[18446744073709551615]})", R"({"x":[9223372036854775807]})"},
  };
  for (const auto& test : cases) check(test, Order::merge);

  const auto nan = std::numeric_limits<double>::quiet_NaN();
  Composing c;
  c.layer("low", Value::dict({{"x", Value::array({nan, 0.0, Value(*Datetime::parse("1979-05-27"))})}}));
  c.layer("high", Value::dict({{"x_remove", Value::array({nan, -0.0, Value(*Datetime::parse("1979-05-27"))})}}));
  EXPECT_EQ(c.tree(), R"({"x":[]})") << "NaN equals NaN, zero its negative, a date the same date";
  EXPECT_EQ(c.warnings(), "");
}

TEST(Edits, see_items_as_they_are_written_in_their_layer) {
  check({"an item is compared before the edits inside of it run", R"({})",
         R"({"x":[{"p":[1],"p_add":[2]}],"x_remove":[{"p":[1],"p_add":[2]}]})", R"({"x":[]})"},
        Order::merge);
  check({"below, they have run", R"({"x":[{"p":[1],"p_add":[2]}]})", R"({"x_remove":[{"p":[1,2]}]})", R"({"x":[]})"},
        Order::merge);
}

TEST(Edits, keep_the_marks_of_items_and_of_the_array) {
  Composing c;
  c.layer("one", R"({"x":[1]})").layer("two", R"({"x_add":[2]})").layer("three", R"({"x_remove":[9],"x_add":[3]})");
  EXPECT_EQ(c.owner("x"), "one");
  EXPECT_EQ(c.owner("x[0]") + c.owner("x[1]") + c.owner("x[2]"), "onetwothree");
  Composing made;
  made.layer("low", R"({})").layer("high", R"({"x_add":[2]})");
  EXPECT_EQ(made.owner("x"), "high");
}

TEST(Edits, say_what_they_took_out_and_who_did) {
  Composing c;
  c.layer("low", R"({"a":{"x":[1,2,1]}})").layer("high", R"({"a":{"x_remove":[1]}})");
  ASSERT_EQ(c.removed.size(), 2U);
  for (const auto& removed : c.removed) {
    EXPECT_EQ(path_text(removed.path), "a.x");
    EXPECT_EQ(removed.value, Value(1));
    EXPECT_EQ(origin_of(removed.written).to_string(), "low");
    EXPECT_EQ(origin_of(removed.removed_by).to_string(), "high");
  }
}

TEST(Edits, warn_of_an_absent_item_once_with_both_origins) {
  Composing c;
  c.layer("low", R"({"a":{"x":[1]}})").layer("high", R"({"a":{"x_remove":[1,7,1,7]}})");
  EXPECT_EQ(c.tree(), R"({"a":{"x":[]}})");
  EXPECT_EQ(c.warnings(), "high: a.x: the item to remove is not in the array; see low");
  Composing fresh;
  fresh.layer("low", R"({})").layer("high", R"({"x_remove":[1]})");
  EXPECT_EQ(fresh.warnings(), "high: x: the item to remove is not in the array; see high");
}

TEST(Edits, need_an_array) {
  struct {
    const char *low, *high, *error;
  } const cases[] = {
      {R"({"x":"s"})", R"({"x_add":[1]})",
       "conflict high: x: an array edit needs an array, but the value it edits is of type string; see low"},
      {R"({"x":null})", R"({"x_remove":[1]})",
       "conflict high: x: an array edit needs an array, but the value it edits is of type null; see low"},
      {R"({"a":{"x":{}}})", R"({"a":{"x_add":[]}})",
       "conflict high: a.x: an array edit needs an array, but the value it edits is of type dict; see low"},
      {R"({})", R"({"x":1,"x_add":[1]})",
       "conflict high: x: an array edit needs an array, but the value it edits is of type integer; see high"},
      {R"({})", R"({"l":[{"x":1,"x_add":[1]}]})",
       "conflict high: l.0.x: an array edit needs an array, but the value it edits is of type integer; see high"},
  };
  for (const auto order : orders) {
    for (const auto& test : cases) {
      Composing c;
      c.layer("low", test.low).layer("high", test.high, order);
      EXPECT_EQ(c.errors(), test.error) << name_of(order);
      for (const auto& error : c.notes.errors) EXPECT_EQ(error.profile, "default");
    }
  }
  Composing both;
  both.layer("low", R"({"x":1,"y":2})").layer("high", R"({"x_add":[1],"y_remove":[1]})");
  EXPECT_EQ(both.notes.errors.size(), 2U) << "every problem is reported";
}

TEST(Edits, leave_ordinary_keys_alone) {
  const EditCase cases[] = {
      {"a value that is no array", R"({"can":[1]})", R"({"can_add":true,"can_remove":"x"})",
       R"({"can":[1],"can_add":true,"can_remove":"x"})"},
      {"a dict", R"({"x":[1]})", R"({"x_add":{"a":1}})", R"({"x":[1],"x_add":{"a":1}})"},
      {"null", R"({"x":[1]})", R"({"x_add":null})", R"({"x":[1],"x_add":null})"},
      {"a base that ends in a suffix", R"({})",
       R"({"x_add_add":[1],"x_remove_add":[2],"x_add_remove":[3],"x_remove_remove":[4]})",
       R"({"x_add_add":[1],"x_remove_add":[2],"x_add_remove":[3],"x_remove_remove":[4]})"},
      {"no base", R"({})", R"({"_add":[1],"_remove":[2]})", R"({"_add":[1],"_remove":[2]})"},
      {"another case", R"({"x":[1]})", R"({"x_ADD":[2],"x_Remove":[1]})", R"({"x":[1],"x_ADD":[2],"x_Remove":[1]})"},
      {"another hyphen", R"({"x":[1]})", R"({"x-add":[2]})", R"({"x":[1],"x-add":[2]})"},
      {"a name that only ends alike", R"({"x":[1]})", R"({"xadd":[2],"add":[3]})", R"({"x":[1],"xadd":[2],"add":[3]})"},
  };
  for (const auto& test : cases) check(test, Order::merge);
}

TEST(Edits, of_a_key_that_was_an_ordinary_one_below_edit_all_the_same) {
  check(
      {"an ordinary x_add below stays", R"({"x":[1],"x_add":true})", R"({"x_add":[2]})", R"({"x":[1,2],"x_add":true})"},
      Order::merge);
}

TEST(Edits, switched_off_are_ordinary_keys_at_every_depth) {
  Composing c({Order::merge, false, false, false});
  c.layer("low", R"({"x":[1],"x_add":[2],"l":[{"y_add":[1]}],"z!unset":true})");
  EXPECT_EQ(c.tree(), R"({"x":[1],"x_add":[2],"l":[{"y_add":[1]}],"z!unset":true})");
  c.layer("high", R"({"x_add":[3]})", Order::admerge);
  EXPECT_EQ(c.tree(), R"({"x":[1],"x_add":[2,3],"l":[{"y_add":[1]}],"z!unset":true})");
}

TEST(Edits, are_run_once_however_often_later_layers_come) {
  Composing c;
  c.layer("one", R"({"x":[1],"x_add":[2],"l":[{"y":[1],"y_add":[2]}]})");
  for (int i = 0; i < 5; ++i) c.layer("more", R"({"k":1,"l_add":[]})", orders[i % 4]);
  EXPECT_EQ(c.tree(), R"({"x":[1,2],"l":[{"y":[1,2]}],"k":1})");
}

TEST(Edits, change_no_tree_that_others_hold) {
  Composing c;
  c.layer("low", R"({"a":{"x":[1,2]}})");
  const Value held = c.composed;
  const Value layer = tree_of_json(R"({"a":{"x_add":[3],"x_remove":[1]}})");
  c.layer("high", layer);
  EXPECT_EQ(c.tree(), R"({"a":{"x":[2,3]}})");
  EXPECT_EQ(held.to_string(), R"({"a":{"x":[1,2]}})");
  EXPECT_EQ(layer.to_string(), R"({"a":{"x_add":[3],"x_remove":[1]}})");
}

// ---- text ----

TEST(Edits, of_text_count_if_the_text_is_an_array_or_the_base_is_one) {
  const auto edit = [](std::string_view low, std::string_view key, const Value& text) {
    Composing c;
    c.layer("low", low).layer("high", Value::dict({{key, text}}));
    return c.tree() + c.errors();
  };
  const auto array = Value::text("[2]", Value::array({2}), true);
  const auto commas = Value::text("b, c", "b, c", true);
  const auto word = Value::text("true", true, true);
  EXPECT_EQ(edit(R"({"x":[1]})", "x_add", array), R"({"x":[1,2]})");
  EXPECT_EQ(edit(R"({})", "x_add", array), R"({"x":[2]})");
  EXPECT_EQ(edit(R"({"x":["a"]})", "x_add", commas), R"({"x":["a","b","c"]})");
  EXPECT_EQ(edit(R"({"x":["a","b","c"]})", "x_remove", commas), R"({"x":["a"]})");
  EXPECT_EQ(edit(R"({"x":[true]})", "x_remove", word), R"({"x":[]})") << "text compares by its guess";
  EXPECT_EQ(edit(R"({"can":1})", "can_add", word), R"({"can":1,"can_add":true})");
  EXPECT_EQ(edit(R"({})", "x_add", commas), R"({"x_add":"b, c"})");
}

TEST(Edits, of_comma_text_beside_their_base_do_not_depend_on_the_order_of_keys) {
  const auto commas = Value::text("b,c", "b,c", true);
  for (const auto& layer : {Value::dict({{"x", Value::array({"a"})}, {"x_add", commas}}),
                            Value::dict({{"x_add", commas}, {"x", Value::array({"a"})}})}) {
    Composing c;
    c.layer("low", Value::dict({})).layer("high", layer);
    EXPECT_EQ(c.tree(), R"({"x":["a","b","c"]})") << layer.to_string();
  }
}

TEST(Edits, inside_of_text_that_is_a_dict_run_whether_or_not_a_dict_is_below) {
  const auto layer = Value::dict({{"d", Value::text("{…}", tree_of_json(R"({"x_add":[2]})"), true)}});
  Composing over_dict;
  over_dict.layer("low", R"({"d":{"x":[1]}})").layer("high", layer);
  EXPECT_EQ(over_dict.tree(), R"({"d":{"x":[1,2]}})");
  Composing fresh;
  fresh.layer("low", R"({})").layer("high", layer);
  EXPECT_EQ(fresh.tree(), R"({"d":{"x":[2]}})");
}

TEST(Edits, of_text_arrays_keep_every_item) {
  Composing c;
  c.layer("low", Value::dict({{"x", Value::text("[1]", Value::array({1}), true)}})).layer("high", R"({"x_add":[2]})");
  EXPECT_EQ(c.tree(), R"({"x":[1,2]})");
}

}  // namespace
}  // namespace superconfig::testing
