#include "stack/stack.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "workloads.hpp"

namespace bench {

namespace {

// Both are too many for the caches nearest to the processor, which would make fewer layers look cheaper. A quadratic
// cost would be four times as much a layer.
constexpr std::size_t many = 100'000, more = 400'000;
constexpr double linear = 2.5;

struct Measure {
  std::string name;
  Layers layers;
  StackTimes at_many, at_more;
};

// The best of each step by itself: what a machine does with pages given back differs from run to run.
void run_again(Layers layers, std::size_t n, StackTimes& best) {
  const auto times = run_stack(layers, n);
  for (const auto step :
       {&StackTimes::add, &StackTimes::resolve, &StackTimes::destroy, &StackTimes::destroy_unresolved})
    if (best.*step == 0 || times.*step < best.*step) best.*step = times.*step;
}

}  // namespace

Workload stack(const Files&) {
  const auto measures = std::make_shared<std::vector<Measure>>();
  measures->push_back({"one key", Layers::one_key, {}, {}});
  measures->push_back({"a key each", Layers::many_keys, {}, {}});
  measures->push_back({"an item each", Layers::appended, {}, {}});
  measures->push_back({"one key, all held", Layers::all_held, {}, {}});
  const auto block = [measures] {
    for (auto& measure : *measures) {
      run_again(measure.layers, many, measure.at_many);
      run_again(measure.layers, more, measure.at_more);
    }
  };
  const auto finish = [measures](const std::vector<double>&, Report& report) {
    for (const auto& measure : *measures) {
      const auto row = [&](const std::string& what, double StackTimes::* step) {
        report.add({.what = measure.name + ": " + what,
                    .figure = measure.at_more.*step,
                    .control = Control{"one of 100,000", measure.at_many.*step},
                    .at_most_controls = linear});
      };
      row("adding one of 400,000", &StackTimes::add);
      row("resolving one of 400,000", &StackTimes::resolve);
      row("destroying one of 400,000", &StackTimes::destroy);
      row("destroying one of 400,000, unresolved", &StackTimes::destroy_unresolved);
    }
  };
  return {.block = block, .finish = finish};
}

}  // namespace bench
