// How sizes and durations are spelled.
#include "superconfig/types.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace superconfig {
namespace {

std::string duration(std::string_view text, std::string_view unit = {}) {
  auto parts = parse_duration(text, unit);
  if (!parts) return "nothing";
  return std::to_string(parts->seconds) + "," + std::to_string(parts->nanoseconds);
}

TEST(Duration, parses) {
  EXPECT_EQ(duration("30s"), "30,0");
  EXPECT_EQ(duration("1h30m"), "5400,0");
  EXPECT_EQ(duration("1d 12h"), "129600,0");
  EXPECT_EQ(duration("2w"), "1209600,0");
  EXPECT_EQ(duration("1.5s"), "1,500000000");
  EXPECT_EQ(duration(".5h"), "1800,0");
  EXPECT_EQ(duration("250ms"), "0,250000000");
  EXPECT_EQ(duration("1500 us"), "0,1500000");
  EXPECT_EQ(duration("3µs"), "0,3000");
  EXPECT_EQ(duration("5min"), "300,0");
  EXPECT_EQ(duration("-1.5s"), "-2,500000000");
  EXPECT_EQ(duration("+2s"), "2,0");
  EXPECT_EQ(duration("0"), "0,0");
  EXPECT_EQ(duration("30", "ms"), "0,30000000");
  EXPECT_EQ(duration("-1.5", "m"), "-90,0");
  EXPECT_EQ(duration("9223372036854775807s"), "9223372036854775807,0");
}

TEST(Duration, refuses) {
  for (auto text : {"",
                    "s",
                    "30",
                    "1.5",
                    "1x",
                    "30s1h",
                    "1s1s",
                    "1h 30",
                    "30 1h",
                    "1.s",
                    ".s",
                    "1e3s",
                    "--1s",
                    "1s ,",
                    "0.1ns",
                    "9223372036854775808s",
                    "9223372036854775807m",
                    "inf",
                    "1 000s",
                    "1S"})
    EXPECT_EQ(duration(text), "nothing") << text;
  EXPECT_EQ(duration("30", "MB"), "nothing");
  EXPECT_EQ(duration("1h30", "m"), "nothing");
}

TEST(Duration, writes_what_it_reads_back) {
  for (auto text :
       {"0s", "1s", "1h30m", "24h", "250ms", "1s500ms", "1ms1ns", "-1m30s", "-500ms", "2562047788015215h30m7s"}) {
    auto parts = parse_duration(text);
    ASSERT_TRUE(parts) << text;
    EXPECT_EQ(duration_text(*parts), text);
  }
  EXPECT_EQ(duration_text({INT64_MIN, 0}), "-2562047788015215h30m8s");
}

TEST(Duration, counts_are_exact_or_nothing) {
  using detail::duration_count;
  EXPECT_EQ(duration_count({1, 500'000'000}, 1, 1000), 1500);
  EXPECT_EQ(duration_count({1, 500'000'000}, 1, 1), std::nullopt);
  EXPECT_EQ(duration_count({-2, 500'000'000}, 1, 1000), -1500);
  EXPECT_EQ(duration_count({7200, 0}, 3600, 1), 2);
  EXPECT_EQ(duration_count({7201, 0}, 3600, 1), std::nullopt);
  EXPECT_EQ(duration_count({INT64_MAX, 0}, 1, 1000), std::nullopt);
  EXPECT_EQ(duration_count({1, 0}, 1, 60), 60);
  EXPECT_EQ(detail::duration_parts(-1500, 1, 1000), (DurationParts{-2, 500'000'000}));
  EXPECT_EQ(detail::duration_parts(0.1), (DurationParts{0, 100'000'000}));
  EXPECT_EQ(detail::duration_parts(1e300), std::nullopt);
}

TEST(ByteSize, parses) {
  struct Case {
    const char* text;
    std::uint64_t bytes;
  };
  for (const Case& c : {Case{"0", 0},
                        {"42", 42},
                        {"42B", 42},
                        {"10MB", 10'000'000},
                        {"10mb", 10'000'000},
                        {"10M", 10'000'000},
                        {"10MiB", 10'485'760},
                        {"10 KiB", 10240},
                        {"1.5GiB", 1'610'612'736},
                        {"0.5kB", 500},
                        {"16EiB", 0},
                        {"15EiB", 17'293'822'569'102'704'640U},
                        {"18446744073709551615", UINT64_MAX},
                        {"+1k", 1000}}) {
    auto size = ByteSize::parse(c.text);
    if (c.bytes == 0 && c.text[0] != '0') {
      EXPECT_FALSE(size) << c.text;
    } else {
      ASSERT_TRUE(size) << c.text;
      EXPECT_EQ(size->bytes, c.bytes) << c.text;
    }
  }
  for (auto text :
       {"", "MB", "-1", "1.5", "1.5B", "1XB", "1Mb/s", "1 MiB ", "0x10", "1KB2", "18446744073709551616", "1Mi"})
    EXPECT_FALSE(ByteSize::parse(text)) << text;
}

TEST(ByteSize, writes_the_shortest_whole_unit) {
  EXPECT_EQ(ByteSize(0).to_string(), "0B");
  EXPECT_EQ(ByteSize(1023).to_string(), "1023B");
  EXPECT_EQ(ByteSize(10'485'760).to_string(), "10MiB");
  EXPECT_EQ(ByteSize(10'000'000).to_string(), "10MB");
  EXPECT_EQ(ByteSize::parse(ByteSize(UINT64_MAX).to_string())->bytes, UINT64_MAX);
}

TEST(RelativePath, joins_as_text) {
  EXPECT_EQ(RelativePath("a", "/etc/x.toml").relative(), "/etc/a");
  EXPECT_EQ(RelativePath("/a", "/etc/x.toml").relative(), "/a");
  EXPECT_EQ(RelativePath("./a", "/x.toml").relative(), "/./a");
  EXPECT_EQ(RelativePath("a").relative(), "a");
}

}  // namespace
}  // namespace superconfig
