// The benchmarks. `./dev bench` runs them all.

#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "data/files.hpp"
#include "harness.hpp"
#include "workloads.hpp"

namespace {

struct Entry {
  std::string_view name;
  bench::Workload (*make)(const bench::Files&);
};

constexpr Entry all[] = {
    {"read", bench::read},
    {"derive", bench::derive},
    {"memory", bench::memory},
    {"load/small", bench::load_small},
    {"load/medium", bench::load_medium},
    {"load/large", bench::load_large},
    {"reload", bench::reload},
    {"stack", bench::stack},
};

int help(std::ostream& out, int status) {
  out << "usage: bench_superconfig [--filter TEXT] [--json FILE] [--write DIRECTORY]\n\n"
         "  --filter TEXT       only the workloads whose name has this text:";
  for (const auto& entry : all) out << ' ' << entry.name;
  out << "\n  --json FILE         the figures, as JSON too\n"
         "  --write DIRECTORY   write the files that are loaded there, and run nothing\n\n"
         "The exit status is 1 if an answer is wrong; a missed aim only says so.\n";
  return status;
}

}  // namespace

int main(int argc, char** argv) try {
  std::string filter;
  std::string json;
  std::string directory;
  const std::vector<std::string_view> arguments(argv + 1, argv + argc);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    auto* const target = arguments[i] == "--filter"  ? &filter
                         : arguments[i] == "--json"  ? &json
                         : arguments[i] == "--write" ? &directory
                                                     : nullptr;
    if (arguments[i] == "--help" || arguments[i] == "-h") return help(std::cout, 0);
    if (target == nullptr || i + 1 == arguments.size()) return help(std::cerr, 64);
    *target = arguments[++i];
  }
  if (!directory.empty()) {
    bench::write_files(directory);
    return 0;
  }

  const bench::Files files;
  std::vector<std::string_view> names;
  std::vector<bench::Workload> workloads;
  for (const auto& entry : all) {
    if (entry.name.find(filter) == std::string_view::npos) continue;
    names.push_back(entry.name);
    workloads.push_back(entry.make(files));
  }
  const auto times = bench::best_times(workloads);
  bench::Report report;
  for (std::size_t i = 0; i < workloads.size(); ++i) {
    report.begin(std::string(names[i]));
    workloads[i].finish(times[i], report);
    report.print(std::cout);
  }
  report.print_summary(std::cout);
  if (!json.empty() && !report.write_json(json)) {
    std::cerr << "bench: cannot write " << json << '\n';
    return 1;
  }
  return 0;
} catch (const std::exception& problem) {
  std::cerr << "bench: " << problem.what() << '\n';
  return 1;
}
