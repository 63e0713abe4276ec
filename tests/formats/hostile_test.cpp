// Files that are made to hurt: refused with their place, at a bounded cost in time and memory.
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "formats/memory.hpp"
#include "formats/parsing.hpp"
#include "superconfig/superconfig.hpp"

namespace superconfig {
namespace {

constexpr std::size_t most_bytes = 100'000'000;
// Each dict and array is at least one. What aliases stand for is shared, and is not made but counted.
constexpr std::size_t most_allocations = 100'000;

class Hostile : public ::testing::Test {
 protected:
  Hostile() {
    std::string pattern = ::testing::TempDir() + "hostile.XXXXXX";
    directory_ = ::mkdtemp(pattern.data());
    clear_file_cache();
  }
  ~Hostile() override { std::filesystem::remove_all(directory_); }

  /// The first error of loading the text as a file of that name: its `line:column message`.
  std::string refused(const std::string& name, const std::string& text) {
    const auto path = (directory_ / name).string();
    std::ofstream(path, std::ios::binary) << text;
    const auto begin = std::chrono::steady_clock::now();
    testing::start_counting();
    const auto result = SuperConfig().with_file(path).try_value();
    const auto memory = testing::counted();
    const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - begin;
    std::printf("  %-22s %9zu bytes: %8.2f ms, %8zu allocations, at most %9zu bytes\n", name.c_str(), text.size(),
                time.count(), memory.count, memory.peak);
    EXPECT_LE(memory.peak, most_bytes) << name;
    EXPECT_LE(memory.count, most_allocations) << name;
    if (testing::memory_is_counted()) {
      EXPECT_GE(memory.peak, text.size()) << "the text itself is counted";
    }
    if (result) return "read";
    const auto& error = result.error()[0];
    EXPECT_EQ(error.code, ErrorCode::parse) << error.to_string();
    EXPECT_EQ(error.origin.kind, SourceKind::file) << error.to_string();
    EXPECT_EQ(error.origin.name, path);
    EXPECT_LT(error.to_string().size(), 2000U + path.size()) << "what is said is bounded too";
    return std::to_string(error.origin.line) + ":" + std::to_string(error.origin.column) + " " + error.message;
  }

  std::filesystem::path directory_;
};

// Line n stands for 10 ^ n values.
std::string bomb(std::string_view item) {
  std::string text = "a0: &a0 [" + repeated(item, 10) + "]\n";
  for (int i = 1; i < 60; ++i)
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" +
            repeated("*a" + std::to_string(i - 1) + ",", 10) + "]\n";
  return text;
}

TEST_F(Hostile, alias_bombs) {
  const std::string message = "the aliases up to here stand for more than 1000000 values";
  EXPECT_EQ(refused("list.yaml", bomb("1,")), "6:38 " + message);
  EXPECT_EQ(refused("dicts.yaml", bomb("{k: 1},")), "6:22 " + message);
  EXPECT_EQ(refused("long.yaml", "a: &a '" + std::string(1'000'000, 'x') + "'\nb: [" + repeated("*a,", 1000) + "]"),
            "2:302 " + message);
  std::string merged = "a0: &a0 {x: 1, y: 2}\n";
  for (int i = 1; i < 60; ++i) {
    const auto above = "*a" + std::to_string(i - 1), name = "a" + std::to_string(i);
    merged += name + ": &" + name + " {k" + name + ": 1, <<: [" + above + ", " + above + "]}\n";
  }
  EXPECT_EQ(refused("merged.yaml", merged).substr(0, 3), "17:");
}

TEST_F(Hostile, aliases_of_what_they_stand_in) {
  EXPECT_EQ(refused("self.yaml", "b: 1\na: &x [*x]"), "2:8 the alias `*x` lies inside of its own anchor `&x`");
  EXPECT_EQ(refused("deep.yaml", "a: &x {b: [1, {c: *x}]}"), "1:19 the alias `*x` lies inside of its own anchor `&x`");
  EXPECT_EQ(refused("merge.yaml", "a: &x\n  k: 1\n  <<: *x"), "3:7 the alias `*x` lies inside of its own anchor `&x`");
  EXPECT_EQ(refused("key.yaml", "a: &x\n  *x : 1"), "2:3 the alias `*x` lies inside of its own anchor `&x`");
}

TEST_F(Hostile, ten_thousand_levels) {
  const std::string message = "nested more than 500 levels deep";
  const std::size_t levels = 10'000;
  const auto lists = repeated("[", levels - 1) + repeated("]", levels - 1);
  EXPECT_EQ(refused("lists.json", "{\"a\":" + lists + "}"), "1:505 " + message);
  EXPECT_EQ(refused("lists.jsonc", "{\"a\":" + lists + ",}"), "1:505 " + message);
  EXPECT_EQ(refused("lists.toml", "a = " + lists), "1:504 " + message);
  EXPECT_EQ(refused("lists.yaml", "a: " + lists), "1:503 " + message);
  EXPECT_EQ(refused("open.json", "{\"a\":" + repeated("[", levels)), "1:505 " + message);
  EXPECT_EQ(refused("open.toml", "a = " + repeated("[", levels)), "1:504 " + message);
  EXPECT_EQ(refused("open.yaml", "a: " + repeated("[", levels)), "1:503 " + message);
  EXPECT_EQ(refused("dicts.json", repeated("{\"a\":", levels) + "1" + repeated("}", levels)), "1:2501 " + message);
  EXPECT_EQ(refused("dicts.toml", "a = " + repeated("{a = ", levels) + "1" + repeated("}", levels)),
            "1:2500 " + message);
  EXPECT_EQ(refused("dicts.yaml", repeated("{a: ", levels) + "1" + repeated("}", levels)), "1:2001 " + message);
  EXPECT_EQ(refused("block.yaml", "a:\n  " + repeated("- ", levels) + "1"), "2:1001 " + message);
  std::string indented;
  for (std::size_t i = 0; i < levels; ++i) indented += std::string(i, ' ') + "a:\n";
  EXPECT_EQ(refused("indented.yaml", indented), "501:501 " + message);
}

TEST_F(Hostile, a_key_of_a_hundred_thousand_segments) {
  const std::string message = "nested more than 500 levels deep";
  const auto key = "a" + repeated(".a", 99'999);
  EXPECT_EQ(refused("key.toml", key + " = 1"), "1:1001 " + message);
  EXPECT_EQ(refused("header.toml", "x = 1\n[" + key + "]"), "2:1002 " + message);
  EXPECT_EQ(refused("inline.toml", "x = {" + key + " = 1}"), "1:1004 " + message);
  // Elsewhere a dot is part of the key.
  EXPECT_EQ(refused("key.json", "{\"" + key + "\":1}"), "read");
  EXPECT_EQ(refused("key.yaml", key + ": 1"), "read");
}

TEST_F(Hostile, byte_order_marks_in_the_middle) {
  const std::string bom = "\xEF\xBB\xBF";
  const std::string message = "a byte order mark in the middle of the text";
  EXPECT_EQ(refused("a.toml", "a = 1\n" + bom + "b = 2"), "2:1 " + message);
  EXPECT_EQ(refused("a.yaml", "a: 1\n" + bom + "b: 2"), "2:1 " + message);
  EXPECT_EQ(refused("a.json", "{\"a\": 1,\n " + bom + "\"b\": 2}"), "2:2 " + message);
  EXPECT_EQ(refused("a.jsonc", "{\"a\": 1,\n " + bom + "\"b\": 2}"), "2:2 " + message);
  EXPECT_EQ(refused("twice.toml", bom + bom + "a = 1"), "1:1 " + message);
}

TEST_F(Hostile, a_hundred_megabytes_are_read) {
  const std::string text(100'000'000, 'x');
  for (const auto& [name, whole] :
       {std::pair("a.json", "{\"a\": \"" + text + "\", \"b\": 1}"), std::pair("a.toml", "a = '" + text + "'\nb = 1\n"),
        std::pair("a.yaml", "a: '" + text + "'\nb: 1\n")}) {
    const auto path = (directory_ / name).string();
    std::ofstream(path, std::ios::binary) << whole;
    const auto config = SuperConfig().with_file(path);
    EXPECT_EQ(config.get<int>("b"), 1) << name;
    EXPECT_EQ(config.find_value("a")->as_string()->size(), text.size());
    std::filesystem::remove(path);
  }
}

// The same from the environment and the command line, where the place is the variable's or the option's name.
TEST_F(Hostile, paths_of_a_hundred_thousand_segments) {
  const auto name = "APP_A" + repeated("__A", 99'999);
  testing::start_counting();
  const auto variable = SuperConfig().with_env("APP_", {{name, "1"}}).try_value();
  const auto setting = SuperConfig().with_set("a" + repeated(".a", 99'999) + "=1").try_value();
  EXPECT_LE(testing::counted().peak, most_bytes);
  ASSERT_FALSE(variable);
  EXPECT_EQ(variable.error()[0].origin.name, name);
  EXPECT_EQ(variable.error()[0].message, "more than 500 levels of nesting");
  ASSERT_FALSE(setting);
  EXPECT_EQ(setting.error()[0].origin.name, "--set");
  EXPECT_EQ(setting.error()[0].message, "more than 500 levels of nesting");
}

}  // namespace
}  // namespace superconfig
