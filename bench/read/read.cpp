#include "read/read.hpp"

#include "workloads.hpp"

namespace bench {

namespace {

constexpr double path_ns = 25;
constexpr double key_level_ns = 3;
constexpr double same = 1.25;  // what still counts as the same at every size

struct Measure {
  std::size_t levels;
  bool by_key;
  std::size_t at[3] = {};  // the tasks, by size
};

}  // namespace

void read(const Files& files, Report& report) {
  std::vector<Task> tasks;
  std::vector<Measure> measures{{2, false}, {3, false}, {2, true}, {3, true}};
  std::size_t map_at[3];
  double allocated = 0;
  for (const auto size : sizes) {
    const auto which = static_cast<std::size_t>(size);
    const auto config = files.stack(size);
    for (auto& measure : measures) {
      const auto picks = pick(files.text(size), measure.levels);
      auto task = measure.by_key ? read_by_key(config, picks) : read_by_path(config, picks);
      check_equal(task.run(Picks::order_size), picks.sum(Picks::order_size), task.name);
      const auto before = allocations();
      task.run(Picks::order_size);
      allocated += static_cast<double>(allocations() - before);
      measure.at[which] = tasks.size();
      tasks.push_back(std::move(task));
    }
    const auto picks = pick(files.text(size), 2);
    map_at[which] = tasks.size();
    tasks.push_back(read_unordered_map(files.text(size), picks));
    check_equal(tasks.back().run(Picks::order_size), picks.sum(Picks::order_size), tasks.back().name);
  }
  const auto small = files.stack(Size::small);
  const auto more = tasks.size();
  tasks.push_back(read_string_by_path(small, "log.file"));
  check_equal(tasks.back().run(1), 19, tasks.back().name);
  tasks.push_back(read_missing(small));
  check_equal(tasks.back().run(1), 1, tasks.back().name);
  // A value that a variable gave is text; its characters are read as a number at each read.
  tasks.push_back(read_by_path(small, {{{"server.port", 2, 9090}}, {}}));
  check_equal(tasks.back().run(1), 9090, "a variable");
  const auto call_at = tasks.size();
  tasks.push_back(read_empty_call(pick(files.text(Size::small), 2)));

  const auto times = best_times(tasks);
  for (const auto& measure : measures) {
    const auto levels = std::to_string(measure.levels) + " levels";
    const auto what = (measure.by_key ? "get<int>(Key), 64 keys, " : "get<int>(path), ") + levels;
    for (const auto size : sizes) {
      const auto which = static_cast<std::size_t>(size);
      Row row{.size = name_of(size), .what = what, .figure = times[measure.at[which]]};
      if (measure.by_key) {
        row.control = {tasks[call_at].name, times[call_at]};
        row.at_most = key_level_ns * static_cast<double>(measure.levels);
      } else {
        row.control = {tasks[map_at[which]].name, times[map_at[which]]};
        if (measure.levels == 2) row.at_most = path_ns;
      }
      report.add(row);
      if (size != Size::large || !row.at_most) continue;
      row.at_most = {};
      row.at_most_controls = same;
      row.control = {"small", times[measure.at[0]]};
      report.add(row);
    }
  }
  report.add({.size = "small", .what = "get<std::string>(path), 19 characters", .figure = times[more]});
  report.add({.size = "small", .what = tasks[more + 1].name, .figure = times[more + 1]});
  report.add({.size = "small", .what = "get<int>(path) of a variable", .figure = times[more + 2]});
  report.add({.size = "all", .what = "allocations", .figure = allocated, .unit = Unit::calls, .at_most = 0});
}

}  // namespace bench
