// Clone mode and handle mode: chosen at run time, also while handles live; the same answers in both.

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "config/building.hpp"
#include "registry/forms.hpp"

namespace superconfig {
namespace {

using testing::Form;
using testing::InMode;
using testing::Scratch;

// A layer that counts how often it is loaded.
class Counted {
 public:
  explicit Counted(std::string_view text) : tree_(testing::json(text)) {}
  [[nodiscard]] ProviderPtr layer() {
    return provide("counted", [this] {
      ++loads;
      return tree_;
    });
  }
  int loads = 0;

 private:
  Value tree_;
};

std::uint64_t stamp_of(const ConfigRegistry& registry, const ConfigHandle& handle) {
  return detail::stamp_of(detail::cell_of(registry, handle.id()))->load();
}

// ---- what the process's mode is ----

// Runs `f` in a process that has not asked for its mode yet, with the variable set; what it writes to standard error.
template <class F>
std::string with_variable(const char* text, F&& f) {
  const auto before = detail::process_mode.exchange(detail::unasked_mode);
  const char* had = std::getenv("SUPERCONFIG_MODE");
  const std::string kept = had ? had : "";
  if (text) {
    ::setenv("SUPERCONFIG_MODE", text, 1);
  } else {
    ::unsetenv("SUPERCONFIG_MODE");
  }
  ::testing::internal::CaptureStderr();
  f();
  auto printed = ::testing::internal::GetCapturedStderr();
  if (had) {
    ::setenv("SUPERCONFIG_MODE", kept.c_str(), 1);
  } else {
    ::unsetenv("SUPERCONFIG_MODE");
  }
  detail::process_mode.store(before);
  return printed;
}

TEST(Modes, of_the_process_come_from_the_variable) {
  const auto mode_with = [](const char* text, std::string_view said) {
    Mode found{};
    EXPECT_EQ(with_variable(text,
                            [&] {
                              found = mode();
                              (void)mode();
                              (void)SuperConfig().with_value("a", 1).get<int>("a");
                            }),
              said);
    return found;
  };
  EXPECT_EQ(mode_with(nullptr, ""), Mode::handle);
  EXPECT_EQ(mode_with("", ""), Mode::handle);
  EXPECT_EQ(mode_with("handle", ""), Mode::handle);
  EXPECT_EQ(mode_with("clone", ""), Mode::clone);
  EXPECT_EQ(
      mode_with("Clone", "superconfig: SUPERCONFIG_MODE is `Clone`; it may be `handle` or `clone`; `handle` is used\n"),
      Mode::handle);
}

TEST(Modes, that_a_program_sets_win_over_the_variable) {
  EXPECT_EQ(with_variable("clone",
                          [] {
                            set_mode(Mode::handle);
                            EXPECT_EQ(mode(), Mode::handle);
                          }),
            "");
  EXPECT_EQ(with_variable("nonsense",
                          [] {
                            set_mode(Mode::clone);
                            EXPECT_EQ(mode(), Mode::clone);
                          }),
            "");
}

TEST(Modes, have_names) {
  EXPECT_EQ(name_of(Mode::handle), "handle");
  EXPECT_EQ(name_of(Mode::clone), "clone");
}

// ---- when work is done ----

TEST(Modes, decide_when_a_layer_is_loaded) {
  Counted lazy(R"({"a":1})"), eager(R"({"a":1})");
  {
    const InMode handle(Mode::handle);
    const auto config = SuperConfig().merge(lazy.layer()).with_value("b", 2);
    EXPECT_EQ(lazy.loads, 0);
    EXPECT_EQ(config.get<int>("a"), 1);
    EXPECT_EQ(lazy.loads, 1);
  }
  const InMode clone(Mode::clone);
  auto config = SuperConfig().merge(eager.layer());
  EXPECT_EQ(eager.loads, 1) << "at the call";
  for (int i = 0; i < 10; ++i) config = config.with_value("b", i);
  EXPECT_EQ(config.get<int>("a"), 1);
  EXPECT_TRUE(config.explain("a").value && config.find_metadata("a") && config.warnings().empty());
  EXPECT_EQ(SuperConfig().merge(config).get<int>("b"), 9);
  EXPECT_EQ(eager.loads, 1) << "never again";
  EXPECT_EQ(config.refresh().get<int>("a"), 1);
  EXPECT_EQ(eager.loads, 2);
}

TEST(Modes, let_a_lack_of_memory_pass_and_nothing_has_happened) {
  const InMode clone(Mode::clone);
  ConfigRegistry registry;
  auto handle = ConfigHandle(registry).with_value("a", 1);
  const auto version = handle.version();
  int calls = 0;
  const auto short_of_memory = provide("short of memory", [&calls]() -> Value {
    if (++calls == 1) throw std::bad_alloc();
    return Value::dict({{"b", calls}});
  });
  EXPECT_THROW((void)handle.merge_ref(short_of_memory), std::bad_alloc);
  EXPECT_EQ(registry.size(), 1U);
  EXPECT_EQ(handle.version(), version);
  EXPECT_EQ(handle.as_json(), "{\n  \"a\": 1\n}");
  EXPECT_EQ(handle.merge_ref(short_of_memory).get<int>("b"), 2);
}

// ---- a change while handles live ----

TEST(ModeChange, converts_a_cell_once_with_the_next_operation) {
  const InMode before(Mode::handle);
  ConfigRegistry registry;
  Counted layer(R"({"server":{"port":1},"hosts":["a"]})");
  const auto handle = ConfigHandle(registry).merge(layer.layer()).with_value("server.host", "h");
  EXPECT_EQ(handle.get<int>("server.port"), 1);
  const auto id = handle.id();
  const auto version = handle.version();
  const auto text = handle.as_json();
  auto stamp = stamp_of(registry, handle);

  set_mode(Mode::clone);
  EXPECT_EQ(registry.stats().converted, 0U) << "not before the next operation";
  EXPECT_EQ(stamp_of(registry, handle), stamp);
  EXPECT_EQ(handle.get<int>("server.port"), 1);
  EXPECT_EQ(registry.stats().converted, 1U);
  EXPECT_GT(stamp_of(registry, handle), stamp);
  stamp = stamp_of(registry, handle);
  EXPECT_EQ(handle.as_json(), text);
  EXPECT_EQ(handle.get_array<std::string>("hosts"), std::vector<std::string>{"a"});
  EXPECT_TRUE(handle.has_key("server.host"));
  EXPECT_EQ(registry.stats().converted, 1U) << "once";
  EXPECT_EQ(stamp_of(registry, handle), stamp);

  set_mode(Mode::handle);
  EXPECT_TRUE(handle.has_key("server.host"));
  EXPECT_EQ(handle.as_json(), text);
  EXPECT_EQ(registry.stats().converted, 2U);
  EXPECT_GT(stamp_of(registry, handle), stamp);

  EXPECT_EQ(handle.id(), id);
  EXPECT_EQ(handle.version(), version);
  EXPECT_EQ(registry.stats().published, version - 1);
  EXPECT_EQ(layer.loads, 1) << "nothing is loaded again";
}

TEST(ModeChange, does_not_read_files_again) {
  const InMode before(Mode::handle);
  const Scratch scratch;
  scratch.write("app.toml", "a = 1");
  const auto handle = SuperConfig::new_handled().with_file("app.toml");
  EXPECT_EQ(handle.get<int>("a"), 1);
  scratch.write("app.toml", "a = 2");
  set_mode(Mode::clone);
  EXPECT_EQ(handle.get<int>("a"), 1);
  EXPECT_EQ(handle.with_value_ref("b", 1).get<int>("a"), 1);
  EXPECT_EQ(handle.find_metadata("a")->to_string(), scratch.path("app.toml") + ":1:5");
  set_mode(Mode::handle);
  EXPECT_EQ(handle.get<int>("a"), 1);
  EXPECT_EQ(handle.with_value_ref("b", 1).get<int>("a"), 1);
}

TEST(ModeChange, of_what_nobody_has_read_loads_it_once) {
  const InMode before(Mode::handle);
  Counted layer(R"({"a":1})");
  const auto handle = SuperConfig::new_handled().merge(layer.layer());
  const auto sibling = handle.with_value_ref("b", 1);
  EXPECT_EQ(layer.loads, 0);
  set_mode(Mode::clone);
  EXPECT_EQ(handle.get<int>("a"), 1);
  EXPECT_EQ(sibling.get<int>("a"), 1);
  set_mode(Mode::handle);
  EXPECT_EQ(sibling.get<int>("a"), 1);
  EXPECT_EQ(layer.loads, 1);
}

TEST(ModeChange, keeps_the_failures_of_a_stack) {
  const InMode before(Mode::handle);
  const auto handle = SuperConfig::new_handled().with_value("a", 1).with_file("/nowhere/at/all.toml");
  const auto said = testing::brief(handle.resolve().error());
  EXPECT_NE(said.find("not_found"), std::string::npos);
  set_mode(Mode::clone);
  EXPECT_EQ(testing::brief(handle.resolve().error()), said);
  EXPECT_EQ(testing::brief(handle.try_get<int>("a").error()), said);
  EXPECT_EQ(testing::brief(handle.with_value_ref("b", 1).resolve().error()), said);
  set_mode(Mode::handle);
  EXPECT_EQ(testing::brief(handle.try_get<int>("a").error()), said);
}

TEST(ModeChange, comes_with_every_kind_of_operation) {
  const InMode before(Mode::handle);
  ConfigRegistry registry;
  const auto each = [&](const std::function<void(ConfigHandle&)>& operation) {
    set_mode(Mode::handle);
    auto handle = ConfigHandle(registry).with_value("a", 1);
    EXPECT_EQ(handle.get<int>("a"), 1);
    const auto converted = registry.stats().converted;
    set_mode(Mode::clone);
    operation(handle);
    return registry.stats().converted - converted;
  };
  EXPECT_EQ(each([](ConfigHandle& h) { EXPECT_EQ(h.get<int>("a"), 1); }), 1U);
  EXPECT_EQ(each([](ConfigHandle& h) { EXPECT_EQ(h.get<int>(Key("a")), 1); }), 1U);
  EXPECT_EQ(each([](ConfigHandle& h) { EXPECT_TRUE(h.contains("a")); }), 1U);
  EXPECT_EQ(each([](ConfigHandle& h) { EXPECT_FALSE(h.extract_inner<int>("a") == 2); }), 1U);
  EXPECT_EQ(each([](ConfigHandle& h) {
              EXPECT_EQ(h.read([](const ResolvedView& view) { return view.get<int>("a"); }).value(), 1);
            }),
            1U);
  EXPECT_EQ(each([](ConfigHandle& h) { EXPECT_EQ(h.with_value_ref("b", 2).get<int>("a"), 1); }), 1U);
  EXPECT_EQ(each([](ConfigHandle& h) { EXPECT_EQ(h.clone_config().get<int>("a"), 1); }), 1U);
  EXPECT_EQ(each([](ConfigHandle& h) { EXPECT_EQ(*h.live<int>("a"), 1); }), 1U);
  EXPECT_EQ(each([&](ConfigHandle& h) { EXPECT_EQ(registry.get(h.id())->get<int>("a"), 1); }), 1U);
  // A change publishes: the new version is in the new form at once.
  EXPECT_EQ(each([](ConfigHandle& h) {
              const auto version = h.version();
              h.update([](const SuperConfig& c) { return c.with_value("a", 2); });
              EXPECT_EQ(h.version(), version + 1);
              EXPECT_EQ(h.get<int>("a"), 2);
            }),
            0U);
  EXPECT_EQ(each([](ConfigHandle& h) {
              h = std::move(h).with_value("a", 3);
              EXPECT_EQ(h.get<int>("a"), 3);
            }),
            0U);
  // These look at nothing that has a form.
  EXPECT_EQ(each([](ConfigHandle& h) { EXPECT_TRUE(h.is_valid() && h.version() == 2 && h.id()); }), 0U);
  EXPECT_EQ(each([](ConfigHandle& h) { EXPECT_EQ(SuperConfig::from_handle(std::move(h))->get<int>("a"), 1); }), 0U);
}

TEST(ModeChange, is_no_change_for_a_live_value) {
  const InMode before(Mode::handle);
  auto handle = SuperConfig::new_handled().with_value("limit", 1).with_value("text", "a longer text, not inside");
  auto limit = handle.live<int>("limit");
  auto text = handle.live<std::string>("text");
  set_mode(Mode::clone);
  EXPECT_EQ(*limit, 1);
  EXPECT_TRUE(limit.error().empty());
  EXPECT_EQ(*text, "a longer text, not inside");
  handle.update([](const SuperConfig& c) { return c.with_value("limit", 2); });
  EXPECT_EQ(*limit, 2);
  set_mode(Mode::handle);
  EXPECT_EQ(*limit, 2);
  EXPECT_EQ(handle.get<int>("limit"), 2);
  EXPECT_EQ(*limit, 2);
  EXPECT_EQ(*text, "a longer text, not inside");
}

TEST(ModeChange, keeps_what_was_cleared) {
  const InMode before(Mode::handle);
  auto handle = SuperConfig::new_handled().with_info_verbosity().with_value("a", 1);
  EXPECT_EQ(handle.debug_messages().size(), 1U);
  handle.clear_debug_messages();
  set_mode(Mode::clone);
  EXPECT_TRUE(handle.debug_messages().empty());
  const auto derived = handle.with_value_ref("b", 2);
  EXPECT_EQ(derived.debug_messages().size(), 1U) << "what was cleared stays so in what is derived";
  set_mode(Mode::handle);
  EXPECT_TRUE(handle.debug_messages().empty());
  EXPECT_EQ(derived.debug_messages().size(), 1U);
}

TEST(ModeChange, may_come_while_others_read_and_write) {
  const InMode before(Mode::handle);
  ConfigRegistry registry;
  Counted layer(R"({"a":1,"b":{"c":[1,2,3]}})");
  auto handle = ConfigHandle(registry).merge(layer.layer()).with_value("n", 0);
  ASSERT_TRUE(handle.resolve());
  std::atomic<bool> done = false;
  std::vector<std::thread> threads;
  for (int t = 0; t < 2; ++t)
    threads.emplace_back([&] {
      int last = 0;
      while (!done) {
        const auto n = handle.get<int>("n");
        EXPECT_GE(n, last) << "a conversion brings nothing old back";
        last = n;
        EXPECT_EQ(handle.get<int>("b.c[2]"), 3);
        EXPECT_EQ(handle.with_value_ref("x", 1).get<int>("a"), 1);
      }
    });
  threads.emplace_back([&] {
    for (int n = 1; n <= 200; ++n) handle.update([n](const SuperConfig& c) { return c.with_override("n", n); });
    done = true;
  });
  for (int i = 0; !done; ++i) {
    set_mode(i % 2 == 0 ? Mode::clone : Mode::handle);
    std::this_thread::yield();
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(handle.get<int>("n"), 200);
  EXPECT_EQ(layer.loads, 1);
  EXPECT_EQ(registry.size(), 1U);
}

// ---- a registry's own mode ----

TEST(RegistryMode, stands_beside_that_of_the_process) {
  const InMode before(Mode::handle);
  ConfigRegistry cloning({.mode = Mode::clone});
  ConfigRegistry following;
  EXPECT_EQ(cloning.mode(), Mode::clone);
  EXPECT_EQ(following.mode(), Mode::handle);
  Counted eager(R"({"a":1})"), lazy(R"({"a":1})");
  const auto cloned = ConfigHandle(cloning).merge(eager.layer());
  const auto handled = ConfigHandle(following).merge(lazy.layer());
  EXPECT_EQ(eager.loads, 1);
  EXPECT_EQ(lazy.loads, 0);
  EXPECT_EQ(cloned.as_json(), handled.as_json());

  // Also for what is derived, and for a value that is taken out.
  EXPECT_EQ(cloned.merge_ref(eager.layer()).get<int>("a"), 1);
  EXPECT_EQ(eager.loads, 2);
  (void)cloning.get(cloned.id())->merge(eager.layer());
  EXPECT_EQ(eager.loads, 3);

  set_mode(Mode::clone);
  EXPECT_EQ(following.mode(), Mode::clone);
  EXPECT_EQ(handled.get<int>("a"), 1);
  EXPECT_EQ(following.stats().converted, 1U);
  set_mode(Mode::handle);
  EXPECT_EQ(cloned.get<int>("a"), 1);
  EXPECT_EQ(cloning.stats().converted, 0U);
}

TEST(RegistryMode, is_set_and_taken_back_while_handles_live) {
  const InMode before(Mode::handle);
  ConfigRegistry registry;
  Counted layer(R"({"a":1})");
  const auto handle = ConfigHandle(registry).merge(layer.layer());
  EXPECT_EQ(handle.get<int>("a"), 1);
  const auto version = handle.version();
  registry.set_mode(Mode::clone);
  EXPECT_EQ(registry.mode(), Mode::clone);
  EXPECT_EQ(mode(), Mode::handle);
  EXPECT_EQ(handle.get<int>("a"), 1);
  EXPECT_EQ(registry.stats().converted, 1U);
  registry.set_mode(std::nullopt);
  EXPECT_EQ(registry.mode(), Mode::handle);
  EXPECT_EQ(handle.get<int>("a"), 1);
  EXPECT_EQ(registry.stats().converted, 2U);
  EXPECT_EQ(handle.version(), version);
  EXPECT_EQ(layer.loads, 1);
}

TEST(RegistryMode, is_that_of_what_comes_in) {
  const InMode before(Mode::handle);
  ConfigRegistry cloning({.mode = Mode::clone}), handling({.mode = Mode::handle});
  Counted layer(R"({"a":1})");
  const auto config = SuperConfig().merge(layer.layer());
  const auto cloned = ConfigHandle(cloning, config);
  EXPECT_EQ(layer.loads, 1) << "a copy is composed: what is there is resolved";
  auto back = SuperConfig::from_handle(ConfigHandle(cloning, config));
  ASSERT_TRUE(back);
  const auto handled = ConfigHandle(handling, *back);
  EXPECT_EQ(handled.get<int>("a"), 1);
  EXPECT_EQ(back->with_value("b", 1).get<int>("a"), 1);
  EXPECT_EQ(cloned.get<int>("a"), 1);
  EXPECT_EQ(config.get<int>("a"), 1);
  EXPECT_EQ(layer.loads, 1);
  // An update that brings a configuration of the other form publishes it in the registry's.
  auto target = ConfigHandle(cloning).with_value("x", 1);
  target.update([&](const SuperConfig&) { return config; });
  EXPECT_EQ(target.get<int>("a"), 1);
  EXPECT_EQ(cloning.stats().converted, 0U);
  EXPECT_EQ(layer.loads, 1);
}

// ---- the same answers ----

struct Pool {
  int max_conn = 1;
};
struct Settings {
  std::string name;
  Pool pool;
  std::vector<std::string> tags;
};

// All that can be read of a configuration, as text.
template <class Config>
std::string all_of(const Config& config) {
  std::string text = config.profile() + "\n";
  for (const auto& name : config.profiles()) text += "profile " + name + "\n";
  for (const auto& layer : config.layers())
    text +=
        "layer " + std::string(name_of(layer.order)) + " " + layer.provider.name + " " + layer.provider.place + "\n";
  for (const auto& line : config.debug_sources()) text += line + "\n";
  text += config.debug_config();
  for (const auto& message : config.debug_messages()) text += message.to_string() + "\n";
  for (const auto& warning : config.warnings()) text += "warning " + warning.to_string() + "\n";
  text += config.as_json() + config.as_yaml() + config.as_toml();
  for (const auto* path : {"", "name", "tags", "tags[0]", "pool", "pool.max_conn", "peers", "peers[0].host", "extra",
                           "gone", "whole", "inner.value", "unknown.thing"}) {
    text += config.explain(path).to_string();
    if (const auto value = config.find_value(path)) text += value->to_string() + "\n";
    if (const auto origin = config.find_metadata(path)) {
      text += origin->to_string() + " #";
      for (const auto layer : origin->layer) text += std::to_string(layer) + ".";
      text += "\n";
    }
    text += testing::shown(config.template try_get<int>(path)) + "\n";
  }
  text += testing::shown(config.template try_extract<Settings>()) + "\n";
  text += testing::shown(config.template try_extract<Settings>(ExtractOptions{.deny_unknown = true})) + "\n";
  text += testing::shown(config.template try_extract<Pool>()) + "\n";
  return text;
}

// Layers of every kind over `start`.
template <class Start>
auto rich(const Scratch& scratch, Start start) {
  scratch.write("base.toml",
                "name = 'base'\ntags = ['a', 'b']\ngone = 1\nwhole = {x = 1, y = 2}\n[pool]\nmax_conn = 5\nmin = 1\n"
                "[[peers]]\nhost = 'one'\n");
  scratch.write("profiles.yaml",
                "default:\n  name: from yaml\nproduction:\n  tags_add: [p]\n  pool:\n    max_conn: 50\n");
  const auto inner = SuperConfig().with_value("inner.value", 1).with_override("inner.other", "x").select("production");
  return std::move(start)
      .with_trace_verbosity()
      .with_file(scratch.path("base.toml"))
      .merge(Yaml::file(scratch.path("profiles.yaml")).nested())
      .merge(Toml::string("tags_add = ['c']\ntags_remove = ['a', 'zz']\n\"gone!unset\" = true\n"))
      .merge(Json::string(R"({"whole!replace": {"z": 3}, "name": {"was": "text"}})"))
      .join(Json::string(R"({"extra": 1, "pool": {"max_conn": 7}})"))
      .admerge(Toml::string("extra = [1, 2]"))
      .adjoin(Toml::string("extra = [3]"))
      .merge(inner)
      .with_value("peers[0].host", "two")
      .with_set("name=set")
      .with_env("APP_", Environment{{"APP_POOL_MAX_CONN", "9"},
                                    {"APP_PEERS__0__HOST", "three"},
                                    {"APP_UNKNOWN_THING", "u"},
                                    {"APP_MAX_CONN", "11"}})
      .with_file_opt(scratch.path("none.toml"))
      .with_override("pool.min", 2);
}

TEST(SameAnswers, in_both_modes_by_value_and_by_handle) {
  const InMode before(Mode::handle);
  const Scratch scratch;
  const auto expected = all_of(rich(scratch, SuperConfig()));
  // It is worth comparing: something of all of it is there.
  for (const auto* part : {"profile production", "layer adjoin", "warning ", "invalid_type", "unknown_field",
                           "taken out", "max_conn", "trace [", "env APP_UNKNOWN_THING"})
    EXPECT_NE(expected.find(part), std::string::npos) << part;
  EXPECT_EQ(all_of(rich(scratch, SuperConfig::new_handled())), expected);
  const auto built_by_handles = rich(scratch, SuperConfig::new_handled());

  set_mode(Mode::clone);
  EXPECT_EQ(all_of(rich(scratch, SuperConfig())), expected);
  EXPECT_EQ(all_of(rich(scratch, SuperConfig::new_handled())), expected);
  EXPECT_EQ(all_of(built_by_handles), expected) << "converted";
  const auto built_by_cloning = rich(scratch, SuperConfig::new_handled());

  set_mode(Mode::handle);
  EXPECT_EQ(all_of(built_by_cloning), expected) << "converted";
  EXPECT_EQ(all_of(built_by_handles), expected) << "and back";
  ConfigRegistry cloning({.mode = Mode::clone});
  EXPECT_EQ(all_of(rich(scratch, ConfigHandle(cloning))), expected);
}

TEST(SameAnswers, of_what_goes_on_after_a_conversion) {
  const InMode before(Mode::handle);
  const Scratch scratch;
  const auto more = [](const ConfigHandle& handle) {
    return all_of(handle.with_value_ref("pool.max_conn", 70)
                      .with_env("LATER_", Environment{{"LATER_TAGS", R"(["x","y"])"}, {"LATER_POOL_MIN", "many"}})
                      .select("production")) +
           handle.focus_ref("pool").value().to_string() +
           testing::shown(handle.with_file_ref("/nowhere/at/all.toml").resolve());
  };
  const auto handle = rich(scratch, SuperConfig::new_handled());
  const auto expected = more(handle);
  EXPECT_NE(expected.find("not_found"), std::string::npos);
  set_mode(Mode::clone);
  EXPECT_EQ(more(handle), expected);
  EXPECT_EQ(more(rich(scratch, SuperConfig::new_handled())), expected);
  set_mode(Mode::handle);
  EXPECT_EQ(more(handle), expected);
}

// A configuration inside of another is composed once, whatever is done with the outer one afterwards.
TEST(SameAnswers, to_sinks_of_a_configuration_inside) {
  for (const auto mode : {Mode::handle, Mode::clone}) {
    const InMode now(mode);
    int told = 0;
    const auto inner =
        SuperConfig().with_info_verbosity().on_message([&](const Message&) { ++told; }).with_value("a", 1);
    auto config = SuperConfig().merge(inner).with_info_verbosity();
    for (int i = 0; i < 3; ++i) config = config.with_value("b", i);
    EXPECT_EQ(config.get<int>("a"), 1);
    EXPECT_EQ(config.explain("a").value, Value(1));
    EXPECT_EQ(config.debug_sources()[0], "0 merge configuration: 1 value");
    EXPECT_EQ(told, 1) << name_of(mode);
  }
}

TEST(SameAnswers, to_sinks) {
  const InMode before(Mode::handle);
  const auto heard = [] {
    std::string text;
    const auto config = SuperConfig()
                            .with_info_verbosity()
                            .on_message([&](const Message& m) { text += m.to_string() + "\n"; })
                            .on_warning([&](const Warning& w) { text += "warning " + w.to_string() + "\n"; })
                            .merge(testing::layer("one", R"({"a":1,"x":[1]})"))
                            .merge(testing::layer("two", R"({"a":{"b":1},"x_remove":[7]})"));
    EXPECT_EQ(config.get<int>("a.b"), 1);
    return text;
  };
  const auto expected = heard();
  EXPECT_NE(expected.find("warning"), std::string::npos);
  set_mode(Mode::clone);
  EXPECT_EQ(heard(), expected);
}

// ---- the deprecated calls ----

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

TEST(CloneCalls, give_what_their_namesakes_give) {
  const Scratch scratch;
  scratch.write("app.toml", "a = 1\n[d]\nx = 1\n");
  scratch.write("firstgen-app.toml", "level = 'project'\n");
  const Environment environment{{"APP_A", "2"}, {"APP_EMPTY", ""}};
  ::setenv("CLONECALLS_A", "3", 1);
  for (const auto mode : {Mode::handle, Mode::clone}) {
    const InMode now(mode);
    const auto base = SuperConfig()
                          .with_info_verbosity()
                          .with_defaults_string("a = 0\nlist = [1]\n[d]\ny = 2")
                          .merge(Toml::string("[debug]\na = 'debugging'").nested());
    const auto same = [](const SuperConfig& cloned, const SuperConfig& derived) {
      EXPECT_EQ(cloned.as_json(), derived.as_json());
      EXPECT_EQ(cloned.explain("a").to_string(), derived.explain("a").to_string());
      EXPECT_EQ(cloned.debug_config(), derived.debug_config());
      EXPECT_EQ(cloned.verbosity(), derived.verbosity());
      EXPECT_EQ(cloned.debug_messages().size(), derived.debug_messages().size());
      EXPECT_EQ(cloned.layers().size(), derived.layers().size());
    };
    const auto more = Json::string(R"({"a": 5, "list": [2]})");
    same(base.merge_clone(more), base.merge(more));
    same(base.join_clone(more), base.join(more));
    same(base.admerge_clone(more), base.admerge(more));
    same(base.adjoin_clone(more), base.adjoin(more));
    same(base.with_file_clone("app.toml"), base.with_file("app.toml"));
    same(base.with_file_opt_clone("none.toml"), base.with_file_opt("none.toml"));
    same(base.with_file_opt_clone(std::nullopt), base.with_file_opt(std::nullopt));
    same(base.with_env_clone("CLONECALLS_"), base.with_env("CLONECALLS_"));
    same(base.with_env_clone("APP_", environment), base.with_env("APP_", environment));
    same(base.with_env_ignore_empty_clone("CLONECALLS_"), base.with_env_ignore_empty("CLONECALLS_"));
    same(base.with_env_ignore_empty_clone("APP_", environment), base.with_env_ignore_empty("APP_", environment));
    same(base.with_hierarchical_config_clone("firstgen-app"), base.with_hierarchical_config("firstgen-app"));
    same(base.with_defaults_string_clone("a = 9"), base.with_defaults_string("a = 9"));
    const auto place = std::source_location::current();
    same(base.with_defaults_clone(Pool{}, place), base.with_defaults(Pool{}, place));
    same(base.with_cli_opt_clone(std::optional<Pool>(Pool{}), place),
         base.with_cli_opt(std::optional<Pool>(Pool{}), place));
    same(base.with_cli_opt_clone(std::optional<Pool>()), base.with_cli_opt(std::optional<Pool>()));
    same(base.select_clone("debug"), base.select("debug"));
    same(base.focus_clone("d"), base.focus("d"));
    same(base.with_verbosity_clone(Verbosity::trace), base.with_verbosity(Verbosity::trace));
    same(base.with_info_verbosity_clone(), base.with_info_verbosity());
    same(base.with_debug_verbosity_clone(), base.with_debug_verbosity());
    same(base.with_trace_verbosity_clone(), base.with_trace_verbosity());
    EXPECT_EQ(base.get<int>("a"), 0) << "what they are called on stays as it was";
  }
  ::unsetenv("CLONECALLS_A");
}

TEST(CloneCalls, load_nothing_again_and_go_on_in_the_mode_there_is) {
  const InMode before(Mode::handle);
  Counted layer(R"({"a":1})");
  const auto base = SuperConfig().merge(layer.layer());
  const auto one = base.with_verbosity_clone(Verbosity::info);
  const auto two = one.with_defaults_string_clone("b = 2");
  EXPECT_EQ(two.get<int>("a"), 1);
  EXPECT_EQ(base.get<int>("a"), 1);
  EXPECT_EQ(layer.loads, 1);
  Counted later(R"({"c":1})");
  const auto three = two.merge(later.layer());
  EXPECT_EQ(later.loads, 0) << "the next step is lazy again";
  EXPECT_EQ(three.get<int>("c"), 1);
}

#pragma GCC diagnostic pop

// ---- what is kept of extractions ----

struct Counts {
  std::uint64_t cached = 0, made = 0;
};
Counts counts_of(const std::function<void()>& f) {
  const auto before = ConfigRegistry::process().stats();
  f();
  const auto after = ConfigRegistry::process().stats();
  return {after.extractions_cached - before.extractions_cached, after.extractions_made - before.extractions_made};
}
#define EXPECT_COUNTS(cached_count, made_count, ...)     \
  do {                                                   \
    const auto counts = counts_of([&] { __VA_ARGS__; }); \
    EXPECT_EQ(counts.cached, cached_count);              \
    EXPECT_EQ(counts.made, made_count);                  \
  } while (false)

struct Node {
  std::shared_ptr<Pool> pool;
};

TEST(ExtractionCache, keeps_from_the_second_time_on) {
  const InMode handle(Mode::handle);
  const auto config = SuperConfig().merge(testing::layer("one", R"({"max_conn":7})"));
  EXPECT_COUNTS(0U, 0U, EXPECT_EQ(config.extract<Pool>().max_conn, 7));
  EXPECT_COUNTS(0U, 1U, EXPECT_EQ(config.extract<Pool>().max_conn, 7));
  EXPECT_COUNTS(3U, 0U, for (int i = 0; i < 3; ++i) EXPECT_EQ(config.extract<Pool>().max_conn, 7));
  // Another type, other options: other objects.
  EXPECT_COUNTS(0U, 0U, EXPECT_EQ((config.extract<std::map<std::string, int>>()["max_conn"]), 7));
  EXPECT_COUNTS(0U, 0U, EXPECT_EQ(config.extract<Pool>({.lossy = true}).max_conn, 7));
  // Text is kept the same way.
  const auto text = config.as_json();
  EXPECT_COUNTS(0U, 1U, EXPECT_EQ(config.as_json(), text));
  EXPECT_COUNTS(1U, 0U, EXPECT_EQ(config.as_json(), text));
}

TEST(ExtractionCache, is_shared_by_equal_configurations_only) {
  const InMode mode(Mode::handle);
  const auto config = SuperConfig().merge(testing::layer("one", R"({"max_conn":7})"));
  const auto object = config.extract_shared<Pool>();
  auto handle = config.into_handle();
  const auto copy = handle.clone_config();
  EXPECT_EQ(handle.extract_shared<Pool>(), object);
  EXPECT_EQ(copy.extract_shared<Pool>(), object);
  EXPECT_EQ(handle.config().extract_shared<Pool>(), object);
  handle.update([](const SuperConfig& c) { return c.with_value("max_conn", 8); });
  EXPECT_EQ(handle.extract_shared<Pool>()->max_conn, 8) << "nothing stale";
  EXPECT_EQ(copy.extract_shared<Pool>(), object);
  EXPECT_EQ(copy.with_value_ref("max_conn", 9).extract<Pool>().max_conn, 9);
  EXPECT_EQ(object->max_conn, 7);
}

TEST(ExtractionCache, gives_the_same_shared_object_that_outlives_the_configuration) {
  const InMode mode(Mode::handle);
  std::shared_ptr<const Pool> object;
  {
    const auto config = SuperConfig().merge(testing::layer("one", R"({"pool":{"max_conn":7}})"));
    object = config.extract_shared<Pool>("pool");
    EXPECT_EQ(config.extract_shared<Pool>("pool"), object);
    EXPECT_COUNTS(1U, 0U, EXPECT_EQ(config.extract_inner<Pool>("pool").max_conn, 7));
    EXPECT_FALSE(config.try_extract_shared<Pool>("none").ok());
  }
  EXPECT_EQ(object->max_conn, 7);
  EXPECT_EQ(object.use_count(), 1);
}

TEST(ExtractionCache, is_bounded) {
  const InMode mode(Mode::handle);
  auto tree = Value::dict({});
  for (int i = 0; i < 40; ++i) tree.set("pool" + std::to_string(i), Value::dict({{"max_conn", i}}));
  const auto config = SuperConfig().with_defaults(tree);
  const auto read_all = [&] {
    for (int i = 0; i < 40; ++i) EXPECT_EQ(config.extract_inner<Pool>("pool" + std::to_string(i)).max_conn, i);
  };
  EXPECT_COUNTS(0U, 16U, {
    for (int i = 0; i < 40; ++i) EXPECT_EQ(config.extract_shared<Pool>("pool" + std::to_string(i))->max_conn, i);
  });
  for (int round = 0; round < 3; ++round) EXPECT_COUNTS(16U, 0U, read_all());
}

TEST(ExtractionCache, never_lets_two_objects_share_what_they_point_at) {
  const InMode mode(Mode::handle);
  const auto config = SuperConfig().merge(testing::layer("one", R"({"pool":{"max_conn":7}})"));
  EXPECT_COUNTS(0U, 0U, {
    for (int i = 0; i < 4; ++i) {
      const auto one = config.extract<Node>();
      EXPECT_EQ(one.pool->max_conn, 7);
      one.pool->max_conn = 8;
    }
  });
  EXPECT_EQ(config.extract<Node>().pool.use_count(), 1);
  // Asked for as shared it may be kept: who asks so gets what others have too, unchangeable but for what it points at.
  EXPECT_EQ(config.extract_shared<Node>(), config.extract_shared<Node>());
  EXPECT_NE(config.extract<Node>().pool, config.extract_shared<Node>()->pool);
}

TEST(ExtractionCache, keeps_no_failures) {
  const InMode mode(Mode::handle);
  const auto config = SuperConfig().merge(testing::layer("one", R"({"max_conn":"many"})"));
  EXPECT_COUNTS(0U, 0U, for (int i = 0; i < 3; ++i) EXPECT_FALSE(config.try_extract<Pool>().ok()));
  EXPECT_EQ(config.try_extract<Pool>().error()[0].code, ErrorCode::invalid_type);
}

TEST(ExtractionCache, is_none_in_clone_mode) {
  const InMode mode(Mode::clone);
  const auto config = SuperConfig().merge(testing::layer("one", R"({"max_conn":7})"));
  EXPECT_COUNTS(0U, 0U, {
    for (int i = 0; i < 4; ++i) {
      EXPECT_EQ(config.extract<Pool>().max_conn, 7);
      EXPECT_FALSE(config.as_json().empty());
    }
    EXPECT_NE(config.extract_shared<Pool>(), config.extract_shared<Pool>());
  });
}

TEST(ExtractionCache, does_not_go_along_into_clone_mode) {
  const InMode mode(Mode::handle);
  const auto handle = SuperConfig::new_handled().merge(testing::layer("one", R"({"max_conn":7})"));
  const auto object = handle.extract_shared<Pool>();
  EXPECT_EQ(handle.extract_shared<Pool>(), object);
  set_mode(Mode::clone);
  EXPECT_COUNTS(0U, 0U, EXPECT_NE(handle.extract_shared<Pool>(), object));
  EXPECT_EQ(object->max_conn, 7);
}

}  // namespace
}  // namespace superconfig
