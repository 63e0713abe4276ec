#include "read/read.hpp"

#include <optional>

#include "workloads.hpp"

namespace bench {

namespace {

constexpr double path_ns = 25;
constexpr double key_level_ns = 3;
constexpr double same = 1.25;  // what still counts as the same at every size

enum class Order { one, random };

struct Measure {
  std::string what;
  std::size_t levels;
  Order order;
  bool by_key;
  bool derived;  // read through one more layer, which sets another key
  std::optional<double> at_most;
  std::size_t at[3] = {}, control_at[3] = {};  // the tasks, by size
};

Picks picks_of(const Text& text, const Measure& measure) {
  auto picks = pick(text, measure.levels);
  if (measure.order == Order::one) picks.order.fill(0);
  return picks;
}

void check_numbers(const Task& task, const Picks& picks) {
  check_equal(task.run(Picks::order_size), picks.sum(Picks::order_size), task.name);
}

}  // namespace

Workload read(const Files& files) {
  std::vector<Measure> measures{
      {"get<int>(path), 2 levels, again and again", 2, Order::one, false, false, path_ns},
      {"get<int>(path), 2 levels, 64 in random order", 2, Order::random, false, false, {}},
      {"get<int>(path), 3 levels, 64 in random order", 3, Order::random, false, false, {}},
      {"get<int>(Key), 2 levels, 64 in random order", 2, Order::random, true, false, 2 * key_level_ns},
      {"get<int>(Key), 3 levels, 64 in random order", 3, Order::random, true, false, 3 * key_level_ns},
      {"derived: get<int>(path), 2 levels, 64 at random", 2, Order::random, false, true, {}},
      {"derived: get<int>(Key), 2 levels, 64 at random", 2, Order::random, true, true, {}},
  };
  std::vector<Task> tasks;
  tasks.push_back(read_empty_call(pick(files.text(Size::small), 2)));
  double allocated = 0;
  for (const auto size : sizes) {
    const auto which = static_cast<std::size_t>(size);
    const auto& text = files.text(size);
    const auto config = files.stack(size);
    const auto derived = config.with_value("another", 1);
    for (auto& measure : measures) {
      const auto picks = picks_of(text, measure);
      const auto& stack = measure.derived ? derived : config;
      auto task = measure.by_key ? read_by_key(stack, picks) : read_by_path(stack, picks);
      check_numbers(task, picks);
      const auto before = allocations();
      task.run(Picks::order_size);
      allocated += static_cast<double>(allocations() - before);
      measure.at[which] = tasks.size();
      tasks.push_back(std::move(task));
      if (measure.by_key) continue;  // beside the empty call
      measure.control_at[which] = tasks.size();
      tasks.push_back(read_unordered_map(text, picks));
      check_numbers(tasks.back(), picks);
    }
  }
  const auto more = tasks.size();
  const auto small = files.stack(Size::small);
  tasks.push_back(read_string_by_path(small, "log.file"));
  check_equal(tasks.back().run(1), 19, tasks.back().name);
  tasks.push_back(read_missing(small));
  check_equal(tasks.back().run(1), 1, tasks.back().name);
  tasks.push_back(read_by_path(small, {{{"server.port", 2, 9090}}, {}}));
  check_equal(tasks.back().run(1), 9090, "a variable");

  const auto finish = [=, names = names_of(tasks)](const std::vector<double>& times, Report& report) {
    for (const auto& measure : measures) {
      for (const auto size : sizes) {
        const auto which = static_cast<std::size_t>(size);
        const auto control = measure.control_at[which];
        Row row{.size = name_of(size), .what = measure.what, .figure = times[measure.at[which]]};
        row.control = {names[control], times[control]};
        row.at_most = measure.at_most;
        report.add(row);
        if (size != Size::large || measure.derived || measure.levels != 2) continue;
        row.at_most = {};
        row.at_most_controls = same;
        row.control = {"small", times[measure.at[0]]};
        report.add(row);
      }
    }
    report.add({.size = "small", .what = "get<std::string>(path), 19 characters", .figure = times[more]});
    report.add({.size = "small", .what = names[more + 1], .figure = times[more + 1]});
    report.add({.size = "small", .what = "get<int>(path) of a variable's text", .figure = times[more + 2]});
    report.add({.size = "all", .what = "allocations", .figure = allocated, .unit = Unit::calls, .at_most = 0});
  };
  return {.tasks = std::move(tasks), .finish = finish};
}

}  // namespace bench
