// The four orders, read from the table that users read: the one in include/superconfig/order.hpp.
#include <fstream>
#include <map>

#include "compose/composing.hpp"

namespace superconfig::testing {
namespace {

// What the table says of one order, in its own words: "union", "incoming", "existing", "existing ++ incoming".
struct Row {
  std::string dicts, arrays, otherwise;
  friend bool operator==(const Row&, const Row&) = default;
};

// The rows in a comment: an order's name, then three columns, two or more spaces apart.
std::map<std::string, Row> table_in(const std::string& file) {
  std::ifstream in(std::string(SUPERCONFIG_SOURCE_DIR "/") + file);
  std::map<std::string, Row> rows;
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("//")) continue;
    std::vector<std::string> columns;
    std::size_t at = line.find_first_not_of("/ ");
    while (at != std::string::npos) {
      const auto end = line.find("  ", at);
      columns.push_back(line.substr(at, end - at));
      at = end == std::string::npos ? end : line.find_first_not_of(' ', end);
    }
    if (columns.size() != 4) continue;
    for (const auto order : {Order::merge, Order::join, Order::admerge, Order::adjoin})
      if (columns[0] == name_of(order)) rows[columns[0]] = {columns[1], columns[2], columns[3]};
  }
  return rows;
}

const std::map<std::string, Row>& table() {
  static const auto rows = table_in("include/superconfig/order.hpp");
  return rows;
}

constexpr Order orders[] = {Order::merge, Order::join, Order::admerge, Order::adjoin};
bool belongs_to_incoming(Order order) { return order == Order::merge || order == Order::admerge; }

struct Sample {
  std::string name;
  Value low, high;  // two values of a kind
};

std::vector<Sample> samples(Mark low, Mark high) {
  const auto json = [](std::string_view text, Mark mark) { return tree_of_json(text, mark); };
  return {{"null", Value(), Value()},
          {"bool", true, false},
          {"integer", 1, 2},
          {"large integer", UINT64_MAX, UINT64_MAX - 1},
          {"float", 1.5, 2.5},
          {"string", "low", "high"},
          {"long string", std::string(100, 'l'), std::string(100, 'h')},
          {"datetime", *Datetime::parse("1979-05-27"), *Datetime::parse("1979-05-28")},
          {"empty array", Value::array(), Value::array()},
          {"array", json("[1,2]", low), json("[2,3]", high)},
          {"empty dict", Value::dict({}), Value::dict({})},
          {"dict", json(R"({"a":1,"b":1})", low), json(R"({"b":2,"c":2})", high)},
          {"text of an integer", Value::text("07", 7, true), Value::text("08", 8, true)},
          {"text of an array", Value::text("[1]", json("[1]", low), true), Value::text("[2]", json("[2]", high), true)},
          {"text of a dict", Value::text("{}", json(R"({"b":8})", low), true),
           Value::text("{}", json(R"({"b":9})", high), true)}};
}

// What the table says, done by hand.
Value expected_value(Order order, const Value& low, const Value& high) {
  const auto& row = table().at(std::string(name_of(order)));
  const auto apply = [&](const std::string& cell) -> Value {
    if (cell == "incoming") return high;
    if (cell == "existing") return low;
    EXPECT_EQ(cell, "existing ++ incoming");
    Value all = low.text_guess();
    for (const auto& item : high.items()) all.push_back(item.value, item.mark);
    return all;
  };
  if (low.is_dict() && high.is_dict()) {
    EXPECT_EQ(row.dicts, "union");
    Value both = low.text_guess();
    for (const auto& entry : high.entries()) {
      const auto* known = low.find(entry.name);
      both.set(entry.name, known ? expected_value(order, known->value, entry.value) : entry.value);
    }
    return both;
  }
  return apply(low.is_array() && high.is_array() ? row.arrays : row.otherwise);
}

// A dict belongs to the incoming layer or the existing one by the order; a concatenated array to the existing one;
// everything else to who gave it.
std::string expected_owner(Order order, const Value& low, const Value& high) {
  const auto& row = table().at(std::string(name_of(order)));
  if (low.is_dict() && high.is_dict()) return belongs_to_incoming(order) ? "high" : "low";
  const auto& cell = low.is_array() && high.is_array() ? row.arrays : row.otherwise;
  return cell == "incoming" ? "high" : "low";
}

TEST(Orders, the_table_of_users_and_the_table_of_the_code_are_the_same) {
  EXPECT_EQ(table().size(), 4U);
  EXPECT_EQ(table(), table_in("src/compose/compose.hpp"));
}

TEST(Orders, every_pair_of_kinds_gives_the_value_and_the_owner_that_the_table_says) {
  Composing marks;
  const auto low_mark = marks.mark("low"), high_mark = marks.mark("high");
  const auto all = samples(low_mark, high_mark);
  for (const auto order : orders) {
    for (const auto& below : all) {
      for (const auto& above : all) {
        SCOPED_TRACE(std::string(name_of(order)) + ": " + above.name + " over " + below.name);
        Composing c;
        Value low = Value::dict({}), high = Value::dict({});
        low.set("k", below.low, low_mark);
        high.set("k", above.high, high_mark);
        c.layer("low", low).layer("high", high, order);
        ASSERT_EQ(c.composed.size(), 1U);
        EXPECT_EQ(c.composed.find("k")->value, expected_value(order, below.low, above.high));
        EXPECT_EQ(c.composed.find("k")->value.to_string(), expected_value(order, below.low, above.high).to_string())
            << "the order of keys counts too";
        EXPECT_EQ(c.owner("k"), expected_owner(order, below.low, above.high));
        EXPECT_EQ(c.errors(), "");
      }
    }
  }
}

TEST(Orders, the_same_rule_holds_at_every_depth) {
  Composing marks;
  const auto low_mark = marks.mark("low"), high_mark = marks.mark("high");
  const auto all = samples(low_mark, high_mark);
  const auto wrapped = [](const Value& value, Mark mark) {
    Value tree = value;
    for (const char* key : {"k", "c", "b", "a"}) {
      Value outer = Value::dict({});
      outer.set(key, tree, mark);
      tree = outer;
    }
    return tree;
  };
  for (const auto order : orders) {
    for (const auto& below : all) {
      for (const auto& above : all) {
        SCOPED_TRACE(std::string(name_of(order)) + ": " + above.name + " over " + below.name);
        Composing c;
        c.layer("low", wrapped(below.low, low_mark)).layer("high", wrapped(above.high, high_mark), order);
        EXPECT_EQ(c.composed, wrapped(expected_value(order, below.low, above.high), {}));
        EXPECT_EQ(c.owner("a.b.c.k"), expected_owner(order, below.low, above.high));
        for (const char* path : {"a", "a.b", "a.b.c"})
          EXPECT_EQ(c.owner(path), belongs_to_incoming(order) ? "high" : "low");
      }
    }
  }
}

TEST(Orders, items_and_entries_keep_their_own_marks) {
  for (const auto order : orders) {
    SCOPED_TRACE(name_of(order));
    Composing c;
    c.layer("low", R"({"xs":[1,{"a":1}],"d":{"low":1,"both":1}})");
    c.layer("high", R"({"xs":[2],"d":{"both":2,"high":2}})", order);
    EXPECT_EQ(c.owner("d.low"), "low");
    EXPECT_EQ(c.owner("d.high"), "high");
    EXPECT_EQ(c.owner("d.both"), belongs_to_incoming(order) ? "high" : "low");
    if (order == Order::merge) {
      EXPECT_EQ(c.owner("xs"), "high");
      EXPECT_EQ(c.owner("xs[0]"), "high");
    } else {
      EXPECT_EQ(c.owner("xs"), "low");
      EXPECT_EQ(c.owner("xs[0]"), "low");
      EXPECT_EQ(c.owner("xs[1].a"), "low");
      EXPECT_EQ(c.owner("xs[2]"), order == Order::join ? "nothing there" : "high");
    }
  }
}

TEST(Orders, keys_keep_the_order_of_their_first_declaration) {
  for (const auto order : orders) {
    Composing c;
    c.layer("low", R"({"z":1,"a":{"y":1,"b":1}})").layer("high", R"({"m":2,"a":{"b":2,"c":2,"y":2},"z":2})", order);
    std::string keys;
    for (const auto& entry : c.composed.entries()) keys += std::string(entry.name.view()) + " ";
    for (const auto& entry : c.composed.find("a")->value.entries()) keys += std::string(entry.name.view()) + " ";
    EXPECT_EQ(keys, "z a m y b c ") << name_of(order);
  }
}

TEST(Orders, keys_that_look_like_edits_keep_their_place_too) {
  for (const auto order : orders) {
    Composing c;
    c.layer("low", R"({"y":1})").layer("high", R"({"can_add":true,"x":1,"d":{"k_remove":1,"a":2}})", order);
    EXPECT_EQ(c.tree(), R"({"y":1,"can_add":true,"x":1,"d":{"k_remove":1,"a":2}})") << name_of(order);
  }
}

TEST(Orders, null_empty_string_and_empty_array_are_values_and_absence_is_none) {
  Composing c;
  c.layer("low", R"({"a":1,"b":"s","c":[1,2],"d":{"k":1},"e":1})");
  c.layer("high", R"({"a":null,"b":"","c":[],"d":{}})");
  EXPECT_EQ(c.tree(), R"({"a":null,"b":"","c":[],"d":{"k":1},"e":1})");
  EXPECT_EQ(c.owner("a"), "high");
  EXPECT_EQ(c.owner("e"), "low");
  EXPECT_EQ(c.warnings(), "") << "null and empty values are nothing to warn of";
}

TEST(Orders, what_a_layer_does_not_touch_is_shared_not_copied) {
  for (const auto order : orders) {
    Composing c;
    c.layer("low", R"({"big":{"k":[1,2,3]},"small":{"k":1}})");
    const auto* big = c.composed.find("big")->value.node();
    const Value held = c.composed;
    c.layer("high", R"({"small":{"k":2}})", order);
    EXPECT_EQ(c.composed.find("big")->value.node(), big) << name_of(order);
    EXPECT_EQ(held.to_string(), R"({"big":{"k":[1,2,3]},"small":{"k":1}})") << "and who held it sees no change";
  }
}

TEST(Orders, equal_layers_are_two_layers) {
  Composing c;
  c.layer("low", R"({"x":[1]})")
      .layer("high", R"({"x":[1]})", Order::admerge)
      .layer("top", R"({"x":[1]})", Order::adjoin);
  EXPECT_EQ(c.tree(), R"({"x":[1,1,1]})");
}

// ---- text ----

TEST(Orders, text_keeps_its_characters_until_a_union_or_a_concatenation_needs_its_guess) {
  const auto layer = [](std::string_view key, std::string_view characters, std::string_view guess) {
    return Value::dict({{key, Value::text(characters, tree_of_json(guess), true)}});
  };
  Composing alone;
  alone.layer("low", layer("d", R"({ "a": 1 })", R"({"a":1})"));
  EXPECT_EQ(alone.composed.find("d")->value.characters(), R"({ "a": 1 })");

  Composing over_scalar;
  over_scalar.layer("low", R"({"d":1})").layer("high", layer("d", R"({ "a": 1 })", R"({"a":1})"));
  EXPECT_EQ(over_scalar.composed.find("d")->value.characters(), R"({ "a": 1 })");

  Composing unions;
  unions.layer("low", layer("d", R"({ "a": 1 })", R"({"a":1})")).layer("high", R"({"d":{"b":2}})");
  EXPECT_EQ(unions.tree(), R"({"d":{"a":1,"b":2}})");
  EXPECT_FALSE(unions.composed.find("d")->value.is_text());

  Composing over_dict;
  over_dict.layer("low", R"({"d":{"b":2}})").layer("high", layer("d", R"({ "a": 1 })", R"({"a":1})"));
  EXPECT_EQ(over_dict.tree(), R"({"d":{"b":2,"a":1}})");

  Composing appended;
  appended.layer("low", layer("x", "[ 1 ]", "[1]")).layer("high", layer("x", "[ 2 ]", "[2]"), Order::admerge);
  EXPECT_EQ(appended.tree(), R"({"x":[1,2]})");

  Composing replaced;
  replaced.layer("low", R"({"x":[1]})").layer("high", layer("x", "[ 2 ]", "[2]"));
  EXPECT_EQ(replaced.composed.find("x")->value.characters(), "[ 2 ]");
}

// ---- warnings ----

struct WarningCase {
  Order order;
  const char *low, *high, *warning;
};

TEST(Orders, a_dict_that_meets_something_else_leaves_a_warning_with_both_origins) {
  const WarningCase cases[] = {
      {Order::merge, R"({"k":{"a":1}})", R"({"k":1})", "high: k: a value of type integer hides a dict; see low"},
      {Order::merge, R"({"k":1})", R"({"k":{"a":1}})", "high: k: a dict hides a value of type integer; see low"},
      {Order::merge, R"({"k":[1]})", R"({"k":{"a":1}})", "high: k: a dict hides a value of type array; see low"},
      {Order::admerge, R"({"k":{"a":1}})", R"({"k":"s"})", "high: k: a value of type string hides a dict; see low"},
      {Order::admerge, R"({"k":true})", R"({"k":{"a":1}})", "high: k: a dict hides a value of type bool; see low"},
      {Order::join, R"({"k":{"a":1}})", R"({"k":1})",
       "high: k: a value of type integer is hidden by a dict below it; see low"},
      {Order::join, R"({"k":1.5})", R"({"k":{"a":1}})",
       "high: k: a dict is hidden by a value of type float below it; see low"},
      {Order::adjoin, R"({"k":{"a":1}})", R"({"k":[1]})",
       "high: k: a value of type array is hidden by a dict below it; see low"},
      {Order::adjoin, R"({"k":1})", R"({"k":{"a":1}})",
       "high: k: a dict is hidden by a value of type integer below it; see low"},
      {Order::merge, R"({"a":{"b":{"k":1}}})", R"({"a":{"b":{"k":{}}}})",
       "high: a.b.k: a dict hides a value of type integer; see low"},
      // null is no dict, but says on purpose that there is nothing
      {Order::merge, R"({"k":{"a":1}})", R"({"k":null})", ""},
      {Order::merge, R"({"k":null})", R"({"k":{"a":1}})", ""},
  };
  for (const auto& [order, low, high, warning] : cases) {
    Composing c;
    c.layer("low", low).layer("high", high, order);
    EXPECT_EQ(c.warnings(), warning) << name_of(order) << " " << high << " over " << low;
    EXPECT_EQ(c.tree(),
              belongs_to_incoming(order) ? Value(tree_of_json(high)).to_string() : tree_of_json(low).to_string());
  }
}

TEST(Orders, a_scalar_of_another_type_leaves_a_warning_unless_a_type_settles_it) {
  const auto warning = [](const Value& low, const Value& high, Order order, bool types_known) {
    Composing c({order, true, false, types_known});
    Value a = Value::dict({}), b = Value::dict({});
    a.set("k", low, c.mark("low"));
    b.set("k", high, c.mark("high"));
    c.layer("low", a).layer("high", b, order);
    return c.warnings();
  };
  const auto text = Value::text("456", 456, true);
  EXPECT_EQ(warning("00123", text, Order::merge, false), "high: k: the type changes from string to integer; see low");
  EXPECT_EQ(warning("00123", text, Order::merge, true), "") << "the type that reads it decides";
  EXPECT_EQ(warning("00123", 456, Order::merge, true), "high: k: the type changes from string to integer; see low")
      << "but a value that is no text is what it is";
  EXPECT_EQ(warning(true, "yes", Order::admerge, false), "high: k: the type changes from bool to string; see low");
  EXPECT_EQ(warning("00123", text, Order::join, false), "") << "join keeps what was there";
  EXPECT_EQ(warning(1, 1.5, Order::merge, false), "") << "numbers are numbers";
  EXPECT_EQ(warning(Value(), 1, Order::merge, false), "");
  EXPECT_EQ(warning(1, Value(), Order::merge, false), "");
  EXPECT_EQ(warning(1, 2, Order::merge, false), "");
}

}  // namespace
}  // namespace superconfig::testing
