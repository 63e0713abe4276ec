// Optionals, pointers, lists, sets, maps, tuples, dates and the library's own types.
#include <array>
#include <chrono>
#include <deque>
#include <filesystem>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "extract/reading.hpp"

namespace superconfig::testing {
namespace {

using namespace std::chrono_literals;

enum class Level { debug, info };

TEST(Optional, is_empty_for_null) {
  EXPECT_EQ(read_value<std::optional<int>>("null").value(), std::nullopt);
  EXPECT_EQ(read_value<std::optional<int>>("1").value(), 1);
  EXPECT_EQ(brief(read_value<std::optional<std::uint8_t>>("300")),
            "invalid_value v: expected an integer from 0 to 255, found the integer 300");
  EXPECT_EQ(read_value<std::vector<std::optional<int>>>("[1,null]").value(),
            (std::vector<std::optional<int>>{1, std::nullopt}));
}

TEST(Pointers, own_what_they_read) {
  EXPECT_EQ(*read_value<std::unique_ptr<int>>("1").value(), 1);
  EXPECT_EQ(read_value<std::unique_ptr<int>>("null").value(), nullptr);
  EXPECT_EQ(*read_value<std::shared_ptr<const std::string>>("\"x\"").value(), "x");
  EXPECT_EQ(*read_value<std::unique_ptr<const int>>("1").value(), 1);
}

struct Shared {
  static inline const auto standard = std::make_shared<int>(7);
  std::shared_ptr<int> p = standard;
};
TEST(Pointers, a_shared_default_is_replaced_not_written_to) {
  EXPECT_EQ(*read<Shared>(R"({"p":1})").value().p, 1);
  EXPECT_EQ(*Shared::standard, 7);
}

TEST(Lists, of_every_kind) {
  EXPECT_EQ(read_value<std::vector<int>>("[1,2]").value(), (std::vector{1, 2}));
  EXPECT_EQ(read_value<std::vector<bool>>("[true,false]").value(), (std::vector{true, false}));
  EXPECT_EQ(read_value<std::deque<int>>("[1]").value(), (std::deque{1}));
  EXPECT_EQ(read_value<std::list<int>>("[1]").value(), (std::list{1}));
  EXPECT_EQ((read_value<std::vector<std::vector<int>>>("[[],[1]]").value()), (std::vector<std::vector<int>>{{}, {1}}));
  EXPECT_EQ(codes(read_value<std::vector<bool>>("[true,1]")), "invalid_type v.1");
}

TEST(Lists, report_every_bad_item_by_its_index) {
  EXPECT_EQ(brief(read_value<std::vector<std::uint8_t>>("[1,\"x\",300]")),
            "invalid_type v.1: expected an integer from 0 to 255, found the string \"x\"\n"
            "invalid_value v.2: expected an integer from 0 to 255, found the integer 300");
  EXPECT_EQ(brief(read_value<std::vector<int>>("5")), "invalid_type v: expected a list, found the integer 5");
  EXPECT_EQ(codes(read_value<std::vector<int>>("\"1,2\"")), "invalid_type v");  // commas count in text only
}

TEST(Sets, keep_each_item_once) {
  EXPECT_EQ(read_value<std::set<int>>("[2,1,2]").value(), (std::set{1, 2}));
  EXPECT_EQ(read_value<std::unordered_set<std::string>>("[\"a\",\"a\"]").value(),
            (std::unordered_set<std::string>{"a"}));
  EXPECT_EQ(codes(read_value<std::set<int>>("[1,\"a\"]")), "invalid_type v.1");
}

TEST(FixedLength, needs_exactly_that_many) {
  EXPECT_EQ((read_value<std::array<int, 3>>("[1,2,3]").value()), (std::array{1, 2, 3}));
  EXPECT_EQ(brief(read_value<std::array<int, 3>>("[1,2]")),
            "invalid_length v: expected a list of 3 items, found a list of 2 items");
  EXPECT_EQ((read_value<std::tuple<int, std::string, bool>>("[1,\"a\",true]").value()),
            (std::tuple{1, std::string("a"), true}));
  EXPECT_EQ((read_value<std::pair<int, double>>("[1,2]").value()), (std::pair{1, 2.0}));
  EXPECT_EQ((codes(read_value<std::pair<int, double>>("[1,2,3]"))), "invalid_length v");
  EXPECT_EQ((codes(read_value<std::pair<int, int>>("[\"a\",\"b\"]"))), "invalid_type v.0, invalid_type v.1");
  EXPECT_EQ((codes(read_value<std::array<int, 1>>("1"))), "invalid_type v");
}

TEST(Maps, by_any_key_that_text_can_be) {
  EXPECT_EQ((read_value<std::map<std::string, int>>(R"({"a":1,"":2})").value()),
            (std::map<std::string, int>{{"a", 1}, {"", 2}}));
  EXPECT_EQ((read_value<std::unordered_map<int, bool>>(R"({"-1":true})").value()),
            (std::unordered_map<int, bool>{{-1, true}}));
  EXPECT_EQ((read_value<std::map<Level, int>>(R"({"info":1})").value()), (std::map<Level, int>{{Level::info, 1}}));
  EXPECT_EQ((read_value<std::map<char32_t, int>>(R"({"ä":1})").value()), (std::map<char32_t, int>{{U'ä', 1}}));
}

TEST(Maps, say_where_a_key_or_value_is_wrong) {
  EXPECT_EQ((codes(read_value<std::map<std::string, int>>(R"({"a.b":"x"})"))), "invalid_type v.\"a.b\"");
  EXPECT_EQ((codes(read_value<std::map<int, int>>(R"({"x":1})"))), "invalid_type v.x");
  EXPECT_EQ((codes(read_value<std::map<int, int>>(R"({"1":1,"01":2})"))), "duplicate_field v#01");
  EXPECT_EQ((codes(read_value<std::map<std::string, int>>("[]"))), "invalid_type v");
}

struct Filled {
  std::vector<int> list = {1, 2};
  std::map<std::string, int> map = {{"a", 1}};
  std::optional<int> optional = 5;
};
TEST(Defaults, of_containers_are_replaced_not_added_to) {
  auto r = read<Filled>(R"({"list":[3],"map":{"b":2},"optional":null})").value();
  EXPECT_EQ(r.list, std::vector{3});
  EXPECT_EQ(r.map, (std::map<std::string, int>{{"b", 2}}));
  EXPECT_EQ(r.optional, std::nullopt);
  EXPECT_EQ(read<Filled>("{}").value().optional, 5);
}

TEST(Durations, need_a_unit_and_are_exact) {
  EXPECT_EQ(read_value<std::chrono::seconds>("\"1h30m\"").value(), 90min);
  EXPECT_EQ(read_value<std::chrono::milliseconds>("\"1.5s\"").value(), 1500ms);
  EXPECT_EQ(read_value<std::chrono::nanoseconds>("\"-250us\"").value(), -250us);
  EXPECT_EQ(read_value<std::chrono::duration<double>>("\"1.5s\"").value().count(), 1.5);
  EXPECT_EQ((read_value<std::chrono::duration<float, std::milli>>("\"2s\"").value().count()), 2000.0F);
  EXPECT_EQ(read_value<std::chrono::minutes>("\"2h\"").value(), 120min);
  EXPECT_EQ(read_value<std::chrono::seconds>("0").value(), 0s);
  EXPECT_EQ(
      brief(read_value<std::chrono::seconds>("30")),
      "invalid_type v: expected a duration such as 30s or 1h30m, found the integer 30; say the unit, as in `30s`");
  EXPECT_EQ(brief(read_value<std::chrono::seconds>("\"1.5s\"")),
            "invalid_value v: expected a duration such as 30s or 1h30m, in whole seconds, found the string \"1.5s\"");
  EXPECT_EQ(codes(read_value<std::chrono::seconds>("\"soon\"")), "invalid_value v");
  EXPECT_EQ(codes(read_value<std::chrono::seconds>("true")), "invalid_type v");
  using Short = std::chrono::duration<std::int8_t>;
  EXPECT_EQ(codes(read_value<Short>("\"3m\"")), "invalid_value v");
}

TEST(TimePoints, take_an_offset_or_none_as_their_clock_does) {
  using std::chrono::system_clock;
  using Seconds = std::chrono::time_point<system_clock, std::chrono::seconds>;
  EXPECT_EQ(read_value<Seconds>("\"1970-01-02T00:00:01Z\"").value().time_since_epoch(), 86401s);
  EXPECT_EQ(read_value<Seconds>("\"1970-01-01T02:00:00+02:00\"").value().time_since_epoch(), 0s);
  EXPECT_EQ(read_value<Seconds>("\"1969-12-31T23:59:59.5Z\"").value().time_since_epoch(), -1s);
  EXPECT_EQ(read_value<system_clock::time_point>("\"1970-01-01T00:00:00.25Z\"").value().time_since_epoch(), 250ms);
  EXPECT_EQ(codes(read_value<Seconds>("\"1970-01-01T00:00:00\"")), "invalid_type v");
  EXPECT_EQ(codes(read_value<Seconds>("\"yesterday\"")), "invalid_value v");
  EXPECT_EQ(codes(read_value<Seconds>("0")), "invalid_type v");
  using Local = std::chrono::local_seconds;
  EXPECT_EQ(read_value<Local>("\"1970-01-01 00:01:00\"").value().time_since_epoch(), 60s);
  EXPECT_EQ(codes(read_value<Local>("\"1970-01-01T00:01:00Z\"")), "invalid_type v");
  EXPECT_EQ(read_value<std::chrono::local_days>("\"1970-01-03\"").value().time_since_epoch(), 48h);
  using namespace std::chrono;
  EXPECT_EQ(read_value<year_month_day>("\"1979-05-27\"").value(), year_month_day(1979y / 5 / 27));
  EXPECT_EQ(brief(read_value<year_month_day>("\"07:32:00\"")),
            "invalid_type v: expected a date such as 1979-05-27, found the string \"07:32:00\"");
  Value toml = *Datetime::parse("1970-01-01T00:00:07Z");
  EXPECT_EQ(extract_value<Seconds>(Found{&toml, {}})->time_since_epoch(), 7s);
  EXPECT_EQ(extract_value<Datetime>(Found{&toml, {}})->second, 7);
}

TEST(ByteSizes, from_text_and_bare_numbers) {
  EXPECT_EQ(read_value<ByteSize>("\"10MB\"").value().bytes, 10'000'000U);
  EXPECT_EQ(read_value<ByteSize>("\"1.5 GiB\"").value().bytes, 1'610'612'736U);
  EXPECT_EQ(read_value<ByteSize>("42").value().bytes, 42U);
  EXPECT_EQ(codes(read_value<ByteSize>("-1")), "invalid_value v");
  EXPECT_EQ(codes(read_value<ByteSize>("\"10XB\"")), "invalid_value v");
  EXPECT_EQ(codes(read_value<ByteSize>("1.5")), "invalid_type v");
}

TEST(Paths, as_written) {
  EXPECT_EQ(read_value<std::filesystem::path>("\"a/ü\"").value(), std::filesystem::path(u8"a/ü"));
  EXPECT_EQ(brief(read_value<std::filesystem::path>("1")), "invalid_type v: expected a path, found the integer 1");
}

TEST(RelativePaths, are_joined_to_the_directory_of_their_file) {
  Source file = Source::file("/etc/app/app.toml", "p = 'x'");
  Value value("../data/x");
  auto path = extract_value<RelativePath>(Found{&value, file.mark()}).value();
  EXPECT_EQ(path.original(), "../data/x");
  EXPECT_EQ(path.relative(), "/etc/app/../data/x");
  EXPECT_EQ(path.file(), "/etc/app/app.toml");
  Value absolute("/srv/x");
  EXPECT_EQ(extract_value<RelativePath>(Found{&absolute, file.mark()})->relative(), "/srv/x");
  EXPECT_EQ(read_value<RelativePath>("\"x/y\"").value().relative(), "x/y");
  EXPECT_EQ(read_value<RelativePath>("\"x/y\"").value().file(), "");
}

struct TaggedFields {
  Tagged<int> port;
  Tagged<std::vector<Tagged<std::string>>> hosts;
  Tagged<int> absent;
};
TEST(TaggedValues, know_where_they_were_written) {
  Document document("{\"port\": 80,\n \"hosts\": [\"a\",\n  \"b\"]}");
  auto r = extract_value<TaggedFields>(Found{&document.root, {}}).value();
  EXPECT_EQ(*r.port, 80);
  EXPECT_EQ(r.port.origin.to_string(), "test.json:1:10");
  EXPECT_EQ(r.hosts.origin.line, 2U);
  EXPECT_EQ(r.hosts->at(1).value, "b");
  EXPECT_EQ(r.hosts->at(1).origin.line, 3U);
  EXPECT_FALSE(r.absent.origin.known());
}

struct Login {
  Secret<std::string> word;
  Secret<int> pin;
};
TEST(Secrets, are_read_and_never_shown) {
  auto r = read<Login>(R"({"word":"hunter2","pin":1234})").value();
  EXPECT_EQ(r.word.reveal(), "hunter2");
  std::ostringstream out;
  out << r.word << to_string(r.pin);
  EXPECT_EQ(out.str(), "******");
  EXPECT_EQ(brief(read<Login>(R"({"word":5551234,"pin":"9876x"})")),
            "invalid_type word: expected a string, found an integer (masked); write it in quotes\n"
            "invalid_type pin: expected an integer, found a string (masked)");
}

TEST(AnyValue, takes_everything_as_it_is) {
  for (auto json : {"1", "1.5", "null", "[1,{\"a\":[]}]", "\"x\""})
    EXPECT_EQ(read_value<Value>(json).value(), Document("{\"v\":" + std::string(json) + "}").root.find("v")->value);
}

}  // namespace
}  // namespace superconfig::testing
