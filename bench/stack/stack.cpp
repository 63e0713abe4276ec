#include "stack/stack.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "workloads.hpp"

namespace bench {

namespace {

// Both are too many for the caches nearest to the processor, which would make fewer layers look cheaper. A quadratic
// cost would be four times as much a layer.
constexpr std::size_t many = 100'000, more = 400'000;
constexpr double linear = 2;

// The best of each step by itself: what a machine does with pages given back differs from run to run.
StackTimes best_of(Layers layers, std::size_t n, int rounds) {
  auto best = run_stack(layers, n);
  for (int round = 1; round < rounds; ++round) {
    const auto times = run_stack(layers, n);
    for (const auto step :
         {&StackTimes::add, &StackTimes::resolve, &StackTimes::destroy, &StackTimes::destroy_unresolved})
      best.*step = std::min(best.*step, times.*step);
  }
  return best;
}

}  // namespace

void stack(const Files&, Report& report) {
  struct Measure {
    std::string name;
    Layers layers;
  };
  const std::vector<Measure> measures{{"one key", Layers::one_key},
                                      {"a key each", Layers::many_keys},
                                      {"an item each", Layers::appended},
                                      {"one key, all held", Layers::all_held}};
  for (const auto& [name, layers] : measures) {
    const auto at_many = best_of(layers, many, 7);
    const auto at_more = best_of(layers, more, 3);
    const auto row = [&, &name = name](const std::string& what, double StackTimes::* step) {
      report.add({.what = name + ": " + what,
                  .figure = at_more.*step,
                  .control = Control{"one of 100,000", at_many.*step},
                  .at_most_controls = linear});
    };
    row("adding one of 400,000", &StackTimes::add);
    row("resolving one of 400,000", &StackTimes::resolve);
    row("destroying one of 400,000", &StackTimes::destroy);
    row("destroying one of 400,000, unresolved", &StackTimes::destroy_unresolved);
  }
}

}  // namespace bench
