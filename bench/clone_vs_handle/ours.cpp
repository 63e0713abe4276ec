#include "clone_vs_handle/clone_vs_handle.hpp"
#include "data/small.hpp"

namespace bench {

using superconfig::ConfigHandle;
using superconfig::Key;
using superconfig::Mode;
using superconfig::SuperConfig;
using superconfig::Value;

namespace {

// A service of the medium configuration, and a table of the small one: fields that are not there keep their defaults.
struct Pool {
  unsigned min = 0, max = 0;
  double idle_s = 0;
};
struct Service {
  std::string host;
  std::uint16_t port = 0;
  bool enabled = false;
  std::string user, region;
  unsigned timeout_ms = 0, pool_size = 0;
  std::vector<std::string> tags;
  std::int64_t quota = 0;
  Pool pool;
};

std::shared_ptr<Fixture> make_fixture(Mode mode, const Places& places, std::size_t derived) {
  const InMode in_mode(mode);
  auto fixture = std::make_shared<Fixture>();
  fixture->mode = mode;
  fixture->config = places.load(places);
  fixture->config.resolve().value_or_throw();
  fixture->handles.push_back(fixture->config.into_handle());
  for (std::size_t i = 0; i < derived; ++i) {
    fixture->config = fixture->config.with_value("derived.number_" + std::to_string(i), static_cast<int>(i));
    fixture->config.resolve().value_or_throw();
    fixture->handles.push_back(fixture->config.into_handle());
  }
  if (derived > 0) fixture->handles.erase(fixture->handles.begin());
  return fixture;
}

template <class Once>
Task task_of(const std::shared_ptr<Fixture>& fixture, std::string name, Once once) {
  return {std::move(name), [fixture, once](std::size_t n) {
            const InMode in_mode(fixture->mode);
            std::uint64_t sum = 0;
            std::size_t turn = 0;
            for (std::size_t i = 0; i < n; ++i) {
              sum += static_cast<std::uint64_t>(once(fixture->handles[turn], i));
              if (++turn == fixture->handles.size()) turn = 0;
            }
            return sum;
          }};
}

class Operations {
 public:
  Operations(const Places& places, std::size_t derived)
      : handle_(make_fixture(Mode::handle, places, derived)), clone_(make_fixture(Mode::clone, places, derived)) {}

  template <class Once>
  void add(Class what, const std::string& name, const Once& once) {
    all_.push_back({what, task_of(handle_, name, once), task_of(clone_, name, once)});
  }
  void add_making();
  void add_dropping(const std::string& path);
  std::vector<Operation> finish() { return std::move(all_); }

 private:
  static Task making(const std::shared_ptr<Fixture>& fixture);
  static Task dropping(const std::shared_ptr<Fixture>& fixture, const std::string& path);
  std::shared_ptr<Fixture> handle_, clone_;
  std::vector<Operation> all_;
};

// A configuration that its owner keeps: in clone mode the handle is a copy of it.
Task Operations::making(const std::shared_ptr<Fixture>& fixture) {
  return {"create: into_handle, drop", [fixture](std::size_t n) {
            const InMode in_mode(fixture->mode);
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i) {
              const auto handle = fixture->config.into_handle();
              sum += handle.version();
            }
            return sum;
          }};
}
void Operations::add_making() { all_.push_back({Class::structural, making(handle_), making(clone_)}); }

Task Operations::dropping(const std::shared_ptr<Fixture>& fixture, const std::string& path) {
  const auto before = [fixture, path](std::size_t n) {
    const InMode in_mode(fixture->mode);
    fixture->prepared.clear();
    for (std::size_t i = 0; i < n; ++i)
      fixture->prepared.push_back(fixture->handles[i % fixture->handles.size()].with_value_ref(path, 1));
  };
  const auto run = [fixture](std::size_t n) {
    const InMode in_mode(fixture->mode);
    fixture->prepared.clear();
    return n;
  };
  constexpr std::size_t most = 300;
  return {.name = "drop", .run = run, .before = before, .most = most};
}
void Operations::add_dropping(const std::string& path) {
  all_.push_back({Class::structural, dropping(handle_, path), dropping(clone_, path)});
}

void add_structural(Operations& all, const Places& places) {
  const auto add = [&all](const std::string& name, const auto& once) { all.add(Class::structural, name, once); };
  const auto defaults = Value::dict({{"burst", Value(5)}, {"ratio", Value(0.5)}});
  all.add_making();
  add("clone_config, drop", [](const ConfigHandle& h, std::size_t) { return h.clone_config().version(); });
  add("with_value_ref, drop", [path = places.number](const ConfigHandle& h, std::size_t i) {
    return h.with_value_ref(path, static_cast<int>(i)).version();
  });
  add("with_override_ref, drop", [path = places.number](const ConfigHandle& h, std::size_t i) {
    return h.with_override_ref(path, static_cast<int>(i)).version();
  });
  add("with_defaults_ref, drop",
      [defaults](const ConfigHandle& h, std::size_t) { return h.with_defaults_ref(defaults).version(); });
  add("with_set_ref, drop",
      [text = places.number + "=7"](const ConfigHandle& h, std::size_t) { return h.with_set_ref(text).version(); });
  add("with_env_ref, drop", [](const ConfigHandle& h, std::size_t) { return h.with_env_ref(small_prefix).version(); });
  add("select_ref, drop", [](const ConfigHandle& h, std::size_t) { return h.select_ref("other").version(); });
  add("focus_ref, drop",
      [path = places.table](const ConfigHandle& h, std::size_t) { return h.focus_ref(path).version(); });
  add("clone_config, with_value &&, drop", [path = places.number](const ConfigHandle& h, std::size_t i) {
    return h.clone_config().with_value(path, static_cast<int>(i)).version();
  });
  add("clone_config, share, two owners, drop", [](const ConfigHandle& h, std::size_t) {
    const auto shared = h.clone_config().share();
    const auto other = shared;  // NOLINT: an owner more is what is timed
    return other.use_count();
  });
  all.add_dropping(places.number);
}

void add_reads(Operations& all, const Places& places) {
  const auto add = [&all](const std::string& name, const auto& once) { all.add(Class::reads, name, once); };
  add("get<int>(path)", [path = places.number](const ConfigHandle& h, std::size_t) { return h.get<int>(path); });
  add("get<int>(Key)", [key = Key(places.number)](const ConfigHandle& h, std::size_t) { return h.get<int>(key); });
  add("get<std::string>(path)",
      [path = places.text](const ConfigHandle& h, std::size_t) { return h.get<std::string>(path).size(); });
  add("get_or(path), no such key",
      [path = places.number + "_"](const ConfigHandle& h, std::size_t) { return h.get_or<int>(path, 1); });
  add("get_array<std::string>",
      [](const ConfigHandle& h, std::size_t) { return h.get_array<std::string>("features").size(); });
  add("has_key", [path = places.number](const ConfigHandle& h, std::size_t) { return h.has_key(path); });
  add("keys", [path = places.table](const ConfigHandle& h, std::size_t) { return h.keys(path).size(); });
  add("find_value, a table",
      [path = places.table](const ConfigHandle& h, std::size_t) { return h.find_value(path)->size(); });
  add("value", [](const ConfigHandle& h, std::size_t) { return h.value().size(); });
  add("extract_inner, a table",
      [path = places.table](const ConfigHandle& h, std::size_t) { return h.extract_inner<Service>(path).host.size(); });
  add("extract<Settings>", [](const ConfigHandle& h, std::size_t) { return h.extract<Settings>().features.size(); });
  add("extract_shared<Settings>",
      [](const ConfigHandle& h, std::size_t) { return h.extract_shared<Settings>()->features.size(); });
  add("as_json", [](const ConfigHandle& h, std::size_t) { return h.as_json().size(); });
  add("as_yaml", [](const ConfigHandle& h, std::size_t) { return h.as_yaml().size(); });
  add("as_toml", [](const ConfigHandle& h, std::size_t) { return h.as_toml().size(); });
}

void add_loading(Operations& all, const Places& places) {
  const auto add = [&all](const std::string& name, const auto& once) { all.add(Class::loading, name, once); };
  add("first read: with_value_ref, get", [path = places.number](const ConfigHandle& h, std::size_t i) {
    return h.with_value_ref(path, static_cast<int>(i)).get<int>(path);
  });
  add("first read: with_file_ref, get", [path = places.number, file = places.file](const ConfigHandle& h, std::size_t) {
    return h.with_file_ref(file).get<int>(path);
  });
  add("refresh", [path = places.number](ConfigHandle& h, std::size_t) {
    h.refresh();
    return h.is_valid();
  });
  add("cold load, get",
      [places](const ConfigHandle&, std::size_t) { return places.load_handle(places).get<int>(places.number); });
  add("first extract<Settings>: with_value_ref", [path = places.number](const ConfigHandle& h, std::size_t i) {
    return h.with_value_ref(path, static_cast<int>(i)).extract<Settings>().features.size();
  });
  add("first as_json: with_value_ref", [path = places.number](const ConfigHandle& h, std::size_t i) {
    return h.with_value_ref(path, static_cast<int>(i)).as_json().size();
  });
  add("first as_yaml: with_value_ref", [path = places.number](const ConfigHandle& h, std::size_t i) {
    return h.with_value_ref(path, static_cast<int>(i)).as_yaml().size();
  });
  add("first as_toml: with_value_ref", [path = places.number](const ConfigHandle& h, std::size_t i) {
    return h.with_value_ref(path, static_cast<int>(i)).as_toml().size();
  });
  add("first explain: with_value_ref", [path = places.number](const ConfigHandle& h, std::size_t i) {
    return h.with_value_ref(path, static_cast<int>(i)).explain(path).to_string().size();
  });
  add("explain",
      [path = places.number](const ConfigHandle& h, std::size_t) { return h.explain(path).to_string().size(); });
}

}  // namespace

std::vector<Operation> operations(const Places& places, std::size_t derived) {
  Operations all(places, derived);
  add_structural(all, places);
  add_reads(all, places);
  add_loading(all, places);
  return all.finish();
}

}  // namespace bench
