#include <string>
#include <superconfig/superconfig.hpp>
#include <utility>
#include <vector>

#include "harness.hpp"
#include "stack/stack.hpp"

namespace bench {

using superconfig::Defaults;
using superconfig::SuperConfig;
using superconfig::Value;

namespace {

class Stopwatch {
 public:
  double lap() {
    const auto then = std::exchange(then_, cpu_ns());
    return then_ - then;
  }

 private:
  double then_ = cpu_ns();
};

SuperConfig build(Layers layers, std::size_t n, std::vector<SuperConfig>& held) {
  const auto one_item = std::make_shared<Defaults>(Value::dict({{"a", Value::array({1})}}));
  auto config = SuperConfig().merge(Defaults(Value::dict({{"a", Value::array()}, {"b", 0}})));
  for (std::size_t i = 0; i < n; ++i) {
    switch (layers) {
      case Layers::all_held: held.push_back(config); [[fallthrough]];
      case Layers::one_key: config = config.with_value("b", i); break;
      case Layers::many_keys: config = config.with_value("keys.key_" + std::to_string(i), i); break;
      case Layers::appended: config = config.admerge(superconfig::ProviderPtr(one_item)); break;
    }
  }
  return config;
}

void check(const SuperConfig& config, Layers layers, std::size_t n) {
  switch (layers) {
    case Layers::all_held:
    case Layers::one_key: return check_equal(config.get<std::size_t>("b"), n - 1, "the last layer");
    case Layers::many_keys: return check_equal(config.keys("keys").size(), n, "the keys of all layers");
    case Layers::appended: return check_equal(config.find_value("a")->size(), n, "the items of all layers");
  }
}

}  // namespace

StackTimes run_stack(Layers layers, std::size_t n) {
  const auto each = 1 / static_cast<double>(n);
  std::vector<SuperConfig> held;
  held.reserve(layers == Layers::all_held ? n : 0);
  StackTimes times;
  Stopwatch watch;
  auto config = build(layers, n, held);
  times.add = watch.lap() * each;
  config = {};
  held.clear();
  tidy_heap();  // in its time
  times.destroy_unresolved = watch.lap() * each;
  config = build(layers, n, held);
  watch.lap();
  config.resolve().value_or_throw();
  times.resolve = watch.lap() * each;
  check(config, layers, n);
  watch.lap();
  config = {};
  held.clear();
  tidy_heap();
  times.destroy = watch.lap() * each;
  return times;
}

}  // namespace bench
