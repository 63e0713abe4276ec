#include "text/nearest.hpp"

#include <gtest/gtest.h>

#include <string>

namespace superconfig::detail {
namespace {

std::string nearest(std::string_view wanted, std::initializer_list<std::string_view> known) {
  Nearest n(wanted);
  for (auto name : known) n.consider(name);
  return std::string(n.name());
}

TEST(EditDistance, counts_changes_up_to_a_limit) {
  EXPECT_EQ(edit_distance("port", "port", 3), 0U);
  EXPECT_EQ(edit_distance("port", "prot", 3), 1U);  // swapped
  EXPECT_EQ(edit_distance("port", "ports", 3), 1U);
  EXPECT_EQ(edit_distance("port", "pxrt", 3), 1U);
  EXPECT_EQ(edit_distance("kitten", "sitting", 3), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting", 2), 3U);  // more than the limit
  EXPECT_EQ(edit_distance("", "abc", 3), 3U);
  EXPECT_EQ(edit_distance("MAX-conn", "max_conn", 3), 0U);
}

TEST(Nearest, is_the_name_meant_or_none) {
  EXPECT_EQ(nearest("prot", {"host", "port", "path"}), "port");
  EXPECT_EQ(nearest("Debug", {"debug", "info"}), "debug");
  EXPECT_EQ(nearest("zzz", {"a", "port"}), "");
  EXPECT_EQ(nearest("a", {"b"}), "");
  EXPECT_EQ(nearest("timeout_ms", {"timeout", "time"}), "timeout");
  EXPECT_EQ(nearest("aab", {"aaa", "aac"}), "aaa");  // the first of equals
}

}  // namespace
}  // namespace superconfig::detail
