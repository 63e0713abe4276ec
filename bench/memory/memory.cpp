#include "memory/memory.hpp"

#include <vector>

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

std::vector<Row> rows_of(const Files& files) {
  std::vector<Row> rows;
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
      rows.push_back(row);
      if (size == Size::small) small = row.figure;
      if (size != Size::large || !measure.gated) continue;
      row.at_most = {};
      row.at_most_controls = same;
      row.control = {"small", small};
      rows.push_back(row);
    }
  }
  return rows;
}

}  // namespace

// Before anything is timed: what has been freed by then changes the sizes that the allocator hands out.
Workload memory(const Files& files) {
  const auto add_rows = [rows = rows_of(files)](const std::vector<double>&, Report& report) {
    for (const auto& row : rows) report.add(row);
  };
  return {.finish = add_rows};
}

}  // namespace bench
