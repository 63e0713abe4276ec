// The second load of a file that has not changed finds it parsed. The cache keeps no file that was changed less than
// `racy_window` before it was read, so the files are left to age first.
#include "reload/reload.hpp"

#include <algorithm>
#include <memory>
#include <superconfig/file_cache.hpp>

#include "workloads.hpp"

namespace bench {

namespace {

constexpr double of_the_first = 0.25;

}  // namespace

Workload reload(const Files& files) {
  const auto reloads = std::make_shared<std::vector<Reload>>();
  const auto toml = files.toml(Size::small), json = files.json(Size::small);
  reloads->push_back({.size = "small", .name = "TOML and JSON", .files = {toml, json}});
  for (const auto size : {Size::medium, Size::large}) {
    reloads->push_back({.size = name_of(size), .name = "TOML", .files = {files.toml(size)}});
    reloads->push_back({.size = name_of(size), .name = "JSON", .files = {files.json(size)}});
  }
  // What a load costs besides its files is the same both times.
  reloads->push_back({.size = "small", .name = "JSON of five lines alone", .files = {json}, .gated = false});
  reloads->push_back({.size = "small",
                      .name = "TOML, JSON, 5 variables to a struct",
                      .files = {toml, json},
                      .typed = true,
                      .gated = false});
  age_files();
  const auto block = [reloads] {
    for (auto& reload : *reloads) {
      const auto times = run_reload(reload);
      auto& best = reload.best;
      best.first = best.first == 0 ? times.first : std::min(best.first, times.first);
      best.again = best.again == 0 ? times.again : std::min(best.again, times.again);
    }
  };
  const auto finish = [reloads](const std::vector<double>&, Report& report) {
    const auto aged = ", aged " + std::to_string(superconfig::racy_window.count()) + " s";
    for (const auto& reload : *reloads) {
      Row row{.size = reload.size, .what = reload.name + aged + ": again", .figure = reload.best.again};
      row.control = {"the first time", reload.best.first};
      if (reload.gated) row.at_most_controls = of_the_first;
      report.add(row);
    }
  };
  return {.block = block, .finish = finish};
}

}  // namespace bench
