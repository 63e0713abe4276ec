// clang-format off: the guide needs the lines as they are
// The C++ of the guide's pages about handles and modes. readme_test.cpp sees to it that they show just this.
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <iostream>
#include <superconfig/superconfig.hpp>
#include <thread>

#include "cli/command.hpp"

using namespace superconfig;

namespace {

struct Server {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
  int limit = 100;
};

struct Settings {
  Server server;
  std::vector<std::string> features;
};

class Handles : public test::CommandTest {
 protected:
  Handles() : before_(std::filesystem::current_path()) { std::filesystem::current_path(folder); }
  ~Handles() override { std::filesystem::current_path(before_); }

 private:
  std::filesystem::path before_;
};

TEST_F(Handles, Building) {
  write("app.toml", "features = ['search']\n[server]\nport = 9000\n");

  auto handle = SuperConfig::new_handled()
                    .with_defaults(Settings{})
                    .with_file_opt("app.toml")
                    .with_env("APP_");  // the same id throughout

  const auto settings = handle.extract<Settings>();
  const auto port = handle.get<int>("server.port");

  EXPECT_EQ(settings.server.port, 9000);
  EXPECT_EQ(port, 9000);
}

TEST_F(Handles, ToAndFro) {
  auto config = SuperConfig().with_value("server.port", 1);

  auto handle = config.into_handle();                          // of a copy; std::move(config).into_handle() takes it
  const auto test = config.with_override_ref("server.port", 0);  // adds a layer and gives a handle
  const SuperConfig now = handle.config();                     // the current value, to keep
  auto taken = SuperConfig::from_handle(std::move(handle));    // Result<SuperConfig>; the id ends

  EXPECT_EQ(test.get<int>("server.port"), 0);
  EXPECT_EQ(now.get<int>("server.port"), 1);
  EXPECT_EQ(taken->get<int>("server.port"), 1);
}

TEST_F(Handles, Deriving) {
  const auto handle = SuperConfig::new_handled().with_defaults(Settings{});

  const auto test = handle.with_override_ref("server.port", 0);  // another id; `handle` is as it was
  const auto deeper = test.with_value_ref("features", std::vector<std::string>{"fake-clock"});
  const auto copy = handle.clone_config();                       // another id for the same

  EXPECT_EQ(handle.get<int>("server.port"), 8080);
  EXPECT_EQ(test.get<int>("server.port"), 0);
  EXPECT_EQ(deeper.get_array<std::string>("features").size(), 1U);
  EXPECT_NE(copy.id(), handle.id());
}

TEST_F(Handles, Updating) {
  write("app.toml", "server.port = 1\n");
  auto handle = SuperConfig::new_handled().with_file("app.toml");
  EXPECT_EQ(handle.get<int>("server.port"), 1);
  write("app.toml", "server.port = 2\n");

  handle.update([](const SuperConfig& c) { return c.with_override("server.limit", 10); });
  handle.refresh();  // files are read again

  const auto done = handle.try_update([](const SuperConfig& c) { return c.with_file("broken.toml"); });
  if (!done.ok()) std::cerr << "unchanged: " << done.errors().to_string() << '\n';

  EXPECT_FALSE(done.ok());
  EXPECT_EQ(handle.get<int>("server.port"), 2);
  EXPECT_EQ(handle.get<int>("server.limit"), 10);
}

TEST_F(Handles, UpdatingWithAState) {
  auto handle = SuperConfig::new_handled().with_value("count", 1);

  handle.update([](SuperConfig& c) { c = c.with_value("count", c.get<int>("count") + 1); });  // nobody comes between

  EXPECT_EQ(handle.get<int>("count"), 2);
}

TEST_F(Handles, Reading) {
  const auto handle = SuperConfig::new_handled().with_defaults(Settings{});

  static const Key limit("server.limit");  // split and hashed once
  const int most = handle.get<int>(limit);

  // Two values of one version, in one step:
  const auto address = handle.read([](const ResolvedView& view) {
    return view.get<std::string>("server.host") + ":" + std::to_string(view.get<int>("server.port"));
  });  // Result<std::string>

  // As many as you like, and for as long as you like:
  const auto now = handle.config();
  const auto settings = now.extract<Settings>();
  const auto who = now.explain("server.port");

  EXPECT_EQ(most, 100);
  EXPECT_EQ(*address, "127.0.0.1:8080");
  EXPECT_EQ(settings.server.port, 8080);
  EXPECT_EQ(who.value, Value(8080));
}

TEST_F(Handles, SharedObjects) {
  const auto handle = SuperConfig::new_handled().with_defaults(Settings{});

  const std::shared_ptr<const Settings> settings = handle.extract_shared<Settings>();

  EXPECT_EQ(settings->server.port, 8080);
  if (mode() == Mode::handle) {
    EXPECT_EQ(settings, handle.extract_shared<Settings>());
  }
}

TEST_F(Handles, Shared) {
  auto handle = SuperConfig::new_handled().with_defaults(Settings{});

  auto shared = std::move(handle).share();  // SharedConfigHandle
  std::thread worker([mine = shared] { mine->update([](const SuperConfig& c) { return c.with_value("ready", true); }); });
  worker.join();
  const bool ready = shared->get<bool>("ready");

  const WeakConfigHandle weak = shared.weak();  // doesn't keep it alive
  if (auto again = weak.lock()) again->refresh();

  auto only = std::move(shared).into_handle();  // std::optional<ConfigHandle>: the only owner gets it back

  EXPECT_TRUE(ready);
  EXPECT_TRUE(only);
  EXPECT_TRUE(weak.expired());
}

TEST_F(Handles, Following) {
  auto handle = SuperConfig::new_handled().with_defaults(Settings{});

  auto limit = handle.live<int>("server.limit");
  const int before = *limit;
  handle.update([](const SuperConfig& c) { return c.with_value("server.limit", 200); });
  const int after = *limit;                            // 200: it follows
  handle.update([](const SuperConfig& c) { return c.with_value("server.limit", "lots"); });
  const int still = *limit;                            // 200: the last good one stays,
  const std::string why = limit.error().to_string();  // and this is why

  EXPECT_EQ(before, 100);
  EXPECT_EQ(after, 200);
  EXPECT_EQ(still, 200);
  EXPECT_NE(why.find("wrong type"), std::string::npos) << why;
}

TEST_F(Handles, Registries) {
  ConfigRegistry registry({.track = true});  // isolated from others; `track` keeps where handles are made

  const auto first = ConfigHandle(registry).with_value("a", 1);
  const auto second = first.with_value_ref("a", 2);  // in the registry of `first`

  const auto one = registry.get(first.id());                                 // Result<SuperConfig>
  const auto both = registry.snapshot(std::array{first.id(), second.id()});  // as they were at one moment
  const RegistryStats stats = registry.stats();                              // live, peak, created, published, …
  std::cerr << registry.leak_report();                                       // who is alive, and made where

  EXPECT_EQ(one->get<int>("a"), 1);
  EXPECT_EQ((*both)[1].get<int>("a"), 2);
  EXPECT_EQ(stats.live, 2U);
  EXPECT_NE(registry.leak_report().find("handles_test.cpp"), std::string::npos);
}

TEST_F(Handles, Ids) {
  auto& registry = ConfigRegistry::process();

  auto handle = SuperConfig::new_handled().with_value("a", 1);
  const HandleId id = std::move(handle).leak();       // a number, for another language; owns nothing
  auto back = ConfigHandle::adopt(registry, id);      // Result<ConfigHandle>
  const bool live = registry.contains(id);
  { const auto ends = std::move(*back); }
  const auto gone = registry.get(id);                 // stale_handle

  EXPECT_TRUE(live);
  ASSERT_FALSE(gone.ok());
  EXPECT_EQ(gone.errors()[0].code, ErrorCode::stale_handle);
}

// ---- modes ----

class Modes : public Handles {
 protected:
  ~Modes() override { set_mode(before_); }

 private:
  Mode before_ = mode();
};

TEST_F(Modes, OfTheProcess) {
  const auto handle = SuperConfig::new_handled().with_defaults(Settings{});
  EXPECT_EQ(handle.get<int>("server.port"), 8080);

  set_mode(Mode::clone);  // from the next operation on, for all handles that there are, too

  EXPECT_EQ(mode(), Mode::clone);
  EXPECT_EQ(handle.get<int>("server.port"), 8080);
}

TEST_F(Modes, OfARegistry) {
  set_mode(Mode::handle);

  ConfigRegistry old_way({.mode = Mode::clone});  // this one only, whatever the process's mode is
  const auto handle = ConfigHandle(old_way).with_defaults(Settings{});
  old_way.set_mode(std::nullopt);                 // from now on as the process

  EXPECT_EQ(handle.get<int>("server.port"), 8080);
  EXPECT_EQ(old_way.mode(), Mode::handle);
}

TEST_F(Modes, AreToldApart) {
  set_mode(Mode::handle);
  const auto handle = SuperConfig::new_handled().with_defaults(Settings{});
  (void)handle.resolve();
  const auto had = ConfigRegistry::process().stats().converted;
  set_mode(Mode::clone);
  testing::internal::CaptureStderr();
  (void)handle.has_key("server");

  const auto& registry = ConfigRegistry::process();
  std::cerr << "mode " << name_of(mode()) << ", of the registry " << name_of(registry.mode()) << ", "
            << registry.stats().converted << " handles converted\n";

  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "mode clone, of the registry clone, " + std::to_string(had + 1) + " handles converted\n");
}

TEST_F(Modes, LoadAtTheCall) {
  int loads = 0;
  const auto source = [&loads] { return Value::dict({{"n", ++loads}}); };

  set_mode(Mode::handle);
  const auto lazy = SuperConfig().merge(provide("counter", source));   // not called yet
  const int so_far = loads;
  set_mode(Mode::clone);
  const auto eager = SuperConfig().merge(provide("counter", source));  // called

  EXPECT_EQ(so_far, 0);
  EXPECT_EQ(loads, 1);
  EXPECT_EQ(eager.get<int>("n"), 1);
}

}  // namespace
