// The cache of parsed files: unchanged files are not parsed again, and a change is never missed.

#include "superconfig/file_cache.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "superconfig/config.hpp"

namespace superconfig {
namespace {

class FileCache : public ::testing::Test {
 protected:
  FileCache() {
    std::string pattern = ::testing::TempDir() + "file_cache.XXXXXX";
    directory_ = ::mkdtemp(pattern.data());
    clear_file_cache();
  }
  ~FileCache() override {
    std::filesystem::remove_all(directory_);
    set_file_cache_limit(std::size_t{16} << 20U);
  }

  [[nodiscard]] std::string path(const std::string& name) const { return (directory_ / name).string(); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::trunc) << text;
  }
  // Both times lie in the past only if the clock went on: the change time cannot be set.
  static void age() { std::this_thread::sleep_for(racy_window + std::chrono::milliseconds(50)); }
  [[nodiscard]] int load(const std::string& name) const { return SuperConfig().with_file(path(name)).get<int>("a"); }

  std::filesystem::path directory_;
};

TEST_F(FileCache, an_unchanged_file_is_parsed_once_and_shared) {
  write("a.toml", "a = 1");
  age();
  const auto before = file_cache_stats();
  EXPECT_EQ(load("a.toml"), 1);
  EXPECT_EQ(load("a.toml"), 1);
  EXPECT_EQ(load("a.toml"), 1);
  const auto after = file_cache_stats();
  EXPECT_EQ(after.misses - before.misses, 1U);
  EXPECT_EQ(after.hits - before.hits, 2U);
  EXPECT_EQ(after.files, 1U);
  EXPECT_EQ(after.bytes, 5U);
}

TEST_F(FileCache, a_file_rewritten_with_the_same_size_within_the_same_tick_is_read_again) {
  for (int i = 0; i < 200; ++i) {
    write("a.toml", "a = " + std::to_string(i % 10));
    ASSERT_EQ(load("a.toml"), i % 10) << "in round " << i;
  }
  EXPECT_EQ(file_cache_stats().files, 0U) << "what was written just now is not trusted";
}

TEST_F(FileCache, a_changed_file_is_parsed_again_whatever_its_size_and_modification_time) {
  write("a.toml", "a = 1");
  age();
  EXPECT_EQ(load("a.toml"), 1);
  const auto written = std::filesystem::last_write_time(path("a.toml"));
  write("a.toml", "a = 2");
  std::filesystem::last_write_time(path("a.toml"), written);  // as tools that keep times do; the change time tells
  const auto before = file_cache_stats();
  EXPECT_EQ(load("a.toml"), 2);
  EXPECT_EQ(file_cache_stats().changed - before.changed, 1U);
}

TEST_F(FileCache, one_file_read_as_two_formats_is_two_entries) {
  write("a.json", "{\"a\": 1}");
  age();
  EXPECT_EQ(SuperConfig().merge(Json::file_exact(path("a.json"))).get<int>("a"), 1);
  EXPECT_EQ(SuperConfig().merge(Yaml::file_exact(path("a.json"))).get<int>("a"), 1);
  EXPECT_EQ(file_cache_stats().files, 2U);
}

TEST_F(FileCache, a_broken_file_is_not_kept) {
  write("a.toml", "a = ");
  age();
  EXPECT_FALSE(SuperConfig().with_file(path("a.toml")).try_get<int>("a").ok());
  EXPECT_EQ(file_cache_stats().files, 0U);
}

TEST_F(FileCache, is_bounded_by_the_bytes_of_its_texts) {
  const std::string text = "a = 1 #" + std::string(1000, 'x');
  for (int i = 0; i < 10; ++i) write(std::to_string(i) + ".toml", text);
  age();
  set_file_cache_limit(3 * text.size());
  for (int i = 0; i < 10; ++i) EXPECT_EQ(load(std::to_string(i) + ".toml"), 1);
  EXPECT_EQ(file_cache_stats().files, 3U);
  const auto before = file_cache_stats();
  EXPECT_EQ(load("9.toml"), 1);
  EXPECT_EQ(load("0.toml"), 1);
  const auto after = file_cache_stats();
  EXPECT_EQ(after.hits - before.hits, 1U) << "the last used are kept";
  set_file_cache_limit(0);
  EXPECT_EQ(file_cache_stats().files, 0U);
}

}  // namespace
}  // namespace superconfig
