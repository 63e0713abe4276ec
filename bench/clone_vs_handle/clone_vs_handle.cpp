#include "clone_vs_handle/clone_vs_handle.hpp"

#include <array>
#include <cmath>

#include "data/small.hpp"
#include "workloads.hpp"

namespace bench {

using superconfig::ConfigHandle;
using superconfig::SuperConfig;
using superconfig::Toml;

namespace {

constexpr double mean_of_clone = 0.1;
constexpr double any_of_clone = 0.5;
constexpr double loading_of_clone = 1.05;

constexpr std::array classes{Class::structural, Class::reads, Class::loading};

std::string name_of(Class what) {
  switch (what) {
    case Class::structural: return "structural";
    case Class::reads: return "reads";
    case Class::loading: break;
  }
  return "loading";
}

void check_same(const Operation& operation) {
  // As often as brings every handle's turn twice.
  constexpr std::size_t turns = 20;
  check_equal(run_task(operation.handle, turns), run_task(operation.clone, turns),
              operation.handle.name + ", in handle mode as in clone mode");
}

SuperConfig load_simple(const Places& places) {
  return SuperConfig().with_file(places.all[0]).with_file(places.all[1]).with_env(small_prefix);
}
ConfigHandle load_simple_handle(const Places& places) {
  return SuperConfig::new_handled().with_file(places.all[0]).with_file(places.all[1]).with_env(small_prefix);
}

SuperConfig load_complex(const Places& places) {
  return SuperConfig()
      .with_file(places.all[0])
      .with_file(places.all[1])
      .merge(Toml::file_exact(places.all[2]).nested().required())
      .select("production");
}
ConfigHandle load_complex_handle(const Places& places) {
  return SuperConfig::new_handled()
      .with_file(places.all[0])
      .with_file(places.all[1])
      .merge(Toml::file_exact(places.all[2]).nested().required())
      .select("production");
}

void check_texts(const Places& places) {
  const auto texts = [&places](superconfig::Mode mode) {
    const InMode in_mode(mode);
    const auto config = places.load(places);
    return config.as_json() + config.as_yaml() + config.explain(places.number).to_string();
  };
  check_equal(texts(superconfig::Mode::handle) == texts(superconfig::Mode::clone), 1, "the same texts in both modes");
}

}  // namespace

Workload compare_modes(std::string size, std::vector<Operation> operations) {
  Workload workload;
  for (const auto& operation : operations) {
    check_same(operation);
    workload.tasks.push_back(operation.handle);
    workload.tasks.push_back(operation.clone);
  }
  workload.finish = [size = std::move(size), operations = std::move(operations)](const std::vector<double>& times,
                                                                                 Report& report) {
    for (const auto what : classes) {
      double sum = 0;
      int count = 0;
      for (std::size_t i = 0; i < operations.size(); ++i) {
        if (operations[i].what != what) continue;
        const auto handle = times[2 * i];
        const auto clone = times[2 * i + 1];
        sum += std::log(handle / clone);
        ++count;
        report.add({.size = size,
                    .what = name_of(what) + ": " + operations[i].handle.name,
                    .figure = handle,
                    .control = Control{"clone mode", clone},
                    .at_most_controls = what == Class::loading ? loading_of_clone : any_of_clone,
                    .gate = true});
      }
      if (count == 0 || what == Class::loading) continue;
      report.add({.size = size,
                  .what = name_of(what) + ": geometric mean of the ratios",
                  .figure = std::exp(sum / count),
                  .unit = Unit::ratio,
                  .at_most = mean_of_clone,
                  .gate = true});
    }
  };
  return workload;
}

Workload clone_vs_handle_simple(const Files& files) {
  Places places;
  places.size = "small";
  places.number = "server.timeout_ms";
  places.text = "server.tls.certificate";
  places.table = "database";
  places.file = files.json(Size::small);
  places.all = {files.toml(Size::small), files.json(Size::small)};
  places.load = load_simple;
  places.load_handle = load_simple_handle;
  check_texts(places);
  return compare_modes(places.size, operations(places, 0));
}

Workload clone_vs_handle_complex(const Files& files) {
  constexpr std::size_t derived = 10;
  Places places;
  places.size = "medium";
  places.number = "service_0007.timeout_ms";
  places.text = "service_0007.host";
  places.table = "service_0004";
  places.file = files.json(Size::small);
  places.all = {files.toml(Size::small), files.toml(Size::medium), files.edits()};
  places.load = load_complex;
  places.load_handle = load_complex_handle;
  check_texts(places);
  return compare_modes(places.size, operations(places, derived));
}

}  // namespace bench
