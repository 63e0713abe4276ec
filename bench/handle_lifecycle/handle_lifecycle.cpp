// The life of a handle: what one costs and takes, and that nothing is left of many.

#include <superconfig/superconfig.hpp>
#include <vector>

#include "clone_vs_handle/clone_vs_handle.hpp"
#include "data/picks.hpp"
#include "workloads.hpp"

namespace bench {

using superconfig::ConfigHandle;
using superconfig::ConfigRegistry;
using superconfig::Key;
using superconfig::Mode;
using superconfig::SuperConfig;

namespace {

constexpr double read_by_key_ns = 15;
constexpr double live_ns = 2;
constexpr double create_and_destroy_ns = 100;
constexpr double derive_ns = 250;
constexpr double handle_bytes = 400;
constexpr double life_of_clone = 0.5;
const char* const path = "server.timeout_ms";

// ---- what is left of many ----

struct Growth {
  double table, heap;
};

// After a start that fills what is filled once.
template <class Cycle>
Growth growth_of(std::size_t cycles, const Cycle& cycle) {
  auto& registry = ConfigRegistry::process();
  for (std::size_t i = 0; i < 10'000; ++i) cycle(i);
  const auto table = registry.stats().bytes;
  const auto heap = heap_bytes();
  for (std::size_t i = 0; i < cycles; ++i) cycle(i);
  return {static_cast<double>(registry.stats().bytes - table),
          static_cast<double>(heap_bytes()) - static_cast<double>(heap)};
}

std::vector<Row> growth_rows(const Files& files) {
  struct Case {
    std::string what;
    Growth growth;
  };
  constexpr std::size_t most = 10'000'000, some = 1'000'000, few = 10'000;
  const auto base = files.stack(Size::small).into_handle();
  const auto life = [&base](std::size_t i) {
    auto derived = base.with_value_ref(path, static_cast<int>(i));
    check_equal(static_cast<std::uint64_t>(derived.get<int>(path)), i, "derived");
    derived.update([](SuperConfig& config) { config = config.with_value("log.level", "debug"); });
  };
  std::vector<Case> cases;
  cases.push_back({"10,000,000 created and destroyed",
                   growth_of(most, [](std::size_t) { const auto handle = SuperConfig::new_handled(); })});
  cases.push_back({"1,000,000 derived, read, updated and destroyed", growth_of(some, life)});
  {
    const InMode in_mode(Mode::clone);
    cases.push_back({"10,000 of them in clone mode", growth_of(few, life)});
  }
  std::vector<Row> rows;
  for (const auto& [what, growth] : cases) {
    rows.push_back({.what = what + ": growth of the table",
                    .figure = growth.table,
                    .unit = Unit::bytes,
                    .at_most = 0,
                    .gate = true});
    rows.push_back({.what = what + ": growth of the heap",
                    .figure = growth.heap,
                    .unit = Unit::bytes,
                    .at_most = 0,
                    .gate = true});
  }
  return rows;
}

// ---- what one takes ----

// In a registry of its own, whose table counts too. As many as fill the chunks of the table: with one more it would
// double, which is an eighth of the figure or so for many, and all of it for few.
Row bytes_row(const Files& files) {
  constexpr std::size_t n = 64 * 255;
  const auto config = files.stack(Size::small);
  const auto picks = pick(files.text(Size::small), 2);
  std::vector<ConfigHandle> kept;
  kept.reserve(n);
  const auto before = heap_bytes();
  ConfigRegistry registry;
  for (std::size_t i = 0; i < n; ++i) {
    kept.emplace_back(registry, config.with_value(picks[i].path, static_cast<int>(i)));
    check_equal(static_cast<std::uint64_t>(kept.back().get<int>(picks[i].path)), i, "derived");
  }
  const auto bytes = static_cast<double>(heap_bytes() - before) / static_cast<double>(n);
  return {.size = "small",
          .what = "one derived, read handle, its slot included",
          .figure = bytes,
          .unit = Unit::bytes,
          .at_most = handle_bytes,
          .gate = true};
}

// ---- what one costs ----

Task create_and_destroy() {
  return {"create and destroy", [](std::size_t n) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i) {
              const auto handle = SuperConfig::new_handled();
              sum += handle.id() ? 1U : 0U;
            }
            return sum;
          }};
}

Task share_and_back() {
  return {"share() and into_handle() back", [](std::size_t n) {
            std::uint64_t sum = 0;
            auto handle = SuperConfig::new_handled();
            for (std::size_t i = 0; i < n; ++i) {
              auto shared = std::move(handle).share();
              sum += shared.use_count();
              handle = *std::move(shared).into_handle();
            }
            return sum;
          }};
}

Task derive(const std::shared_ptr<const ConfigHandle>& base) {
  auto kept = std::make_shared<std::vector<ConfigHandle>>();
  const auto before = [kept](std::size_t n) {
    kept->clear();
    kept->reserve(n);
  };
  const auto run = [base, kept](std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) kept->push_back(base->with_value_ref(path, static_cast<int>(i)));
    return kept->size();
  };
  return {.name = "with_value_ref", .run = run, .before = before};
}

Task read_by_key(const std::shared_ptr<const ConfigHandle>& base) {
  return {"pin and read: get<int>(Key)", [base, key = Key(path)](std::size_t n) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i) sum += static_cast<std::uint64_t>(base->get<int>(key));
            return sum;
          }};
}

Task read_live(const std::shared_ptr<const ConfigHandle>& base) {
  return {"Live<int>", [base, live = base->live<int>(path)](std::size_t n) mutable {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i) sum += static_cast<std::uint64_t>(*live);
            return sum;
          }};
}

// All that happens to a handle, from making it to dropping it.
Task life(Mode mode, const Files& files) {
  const InMode in_mode(mode);
  const auto config = std::make_shared<const SuperConfig>(files.stack(Size::small));
  return {"create, derive, read, update, read, drop", [mode, config](std::size_t n) {
            const InMode in_that_mode(mode);
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i) {
              const auto handle = config->into_handle();
              auto derived = handle.with_value_ref(path, static_cast<int>(i));
              sum += static_cast<std::uint64_t>(derived.get<int>(path));
              derived.update([](SuperConfig& c) { c = c.with_value("log.level", "error"); });
              sum += derived.get<std::string>("log.level").size() + derived.version();
            }
            return sum;
          }};
}

}  // namespace

Workload handle_lifecycle(const Files& files) {
  const auto base = std::make_shared<const ConfigHandle>(files.stack(Size::small).into_handle());
  auto rows = growth_rows(files);
  rows.push_back(bytes_row(files));
  Workload workload;
  workload.tasks = {read_by_key(base), read_live(base),           create_and_destroy(),    derive(base),
                    share_and_back(),  life(Mode::handle, files), life(Mode::clone, files)};
  check_equal(workload.tasks[0].run(10), 25'000, workload.tasks[0].name);
  check_equal(workload.tasks[1].run(10), 25'000, workload.tasks[1].name);
  check_equal(workload.tasks[5].run(10), workload.tasks[6].run(10), workload.tasks[5].name);
  workload.finish = [rows, names = names_of(workload.tasks)](const std::vector<double>& times, Report& report) {
    const std::optional<double> aims[] = {read_by_key_ns, live_ns, create_and_destroy_ns, derive_ns, {}};
    for (std::size_t i = 0; i < std::size(aims); ++i) {
      Row row;
      row.size = "small";
      row.what = names[i];
      row.figure = times[i];
      row.at_most = aims[i];
      report.add(row);
    }
    report.add({.size = "small",
                .what = names[5],
                .figure = times[5],
                .control = Control{"clone mode", times[6]},
                .at_most_controls = life_of_clone,
                .gate = true});
    for (const auto& row : rows) report.add(row);
  };
  return workload;
}

}  // namespace bench
