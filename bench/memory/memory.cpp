#include "memory/memory.hpp"

#include "workloads.hpp"

namespace bench {

namespace {

constexpr double kept_bytes = 300;
constexpr double same = 1.1;

struct Measure {
  std::string what;
  std::size_t levels;
  Deriving how;
  bool gated;
};

void add_rows(const Files& files, Report& report) {
  const std::vector<Measure> measures{{"with_value, 2 levels", 2, Deriving::value, true},
                                      {"with_value, 3 levels", 3, Deriving::value, false},
                                      {"with_override, 2 levels", 2, Deriving::override, false}};
  for (const auto& measure : measures) {
    double small = 0;
    for (const auto size : sizes) {
      const std::size_t n = size == Size::small ? 10'000 : 1'000;
      const auto config = files.stack(size);
      Row row{.size = name_of(size), .unit = Unit::bytes};
      row.what = "one of " + std::to_string(n) + " derived: " + measure.what;
      row.figure = derived_bytes(config, pick(files.text(size), measure.levels), n, measure.how);
      row.control = {"the stack itself", stack_bytes(files, size)};
      if (measure.gated) row.at_most = kept_bytes;
      report.add(row);
      if (size == Size::small) small = row.figure;
      if (size != Size::large || !measure.gated) continue;
      row.at_most = {};
      row.at_most_controls = same;
      row.control = {"small", small};
      report.add(row);
    }
  }
}

}  // namespace

Workload memory(const Files& files) {
  return {.finish = [&files](const std::vector<double>&, Report& report) { add_rows(files, report); }};
}

}  // namespace bench
