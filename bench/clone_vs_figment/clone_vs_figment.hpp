// Clone mode beside a program that does the same with figment, the way the first generation did.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "data/files.hpp"
#include "harness.hpp"

namespace bench {

struct SizedTask {
  std::string size;
  Task task;
};

/// Ours, in clone mode, with the names that bench/figment_clone gives its own.
std::vector<SizedTask> clone_tasks(const Files& files);

/// What the program says of a task: the median of one block, and the answer of ten runs.
struct Said {
  double ns = 0;
  std::uint64_t answer = 0;
};
/// By size and name. Throws if the program can't be run.
std::map<std::pair<std::string, std::string>, Said> run_figment(const std::string& program, const Files& files);

}  // namespace bench
