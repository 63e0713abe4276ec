// Random stacks of every kind of layer. However a stack is read (at once, link by link, through copies, as a layer of
// another, from many sides), it must read as the same, and what was read once must never change.
#include <random>
#include <string>
#include <vector>

#include "config/building.hpp"
#include "value/nodes.hpp"

namespace superconfig::testing {
namespace {

class Stacks {
 public:
  /// `switches`: array edits are switched off at times.
  explicit Stacks(unsigned seed, bool switches = true) : random_(seed), switches_(switches) {}

  std::size_t below(std::size_t n) { return random_() % n; }
  bool one_in(std::size_t n) { return below(n) == 0; }

  /// The configuration with one more layer.
  SuperConfig grow(const SuperConfig& config, int depth = 0) {
    switch (below(depth == 0 ? 14 : 11)) {
      case 0:
      case 1:
      case 2: return config.add(order(), layer("layer " + std::to_string(++count_), dict(3).to_string()));
      case 3:
      case 4: return config.add(order(), Defaults(dict(2)).profile(profile()));
      case 5: return config.with_value(path(), value(2));
      case 6: return config.with_override(path(), value(2));
      case 7: return config.with_set(path() + "=" + text());
      case 8: return config.with_env("APP_", {{"APP_" + variable(), text()}, {"APP_" + variable(), text()}});
      case 9: return config.add(order(), Pair(key() + "." + key(), value(1)));
      case 10: return config.select(profile());
      case 11: {
        auto inner = SuperConfig();
        for (std::size_t i = 0; i < 3; ++i) inner = grow(inner, depth + 1);
        return config.add(order(), inner);
      }
      case 12: return one_in(6) ? config.focus(key()) : config.with_array_edits(!(one_in(3) && switches_));
      default: return config.merge(Empty(Defaults(dict(2))));
    }
  }

 private:
  Order order() {
    constexpr Order orders[] = {Order::merge, Order::merge, Order::join, Order::admerge, Order::adjoin};
    return orders[below(5)];
  }
  std::string profile() {
    const char* const names[] = {"default", "dev", "global", "Dev", "prod"};
    return names[below(5)];
  }
  std::string key() {
    const char* const names[] = {"a", "b", "c", "xs", "ys"};
    return names[below(5)];
  }
  std::string entry_name() {
    const char* const suffixes[] = {"", "", "", "", "", "_add", "_remove", "!unset", "!replace"};
    return key() + suffixes[below(9)];
  }
  std::string variable() {
    std::string name;
    for (const char c :
         key() + (one_in(2) ? "_" : "__") + (one_in(3) ? std::to_string(below(3)) : key()) + (one_in(4) ? "_ADD" : ""))
      name += static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    return name;
  }
  std::string path() {
    auto text = key();
    for (std::size_t i = below(3); i > 0; --i)
      text += "." + (one_in(3) ? std::to_string(below(3)) : i == 1 ? entry_name() : key());
    return text;
  }
  std::string text() { return one_in(3) ? value(1).to_string() : std::to_string(below(4)); }
  Value scalar() {
    switch (below(6)) {
      case 0: return {};
      case 1: return one_in(2);
      case 2: return 0.5 * static_cast<double>(below(4));
      case 3: return "text";
      default: return below(4);
    }
  }
  Value value(int levels) {
    if (levels == 0 || one_in(3)) return scalar();
    return one_in(2) ? dict(levels - 1) : array(levels - 1);
  }
  Value array(int levels) {
    auto made = Value::array();
    for (std::size_t i = below(4); i > 0; --i) made.push_back(one_in(2) ? scalar() : value(levels));
    return made;
  }
  Value dict(int levels) {
    auto made = Value::dict({});
    for (std::size_t i = below(5); i > 0; --i) {
      const auto name = entry_name();
      const bool edit = name.ends_with("_add") || name.ends_with("_remove");
      made.set(name, edit && !one_in(6)                                 ? array(levels)
                     : name.ends_with("!unset")                         ? Value(true)
                     : name.starts_with("xs") || name.starts_with("ys") ? array(levels)
                                                                        : value(levels));
    }
    return made;
  }

  std::mt19937 random_;
  bool switches_;
  int count_ = 0;
};

// A stack of the same layers that shares nothing that was read.
SuperConfig grown(unsigned seed, std::size_t layers, bool switches = true) {
  Stacks stacks(seed, switches);
  auto config = SuperConfig();
  for (std::size_t i = 0; i < layers; ++i) config = stacks.grow(config);
  return config;
}

void list_paths(const Value& value, std::vector<std::string>& at, std::vector<std::string>& paths) {
  for (const auto& entry : value.entries()) {
    at.emplace_back(entry.name.view());
    paths.push_back(path_text(at));
    list_paths(entry.value, at, paths);
    at.pop_back();
  }
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    at.push_back(std::to_string(i));
    paths.push_back(path_text(at));
    list_paths(value.items()[i].value, at, paths);
    at.pop_back();
  }
}

constexpr unsigned seeds = 400;
constexpr std::size_t layers = 12;

TEST(RandomStacks, read_as_the_same_at_once_and_link_by_link) {
  for (unsigned seed = 0; seed < seeds; ++seed) {
    SCOPED_TRACE(seed);
    const auto cold = shown(grown(seed, layers));
    // Every link held and read on the way.
    Stacks stacks(seed);
    std::vector<SuperConfig> links{SuperConfig()};
    std::vector<std::string> first;
    for (std::size_t i = 0; i < layers; ++i) {
      links.push_back(stacks.grow(links.back()));
      first.push_back(shown(links.back()) + warnings(links.back()));
    }
    EXPECT_EQ(shown(links.back()), cold);
    // Held, and read from the top.
    Stacks again(seed);
    std::vector<SuperConfig> held{SuperConfig()};
    for (std::size_t i = 0; i < layers; ++i) held.push_back(again.grow(held.back()));
    EXPECT_EQ(shown(held.back()), cold);
    for (std::size_t i = 0; i < layers; ++i) {
      EXPECT_EQ(shown(held[i + 1]) + warnings(held[i + 1]), first[i]) << "link " << i << " read after the top";
      EXPECT_EQ(shown(links[i + 1]) + warnings(links[i + 1]), first[i]) << "link " << i << " changed";
    }
  }
}

TEST(RandomStacks, of_which_many_derive_leave_what_they_share_as_it_was) {
  for (unsigned seed = 0; seed < seeds / 4; ++seed) {
    SCOPED_TRACE(seed);
    const auto base = grown(seed, layers / 2);
    const auto before = shown(base);
    std::vector<SuperConfig> family;
    std::vector<std::string> first;
    for (unsigned child = 0; child < 12; ++child) {
      Stacks stacks(seed * 1000 + child);
      family.push_back(stacks.grow(stacks.one_in(2) || family.empty() ? base : family[stacks.below(family.size())]));
      first.push_back(shown(family.back()));
    }
    EXPECT_EQ(shown(base), before);
    for (std::size_t i = 0; i < family.size(); ++i) EXPECT_EQ(shown(family[i]), first[i]);
  }
}

// A key that an edit or a marker left behind.
std::string leftover(const Value& value) {
  for (const auto& entry : value.entries()) {
    const auto helper = detail::helper_of(entry.name, entry.value);
    if (helper.kind != detail::HelperKind::none && !entry.value.is_text()) return std::string(entry.name.view());
    if (auto inner = leftover(entry.value); !inner.empty()) return inner;
  }
  for (const auto& item : value.items())
    if (auto inner = leftover(item.value); !inner.empty()) return inner;
  return {};
}

TEST(RandomStacks, show_no_key_of_an_edit_or_a_marker) {
  for (unsigned seed = 0; seed < seeds; ++seed) {
    const auto view = grown(seed, layers, false).try_value();
    if (view) {
      EXPECT_EQ(leftover(*view), "") << seed << ": " << view->to_string();
    }
  }
}

void check_as_layer(const SuperConfig& config, bool as_provider) {
  const auto expected = shown(config);
  if (!config.resolve()) return;  // a failing layer is told by its place, which is another there
  for (const auto order : {Order::merge, Order::admerge}) {
    EXPECT_EQ(shown(SuperConfig().add(order, config)), expected);
    EXPECT_EQ(shown(SuperConfig().add(order, SuperConfig().add(order, config))), expected);
  }
  for (const auto order : {Order::join, Order::adjoin})
    EXPECT_EQ(shown(SuperConfig().add(order, config).select(config.profile())), expected);
  if (as_provider) {
    EXPECT_EQ(SuperConfig().merge(config.as_provider()).select(config.profile()).value(), config.value());
  }
}

TEST(RandomStacks, read_as_the_same_as_a_layer_of_another) {
  for (unsigned seed = 0; seed < seeds; ++seed) {
    SCOPED_TRACE(seed);
    check_as_layer(grown(seed, layers, false), true);
  }
}

TEST(RandomStacks, whose_edits_are_switched_off_read_as_the_same_as_a_layer_of_another) {
  for (unsigned seed = 0; seed < seeds; ++seed) {
    SCOPED_TRACE(seed);
    check_as_layer(grown(seed, layers), false);
  }
}

TEST(RandomStacks, are_explained_as_they_are_read) {
  for (unsigned seed = 0; seed < 5 * seeds; ++seed) {
    SCOPED_TRACE(seed);
    const auto config = grown(seed, layers);
    const auto view = config.try_value();
    if (!view) continue;
    const auto count = config.layers().size();
    std::vector<std::string> at, paths;
    list_paths(*view, at, paths);
    for (const auto& path : paths) {
      SCOPED_TRACE(path);
      const auto explanation = config.explain(path);
      ASSERT_TRUE(explanation.value);
      EXPECT_EQ(*explanation.value, *config.find_value(path));
      const auto origin = config.find_metadata(path);
      ASSERT_TRUE(origin);
      ASSERT_FALSE(origin->layer.empty());
      EXPECT_LT(origin->layer[0], count);
      EXPECT_EQ(origin->layer, explanation.origin.layer);
      EXPECT_EQ(origin->to_string(), explanation.origin.to_string());
      EXPECT_EQ(explanation.items.size(), explanation.value->items().size());
      // Of an array that was made empty by an `x_remove` no other layer need have spoken.
      bool there = false;
      const bool is_leaf = explanation.value->size() == 0;
      for (const auto& c : explanation.contributions)
        there = there || (c.layer == origin->layer[0] && (!is_leaf || c.wins || c.what == "remove"));
      EXPECT_TRUE(there) << "the layer it comes from is among those that spoke of it: " << explanation.to_string();
    }
  }
}

TEST(RandomStacks, give_errors_with_the_layer_to_blame) {
  unsigned failing = 0;
  for (unsigned seed = 0; seed < seeds; ++seed) {
    SCOPED_TRACE(seed);
    const auto config = grown(seed, layers);
    const auto result = config.resolve();
    if (result) continue;
    ++failing;
    for (const auto& error : result.error()) {
      ASSERT_FALSE(error.origin.layer.empty()) << error.to_string();
      EXPECT_LT(error.origin.layer[0], config.layers().size());
      EXPECT_TRUE(error.origin.known()) << error.to_string();
    }
  }
  EXPECT_GT(failing, seeds / 20) << "the generator makes conflicts";
  EXPECT_LT(failing, seeds * 3 / 4) << "but not only these";
}

}  // namespace
}  // namespace superconfig::testing
