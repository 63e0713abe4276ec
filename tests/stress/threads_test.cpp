// Many threads read what nobody has read yet: one configuration, those derived from it, their warnings, origins and
// types. Run under the thread sanitizer, this is the proof that reading needs no care.
#include <atomic>
#include <barrier>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "config/building.hpp"

namespace superconfig::testing {
namespace {

constexpr int thread_count = 8;

// Runs `work(thread)` on many threads that begin at the same moment.
template <class Work>
void at_once(const Work& work) {
  std::barrier start(thread_count);
  std::vector<std::thread> threads;
  threads.reserve(thread_count);
  for (int t = 0; t < thread_count; ++t) {
    threads.emplace_back([&, t] {
      start.arrive_and_wait();
      work(t);
    });
  }
  for (auto& thread : threads) thread.join();
}

// A provider that takes its time and counts.
ProviderPtr slow(std::shared_ptr<std::atomic<int>> loads, Value tree,
                 std::chrono::milliseconds time = std::chrono::milliseconds(5)) {
  return provide("slow", [loads = std::move(loads), tree = std::move(tree), time] {
    ++*loads;
    std::this_thread::sleep_for(time);
    return tree;
  });
}

TEST(Threads, that_read_first_together_load_each_provider_once) {
  for (int round = 0; round < 10; ++round) {
    const auto low = std::make_shared<std::atomic<int>>(0), high = std::make_shared<std::atomic<int>>(0);
    const auto config = SuperConfig().merge(slow(low, json(R"({"a":1,"b":1})"))).merge(slow(high, json(R"({"a":2})")));
    at_once([&](int) {
      EXPECT_EQ(config.get<int>("a"), 2);
      EXPECT_EQ(config.get<int>("b"), 1);
    });
    EXPECT_EQ(*low, 1);
    EXPECT_EQ(*high, 1);
  }
}

TEST(Threads, that_read_different_derived_configurations_share_what_is_loaded) {
  for (int round = 0; round < 10; ++round) {
    const auto loads = std::make_shared<std::atomic<int>>(0);
    const auto base = SuperConfig().merge(slow(loads, json(R"({"a":1,"xs":[1]})")));
    at_once([&](int t) {
      switch (t % 4) {
        case 0: EXPECT_EQ(base.get<int>("a"), 1); break;
        case 1: EXPECT_EQ(base.with_value("a", t).get<int>("a"), t); break;
        case 2:
          EXPECT_EQ(base.with_override("xs_add", Value::array({t})).get_array<int>("xs"), (std::vector<int>{1, t}));
          break;
        default: EXPECT_EQ(SuperConfig().merge(base).select("x").get<int>("a"), 1); break;
      }
    });
    EXPECT_EQ(*loads, 1);
  }
}

TEST(Threads, that_read_a_whole_family_at_once_see_what_one_thread_would) {
  for (int round = 0; round < 20; ++round) {
    std::vector<SuperConfig> family{SuperConfig().merge(layer("base", R"({"k0":0,"xs":[0]})"))};
    for (int i = 1; i < 40; ++i) {
      const auto& parent = family[static_cast<std::size_t>((i * 7) % i)];
      family.push_back(i % 5 == 0 ? parent.admerge(layer("more", R"({"xs":[1]})"))
                                  : parent.with_value("k" + std::to_string(i), i));
    }
    std::vector<std::string> seen(thread_count * family.size());
    at_once([&](int t) {
      for (std::size_t i = 0; i < family.size(); ++i) {
        const auto which = (i * 13 + static_cast<std::size_t>(t) * 5) % family.size();
        seen[static_cast<std::size_t>(t) * family.size() + which] = shown(family[which]);
      }
    });
    for (std::size_t t = 1; t < thread_count; ++t)
      for (std::size_t i = 0; i < family.size(); ++i) ASSERT_EQ(seen[t * family.size() + i], seen[i]);
  }
}

struct Wanted {
  int max_conn = 1;
  std::vector<int> xs;
};
struct Other {
  int conn = 1;
};

TEST(Threads, may_ask_for_everything_at_once) {
  for (int round = 0; round < 10; ++round) {
    const auto config = SuperConfig()
                            .merge(layer("low", R"({"d":{"a":1},"xs":[1,2],"name":"x"})"))
                            .merge(layer("high", R"({"d":1,"xs_remove":[7]})"))
                            .with_env("APP_", {{"APP_MAX_CONN", "5"}, {"APP_NAME", "9"}})
                            .merge(Json::string(R"({"xs_add":[9]})").profile("dev"))
                            .select("dev");
    const Key key("xs[2]");
    at_once([&](int t) {
      switch (t) {
        case 0: EXPECT_EQ(config.warnings().size(), 3U); break;
        case 1: EXPECT_EQ(config.explain("xs").items.size(), 3U); break;
        case 2: EXPECT_EQ(config.find_metadata("xs[2]")->layer, std::vector<std::uint32_t>{3}); break;
        case 3: EXPECT_EQ(config.extract<Wanted>().max_conn, 5); break;
        case 4: EXPECT_EQ(config.extract_inner<Other>("max").conn, 5); break;
        case 5: EXPECT_EQ(config.get<int>(key), 9); break;
        case 6: EXPECT_EQ(config.try_get<int>("name.x").error()[0].code, ErrorCode::missing_field); break;
        default: EXPECT_EQ(config.as_json().empty(), false); break;
      }
      EXPECT_EQ(config.extract<Wanted>().xs, (std::vector<int>{1, 2, 9}));
      EXPECT_EQ(config.get<int>(key), 9) << "keys may be shared too";
      EXPECT_EQ(config.try_get<bool>("d").error()[0].origin.layer, std::vector<std::uint32_t>{1});
      EXPECT_EQ(config.profile() + std::to_string(config.profiles().size()) + std::to_string(config.layers().size()),
                "dev24");
    });
  }
}

TEST(Threads, all_get_the_errors_of_a_configuration_that_fails) {
  for (int round = 0; round < 10; ++round) {
    const auto loads = std::make_shared<std::atomic<int>>(0);
    const auto config = SuperConfig()
                            .with_value("a..b", 1)
                            .merge(provide("broken",
                                           [loads]() -> Value {
                                             ++*loads;
                                             std::this_thread::sleep_for(std::chrono::milliseconds(2));
                                             throw std::runtime_error("broken");
                                           }))
                            .with_value("x", 1);
    at_once([&](int) {
      EXPECT_EQ(config.try_value().error().size(), 2U);
      EXPECT_EQ(config.with_value("y", 1).try_get<int>("y").error().size(), 2U);
      EXPECT_TRUE(config.warnings().empty());
    });
    EXPECT_EQ(*loads, 1);
  }
}

TEST(Threads, that_wait_for_one_that_runs_out_of_memory_take_over) {
  if (mode() == Mode::clone) GTEST_SKIP() << "clone mode calls a provider when it is added: nobody waits";
  for (int round = 0; round < 10; ++round) {
    std::atomic<int> loads = 0, failures = 0;
    const auto config = SuperConfig().merge(provide("short of memory", [&loads] {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      if (++loads <= 3) throw std::bad_alloc();
      return Value::dict({{"a", 1}});
    }));
    at_once([&](int t) {
      const auto derived = t % 2 == 0 ? config : config.with_value("b", t);
      for (;;) {
        try {
          EXPECT_EQ(derived.get<int>("a"), 1);
          return;
        } catch (const std::bad_alloc&) {
          ++failures;
        }
      }
    });
    EXPECT_EQ(failures, 3);
    EXPECT_EQ(loads, 4);
  }
}

TEST(Threads, may_derive_copy_and_drop_while_others_read) {
  const auto base = SuperConfig().merge(layer("base", R"({"a":1,"d":{"x":1,"y":2}})"));
  at_once([&](int t) {
    auto mine = base;
    for (int i = 0; i < 300; ++i) {
      mine = mine.with_value("d.x", i);
      if (i % 3 == 0) {
        EXPECT_EQ(mine.get<int>("d.x"), i);
      }
      if (i % 50 == t) mine = base;
      EXPECT_EQ(base.get<int>("d.x"), 1);
      const auto other = SuperConfig().merge(mine).with_override("d.z", t);
      if (i % 7 == 0) {
        EXPECT_EQ(other.get<int>("d.z"), t);
      }
    }
  });
  EXPECT_EQ(shown(base), R"({"a":1,"d":{"x":1,"y":2}})");
}

TEST(Threads, may_make_the_same_sources_and_drop_them) {
  at_once([](int t) {
    for (int i = 0; i < 100; ++i) {
      const auto config = SuperConfig()
                              .with_env("APP_", {{"APP_SAME", std::to_string(i)}})
                              .with_set("x=" + std::to_string(t))
                              .merge(Json::string("{\"j\":1}"));
      EXPECT_EQ(config.get<int>("same"), i);
      EXPECT_EQ(origin(config, "same"), "env APP_SAME #0");
      EXPECT_EQ(origin(config, "x"), "--set #1");
      EXPECT_EQ(origin(config, "j"), "JSON text:1:6 #2");
    }
  });
}

TEST(Threads, may_extract_many_types_from_one_configuration) {
  const auto config = SuperConfig().with_env("APP_", {{"APP_MAX_CONN", "5"}});
  at_once([&](int t) {
    for (int i = 0; i < 50; ++i) {
      const auto path = "p" + std::to_string((t + i) % 20);  // more paths than the cache of views keeps
      EXPECT_EQ(config.try_extract_inner<Wanted>(path).ok(), false);
      EXPECT_EQ(config.extract<Wanted>().max_conn, 5);
      EXPECT_EQ((config.extract<std::map<std::string, Value>>().size()), 1U);
    }
  });
}

TEST(Threads, may_read_configurations_that_read_one_another) {
  for (int round = 0; round < 10; ++round) {
    const auto low = SuperConfig().merge(
        slow(std::make_shared<std::atomic<int>>(0), json(R"({"a":1})"), std::chrono::milliseconds(1)));
    const auto middle = low.merge(provide("reader", [low] { return Value::dict({{"b", low.get<int>("a") + 1}}); }));
    const auto high = SuperConfig().merge(middle).merge(
        provide("reader", [low, middle] { return Value::dict({{"c", low.get<int>("a") + middle.get<int>("b")}}); }));
    at_once([&](int t) {
      if (t % 3 == 0) {
        EXPECT_EQ(low.get<int>("a"), 1);
      } else if (t % 3 == 1) {
        EXPECT_EQ(middle.get<int>("b"), 2);
      }
      EXPECT_EQ(high.get<int>("c"), 3);
    });
  }
}

}  // namespace
}  // namespace superconfig::testing
