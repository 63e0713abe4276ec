#include "superconfig/value.hpp"

#include <gtest/gtest.h>

#include <random>

#include "value/nodes.hpp"

namespace superconfig {
namespace {

using Pairs = std::vector<std::pair<std::string, Value>>;

Pairs listed(const Value& dict) {
  Pairs pairs;
  for (const auto& entry : dict.entries()) pairs.emplace_back(entry.name.view(), entry.value);
  return pairs;
}

TEST(Value, scalars_keep_kind_and_value) {
  EXPECT_EQ(Value().kind(), Kind::null);
  EXPECT_EQ(Value(true).as_bool(), true);
  EXPECT_EQ(Value(INT64_MIN).as_i64(), INT64_MIN);
  EXPECT_EQ(Value(UINT64_MAX).as_u64(), UINT64_MAX);
  EXPECT_FALSE(Value(UINT64_MAX).as_i64());
  EXPECT_FALSE(Value(-1).as_u64());
  EXPECT_EQ(Value(1.5).as_f64(), 1.5);
  EXPECT_FALSE(Value(1).as_f64()) << "an integer is no float";
}

TEST(Value, strings_of_every_length_round_trip) {
  for (std::size_t n = 0; n < 40; ++n) {
    const std::string text(n, 'x');
    const Value value(text);
    EXPECT_EQ(value.as_string(), text);
    EXPECT_EQ(value.counted(), n > 14);
    EXPECT_EQ(Value(value), Value(text));
  }
}

TEST(Value, datetimes_round_trip_through_16_bytes_and_text) {
  for (const char* text : {"1979-05-27T07:32:00Z", "1979-05-27T00:32:00.999999-07:00", "1979-05-27T07:32:00.5",
                           "1979-05-27", "07:32:00", "00:32:00.000000001"}) {
    const auto parsed = Datetime::parse(text);
    ASSERT_TRUE(parsed) << text;
    EXPECT_EQ(parsed->to_string(), text);
    EXPECT_EQ(Value(*parsed).as_datetime(), parsed) << text;
  }
  for (const char* text : {"", "1979", "1979-13-01", "1979-02-29", "1979-05-27T", "1979-05-27T25:00:00", "7:32:00",
                           "1979-05-27T07:32:00+0700", "1979-05-27x"})
    EXPECT_FALSE(Datetime::parse(text)) << text;
}

TEST(Value, equality_is_by_type_and_ignores_key_order) {
  EXPECT_FALSE(Value(1) == Value(1.0));
  EXPECT_FALSE(Value("1") == Value(1));
  EXPECT_EQ(Value(std::numeric_limits<double>::quiet_NaN()), Value(std::numeric_limits<double>::quiet_NaN()));
  EXPECT_EQ(Value::dict({{"a", 1}, {"b", 2}}), Value::dict({{"b", 2}, {"a", 1}}));
  EXPECT_FALSE(Value::array({1, 2}) == Value::array({2, 1}));
  EXPECT_EQ(Value::text("8080", 8080, false), Value(8080)) << "text compares by its guess";
}

TEST(Value, a_duplicate_name_is_reported_and_the_last_value_wins) {
  std::vector<Entry> entries;
  for (const char* name : {"a", "b", "a", "b"})
    entries.push_back({Name(name), Value(static_cast<int>(entries.size())), {}});
  DuplicateName duplicate;
  const auto dict = Value::dict(std::span<Entry>(entries), &duplicate);
  EXPECT_EQ(duplicate.first, 0U);
  EXPECT_EQ(duplicate.second, 2U);
  EXPECT_EQ(listed(dict), (Pairs{{"a", 2}, {"b", 3}}));
}

TEST(Value, editing_a_shared_dict_leaves_the_other_holder_as_it_was) {
  Value original = Value::dict({{"a", 1}, {"b", 2}, {"c", 3}});
  Value changed = original;
  changed.set("b", "new");
  changed.set("d", 4);
  EXPECT_TRUE(detail::is_delta(changed));
  EXPECT_EQ(listed(original), (Pairs{{"a", 1}, {"b", 2}, {"c", 3}}));
  EXPECT_EQ(listed(changed), (Pairs{{"a", 1}, {"b", "new"}, {"c", 3}, {"d", 4}})) << "a replaced key keeps its place";
}

// Random edits of many versions at once, against a plain list of pairs.
TEST(Value, dicts_of_both_forms_behave_as_a_list_of_pairs) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    const auto keys = 1 + random() % 40;
    std::vector<std::pair<Value, Pairs>> versions{{Value::dict({}), {}}};
    for (int i = 0; i < 120; ++i) {
      auto [value, pairs] = versions[random() % versions.size()];
      const auto name = "key" + std::to_string(random() % keys);
      const auto at = std::find_if(pairs.begin(), pairs.end(), [&](const auto& p) { return p.first == name; });
      const bool was_delta = detail::is_delta(value);
      if (random() % 8 == 0) {
        EXPECT_EQ(value.erase(name), at != pairs.end());
        if (at != pairs.end()) pairs.erase(at);
      } else {
        if (random() % 4 == 0) {
          const auto slot = detail::edit_entry(value, Name(name), detail::IfShared::copy);
          EXPECT_EQ(slot.made, at == pairs.end());
          EXPECT_FALSE(detail::is_delta(value) && !was_delta);
          slot.entry->value = i;
        } else {
          value.set(name, i);
        }
        if (at != pairs.end()) {
          at->second = i;
        } else {
          pairs.emplace_back(name, i);
        }
      }
      if (random() % 3 == 0) versions.front() = {value, pairs};  // the next edit finds it unshared, or not
      versions.emplace_back(std::move(value), std::move(pairs));
      if (versions.size() > 12) versions.erase(versions.begin() + static_cast<std::ptrdiff_t>(random() % 12));
    }
    for (const auto& [value, pairs] : versions) {
      ASSERT_EQ(listed(value), pairs);
      ASSERT_EQ(value.size(), pairs.size());
      for (const auto& [name, expected] : pairs) {
        ASSERT_NE(value.find(name), nullptr) << name;
        ASSERT_EQ(value.find(name)->value, expected);
        const Key key(Path{name});
        ASSERT_EQ(*find_path(value, key).value, expected);
        ASSERT_EQ(*find_path(value, key).value, expected) << "by the hint";
      }
      EXPECT_EQ(value.find("absent"), nullptr);
    }
  }
}

TEST(Value, editing_an_unshared_dict_ends_flat_and_costs_no_copy_of_the_whole) {
  Value dict = Value::dict({});
  for (int i = 0; i < 20000; ++i) dict.set("key" + std::to_string(i), i);
  EXPECT_FALSE(detail::is_delta(dict));
  EXPECT_EQ(dict.size(), 20000U);
  EXPECT_EQ(dict.find("key19999")->value, Value(19999));
}

TEST(Value, arrays_copy_on_write) {
  Value a = Value::array({1, 2});
  Value b = a;
  b.push_back(3);
  EXPECT_EQ(a, Value::array({1, 2}));
  EXPECT_EQ(b, Value::array({1, 2, 3}));
}

TEST(Value, deep_trees_are_destroyed_without_recursion) {
  Value deep = 1;
  for (int i = 0; i < 1'000'000; ++i) {
    Value outer = Value::array(std::span<Item>());
    outer.push_back(std::move(deep));
    deep = std::move(outer);
  }
  EXPECT_EQ(deep.size(), 1U);
}

TEST(Value, floats_print_shortest_and_read_back) {
  EXPECT_EQ(float_text(1.0), "1.0");
  EXPECT_EQ(float_text(0.1), "0.1");
  EXPECT_EQ(float_text(-0.0), "-0.0");
  EXPECT_EQ(float_text(1e300), "1e+300");
}

TEST(FindPath, reaches_dicts_arrays_and_quoted_segments) {
  const auto root =
      Value::dict({{"servers", Value::array({Value::dict({{"host", "h0"}}), Value::dict({{"host", "h1"}})})},
                   {"a.b", Value::dict({{"", 5}})},
                   {"map", Value::dict({{"0", "zero"}})}});
  const auto at = [&](std::string_view path) {
    bool bad = false;
    const auto found = find_path(root, path, &bad);
    EXPECT_FALSE(bad) << path;
    return found ? found.value->to_string() : "nothing";
  };
  EXPECT_EQ(at("servers[1].host"), "\"h1\"");
  EXPECT_EQ(at("servers.0.host"), "\"h0\"");
  EXPECT_EQ(at("\"a.b\".\"\""), "5");
  EXPECT_EQ(at("map.0"), "\"zero\"") << "over a dict a number is a key";
  EXPECT_EQ(at("map[0]"), "\"zero\"");
  EXPECT_EQ(at("servers.2"), "nothing");
  EXPECT_EQ(at("servers.00"), "nothing");
  EXPECT_EQ(at("servers.x"), "nothing");
  for (const char* bad_path : {"a..b", ".a", "a.", "a[", "a[x]", "a]", "\"a", "a\"b", "a[0]b", "\"a\\n\""}) {
    bool bad = false;
    EXPECT_FALSE(find_path(root, bad_path, &bad));
    EXPECT_TRUE(bad) << bad_path;
    const auto parsed = Path::parse(bad_path);
    ASSERT_FALSE(parsed.ok()) << bad_path;
    EXPECT_EQ(parsed.error()[0].code, ErrorCode::invalid_path);
  }
}

TEST(Path, text_round_trips) {
  const Path path{"a", "b.c", "", "q\"\\", "0"};
  EXPECT_EQ(Path::parse(path.to_string()).value_or_throw(), path) << path.to_string();
}

}  // namespace
}  // namespace superconfig
