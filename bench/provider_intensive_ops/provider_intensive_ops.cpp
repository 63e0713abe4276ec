// Configurations of 1, 10 and 100 layers of all sorts: files, defaults, variables, single values. Adding them is timed
// apart from the first read, and both together: in clone mode each layer is loaded and composed when it is added, in
// handle mode by the first read. So the first reads alone are no fair comparison, and have no gate.

#include "clone_vs_handle/clone_vs_handle.hpp"
#include "data/small.hpp"
#include "workloads.hpp"

namespace bench {

using superconfig::ConfigHandle;
using superconfig::Mode;
using superconfig::SuperConfig;
using superconfig::Value;

namespace {

constexpr std::size_t counts[] = {1, 10, 100};
constexpr double adding_of_clone = 0.5;
constexpr double both_of_clone = 1.05;
const char* const path = "server.timeout_ms";

ConfigHandle add_layers(const std::string& file, std::size_t count) {
  auto handle = SuperConfig::new_handled();
  for (std::size_t i = 0; i < count; ++i) {
    switch (i % 5) {
      case 0: handle = std::move(handle).with_file(file); break;
      case 1: handle = std::move(handle).with_value(path, static_cast<int>(i)); break;
      case 2: handle = std::move(handle).with_env(small_prefix); break;
      case 3: {
        const auto number = Value(static_cast<std::int64_t>(i));
        handle = std::move(handle).with_defaults(Value::dict({{"number_" + std::to_string(i), number}}));
        break;
      }
      default: handle = std::move(handle).with_set("limits.burst=" + std::to_string(i)); break;
    }
  }
  return handle;
}

std::uint64_t read(const ConfigHandle& handle) { return static_cast<std::uint64_t>(handle.get<int>(path)); }

Task adding(Mode mode, const std::string& file, std::size_t count) {
  return {"adding", [=](std::size_t n) {
            const InMode in_mode(mode);
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i) sum += add_layers(file, count).version();
            return sum;
          }};
}

Task first_read(Mode mode, const std::string& file, std::size_t count) {
  auto prepared = std::make_shared<std::vector<ConfigHandle>>();
  const auto before = [=](std::size_t n) {
    const InMode in_mode(mode);
    prepared->clear();
    for (std::size_t i = 0; i < n; ++i) prepared->push_back(add_layers(file, count));
  };
  const auto run = [=](std::size_t) {
    const InMode in_mode(mode);
    std::uint64_t sum = 0;
    for (const auto& handle : *prepared) sum += read(handle);
    return sum;
  };
  return {.name = "first read", .run = run, .before = before, .most = 400 / count};
}

Task both(Mode mode, const std::string& file, std::size_t count) {
  return {"adding and first read", [=](std::size_t n) {
            const InMode in_mode(mode);
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i) sum += read(add_layers(file, count));
            return sum;
          }};
}

}  // namespace

Workload provider_intensive_ops(const Files& files) {
  const auto file = files.toml(Size::small);
  Workload workload;
  for (const auto count : counts)
    for (const auto& make : {adding, first_read, both}) {
      const auto handle = make(Mode::handle, file, count);
      const auto clone = make(Mode::clone, file, count);
      check_equal(run_task(handle, 2), run_task(clone, 2), handle.name + ", in handle mode as in clone mode");
      workload.tasks.push_back(handle);
      workload.tasks.push_back(clone);
    }
  workload.finish = [names = names_of(workload.tasks)](const std::vector<double>& times, Report& report) {
    for (std::size_t i = 0; i < times.size(); i += 2) {
      const auto count = counts[i / 6];
      Row row;
      row.size = "small";
      row.what = std::to_string(count) + (count == 1 ? " layer: " : " layers: ") + names[i];
      row.figure = times[i];
      row.control = Control{"clone mode", times[i + 1]};
      row.gate = true;
      switch (i / 2 % 3) {
        case 0: row.at_most_controls = adding_of_clone; break;
        case 1: row.gate = false; break;
        default: row.at_most_controls = both_of_clone; break;
      }
      report.add(row);
    }
  };
  return workload;
}

}  // namespace bench
