// Providers of one's own: classes and functions, and what may go wrong in them.
#include <atomic>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "config/building.hpp"

namespace superconfig::testing {
namespace {

// A class that gives what it is told to, and counts.
class Own final : public Provider {
 public:
  explicit Own(std::vector<ProfileTree> content) : content_(std::move(content)) {}
  [[nodiscard]] Metadata metadata() const override { return {"own", "/some/place"}; }
  [[nodiscard]] Result<Loaded> load(const Below&) const override {
    ++*loads;
    Loaded loaded;
    loaded.content = content_;
    loaded.warnings = warnings;
    loaded.unmatched = unmatched;
    return loaded;
  }
  std::shared_ptr<std::atomic<int>> loads = std::make_shared<std::atomic<int>>(0);
  std::vector<Warning> warnings;
  std::vector<Unmatched> unmatched;

 private:
  std::vector<ProfileTree> content_;
};

TEST(OwnProvider, may_be_a_class_by_value_or_shared) {
  const Own own({{"default", json(R"({"a":1})"), {}}, {"dev", json(R"({"a":2})"), {}}});
  const auto by_value = SuperConfig().merge(own);
  EXPECT_EQ(shown(by_value), R"({"a":1})");
  EXPECT_EQ(shown(by_value.select("dev")), R"({"a":2})");
  EXPECT_EQ(shown(SuperConfig().join(std::make_shared<Own>(own))), R"({"a":1})");
  EXPECT_EQ(by_value.layers()[0].provider.name, "own");
  EXPECT_EQ(by_value.layers()[0].provider.place, "/some/place");
}

TEST(OwnProvider, may_be_a_function) {
  EXPECT_EQ(shown(SuperConfig().merge([] { return Value::dict({{"a", 1}}); })), R"({"a":1})");
  EXPECT_EQ(shown(SuperConfig().merge(provide("named", [] { return Value::dict({{"a", 1}}); }))), R"({"a":1})");
  EXPECT_EQ(shown(SuperConfig()
                      .merge([](const Below&) -> Result<Loaded> {
                        Loaded loaded;
                        loaded.content.push_back({"dev", Value::dict({{"a", 1}}), {}});
                        return loaded;
                      })
                      .select("dev")),
            R"({"a":1})");
  EXPECT_EQ(
      origin(SuperConfig().merge(provide("named", [] { return Value::dict({{"a", Value::array({1})}}); })), "a[0]"),
      "named #0");
}

TEST(OwnProvider, sees_what_is_below_all_profiles_together) {
  std::string seen;
  const auto spy = [&seen](const Below& below) -> Result<Loaded> {
    seen.clear();
    for (const auto& tree : below.trees()) seen += tree.profile + "=" + tree.tree.to_string() + " ";
    return Loaded();
  };
  const auto below = SuperConfig()
                         .merge(layer("x", R"({"d":{"a":1}})"))
                         .merge(Json::string(R"({"d":{"b":2}})").profile("dev"))
                         .with_override("d.c", 3);
  EXPECT_TRUE(below.merge(spy).resolve().ok());
  EXPECT_EQ(seen, R"(default={"d":{"a":1}} dev={"d":{"b":2}} global={"d":{"c":3}} )");
  EXPECT_TRUE(below.focus("d").merge(spy).merge(layer("above", R"({"z":1})")).resolve().ok());
  EXPECT_EQ(seen, R"(default={"a":1} dev={"b":2} global={"c":3} )");
  EXPECT_TRUE(SuperConfig().merge(spy).resolve().ok());
  EXPECT_EQ(seen, "");
}

TEST(OwnProvider, is_not_called_before_the_first_read_and_once_for_all_that_derive) {
  if (mode() == Mode::clone) GTEST_SKIP() << "clone mode calls a provider when it is added";
  Own own({{"default", json(R"({"a":1})"), {}}});
  const auto loads = own.loads;
  const auto config = SuperConfig().merge(own);
  const auto derived = config.with_value("b", 1), other = config.select("x").with_override("c", 1);
  const auto copy = config;
  EXPECT_EQ(config.layers().size(), 1U);
  EXPECT_EQ(*loads, 0) << "making and listing reads nothing";
  EXPECT_EQ(derived.get<int>("a"), 1);
  EXPECT_EQ(other.get<int>("a") + config.get<int>("a") + copy.get<int>("a"), 3);
  EXPECT_TRUE(config.explain("a").value && config.find_metadata("a") && config.warnings().empty());
  EXPECT_EQ(*loads, 1);
  EXPECT_EQ(SuperConfig().merge(derived).get<int>("a"), 1);
  EXPECT_EQ(*loads, 1) << "a configuration as a provider was read too";
}

struct Pool {
  int max_conn = 0;
};

TEST(OwnProvider, that_looks_below_is_called_once_too_whatever_types_are_extracted) {
  int calls = 0;
  const auto config = SuperConfig()
                          .with_env("APP_", {{"APP_MAX_CONN", "5"}})
                          .merge(provide("looks", [&calls](const Below&) -> Result<Loaded> {
                            ++calls;
                            return Loaded();
                          }));
  EXPECT_EQ(config.extract<Pool>().max_conn, 5);
  EXPECT_FALSE(config.try_extract_inner<Pool>("elsewhere").ok());
  EXPECT_EQ(config.get<int>("max.conn"), 5);
  EXPECT_EQ(calls, 1);
}

TEST(OwnProvider, that_fails_is_called_once_too) {
  int calls = 0;
  const auto config = SuperConfig().merge(provide("x", [&calls](const Below&) -> Result<Loaded> {
    ++calls;
    Error error;
    error.code = ErrorCode::io;
    error.message = "no answer";
    return error;
  }));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(shown(config.with_value("a", i)), "io no answer");
  EXPECT_FALSE(config.try_contains("a").ok());
  EXPECT_EQ(calls, 1);
}

// ---- failures ----

TEST(OwnProvider, may_throw) {
  const auto thrown = [](auto exception) {
    return shown(SuperConfig().merge(provide("mine", [exception]() -> Value { throw exception; })));
  };
  EXPECT_EQ(thrown(std::runtime_error("broken")), "message mine: broken");
  EXPECT_EQ(thrown(5), "message mine: an exception of unknown type");
  Error error;
  error.code = ErrorCode::not_found;
  error.message = "nobody there";
  EXPECT_EQ(thrown(ConfigError(error)), "not_found nobody there");
  Errors two(error);
  two.add(error);
  EXPECT_EQ(thrown(ConfigError(two)), "not_found nobody there\nnot_found nobody there");
}

TEST(OwnProvider, that_runs_out_of_memory_is_called_again_by_the_next_read) {
  if (mode() == Mode::clone)
    GTEST_SKIP() << "clone mode calls a provider when it is added: no configuration comes of it";
  int calls = 0;
  const auto config = SuperConfig().merge([&calls] {
    if (++calls == 1) throw std::bad_alloc();
    return Value::dict({{"a", calls}});
  });
  EXPECT_THROW((void)config.try_value(), std::bad_alloc);
  EXPECT_EQ(shown(config), R"({"a":2})");
  EXPECT_EQ(config.with_value("b", 1).get<int>("a"), 2);
}

TEST(OwnProvider, that_gives_no_dict_is_an_error) {
  EXPECT_EQ(shown(SuperConfig().merge(provide("mine", [] { return Value(5); }))),
            "invalid_type mine: wrong type: expected a dict, found integer");
  EXPECT_EQ(shown(SuperConfig().merge(provide("mine", [] { return Value(); }))),
            "invalid_type mine: wrong type: expected a dict, found null");
  const auto errors = SuperConfig()
                          .merge(Own({{"default", 1, {}}, {"dev", json("[1]"), {}}, {"prod", json("{}"), {}}}))
                          .try_value()
                          .error();
  ASSERT_EQ(errors.size(), 2U) << "of every profile that is none";
  EXPECT_EQ(errors[0].profile, "default");
  EXPECT_EQ(errors[1].profile, "dev");
  EXPECT_EQ(errors[1].found, "array");
  EXPECT_EQ(errors[1].origin.layer, std::vector<std::uint32_t>{0});
}

TEST(OwnProvider, that_reads_its_own_configuration_gets_an_error_instead_of_waiting_for_itself) {
  if (mode() == Mode::clone)
    GTEST_SKIP() << "clone mode calls a provider when it is added: there is nothing yet that it could read";
  const auto itself = std::make_shared<SuperConfig>();
  std::string inside;
  *itself = SuperConfig()
                .merge(layer("low", R"({"a":1})"))
                .merge(provide("loop", [&inside, weak = std::weak_ptr(itself)](const Below&) -> Result<Loaded> {
                  auto read = weak.lock()->try_get<int>("a");
                  inside = shown(read);
                  if (!read) return read.error();
                  return Loaded();
                }));
  EXPECT_EQ(shown(*itself), "conflict a provider reads the configuration that it is a layer of");
  EXPECT_EQ(inside, "conflict a provider reads the configuration that it is a layer of");
  EXPECT_EQ(shown(itself->with_value("b", 1)), "conflict a provider reads the configuration that it is a layer of");
}

TEST(OwnProvider, that_survives_reading_its_own_configuration_gives_a_layer) {
  const auto itself = std::make_shared<SuperConfig>();
  *itself = SuperConfig().merge(provide("loop", [weak = std::weak_ptr(itself)] {
    return Value::dict({{"a", weak.lock()->try_get<int>("a").value_or(7)}});
  }));
  EXPECT_EQ(shown(*itself), R"({"a":7})");
}

TEST(OwnProvider, may_read_other_configurations) {
  const auto other = SuperConfig().merge(layer("other", R"({"where":"there"})"));
  const auto below = SuperConfig().merge(layer("low", R"({"k":1})"));
  const auto config = below.merge(provide("reader", [other, below] {
    return Value::dict({{"found", other.get<std::string>("where")}, {"k", below.get<int>("k") + 1}});
  }));
  EXPECT_EQ(shown(config), R"({"k":2,"found":"there"})");
}

// ---- what else it may give ----

TEST(OwnProvider, hands_on_warnings_and_unmatched_names) {
  Own own({{"default", json(R"({"a":1})"), {}}});
  own.warnings.push_back({{"a"}, "looks odd", {}, {}});
  own.unmatched.push_back({"--prt", {"prt"}, "unknown", ""});
  const auto config = SuperConfig().merge(layer("low", R"({"port":1})")).merge(own);
  EXPECT_EQ(warnings(config), "a: looks odd");
  ASSERT_EQ(config.explain().unmatched.size(), 1U);
  EXPECT_EQ(config.explain().unmatched[0].nearest, "port");
}

TEST(OwnProvider, may_give_one_profile_in_several_parts) {
  EXPECT_EQ(
      shown(SuperConfig().admerge(Own({{"default", json(R"({"x":[1]})"), {}}, {"DEFAULT", json(R"({"x":[2]})"), {}}}))),
      R"({"x":[1,2]})");
}

TEST(OwnProvider, lives_as_long_as_a_configuration_that_holds_it) {
  auto alive = std::make_shared<int>(1);
  std::weak_ptr<int> watch = alive;
  {
    SuperConfig derived;
    {
      const auto config = SuperConfig().merge([alive] { return Value::dict({{"a", *alive}}); });
      alive.reset();
      derived = config.with_value("b", 1);
    }
    EXPECT_FALSE(watch.expired());
    EXPECT_EQ(derived.get<int>("a"), 1);
  }
  EXPECT_TRUE(watch.expired());
}

TEST(OwnProvider, values_without_marks_are_from_the_layer_at_least) {
  const auto config = SuperConfig().merge(layer("low", "{}")).merge(Own({{"default", json(R"({"a":1})"), {}}}));
  EXPECT_EQ(config.find_metadata("a")->layer, std::vector<std::uint32_t>{1});
  EXPECT_EQ(config.explain("a").contributions.at(0).origin.name, "own");
}

}  // namespace
}  // namespace superconfig::testing
