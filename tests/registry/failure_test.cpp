// Every allocation of an operation fails in turn: what was stays, nothing is half done, and nothing is lost (the
// address sanitizer looks for leaks).

#include <gtest/gtest.h>

#include "failing_new.hpp"
#include "superconfig/handle.hpp"
#include "superconfig/shared_handle.hpp"

namespace superconfig {
namespace {

constexpr auto long_text = "a text that is too long to lie inside of a value";

// Calls `operation` until it gets through; after each failure `check` must find everything as before.
template <class Operation, class Check>
std::size_t fail_everywhere(const Operation& operation, const Check& check) {
  for (std::size_t after = 0;; ++after) {
    const FailingNew failing(after);
    try {
      operation();
      if (!failing.has_failed()) return after;
    } catch (const std::bad_alloc&) {
      EXPECT_TRUE(failing.has_failed());
    }
    check();
    if (::testing::Test::HasFailure()) return after;
  }
}

TEST(Failure, an_update_changes_nothing) {
  ConfigRegistry registry;
  auto handle = ConfigHandle(registry).with_value("a.b", 1).with_value("text", long_text);
  ASSERT_EQ(handle.get<int>("a.b"), 1);
  auto version = handle.version();
  fail_everywhere([&] { handle.update([](const SuperConfig& c) { return c.with_value("a.b", 2); }); },
                  [&] {
                    EXPECT_EQ(handle.get<int>("a.b"), 1);
                    EXPECT_EQ(handle.version(), version);
                  });
  EXPECT_EQ(handle.get<int>("a.b"), 2);
  EXPECT_EQ(handle.version(), version + 1);
}

TEST(Failure, deriving_makes_no_handle) {
  ConfigRegistry registry;
  const auto handle = ConfigHandle(registry).with_value("a", 1);
  fail_everywhere([&] { EXPECT_EQ(handle.with_value_ref("b", long_text).get_string("b"), long_text); },
                  [&] {
                    EXPECT_EQ(registry.size(), 1U);
                    EXPECT_EQ(handle.get<int>("a"), 1);
                  });
  EXPECT_EQ(registry.size(), 1U);
}

TEST(Failure, a_first_read_can_be_tried_again) {
  int loads = 0;
  const auto config = SuperConfig().merge(provide("counted", [&loads] {
    ++loads;
    return Value::dict({{"x", long_text}, {"y", Value::array({1, 2, 3})}});
  }));
  std::size_t failures = 0;
  const auto handle = config.into_handle();
  failures = fail_everywhere([&] { EXPECT_EQ(handle.get_string("x"), long_text); }, [] {});
  EXPECT_EQ(handle.get<std::vector<int>>("y"), (std::vector<int>{1, 2, 3}));
  if (mode() == Mode::handle) {
    EXPECT_GT(failures, 0U);
  }
}

TEST(Failure, a_change_of_mode_leaves_the_cell_as_it_was) {
  for (const auto wanted : {Mode::clone, Mode::handle}) {
    const auto before = wanted == Mode::clone ? Mode::handle : Mode::clone;
    ConfigRegistry registry({.mode = before});
    const auto handle = ConfigHandle(registry).with_value("a.b", 1).with_value("text", long_text);
    ASSERT_EQ(handle.get<int>("a.b"), 1);
    registry.set_mode(wanted);
    // What converts, and no more: in clone mode a read makes a copy of its own afterwards, which may fail too.
    fail_everywhere([&] { EXPECT_TRUE(handle.try_config()); }, [&] { EXPECT_EQ(registry.stats().converted, 0U); });
    EXPECT_EQ(registry.stats().converted, 1U);
    fail_everywhere([&] { EXPECT_EQ(handle.get<int>("a.b"), 1); }, [&] { EXPECT_EQ(registry.stats().converted, 1U); });
    EXPECT_EQ(handle.get_string("text"), long_text);
  }
}

TEST(Failure, the_rest_of_a_life) {
  ConfigRegistry registry({.track = true});
  fail_everywhere(
      [&] {
        auto shared = ConfigHandle(registry).with_value("a", 1).with_value("t", long_text).share();
        const auto other = shared;
        auto live = other->live<std::string>("t");
        EXPECT_EQ(*live, long_text);
        EXPECT_EQ(other->extract<Value>(), other->extract<Value>());
        EXPECT_EQ(other->as_json(), other->as_json());
        EXPECT_FALSE(other->explain("a").to_string().empty());
        shared = {};
      },
      [&] { EXPECT_EQ(registry.size(), 0U) << registry.leak_report(); });
  EXPECT_EQ(registry.size(), 0U);
}

TEST(Failure, a_provider_or_change_that_throws_leaves_no_half_state) {
  ConfigRegistry registry;
  auto handle = ConfigHandle(registry).with_value("a", 1);
  EXPECT_THROW(handle.update([](const SuperConfig& c) {
    return c.merge(provide("bad", []() -> Value { throw std::runtime_error("no"); }));
  }),
               ConfigError);
  EXPECT_THROW(handle.update([](const SuperConfig&) -> SuperConfig { throw 7; }), int);
  EXPECT_EQ(handle.get<int>("a"), 1);
  handle.update([](const SuperConfig& c) { return c.with_value("a", 2); });  // not locked for good
  EXPECT_EQ(handle.get<int>("a"), 2);
}

}  // namespace
}  // namespace superconfig
