// What the platform gives: paths, files, the environment.
#include "host/host.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "config/building.hpp"

namespace superconfig::testing {
namespace {

TEST(AbsolutePath, drops_empty_and_dot_segments_and_keeps_dot_dot) {
  const Scratch in;
  struct {
    const char *given, *absolute;
  } const cases[] = {
      {"a", "$DIR/a"},
      {"./a", "$DIR/a"},
      {"a/./b//c/", "$DIR/a/b/c"},
      {"../a", "$DIR/../a"},
      {"a/../b", "$DIR/a/../b"},
      {"", "$DIR"},
      {".", "$DIR"},
      {"...", "$DIR/..."},
      {".a", "$DIR/.a"},
      {"/", "/"},
      {"//", "/"},
      {"/a//b/.", "/a/b"},
      {"/..", "/.."},
      {" ", "$DIR/ "},
  };
  for (const auto& [given, absolute] : cases) EXPECT_EQ(in.relative(host::absolute_path(given)), absolute) << given;
}

TEST(AbsolutePath, of_the_root_has_one_slash) {
  const Scratch in;
  ASSERT_EQ(::chdir("/"), 0);
  EXPECT_EQ(host::working_directory(), "/");
  EXPECT_EQ(host::absolute_path("a"), "/a");
}

TEST(WorkingDirectory, may_be_long_and_may_be_gone) {
  const Scratch in;
  std::string deep;
  for (int i = 0; i < 30; ++i) deep += std::string(40, 'd') + "/";
  in.enter(deep);
  EXPECT_EQ(host::working_directory(), in.path(deep.substr(0, deep.size() - 1)));
  in.enter("gone");
  ASSERT_EQ(::rmdir(in.path("gone").c_str()), 0);
  EXPECT_TRUE(host::working_directory().starts_with('/')) << "something absolute all the same";
}

TEST(ReadFile, gives_the_bytes_or_says_why_not) {
  const Scratch in;
  in.write("empty", "");
  in.write("text", "abc");
  in.write("zeros", std::string(10, '\0'));
  const std::string large(3'000'000, 'x');
  in.write("large", large);
  in.enter("directory");
  in.enter(".");
  const auto read = [&](const char* name) { return host::read_file(in.path(name)); };
  EXPECT_EQ(read("text").bytes, "abc");
  EXPECT_EQ(read("text").status, host::FileStatus::file);
  EXPECT_EQ(read("empty").status, host::FileStatus::file);
  EXPECT_EQ(read("empty").bytes, "");
  EXPECT_EQ(read("zeros").bytes.size(), 10U);
  EXPECT_EQ(read("large").bytes, large);
  EXPECT_EQ(read("directory").status, host::FileStatus::directory);
  EXPECT_EQ(read("missing").status, host::FileStatus::missing);
  EXPECT_EQ(read("text/below").status, host::FileStatus::missing);
  EXPECT_EQ(host::read_file(std::string("/tmp\0x", 6)).status, host::FileStatus::failed);
  ASSERT_EQ(::symlink("self", "self"), 0);
  EXPECT_EQ(read("self").status, host::FileStatus::failed);
  EXPECT_NE(read("self").reason, "");
}

TEST(ReadFile, reads_files_that_do_not_know_their_size) {
  const auto version = host::read_file("/proc/version");
  EXPECT_EQ(version.status, host::FileStatus::file);
  EXPECT_GT(version.bytes.size(), 10U) << "the size that stat tells is 0";
  EXPECT_EQ(host::read_file("/dev/null").bytes, "");
}

TEST(ReadFile, leaves_no_descriptor_open) {
  const Scratch in;
  in.write("text", "abc");
  const int before = ::open("/dev/null", O_RDONLY);
  ::close(before);
  for (int i = 0; i < 50; ++i) {
    (void)host::read_file(in.path("text"));
    (void)host::read_file(in.path());
    (void)host::read_file(in.path("missing"));
  }
  const int after = ::open("/dev/null", O_RDONLY);
  ::close(after);
  EXPECT_EQ(after, before);
}

TEST(IsFile, is_true_of_all_but_directories) {
  const Scratch in;
  in.write("text", "abc");
  in.enter("directory");
  EXPECT_TRUE(host::is_file(in.path("text")));
  EXPECT_TRUE(host::is_file("/dev/null"));
  EXPECT_FALSE(host::is_file(in.path("directory")));
  EXPECT_FALSE(host::is_file(in.path("missing")));
}

TEST(Environment, gives_the_variables_with_a_prefix) {
  ::setenv("SUPERCONFIG_HOST_A", "1", 1);
  ::setenv("SUPERCONFIG_HOST_B", "x=y", 1);
  ::setenv("SUPERCONFIG_HOST_", "", 1);
  ::setenv("superconfig_host_c", "no", 1);
  const auto found = host::environment_with_prefix("SUPERCONFIG_HOST_");
  ASSERT_EQ(found.size(), 3U);
  for (const auto& [name, value] : found)
    EXPECT_EQ(value, name == "SUPERCONFIG_HOST_A" ? "1" : name == "SUPERCONFIG_HOST_B" ? "x=y" : "") << name;
  EXPECT_TRUE(host::environment_with_prefix("SUPERCONFIG_HOST_NOBODY").empty());
  EXPECT_GE(host::environment_with_prefix("").size(), 4U);
  for (const char* name : {"SUPERCONFIG_HOST_A", "SUPERCONFIG_HOST_B", "SUPERCONFIG_HOST_", "superconfig_host_c"})
    ::unsetenv(name);
}

TEST(Environment, the_first_of_a_name_counts_and_many_are_found_in_linear_time) {
  // A name can only be there twice if the parent process made it so.
  constexpr std::size_t names = 300'000;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < 2 * names; ++i)
    texts.push_back("MANY_" + std::to_string(i % names) + "=" + std::to_string(i));
  std::vector<char*> pointers;
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  auto* const before = std::exchange(environ, pointers.data());
  const auto found = host::environment_with_prefix("MANY_");
  environ = before;
  ASSERT_EQ(found.size(), names);
  for (std::size_t i = 0; i < names; ++i)
    ASSERT_EQ(found[i], std::pair("MANY_" + std::to_string(i), std::to_string(i)));
}

TEST(Environment, a_prefix_that_no_name_can_have_finds_nothing) {
  ::setenv("SUPERCONFIG_HOST_A", "x=y", 1);
  EXPECT_TRUE(host::environment_with_prefix("SUPERCONFIG_HOST_A=").empty());
  EXPECT_TRUE(host::environment_with_prefix("SUPERCONFIG_HOST_A=x").empty());
  EXPECT_TRUE(host::environment_with_prefix(std::string_view("SUPERCONFIG_HOST_\0A", 19)).empty());
  ::unsetenv("SUPERCONFIG_HOST_A");
}

}  // namespace
}  // namespace superconfig::testing
