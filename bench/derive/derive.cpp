#include "derive/derive.hpp"

#include "workloads.hpp"

namespace bench {

namespace {

constexpr double derive_ns = 500;
constexpr double same = 1.25;

struct Measure {
  std::string what;
  std::size_t levels;
  Task (*task)(const superconfig::SuperConfig&, const Picks&);
  bool gated = false;
  std::size_t at[3] = {};
};

}  // namespace

Workload derive(const Files& files) {
  std::vector<Measure> measures{{"with_value and get<int>, 2 levels", 2, derive_value, true},
                                {"with_value and get<int>, 3 levels", 3, derive_value},
                                {"with_override and get<int>, 2 levels", 2, derive_override},
                                {"a chain of 64, each read, 2 levels", 2, derive_chain}};
  std::vector<Task> tasks;
  for (const auto size : sizes) {
    const auto config = files.stack(size);
    for (auto& measure : measures) {
      auto task = measure.task(config, pick(files.text(size), measure.levels));
      constexpr std::uint64_t n = 1000;
      check_equal(task.run(n), n * (n - 1) / 2, task.name);
      measure.at[static_cast<std::size_t>(size)] = tasks.size();
      tasks.push_back(std::move(task));
    }
  }
  tasks.push_back(allocate_and_free());

  const auto finish = [measures, heap = tasks.back().name](const std::vector<double>& times, Report& report) {
    for (const auto& measure : measures) {
      for (const auto size : sizes) {
        Row row{
            .size = name_of(size), .what = measure.what, .figure = times[measure.at[static_cast<std::size_t>(size)]]};
        row.control = {heap, times.back()};
        if (measure.gated) row.at_most = derive_ns;
        report.add(row);
        if (size != Size::large || !measure.gated) continue;
        row.at_most = {};
        row.at_most_controls = same;
        row.control = {"small", times[measure.at[0]]};
        report.add(row);
      }
    }
  };
  return {.tasks = std::move(tasks), .finish = finish};
}

}  // namespace bench
