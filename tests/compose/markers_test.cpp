// `x!unset` and `x!replace`: what a layer takes out or puts whole, whatever the order.
#include "compose/composing.hpp"

namespace superconfig::testing {
namespace {

constexpr Order orders[] = {Order::merge, Order::join, Order::admerge, Order::adjoin};

struct MarkerCase {
  const char *what, *low, *high, *result;
};

TEST(Markers, count_whatever_the_order) {
  const MarkerCase cases[] = {
      {"unset takes a scalar out", R"({"x":1,"k":1})", R"({"x!unset":true})", R"({"k":1})"},
      {"unset takes a dict out", R"({"x":{"a":1},"k":1})", R"({"x!unset":true})", R"({"k":1})"},
      {"unset takes an array out", R"({"x":[1],"k":1})", R"({"x!unset":true})", R"({"k":1})"},
      {"unset of nothing is nothing", R"({"k":1})", R"({"x!unset":true})", R"({"k":1})"},
      {"unset inside dicts", R"({"a":{"x":1,"y":2}})", R"({"a":{"x!unset":true}})", R"({"a":{"y":2}})"},
      {"unset inside a dict that is new", R"({})", R"({"a":{"x!unset":true,"y":1}})", R"({"a":{"y":1}})"},
      {"replace puts a dict whole", R"({"x":{"a":1}})", R"({"x!replace":{"b":2}})", R"({"x":{"b":2}})"},
      {"replace puts an array whole", R"({"x":[1]})", R"({"x!replace":[2]})", R"({"x":[2]})"},
      {"replace puts a scalar over a dict", R"({"x":{"a":1}})", R"({"x!replace":1})", R"({"x":1})"},
      {"replace puts null", R"({"x":{"a":1}})", R"({"x!replace":null})", R"({"x":null})"},
      {"replace makes what was not there", R"({})", R"({"x!replace":[1]})", R"({"x":[1]})"},
      {"replace by a helper-less dict inside dicts", R"({"a":{"x":{"p":1}}})", R"({"a":{"x!replace":{"q":1}}})",
       R"({"a":{"x":{"q":1}}})"},
      {"edits inside of what replace brings run", R"({"x":{"l":[1]}})", R"({"x!replace":{"l_add":[2]}})",
       R"({"x":{"l":[2]}})"},
      {"unset, then x itself", R"({"x":{"a":1}})", R"({"x":{"b":2},"x!unset":true})", R"({"x":{"b":2}})"},
      {"unset, then edits", R"({"x":[1]})", R"({"x_add":[2],"x!unset":true})", R"({"x":[2]})"},
      {"replace, then edits", R"({"x":[1]})", R"({"x_add":[3],"x_remove":[4],"x!replace":[2,4]})", R"({"x":[2,3]})"},
      {"replace, then unset", R"({"x":[1]})", R"({"x!unset":true,"x!replace":[2]})", R"({})"},
      {"markers inside items", R"({"l":[]})", R"({"l_add":[{"y!replace":2,"x":1,"x!unset":true}]})",
       R"({"l":[{"y":2,"x":1}]})"},
  };
  for (const auto order : orders) {
    for (const auto& [what, low, high, result] : cases) {
      Composing c;
      c.layer("low", low).layer("high", high, order);
      EXPECT_EQ(c.tree(), result) << name_of(order) << ": " << what;
      EXPECT_EQ(c.errors() + c.warnings(), "") << what;
    }
  }
}

TEST(Markers, run_before_the_layers_own_value_which_is_then_composed_by_the_order) {
  struct {
    Order order;
    const char* result;
  } const cases[] = {{Order::merge, R"({"x":{"a":1,"b":2}})"}, {Order::join, R"({"x":{"a":1,"b":1}})"}};
  for (const auto& [order, result] : cases) {
    Composing c;
    c.layer("low", R"({"x":{"low":0}})").layer("high", R"({"x":{"b":2},"x!replace":{"a":1,"b":1}})", order);
    EXPECT_EQ(c.tree(), result) << name_of(order);
  }
}

TEST(Markers, with_another_value_than_true_are_ordinary_keys) {
  for (const char* value : {"false", "null", "1", "\"true\"", "[true]", "{}"}) {
    const auto layer = std::string(R"({"x!unset":)") + value + "}";
    Composing c;
    c.layer("low", R"({"x":1})").layer("high", layer);
    EXPECT_EQ(c.tree(), std::string(R"({"x":1,"x!unset":)") + value + "}");
  }
}

TEST(Markers, are_where_the_value_comes_from) {
  Composing c;
  c.layer("low", R"({"x":{"a":1},"y":1})").layer("high", R"({"x!replace":{"b":1}})");
  EXPECT_EQ(c.owner("x"), "high");
  EXPECT_EQ(c.owner("x.b"), "high");
  EXPECT_EQ(c.owner("y"), "low");
}

TEST(Markers, and_edits_of_the_same_key_in_many_layers_apply_one_after_the_other) {
  Composing c;
  c.layer("1", R"({"x":[1]})")
      .layer("2", R"({"x_add":[2]})")
      .layer("3", R"({"x!unset":true})")
      .layer("4", R"({"x_add":[4]})");
  EXPECT_EQ(c.tree(), R"({"x":[4]})");
  c.layer("5", R"({"x!replace":[5]})").layer("6", R"({"x":[6]})", Order::admerge);
  EXPECT_EQ(c.tree(), R"({"x":[5,6]})");
}

}  // namespace
}  // namespace superconfig::testing
