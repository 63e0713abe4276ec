// ConfigHandle: the same id while building, a new one when deriving, in place when updating; released on every path.

#include "superconfig/handle.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "superconfig/shared_handle.hpp"

namespace superconfig {
namespace {

struct Server {
  std::string host = "localhost";
  int port = 80;
};

TEST(ConfigHandle, builds_under_one_id) {
  ConfigRegistry registry;
  auto handle = ConfigHandle(registry);
  const auto id = handle.id();
  EXPECT_TRUE(id);
  handle = std::move(handle).with_value("server.port", 8080).with_value("server.host", "a");
  EXPECT_EQ(handle.id(), id);
  EXPECT_EQ(handle.version(), 3U);
  EXPECT_EQ(handle.get<int>("server.port"), 8080);
  EXPECT_EQ(handle.extract_inner<Server>("server").host, "a");
  EXPECT_EQ(registry.size(), 1U);
}

TEST(ConfigHandle, derives_a_new_one_and_stays_as_it_was) {
  ConfigRegistry registry;
  const auto base = ConfigHandle(registry).with_value("port", 1);
  const auto derived = base.with_value_ref("port", 2);
  EXPECT_NE(base.id(), derived.id());
  EXPECT_EQ(base.get<int>("port"), 1);
  EXPECT_EQ(derived.get<int>("port"), 2);
  EXPECT_EQ(base.version(), 2U);
  EXPECT_EQ(derived.version(), 1U);
}

TEST(ConfigHandle, is_released_when_it_dies_or_is_moved_over) {
  ConfigRegistry registry;
  {
    auto handle = ConfigHandle(registry);
    auto other = ConfigHandle(registry);
    EXPECT_EQ(registry.size(), 2U);
    other = std::move(handle);
    EXPECT_EQ(registry.size(), 1U);
    EXPECT_FALSE(handle.is_valid());  // NOLINT: what is left of it
    EXPECT_EQ(handle.id().value, 0U);
  }
  EXPECT_EQ(registry.size(), 0U);
  const auto stats = registry.stats();
  EXPECT_EQ(stats.created, 2U);
  EXPECT_EQ(stats.removed, 2U);
  EXPECT_EQ(stats.peak, 2U);
}

TEST(ConfigHandle, is_released_when_an_exception_passes) {
  ConfigRegistry registry;
  EXPECT_THROW(
      {
        const auto handle = ConfigHandle(registry).with_value("a", 1);
        (void)handle.get<int>("b");
      },
      ConfigError);
  EXPECT_EQ(registry.size(), 0U);
}

TEST(ConfigHandle, refuses_an_id_that_is_gone) {
  ConfigRegistry registry;
  HandleId id;
  {
    const auto handle = ConfigHandle(registry).with_value("a", 1);
    id = handle.id();
    EXPECT_TRUE(registry.contains(id));
  }
  EXPECT_FALSE(registry.contains(id));
  const auto gone = registry.get(id);
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error()[0].code, ErrorCode::stale_handle);
  EXPECT_NE(gone.error().to_string().find(id.to_string()), std::string::npos);
  // The slot is used again, under another id.
  const auto next = ConfigHandle(registry);
  EXPECT_NE(next.id(), id);
  EXPECT_FALSE(registry.contains(id));
  EXPECT_FALSE(registry.get(HandleId{}));
}

struct Login {
  Secret<std::string> pin{"1234"};
};

TEST(ConfigHandle, exports_what_is_declared_secret_only_if_asked_to) {
  const auto handle = SuperConfig().with_defaults(Login{}).into_handle();
  EXPECT_EQ(handle.as_toml(), "pin = \"***\"\n");
  EXPECT_EQ(handle.as_toml(Secrets::reveal), "pin = \"1234\"\n");
  EXPECT_EQ(handle.as_toml(), "pin = \"***\"\n") << "also from what is kept";
  EXPECT_EQ(handle.as_json(), handle.config().as_json());
  EXPECT_EQ(handle.as_yaml(Secrets::reveal), handle.config().as_yaml(Secrets::reveal));
}

TEST(ConfigHandle, updates_in_place_or_not_at_all) {
  auto handle = SuperConfig::new_handled().with_value("a", 1);
  const auto before = handle.version();
  handle.update([](const SuperConfig& c) { return c.with_value("a", 2); });
  EXPECT_EQ(handle.get<int>("a"), 2);
  EXPECT_EQ(handle.version(), before + 1);
  handle.update([](SuperConfig& c) { c = c.with_value("a", 3); });
  EXPECT_EQ(handle.get<int>("a"), 3);

  EXPECT_THROW(handle.update([](const SuperConfig& c) { return c.with_file("/nowhere/at/all.toml"); }), ConfigError);
  EXPECT_THROW(handle.update([](SuperConfig&) { throw std::runtime_error("no"); }), std::runtime_error);
  const auto refused = handle.try_update([](SuperConfig&) -> Result<void> {
    Error error;
    error.message = "no";
    return error;
  });
  EXPECT_FALSE(refused);
  EXPECT_EQ(handle.get<int>("a"), 3);
  EXPECT_EQ(handle.version(), before + 2);
}

TEST(ConfigHandle, an_update_inside_its_own_update_is_a_conflict) {
  auto handle = SuperConfig::new_handled().with_value("a", 1);
  handle.update([&](const SuperConfig& c) {
    const auto inner = handle.try_update([](const SuperConfig& d) { return d.with_value("a", 5); });
    EXPECT_FALSE(inner);
    EXPECT_EQ(inner.error()[0].code, ErrorCode::conflict);
    EXPECT_EQ(handle.get<int>("a"), 1);  // reading is fine
    return c.with_value("a", 2);
  });
  EXPECT_EQ(handle.get<int>("a"), 2);
}

TEST(ConfigHandle, publishes_unresolved_while_building) {
  auto handle = SuperConfig::new_handled().with_file("/nowhere/at/all.toml");
  EXPECT_TRUE(handle.is_valid());
  EXPECT_FALSE(handle.resolve());
  EXPECT_THROW((void)handle.get<int>("a"), ConfigError);
}

TEST(ConfigHandle, goes_to_and_from_a_value) {
  auto config = SuperConfig().with_value("a", 1);
  auto handle = std::move(config).into_handle();
  EXPECT_EQ(handle.get<int>("a"), 1);
  const auto id = handle.id();
  const auto back = SuperConfig::from_handle(std::move(handle));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->get<int>("a"), 1);
  EXPECT_FALSE(ConfigRegistry::process().contains(id));
  EXPECT_FALSE(SuperConfig::from_handle(std::move(handle)));  // NOLINT: gone
}

TEST(ConfigHandle, is_read_by_key_string_and_all_the_rest) {
  const auto handle = SuperConfig::new_handled().with_value("server.port", 1).with_value("name", "a long string, kept");
  const Key key("server.port");
  EXPECT_EQ(handle.get<int>(key), 1);
  EXPECT_EQ(handle.try_get<std::string>("name").value(), "a long string, kept");
  EXPECT_EQ(handle.get_or<int>("server.none", 7), 7);
  EXPECT_TRUE(handle.has_key("server"));
  EXPECT_FALSE(handle.has_key("servers"));
  EXPECT_EQ(handle.keys(), (std::vector<std::string>{"server", "name"}));
  EXPECT_EQ(handle.as_json(), handle.config().as_json());
  EXPECT_NE(handle.explain("server.port").to_string().find("server.port"), std::string::npos);
  EXPECT_EQ(handle.read([](const ResolvedView& view) { return view.get<int>("server.port"); }).value(), 1);
  EXPECT_THROW((void)handle.get<int>("server.."), ConfigError);
  EXPECT_EQ(handle.try_get<int>("name").error()[0].code, ErrorCode::invalid_type);
}

TEST(SharedConfigHandle, is_released_by_its_last_owner) {
  ConfigRegistry registry;
  auto first = ConfigHandle(registry).with_value("a", 1).share();
  auto second = first;
  EXPECT_EQ(first.use_count(), 2U);
  const auto weak = first.weak();
  second->update([](const SuperConfig& c) { return c.with_value("a", 2); });
  EXPECT_EQ(first->get<int>("a"), 2);
  EXPECT_FALSE(std::move(first).into_handle());
  EXPECT_TRUE(first);  // NOLINT: nothing happened
  first = {};
  EXPECT_EQ(registry.size(), 1U);
  EXPECT_TRUE(weak.lock());
  auto handle = std::move(second).into_handle();
  ASSERT_TRUE(handle);
  EXPECT_TRUE(weak.expired());
  EXPECT_FALSE(weak.lock());
  EXPECT_EQ(handle->get<int>("a"), 2);
  handle.reset();
  EXPECT_EQ(registry.size(), 0U);
}

TEST(Live, follows_the_handle) {
  auto handle = SuperConfig::new_handled().with_value("limit", 1);
  auto live = handle.live<int>("limit");
  EXPECT_EQ(*live, 1);
  handle.update([](const SuperConfig& c) { return c.with_value("limit", 2); });
  auto copy = live;
  EXPECT_EQ(*live, 2);
  handle.update([](const SuperConfig& c) { return c.with_value("limit", "none"); });
  EXPECT_EQ(*live, 2);
  ASSERT_FALSE(live.error().empty());
  EXPECT_EQ(live.error()[0].code, ErrorCode::invalid_type);
  handle.update([](const SuperConfig& c) { return c.with_value("limit", 3); });
  EXPECT_EQ(*live, 3);
  EXPECT_TRUE(live.error().empty());
  EXPECT_EQ(*copy, 3);
  {
    const auto gone = std::move(handle);
  }
  EXPECT_EQ(*live, 3);
  EXPECT_EQ(live.error()[0].code, ErrorCode::stale_handle);
  EXPECT_FALSE(SuperConfig::new_handled().try_live<int>("limit"));
}

TEST(Live, outlives_its_registry) {
  auto registry = std::make_unique<ConfigRegistry>();
  auto handle = ConfigHandle(*registry).with_value("a", 1);
  auto live = handle.live<int>("a");
  registry.reset();
  EXPECT_EQ(handle.get<int>("a"), 1);
  {
    const auto gone = std::move(handle);
  }
  EXPECT_EQ(*live, 1);
}

}  // namespace
}  // namespace superconfig
