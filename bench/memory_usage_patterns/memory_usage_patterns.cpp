// What many derived configurations take, at most at once, each read once: in handle mode, and in clone mode.

#include "clone_vs_handle/clone_vs_handle.hpp"
#include "data/picks.hpp"
#include "workloads.hpp"

namespace bench {

using superconfig::ConfigHandle;
using superconfig::Mode;

namespace {

constexpr double of_clone = 0.1;

// The most bytes that the allocator had handed out at once, over what the base had taken.
double peak_bytes(const Files& files, Size size, Mode mode, std::size_t n) {
  const InMode in_mode(mode);
  const auto base = files.stack(size).into_handle();
  const auto picks = pick(files.text(size), 2);
  std::vector<ConfigHandle> kept;
  const PeakCount count;
  kept.reserve(n);
  for (std::size_t i = 0; i < n; ++i) {
    kept.push_back(base.with_value_ref(picks[i].path, static_cast<int>(i)));
    check_equal(static_cast<std::uint64_t>(kept.back().get<int>(picks[i].path)), i, "derived");
  }
  const auto peak = count.peak();
  for (std::size_t i = 0; i < n; ++i)  // none changed another
    check_equal(static_cast<std::uint64_t>(kept[i].get<int>(picks[i].path)), i, "derived, at the end");
  return peak;
}

}  // namespace

Workload memory_usage_patterns(const Files& files) {
  std::vector<Row> rows;
  for (const auto size : {Size::small, Size::medium}) {
    const std::size_t n = size == Size::small ? 10'000 : 1'000;
    const auto handle = peak_bytes(files, size, Mode::handle, n);
    const auto clone = peak_bytes(files, size, Mode::clone, n);
    rows.push_back({.size = name_of(size),
                    .what = "peak of " + std::to_string(n) + " derived, each read once",
                    .figure = handle,
                    .unit = Unit::bytes,
                    .control = Control{"clone mode", clone},
                    .at_most_controls = of_clone,
                    .gate = true});
  }
  return {.finish = [rows](const std::vector<double>&, Report& report) {
    for (const auto& row : rows) report.add(row);
  }};
}

}  // namespace bench
