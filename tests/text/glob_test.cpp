#include "text/glob.hpp"

#include <gtest/gtest.h>

#include <string>

namespace superconfig::detail {
namespace {

TEST(Glob, matches_the_whole_text) {
  struct Case {
    const char* pattern;
    const char* text;
    bool matches;
  };
  for (const Case& c : {Case{"", "", true},
                        {"", "a", false},
                        {"a", "a", true},
                        {"a", "ab", false},
                        {"*", "", true},
                        {"*", "a/b.c", true},
                        {"a*c", "abbc", true},
                        {"a*c", "abcd", false},
                        {"*.toml", "x.toml", true},
                        {"*a*b*", "xaxbx", true},
                        {"*a*b*", "xbxax", false},
                        {"?", "", false},
                        {"?", "é", true},
                        {"??", "é", false},
                        {"[a-c]x", "bx", true},
                        {"[a-c]x", "dx", false},
                        {"[!a-c]x", "dx", true},
                        {"[^a]", "a", false},
                        {"[à-ü]", "é", true},
                        {"[]]", "]", true},
                        {"[a", "[a", true},
                        {"{a,b}", "b", true},
                        {"{a,b}", "c", false},
                        {"x{,y}z", "xz", true},
                        {"{a,{b,c}d}e", "cde", true},
                        {"{a,{b,c}d}e", "be", false},
                        {"*.{toml,y{a,}ml}", "f.yml", true},
                        {"{a", "{a", true},
                        {"\\*", "*", true},
                        {"\\*", "a", false},
                        {"[\\]]", "]", true},
                        {"a*{b,c}", "axxc", true},
                        {"{*a,b}*c", "xaxc", true}})
    EXPECT_EQ(glob_matches(c.pattern, c.text), c.matches) << c.pattern << " on " << c.text;
}

TEST(Glob, takes_no_exponential_time) {
  std::string text(5000, 'a');
  EXPECT_FALSE(glob_matches("*a*a*a*a*a*a*a*a*a*a*b", text));
}

}  // namespace
}  // namespace superconfig::detail
