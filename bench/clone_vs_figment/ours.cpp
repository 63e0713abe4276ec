#include <superconfig/superconfig.hpp>

#include "clone_vs_figment/clone_vs_figment.hpp"
#include "clone_vs_handle/clone_vs_handle.hpp"
#include "data/small.hpp"
#include "load/load.hpp"

namespace bench {

using superconfig::ConfigHandle;
using superconfig::Mode;
using superconfig::SuperConfig;

namespace {

struct Burst {
  unsigned soft = 0, hard = 0;
};
struct Pool {
  unsigned min = 0, max = 0;
  double idle_s = 0;
  bool grow = false;
  Burst burst;
};
struct Service {
  std::string host;
  std::uint16_t port = 0;
  bool enabled = false;
  double weight = 0;
  unsigned workers = 0;
  std::string region;
  unsigned timeout_ms = 0, retries = 0;
  std::vector<std::string> tags;
  std::uint64_t quota = 0;
  std::string level, since;
  Pool pool;
};

using Base = std::shared_ptr<const ConfigHandle>;

template <class Once>
SizedTask task(const std::string& size, std::string name, const Once& once) {
  return {size, {std::move(name), [once](std::size_t n) {
                   const InMode in_mode(Mode::clone);
                   std::uint64_t sum = 0;
                   for (std::size_t i = 0; i < n; ++i) sum += static_cast<std::uint64_t>(once(i));
                   return sum;
                 }}};
}

void add_common(std::vector<SizedTask>& all, const std::string& size, const Base& base, const std::string& path,
                const std::string& table) {
  all.push_back(task(size, "clone_config, drop", [base](std::size_t) { return base->clone_config().version(); }));
  all.push_back(task(size, "with_value, drop", [base, path](std::size_t i) {
    return base->with_value_ref(path, static_cast<int>(i)).version();
  }));
  all.push_back(task(size, "select, drop", [base](std::size_t) { return base->select_ref("other").version(); }));
  all.push_back(task(size, "focus, drop", [base, table](std::size_t) { return base->focus_ref(table).version(); }));
  all.push_back(task(size, "with_value, get, drop", [base, path](std::size_t i) {
    return base->with_value_ref(path, static_cast<int>(i)).get<int>(path);
  }));
  all.push_back(task(size, "get<int>", [base, path](std::size_t) { return base->get<int>(path); }));
  all.push_back(task(size, "has_key", [base, path](std::size_t) { return base->has_key(path); }));
  all.push_back(
      task(size, "find_value, a table", [base, table](std::size_t) { return base->find_value(table)->size(); }));
  all.push_back(task(size, "as_json", [base](std::size_t) { return base->as_json().size(); }));
}

}  // namespace

std::vector<SizedTask> clone_tasks(const Files& files) {
  const InMode in_mode(Mode::clone);
  const auto toml = files.toml(Size::small);
  const auto json = files.json(Size::small);
  const auto medium_toml = files.toml(Size::medium);
  const Base small = std::make_shared<const ConfigHandle>(files.stack(Size::small).into_handle());
  const Base medium_base = std::make_shared<const ConfigHandle>(SuperConfig()
                                                                    .with_file(toml)
                                                                    .with_file(files.json(Size::medium))
                                                                    .with_file(json)
                                                                    .with_env(small_prefix)
                                                                    .into_handle());
  std::vector<SizedTask> all;
  add_common(all, "small", small, "server.timeout_ms", "database");
  add_common(all, "medium", medium_base, "service_0007.timeout_ms", "service_0007");
  all.push_back(task("small", "extract", [small](std::size_t) { return small->extract<Settings>().features.size(); }));
  all.push_back(task("medium", "extract_inner, one service", [medium_base](std::size_t) {
    return medium_base->extract_inner<Service>("service_0007").tags.size();
  }));
  all.push_back(task("small", "load and extract", [toml, json](std::size_t) {
    return SuperConfig::new_handled()
        .with_file(toml)
        .with_file(json)
        .with_env(small_prefix)
        .extract<Settings>()
        .features.size();
  }));
  all.push_back(task("medium", "load and extract", [medium_toml](std::size_t) {
    return SuperConfig::new_handled().with_file(medium_toml).extract<Nested>().size();
  }));
  return all;
}

}  // namespace bench
