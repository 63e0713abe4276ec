// The benchmarks. `./dev bench` runs them all.

#include <exception>
#include <functional>
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
  std::function<bench::Workload(const bench::Files&)> make;
  bool has_gates = false;
};

// `figment`: the program; without it there is nothing to compare with.
std::vector<Entry> all_workloads(const std::string& figment) {
  std::vector<Entry> all{
      {"read", bench::read},
      {"derive", bench::derive},
      {"memory", bench::memory},
      {"load/small", bench::load_small},
      {"load/medium", bench::load_medium},
      {"load/large", bench::load_large},
      {"reload", bench::reload},
      {"stack", bench::stack},
      {"memory_usage_patterns", bench::memory_usage_patterns, true},
      {"handle_lifecycle", bench::handle_lifecycle, true},
      {"clone_vs_handle_simple", bench::clone_vs_handle_simple, true},
      {"clone_vs_handle_complex", bench::clone_vs_handle_complex, true},
      {"provider_intensive_ops", bench::provider_intensive_ops, true},
      {"concurrent_reads", bench::concurrent_reads, true},
  };
  if (!figment.empty())
    all.push_back({"clone_vs_figment",
                   [figment](const bench::Files& files) { return bench::clone_vs_figment(files, figment); }, true});
  return all;
}

int help(std::ostream& out, int status) {
  out << "usage: bench_superconfig [--gates] [--filter TEXT] [--json FILE] [--figment PROGRAM] [--write DIRECTORY]\n\n"
         "  --gates             only the workloads that have gates\n"
         "  --filter TEXT       only the workloads whose name has this text:\n                     ";
  for (const auto& entry : all_workloads("figment")) out << ' ' << entry.name;
  out << "\n  --json FILE         the figures, as JSON too\n"
         "  --figment PROGRAM   bench/figment_clone, for clone_vs_figment\n"
         "  --write DIRECTORY   write the files that are loaded there, and run nothing\n\n"
         "The exit status is 1 if an answer is wrong, and with --gates also if one fails; a missed aim only says so.\n";
  return status;
}

}  // namespace

int main(int argc, char** argv) try {
  std::string filter;
  std::string json;
  std::string directory;
  std::string figment;
  bool gates = false;
  const std::vector<std::string_view> arguments(argv + 1, argv + argc);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    auto* const target = arguments[i] == "--filter"    ? &filter
                         : arguments[i] == "--json"    ? &json
                         : arguments[i] == "--write"   ? &directory
                         : arguments[i] == "--figment" ? &figment
                                                       : nullptr;
    if (arguments[i] == "--gates") {
      gates = true;
      continue;
    }
    if (arguments[i] == "--help" || arguments[i] == "-h") return help(std::cout, 0);
    if (target == nullptr || i + 1 == arguments.size()) return help(std::cerr, 64);
    *target = arguments[++i];
  }
  if (!directory.empty()) {
    bench::write_files(directory);
    return 0;
  }

  const bench::Files files;
  std::vector<std::string> names;
  std::vector<bench::Workload> workloads;
  for (const auto& entry : all_workloads(figment)) {
    if (entry.name.find(filter) == std::string_view::npos || (gates && !entry.has_gates)) continue;
    names.emplace_back(entry.name);
    workloads.push_back(entry.make(files));
  }
  const auto times = bench::best_times(workloads);
  bench::Report report;
  for (std::size_t i = 0; i < workloads.size(); ++i) {
    report.begin(names[i]);
    workloads[i].finish(times[i], report);
    report.print(std::cout);
  }
  report.print_summary(std::cout);
  if (!json.empty() && !report.write_json(json)) {
    std::cerr << "bench: cannot write " << json << '\n';
    return 1;
  }
  return gates && report.print_failed_gates(std::cout) > 0 ? 1 : 0;
} catch (const std::exception& problem) {
  std::cerr << "bench: " << problem.what() << '\n';
  return 1;
}
