// What copying, deriving and reading cost, and that long stacks are no problem. Costs are counted in allocations, not
// in time.
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "config/allocations.hpp"
#include "config/building.hpp"

namespace superconfig::testing {
namespace {

static_assert(std::is_nothrow_move_constructible_v<SuperConfig> && std::is_nothrow_copy_constructible_v<SuperConfig>);
static_assert(sizeof(SuperConfig) <= 2 * sizeof(void*));

// `size` keys in dicts of a hundred.
Value tree_with(int size) {
  Value root = Value::dict({});
  for (int group = 0; group * 100 < size; ++group) {
    Value dict = Value::dict({});
    for (int i = 0; i < 100; ++i) dict.set("key" + std::to_string(i), i);
    root.set("group" + std::to_string(group), dict);
  }
  return root;
}

// ---- values ----

TEST(Configurations, are_values) {
  const auto base = SuperConfig().with_value("a", 1);
  auto copy = base;
  copy = copy.with_value("a", 2);
  EXPECT_EQ(base.get<int>("a"), 1) << "deriving changes no one else";
  EXPECT_EQ(copy.get<int>("a"), 2);
  auto moved = std::move(copy);
  EXPECT_EQ(moved.get<int>("a"), 2);
  EXPECT_EQ(shown(copy), "{}") << "what was moved from is empty";  // NOLINT(bugprone-use-after-move)
  copy = moved;
  EXPECT_EQ(copy.get<int>("a"), 2);
  copy = *&copy;
  EXPECT_EQ(copy.get<int>("a"), 2);
  copy = std::move(moved);
  EXPECT_EQ(copy.get<int>("a"), 2);
  copy = SuperConfig();
  EXPECT_EQ(shown(copy), "{}");
}

TEST(Configurations, outlive_what_they_were_derived_from) {
  SuperConfig derived;
  {
    const auto base = SuperConfig().merge(layer("base", R"({"a":{"x":1},"b":[1,2]})"));
    (void)base.resolve();
    derived = base.with_value("a.y", 2);
  }
  EXPECT_EQ(shown(derived), R"({"a":{"x":1,"y":2},"b":[1,2]})");
  const auto value = derived.find_value("b");
  derived = SuperConfig();
  EXPECT_EQ(value->to_string(), "[1,2]") << "a value that was found lives on its own";
}

TEST(Configurations, of_which_many_derive_from_one_do_not_see_one_another) {
  const auto base = SuperConfig().with_defaults(tree_with(300));
  std::vector<SuperConfig> family;
  for (int i = 0; i < 100; ++i)
    family.push_back((i % 3 == 0       ? base
                      : family.empty() ? base
                                       : family.back())
                         .with_value("group0.key1", i)
                         .with_value("new" + std::to_string(i), i));
  for (int i = 99; i >= 0; --i) {
    EXPECT_EQ(family[static_cast<std::size_t>(i)].get<int>("group0.key1"), i);
    EXPECT_EQ(family[static_cast<std::size_t>(i)].keys().size(), 3U + static_cast<std::size_t>(i % 3) + 1U);
  }
  EXPECT_EQ(base.get<int>("group0.key1"), 1);
  EXPECT_EQ(base.keys().size(), 3U);
}

TEST(Configurations, derive_from_what_stays_and_take_over_what_ends) {
  const auto base = SuperConfig().with_value("a", 1);
  auto derived = base.with_value("b", 2);
  EXPECT_EQ(base.keys(), std::vector<std::string>{"a"});
  EXPECT_EQ(derived.keys(), (std::vector<std::string>{"a", "b"}));
  const auto copy = derived;
  const auto taken = std::move(derived).with_value("c", 3).merge(provide("d", [] { return Value::dict({{"d", 4}}); }));
  EXPECT_EQ(taken.keys(), (std::vector<std::string>{"a", "b", "c", "d"}));
  EXPECT_EQ(copy.keys(), (std::vector<std::string>{"a", "b"})) << "another holder goes on with what it has";
  auto itself = base;
  itself = std::move(itself).join(base).with_value("a", 5);
  EXPECT_EQ(itself.get<int>("a"), 5);
  EXPECT_EQ(base.get<int>("a"), 1);
}

// ---- costs ----

TEST(Costs, copying_allocates_nothing) {
  const auto base = SuperConfig().with_defaults(tree_with(1000));
  EXPECT_EQ(allocations_of([&] {
              const auto copy = base;  // NOLINT(performance-unnecessary-copy-initialization)
              auto moved = copy;
              moved = base;
            }).count,
            0U);
}

TEST(Costs, reading_a_resolved_configuration_allocates_nothing) {
  if (mode() == Mode::clone) GTEST_SKIP() << "a read in clone mode copies the profiles";
  const auto config =
      SuperConfig()
          .with_defaults(tree_with(1000))
          .with_value("servers", Value::array({Value::dict({{"port", 80}}), Value::dict({{"port", 81}})}))
          .with_value("text", "short")
          .with_value("\"a.b\"", 1.5)
          .with_value("yes", true);
  ASSERT_TRUE(config.resolve().ok());
  const Key key("group3.key7"), item("servers[1].port"), missing("group3.nothing");
  const Path path{"group3", "key7"};
  int sum = 0;
  const auto reads = allocations_of([&] {
    sum += config.get<int>("group3.key7") + config.get<int>(key) + config.get<int>(path);
    sum += config.get<int>("servers[1].port") + config.get<int>("servers.0.port") + config.get<int>(item);
    sum += config.get_or<int>("group3.nothing", 1) + config.get_or<int>("servers[7].port", 1) +
           config.get_or<int>("group3.key7", 1);
    sum += config.try_get<int>("group3.key7").value() + static_cast<int>(config.get<double>("\"a.b\""));
    sum += static_cast<int>(config.get<bool>("yes")) + static_cast<int>(config.get<std::string>("text").size());
    sum += static_cast<int>(config.has_key("group3.key7")) + static_cast<int>(config.contains("nothing"));
    sum += static_cast<int>(config.find_value("group3")->size());
  });
  EXPECT_EQ(reads.count, 0U);
  EXPECT_EQ(sum, 7 * 3 + 81 + 80 + 81 + 1 + 1 + 7 + 7 + 1 + 1 + 5 + 1 + 0 + 100);
}

TEST(Costs, deriving_and_reading_cost_the_same_whatever_the_size_below) {
  if (mode() == Mode::clone) GTEST_SKIP() << "what clone mode costs grows with what it copies";
  const auto cost = [](int size) {
    const auto base = SuperConfig().with_defaults(tree_with(size));
    EXPECT_TRUE(base.resolve().ok());
    return allocations_of([&] {
      const auto derived = base.with_value("group0.key5", 7);
      EXPECT_EQ(derived.get<int>("group0.key5"), 7);
    });
  };
  const auto small = cost(1000), large = cost(100'000);
  EXPECT_EQ(small.count, large.count);
  EXPECT_EQ(small.bytes, large.bytes);
}

TEST(Costs, deriving_takes_one_allocation_and_the_first_read_one_more_a_level) {
  if (mode() == Mode::clone) GTEST_SKIP() << "what clone mode costs grows with what it copies";
  const auto base = SuperConfig().with_defaults(tree_with(1000));
  ASSERT_TRUE(base.resolve().ok());
  const Key key("group0.key5");
  const auto derived = allocations_of([&] { (void)base.with_value("group0.key5", 7); });
  EXPECT_EQ(derived.count, 1U);
  const auto read = allocations_of([&] { EXPECT_EQ(base.with_value("group0.key5", 7).get<int>(key), 7); });
  EXPECT_LE(read.count, 1U + 2U);
  EXPECT_LE(read.bytes, 300U);
}

TEST(Costs, an_override_costs_the_same_whatever_the_size_below) {
  if (mode() == Mode::clone) GTEST_SKIP() << "what clone mode costs grows with what it copies";
  const auto cost = [](int size) {
    const auto base = SuperConfig().with_defaults(tree_with(size));
    EXPECT_TRUE(base.resolve().ok());
    return allocations_of([&] { EXPECT_EQ(base.with_override("group0.key5", 7).get<int>("group0.key5"), 7); });
  };
  EXPECT_EQ(cost(1000).count, cost(100'000).count);
  EXPECT_EQ(cost(1000).bytes, cost(100'000).bytes);
}

TEST(Costs, deriving_from_what_was_derived_does_not_grow) {
  if (mode() == Mode::clone) GTEST_SKIP() << "what clone mode costs grows with what it copies";
  auto config = SuperConfig().with_defaults(tree_with(10'000));
  std::size_t most = 0;
  for (int i = 0; i < 500; ++i) {
    const auto cost = allocations_of([&] {
      config = config.with_value("group" + std::to_string(i % 7) + ".key" + std::to_string(i % 11), i);
      EXPECT_TRUE(config.resolve().ok());
    });
    if (i > 0) most = std::max(most, cost.bytes);
  }
  EXPECT_LE(most, 30'000U) << "at times a dict of a hundred keys is made flat, never the whole";
}

// ---- long stacks ----

// In clone mode each layer costs a copy of all below it: what is long there is less.
const int long_stack = mode() == Mode::clone ? 800 : 100'000;

// Layers that make as many keys as `keys` says.
SuperConfig stack_of(int layers, int keys) {
  auto config = SuperConfig();
  for (int i = 0; i < layers; ++i) config = config.with_value("key" + std::to_string(i % keys), i);
  return config;
}

// Doubling the layers must double the cost, or less than that by a constant.
void expect_linear(const Allocations& half, const Allocations& whole) {
  EXPECT_LE(whole.count, half.count * 2 + 100);
  EXPECT_LE(static_cast<double>(whole.bytes), static_cast<double>(half.bytes) * 2.3 + 10'000)
      << "tables double in size";
}

TEST(LongStacks, resolve_in_linear_cost) {
  if (mode() == Mode::clone) GTEST_SKIP() << "clone mode composes each layer when it is added";
  for (const int keys : {1, 100, long_stack}) {
    const auto half = stack_of(long_stack / 2, keys), whole = stack_of(long_stack, keys);
    expect_linear(allocations_of([&] { EXPECT_TRUE(half.resolve().ok()); }),
                  allocations_of([&] { EXPECT_TRUE(whole.resolve().ok()); }));
    EXPECT_EQ(whole.get<int>("key0"), keys == long_stack ? 0 : long_stack - keys);
    EXPECT_EQ(whole.keys().size(), static_cast<std::size_t>(keys));
  }
}

TEST(LongStacks, resolve_in_linear_cost_though_every_link_is_held) {
  if (mode() == Mode::clone) GTEST_SKIP() << "clone mode composes each layer when it is added";
  const auto build = [](int layers) {
    std::vector<SuperConfig> links{SuperConfig()};
    for (int i = 0; i < layers; ++i) links.push_back(links.back().with_value("key" + std::to_string(i % 50), i));
    return links;
  };
  const auto half = build(long_stack / 2), whole = build(long_stack);
  expect_linear(allocations_of([&] { EXPECT_TRUE(half.back().resolve().ok()); }),
                allocations_of([&] { EXPECT_TRUE(whole.back().resolve().ok()); }));
  EXPECT_EQ(whole[60].get<int>("key9"), 59);
  EXPECT_EQ(whole.back().get<int>("key49"), long_stack - 1);
}

TEST(LongStacks, of_every_kind_of_layer_are_built_read_and_dropped) {
  auto config = SuperConfig();
  const auto provider = layer("shared", R"({"a":1,"xs_add":[]})");
  for (int i = 0; i < long_stack; ++i) {
    switch (i % 8) {
      case 0: config = config.merge(provider); break;
      case 1: config = config.select("p" + std::to_string(i % 3)); break;
      case 2: config = config.with_override("g", i); break;
      case 3: config = config.with_array_edits(i % 16 != 3); break;
      case 4: config = config.join(SuperConfig().with_value("c", i)); break;
      case 5: config = config.with_shape<int>(); break;
      case 6: config = config.with_set("s=" + std::to_string(i)); break;
      default: config = config.with_value("v", i); break;
    }
  }
  EXPECT_EQ(config.get<int>("v"), long_stack - 1);
  EXPECT_EQ(config.get<int>("c"), 4);
  EXPECT_EQ(config.layers().size(), static_cast<std::size_t>(long_stack) / 8 * 5);
  EXPECT_EQ(config.profile(), "p" + std::to_string((long_stack - 7) % 3));
}

TEST(LongStacks, unread_are_dropped) {
  {
    const auto config = stack_of(long_stack, 1);
  }
  SUCCEED();
}

TEST(LongStacks, tell_origins) {
  const auto config = stack_of(long_stack, 100);
  EXPECT_EQ(config.find_metadata("key7")->layer,
            std::vector<std::uint32_t>{static_cast<std::uint32_t>(long_stack) - 100 + 7});
  EXPECT_EQ(config.explain("key7").contributions.size(), static_cast<std::size_t>(long_stack) / 100);
}

TEST(LongStacks, that_fail_everywhere_tell_every_failure) {
  auto config = SuperConfig();
  const auto count = static_cast<std::uint32_t>(long_stack / 5);
  for (std::uint32_t i = 0; i < count; ++i) config = config.with_value("a..b", i);
  const auto errors = config.try_value().error();
  EXPECT_EQ(errors.size(), count);
  EXPECT_EQ(errors[count - 1].origin.layer, std::vector<std::uint32_t>{count - 1});
}

}  // namespace
}  // namespace superconfig::testing
