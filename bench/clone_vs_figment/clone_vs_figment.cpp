// Whether clone mode is an honest baseline: no slower than figment at the same work.
//
// The other program is a process of its own. It runs once in each of the seven blocks, before ours, and times its tasks
// as the harness does.

#include "clone_vs_figment/clone_vs_figment.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "workloads.hpp"

namespace bench {

namespace {

constexpr double of_figment = 1.1;
constexpr std::size_t answered_runs = 10;  // of each task, in both programs

}  // namespace

Workload clone_vs_figment(const Files& files, const std::string& program) {
  const auto ours = clone_tasks(files);
  const auto first = run_figment(program, files);
  check_equal(first.size(), ours.size(), program + ": how many tasks");
  Workload workload;
  for (const auto& [size, task] : ours) {
    const auto theirs = first.find({size, task.name});
    check_equal(theirs != first.end(), 1, program + ": `" + task.name + "` is there");
    check_equal(task.run(answered_runs), theirs->second.answer, task.name + ", as figment says");
    workload.tasks.push_back(task);
  }
  const auto best = std::make_shared<std::vector<double>>(ours.size(), std::numeric_limits<double>::max());
  workload.block = [&files, program, ours, best] {
    const auto said = run_figment(program, files);
    for (std::size_t i = 0; i < ours.size(); ++i)
      (*best)[i] = std::min((*best)[i], said.at({ours[i].size, ours[i].task.name}).ns);
  };
  workload.finish = [ours, best](const std::vector<double>& times, Report& report) {
    for (std::size_t i = 0; i < ours.size(); ++i)
      report.add({.size = ours[i].size,
                  .what = "clone mode: " + ours[i].task.name,
                  .figure = times[i],
                  .control = Control{"figment", (*best)[i]},
                  .at_most_controls = of_figment,
                  .gate = true});
  };
  return workload;
}

}  // namespace bench
