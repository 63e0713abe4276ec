// ConfigRegistry: against a model, under failure, at size, across threads' ends and forks.

#include "superconfig/registry.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <map>
#include <random>
#include <thread>

#include "registry/id.hpp"
#include "registry/pin.hpp"
#include "superconfig/shared_handle.hpp"

namespace superconfig {
namespace {

#define SKIP_IN_CLONE_MODE() \
  if (mode() == Mode::clone) GTEST_SKIP() << "clone mode loads when a layer is added"

// ---- a model ----

using Tree = std::map<std::string, int>;

void compare(const SuperConfig& config, const Tree& expected) { EXPECT_EQ(config.extract<Tree>(), expected); }

TEST(Registry, behaves_as_a_map_of_maps) {
  std::mt19937 random(20'260'101);
  const auto below = [&random](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
  for (int round = 0; round < 20; ++round) {
    ConfigRegistry registry;
    std::vector<std::pair<HandleId, Tree>> model;
    std::vector<HandleId> gone;
    for (int step = 0; step < 300; ++step) {
      const auto key = "k" + std::to_string(below(5));
      const auto value = static_cast<int>(below(1000));
      const auto at = model.empty() ? 0 : below(model.size());
      switch (model.empty() ? 0 : below(9)) {
        case 0: {
          model.emplace_back(registry.insert(SuperConfig().with_value(key, value)).value(), Tree{{key, value}});
          break;
        }
        case 1: {
          const auto config = registry.remove(model[at].first);
          ASSERT_TRUE(config);
          compare(*config, model[at].second);
          gone.push_back(model[at].first);
          model.erase(model.begin() + static_cast<std::ptrdiff_t>(at));
          break;
        }
        case 2: {
          ASSERT_TRUE(registry.update(model[at].first,
                                      [&](const SuperConfig& config) { return config.with_value(key, value); }));
          model[at].second[key] = value;
          break;
        }
        case 3: {  // one that fails
          EXPECT_FALSE(registry.update(model[at].first, [&](const SuperConfig& config) {
            return config.with_value(key, value).with_file("/nowhere/at/all.toml");
          }));
          break;
        }
        case 4: {  // derive
          const auto derived = registry.get(model[at].first)->with_value(key, value);
          auto tree = model[at].second;
          tree[key] = value;
          model.emplace_back(registry.insert(derived).value(), tree);
          break;
        }
        case 5: {
          const auto read = registry.read(model[at].first, [&](const ResolvedView& view) {
            const auto* found = view.find(key);
            return found ? static_cast<int>(*found->as_i64()) : -1;
          });
          const auto expected = model[at].second.find(key);
          EXPECT_EQ(read.value(), expected == model[at].second.end() ? -1 : expected->second);
          break;
        }
        case 6: {
          registry.set_mode(below(2) == 0 ? Mode::clone : Mode::handle);
          break;
        }
        case 7: {
          std::vector<HandleId> ids;
          for (const auto& [id, tree] : model) ids.push_back(id);
          const auto configs = registry.snapshot(ids);
          ASSERT_TRUE(configs);
          for (std::size_t i = 0; i < ids.size(); ++i) compare((*configs)[i], model[i].second);
          break;
        }
        default: compare(*registry.get(model[at].first), model[at].second);
      }
      if (!gone.empty()) {
        const auto id = gone[below(gone.size())];
        EXPECT_FALSE(registry.contains(id));
        EXPECT_EQ(registry.get(id).error()[0].code, ErrorCode::stale_handle);
        EXPECT_FALSE(registry.update(id, [](const SuperConfig& config) { return config; }));
        EXPECT_FALSE(registry.remove(id));
        EXPECT_FALSE(registry.version(id));
        EXPECT_FALSE(registry.snapshot(std::vector<HandleId>{id}));
      }
      ASSERT_EQ(registry.size(), model.size());
    }
    std::map<HandleId, Tree> found;
    registry.for_each([&](HandleId id, const SuperConfig& config) { found[id] = config.extract<Tree>(); });
    EXPECT_EQ(found, (std::map<HandleId, Tree>(model.begin(), model.end())));
    for (const auto& [id, tree] : model) EXPECT_TRUE(registry.remove(id));
    const auto stats = registry.stats();
    EXPECT_EQ(stats.live, 0U);
    EXPECT_EQ(stats.created, stats.removed);
  }
}

// ---- ids ----

TEST(Registry, registries_are_isolated) {
  ConfigRegistry first({.first_generation = 1});
  ConfigRegistry second({.first_generation = 2});
  const auto id = first.insert(SuperConfig().with_value("a", 1)).value();
  const auto other = second.insert(SuperConfig().with_value("a", 2)).value();
  EXPECT_TRUE(first.contains(id));
  EXPECT_FALSE(second.contains(id));
  EXPECT_FALSE(second.update(id, [](const SuperConfig& config) { return config; }));
  EXPECT_TRUE(first.remove(id));
  EXPECT_TRUE(second.remove(other));
}

TEST(Registry, ids_are_exact_in_a_double) {
  ConfigRegistry registry({.first_generation = detail::HandleBits::last_generation});
  const auto id = registry.insert({}).value();
  EXPECT_EQ(static_cast<std::uint64_t>(static_cast<double>(id.value)), id.value);
  EXPECT_LT(id.value, std::uint64_t{1} << 53U);
  EXPECT_TRUE(registry.remove(id));
}

TEST(Registry, says_what_is_alive_and_where_it_was_made) {
  ConfigRegistry registry({.track = true});
  EXPECT_EQ(registry.leak_report(), "");
  const auto handle = ConfigHandle(registry);
  const auto report = registry.leak_report();
  EXPECT_NE(report.find(handle.id().to_string()), std::string::npos) << report;
  EXPECT_NE(report.find("registry_test.cpp:"), std::string::npos) << report;
}

// ---- size ----

TEST(Registry, holds_a_million_handles_and_gives_them_back) {
  ConfigRegistry registry;
  const auto config = SuperConfig().with_value("a", 1);
  constexpr std::size_t many = 1'000'000;
  std::vector<HandleId> ids;
  ids.reserve(many);
  for (std::size_t i = 0; i < many; ++i) ids.push_back(registry.insert(config).value());
  EXPECT_EQ(registry.size(), many);
  EXPECT_EQ(registry.get(ids[many / 2])->get<int>("a"), 1);
  for (const auto id : ids) ASSERT_TRUE(registry.remove(id));
  EXPECT_EQ(registry.size(), 0U);
  EXPECT_FALSE(registry.contains(ids[0]));
  EXPECT_EQ(registry.stats().peak, many);
}

TEST(Registry, does_not_grow_while_handles_come_and_go) {
  ConfigRegistry registry;
  for (int i = 0; i < 100; ++i) (void)registry.remove(registry.insert({}).value());
  const auto before = registry.stats().bytes;
  for (int i = 0; i < 1'000'000; ++i) (void)ConfigHandle(registry);
  const auto stats = registry.stats();
  EXPECT_EQ(stats.bytes, before);
  EXPECT_EQ(stats.reused, stats.created - 1);
  EXPECT_EQ(stats.peak, 1U);
  EXPECT_EQ(detail::garbage_of_this_thread(), 0U);
}

// ---- ends ----

ConfigHandle& static_handle() {
  static ConfigHandle handle = SuperConfig::new_handled().with_value("a", 1);
  return handle;
}

TEST(Registry, handles_in_static_and_thread_storage_are_released) {
  EXPECT_EQ(static_handle().get<int>("a"), 1);  // dies when the program ends
  const auto before = ConfigRegistry::process().size();
  std::thread([] {
    static thread_local ConfigHandle mine = SuperConfig::new_handled().with_value("a", 2);
    static thread_local struct Reads {
      ~Reads() { (void)static_handle().get<int>("a"); }
    } reads_at_the_end;
    (void)reads_at_the_end;
    EXPECT_EQ(mine.get<int>("a"), 2);
  }).join();
  EXPECT_EQ(ConfigRegistry::process().size(), before);
  const auto records = detail::epoch_records();
  for (int i = 0; i < 50; ++i) std::thread([] { (void)static_handle().get<int>("a"); }).join();
  EXPECT_LE(detail::epoch_records(), records + 1) << "records of ended threads serve again";
}

// ---- forks ----

int child(const std::function<bool()>& f) {
  const auto id = fork();
  if (id == 0) {
    alarm(20);  // one that hangs is killed
    _exit(f() ? 0 : 1);
  }
  int status = 0;
  waitpid(id, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

#if defined(__SANITIZE_THREAD__)
#define SKIP_FORKS() GTEST_SKIP() << "ThreadSanitizer does not follow a fork of several threads"
#else
#define SKIP_FORKS() (void)0
#endif

TEST(Registry, a_child_uses_and_drops_its_handles) {
  SKIP_FORKS();
  auto handle = SuperConfig::new_handled().with_value("a", 1);
  const auto unread = handle.with_value_ref("b", 2);
  EXPECT_EQ(child([&] {
              handle.update([](const SuperConfig& config) { return config.with_value("a", 5); });
              const auto id = handle.id();
              const bool read = handle.get<int>("a") == 5 && unread.get<int>("b") == 2;
              {
                const auto dropped = std::move(handle);
              }
              return read && !ConfigRegistry::process().contains(id);
            }),
            0);
  EXPECT_EQ(handle.get<int>("a"), 1);
}

TEST(Registry, a_child_does_not_wait_for_threads_that_it_has_not) {
  SKIP_FORKS();
  SKIP_IN_CLONE_MODE();
  auto held = SuperConfig::new_handled().with_value("a", 1);
  std::atomic<int> inside{0};
  std::atomic<bool> go_on{false};
  const auto wait = [&] {
    ++inside;
    while (!go_on) std::this_thread::yield();
  };
  // One thread in the midst of an update, one of a load, one pinned.
  auto loading = SuperConfig::new_handled().merge(provide("slow", [&] {
    if (!go_on) wait();
    return Value::dict({{"x", 1}});
  }));
  std::thread updating([&] {
    held.update([&](const SuperConfig& config) {
      wait();
      return config.with_value("a", 2);
    });
  });
  std::thread loads([&] { (void)loading.get<int>("x"); });
  std::thread reading([&] { (void)held.read([&](const ResolvedView&) { wait(); }); });
  while (inside != 3) std::this_thread::yield();
  EXPECT_EQ(child([&] {
              go_on = true;
              held.update([](const SuperConfig& config) { return config.with_value("a", 3); });
              return held.get<int>("a") == 3 && loading.get<int>("x") == 1;
            }),
            0);
  go_on = true;
  updating.join();
  loads.join();
  reading.join();
  EXPECT_EQ(held.get<int>("a"), 2);
}

TEST(Registry, forks_while_threads_are_busy) {
  SKIP_FORKS();
#if defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "AddressSanitizer's heap may be locked in the child by a thread that is not there";
#endif
  std::atomic<bool> stop{false};
  auto shared = SuperConfig::new_handled().with_value("a", 0);
  std::vector<std::thread> threads;
  for (int t = 0; t < 2; ++t)
    threads.emplace_back([&] {
      for (int i = 0; !stop; ++i) {
        shared.update([&](const SuperConfig& config) { return config.with_value("a", i); });
        (void)shared.with_set_ref("b=" + std::to_string(i)).get<int>("b");
        (void)shared.explain("a");
      }
    });
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(child([&] {
                const auto derived = shared.with_set_ref("c=7");
                return derived.get<int>("c") == 7 && derived.explain("c").to_string().size() > 1;
              }),
              0);
  }
  stop = true;
  for (auto& thread : threads) thread.join();
}

// ---- many threads ----

TEST(Registry, readers_see_whole_versions_while_writers_publish) {
  ConfigRegistry registry;
  struct Pair {
    int a = 0, b = 0;
  };
  const auto with = [](int n) { return SuperConfig().with_value("a", n).with_value("b", -n); };
  std::vector<ConfigHandle> handles;
  for (int i = 0; i < 4; ++i) handles.push_back(ConfigHandle(registry, with(0)));
  std::atomic<bool> stop{false};
  std::vector<std::thread> threads;
  for (int t = 0; t < 2; ++t)
    threads.emplace_back([&, t] {
      for (int i = 1; !stop; ++i)
        handles[static_cast<std::size_t>((i + t) % 4)].update([&](const SuperConfig&) { return with(i); });
    });
  for (int t = 0; t < 2; ++t)
    threads.emplace_back([&] {
      const Key key("a");
      while (!stop) {
        for (auto& handle : handles) {
          const auto pair = handle.extract<Pair>();
          EXPECT_EQ(pair.a, -pair.b);
          (void)handle.get<int>(key);
          const auto sum = handle.read(
              [](const ResolvedView& view) { return *view.find("a")->as_i64() + *view.find("b")->as_i64(); });
          EXPECT_EQ(sum.value(), 0);
        }
      }
    });
  threads.emplace_back([&] {
    while (!stop) {
      auto one = handles[0].with_value_ref("c", 1).share();
      std::thread other([two = one] { EXPECT_EQ(two->get<int>("c"), 1); });
      one = {};
      other.join();
    }
  });
  threads.emplace_back([&] {
    while (!stop) {
      for (auto& handle : handles) {
        const auto config = registry.get(handle.id()).value();
        EXPECT_EQ(config.get<int>("a"), -config.get<int>("b"));
      }
      registry.set_mode(Mode::clone);
      std::this_thread::yield();
      registry.set_mode(Mode::handle);
    }
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(700));
  stop = true;
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(registry.size(), 4U);
}

TEST(Registry, updates_of_one_handle_from_many_threads_are_all_counted) {
  auto handle = SuperConfig::new_handled().with_value("n", 0);
  constexpr int each = 300;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < each; ++i)
        handle.update(
            [](const SuperConfig& config) { return SuperConfig().with_value("n", config.get<int>("n") + 1); });
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(handle.get<int>("n"), 4 * each);
  EXPECT_EQ(handle.version(), 2U + 4 * each);
}

TEST(Registry, the_first_read_is_done_by_one_thread_and_the_others_wait) {
  SKIP_IN_CLONE_MODE();
  std::atomic<int> loads{0};
  const auto handle = SuperConfig::new_handled().merge(provide("slow", [&] {
    ++loads;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return Value::dict({{"x", 1}});
  }));
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) threads.emplace_back([&] { EXPECT_EQ(handle.get<int>("x"), 1); });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(loads, 1);
}

TEST(Registry, what_is_read_inside_read_may_be_updated_there) {
  auto handle = SuperConfig::new_handled().with_value("text", std::string(100, 'x'));
  const auto seen = handle.read([&](const ResolvedView& view) {
    const auto before = *view.find("text")->as_string();
    handle.update([](const SuperConfig&) { return SuperConfig().with_value("text", "new"); });
    EXPECT_EQ(handle.get_string("text"), "new");
    return std::string(before);  // still there
  });
  EXPECT_EQ(seen.value(), std::string(100, 'x'));
  EXPECT_EQ(detail::garbage_of_this_thread(), 0U);
}

TEST(Registry, an_exception_in_read_unpins) {
  const auto handle = SuperConfig::new_handled().with_value("a", 1);
  EXPECT_THROW((void)handle.read([](const ResolvedView&) { throw std::runtime_error("no"); }), std::runtime_error);
  auto other = SuperConfig::new_handled().with_value("a", 1);
  other.update([](const SuperConfig& config) { return config.with_value("a", 2); });
  EXPECT_EQ(detail::garbage_of_this_thread(), 0U);
}

}  // namespace
}  // namespace superconfig
