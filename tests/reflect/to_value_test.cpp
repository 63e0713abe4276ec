// Objects as a file would hold them.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "superconfig/extract/extract.hpp"
#include "superconfig/reflect/shape_of.hpp"

namespace superconfig::testing {
namespace {

using namespace std::chrono_literals;

enum class Level { debug, info };
struct Server {
  std::string host = "h";
  std::uint16_t port = 1;
};
struct Memory {};

struct All {
  bool b = true;
  std::uint64_t u = UINT64_MAX;
  std::int8_t i = -5;
  float f = 0.5F;
  std::string s = "text";
  char32_t c = U'é';
  Level level = Level::info;
  std::optional<int> none;
  std::optional<int> some = 3;
  std::vector<bool> list = {true, false};
  std::array<int, 2> fixed = {1, 2};
  std::set<int> set = {2, 1};
  std::map<int, std::string> map = {{1, "a"}};
  std::pair<int, bool> pair = {1, true};
  std::variant<int, std::string> variant = "v";
  std::unique_ptr<Server> pointer;
  std::chrono::milliseconds duration = 1500ms;
  std::chrono::duration<double> seconds{0.25};
  std::chrono::sys_seconds point{0s};
  std::chrono::local_seconds local{60s};
  std::chrono::year_month_day date{std::chrono::year(2020) / 2 / 29};
  std::filesystem::path path = "a/b";
  ByteSize size{1024};
  Tagged<int> tagged{7, {}};
  Secret<std::string> secret{"hush"};
  Value any = Value::array({1});
  Server server;
  int skipped = 1;
  static constexpr auto superconfig() {
    using namespace superconfig;
    return annotate(field(&All::skipped).skip(), field(&All::i).rename("tiny").alias("small"));
  }
};

TEST(ToValue, writes_fields_in_order_by_their_outside_names) {
  EXPECT_EQ(to_value(All{}).to_string(), Value::dict({{"b", true},
                                                      {"u", UINT64_MAX},
                                                      {"tiny", -5},
                                                      {"f", 0.5},
                                                      {"s", "text"},
                                                      {"c", "é"},
                                                      {"level", "info"},
                                                      {"none", nullptr},
                                                      {"some", 3},
                                                      {"list", Value::array({true, false})},
                                                      {"fixed", Value::array({1, 2})},
                                                      {"set", Value::array({1, 2})},
                                                      {"map", Value::dict({{"1", "a"}})},
                                                      {"pair", Value::array({1, true})},
                                                      {"variant", "v"},
                                                      {"pointer", nullptr},
                                                      {"duration", "1s500ms"},
                                                      {"seconds", "250ms"},
                                                      {"point", *Datetime::parse("1970-01-01T00:00:00Z")},
                                                      {"local", *Datetime::parse("1970-01-01T00:01:00")},
                                                      {"date", *Datetime::parse("2020-02-29")},
                                                      {"path", "a/b"},
                                                      {"size", 1024},
                                                      {"tagged", 7},
                                                      {"secret", "hush"},
                                                      {"any", Value::array({1})},
                                                      {"server", Value::dict({{"host", "h"}, {"port", 1}})}})
                                             .to_string());
}

TEST(ToValue, is_the_inverse_of_extracting) {
  All all;
  all.u = 12;
  all.level = Level::debug;
  all.none = 9;
  all.pointer = std::make_unique<Server>();
  all.pointer->port = 77;
  all.point = std::chrono::sys_seconds(1'700'000'000s);
  all.duration = -90061001ms;
  all.map[5] = "five";
  Value written = to_value(all);
  auto again = extract_value<All>(Found{&written, {}});
  ASSERT_TRUE(again) << again.errors().to_string();
  EXPECT_EQ(to_value(*again), written);
  EXPECT_EQ(again->pointer->port, 77);
  EXPECT_EQ(again->duration, -90061001ms);
}

struct Flat {
  int id = 1;
  Server server;
  std::map<std::string, int> rest = {{"x", 1}};
  std::optional<Server> none;
  static constexpr auto superconfig() {
    using namespace superconfig;
    return annotate(field(&Flat::server).flatten(), field(&Flat::rest).flatten(), field(&Flat::none).flatten());
  }
};
TEST(ToValue, lifts_flattened_fields_and_leaves_out_an_empty_one) {
  EXPECT_EQ(to_value(Flat{}).to_string(), Value::dict({{"id", 1}, {"host", "h"}, {"port", 1}, {"x", 1}}).to_string());
}

struct Forms {
  std::variant<Memory, Server> internal = Server{};
  std::vector<std::variant<Memory, Server>> external = {Memory{}, Server{}};
  static constexpr auto superconfig() {
    using namespace superconfig;
    return annotate(field(&Forms::internal).internal("type"), field(&Forms::external).external());
  }
};
TEST(ToValue, writes_variants_in_their_form) {
  Value server = Value::dict({{"host", "h"}, {"port", 1}});
  EXPECT_EQ(to_value(Forms{}),
            Value::dict({{"internal", Value::dict({{"type", "Server"}, {"host", "h"}, {"port", 1}})},
                         {"external", Value::array({"Memory", Value::dict({{"Server", server}})})}}));
}

TEST(ToValue, of_things_that_are_no_structs) {
  EXPECT_EQ(to_value(5), Value(5));
  EXPECT_EQ(to_value(std::vector<int>{}), Value::array());
  EXPECT_EQ(to_value(Value("x")), Value("x"));
  EXPECT_EQ(to_value(static_cast<Level>(9)), Value());  // no enumerator
  EXPECT_EQ(to_value(static_cast<char32_t>(0xD800)), Value("\xEF\xBF\xBD"));
}

}  // namespace
}  // namespace superconfig::testing
