// refresh(): the same layers, unread.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "superconfig/config.hpp"

namespace superconfig {
namespace {

class Refresh : public ::testing::Test {
 protected:
  Refresh() {
    std::string pattern = ::testing::TempDir() + "refresh.XXXXXX";
    directory_ = ::mkdtemp(pattern.data());
  }
  ~Refresh() override { std::filesystem::remove_all(directory_); }
  [[nodiscard]] std::string path() const { return (directory_ / "app.toml").string(); }
  void write(const std::string& text) const { std::ofstream(path(), std::ios::trunc) << text; }
  std::filesystem::path directory_;
};

TEST_F(Refresh, reads_files_again_and_leaves_the_receiver_as_it_was) {
  write("a = 1");
  const auto config = SuperConfig().with_file(path()).with_value("b", 2);
  EXPECT_EQ(config.get<int>("a"), 1);
  write("a = 3");
  const auto anew = config.refresh();
  EXPECT_EQ(anew.get<int>("a"), 3);
  EXPECT_EQ(anew.get<int>("b"), 2);
  EXPECT_EQ(config.get<int>("a"), 1);
}

TEST_F(Refresh, adds_nothing_twice) {
  write("x_add = [2]");
  const auto config = SuperConfig().with_defaults(Value::dict({{"x", Value::array({1})}})).with_file(path());
  EXPECT_EQ(config.get_array<int>("x"), (std::vector<int>{1, 2}));
  EXPECT_EQ(config.refresh().refresh().get_array<int>("x"), (std::vector<int>{1, 2}));
}

TEST_F(Refresh, keeps_the_captured_environment_unless_asked_otherwise) {
  ::setenv("REFRESH_TEST_A", "1", 1);
  const auto config = SuperConfig().with_env("REFRESH_TEST_");
  EXPECT_EQ(config.get<int>("a"), 1);
  ::setenv("REFRESH_TEST_A", "2", 1);
  EXPECT_EQ(config.refresh().get<int>("a"), 1);
  EXPECT_EQ(config.refresh({.environment = true}).get<int>("a"), 2);
  EXPECT_EQ(SuperConfig().merge(config).refresh({.environment = true}).get<int>("a"), 2)
      << "inside of a configuration too";
  ::unsetenv("REFRESH_TEST_A");
}

TEST_F(Refresh, loads_providers_of_your_own_again) {
  int loads = 0;
  const auto config = SuperConfig().merge(provide("counter", [&loads] { return Value::dict({{"n", ++loads}}); }));
  EXPECT_EQ(config.get<int>("n"), 1);
  EXPECT_EQ(config.get<int>("n"), 1);
  EXPECT_EQ(config.refresh().get<int>("n"), 2);
}

}  // namespace
}  // namespace superconfig
