// UTF-8: where it ends, and what is there instead.
#include "text/utf8.hpp"

#include <gtest/gtest.h>

#include <string>

namespace superconfig {
namespace {

using namespace std::string_literals;

TEST(Utf8, every_scalar_value_is_valid_and_nothing_else) {
  for (char32_t c = 1; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, c);
    ASSERT_EQ(find_invalid_utf8(text), std::string_view::npos) << static_cast<std::uint32_t>(c);
    ASSERT_EQ(utf8_sequence(text, 0), text.size());
    ASSERT_EQ(find_invalid_utf8(std::string_view(text).substr(0, text.size() - 1)),
              text.size() == 1 ? std::string_view::npos : 0U);
  }
}

TEST(Utf8, the_first_bad_byte_is_found) {
  struct {
    std::string text;
    std::size_t at;
  } const cases[] = {
      {"\x80", 0},              // a tail byte
      {"a\xC0\x80", 1},         // overlong NUL
      {"a\xC1\xBF", 1},         // overlong ASCII
      {"\xE0\x9F\xBF", 0},      // overlong
      {"\xF0\x8F\xBF\xBF", 0},  // overlong
      {"\xED\xA0\x80", 0},      // a surrogate
      {"\xED\xBF\xBF", 0},      // a surrogate
      {"\xF4\x90\x80\x80", 0},  // beyond the last code point
      {"\xF5\x80\x80\x80", 0},
      {"\xFF", 0},
      {"\xC3", 0},  // cut off
      {"\xE2\x82", 0},
      {"\xF0\x9F\x98", 0},
      {"é\xC3(", 2},        // no tail
      {"12345678\xFF", 8},  // after a whole word of ASCII
      {"1234567\xFF", 7},
      {"12345678123456\xC3\xA9\xFF", 16},
  };
  for (const auto& [text, at] : cases) EXPECT_EQ(find_invalid_utf8(text), at) << ::testing::PrintToString(text);
  EXPECT_EQ(find_invalid_utf8(""), std::string_view::npos);
  EXPECT_EQ(find_invalid_utf8("a\0b"s), std::string_view::npos) << "NUL is a character";
  EXPECT_EQ(utf8_sequence("ab", 2), 0U);
  EXPECT_EQ(utf8_sequence("", 0), 0U);
}

TEST(EncodingProblem, says_what_the_bytes_are_instead) {
  struct {
    std::string text;
    std::size_t at;
    const char* message;
  } const cases[] = {
      {"\xFF\xFE"
       "a\0"s,
       0, "the text is UTF-16; it must be UTF-8"},
      {"\xFE\xFF\0a"s, 0, "the text is UTF-16; it must be UTF-8"},
      {"a\0=\0"s, 0, "the text is UTF-16; it must be UTF-8"},
      {"\0a\0="s, 0, "the text is UTF-16; it must be UTF-8"},
      {"\xFF\xFE\0\0a\0\0\0"s, 0, "the text is UTF-32; it must be UTF-8"},
      {"\0\0\xFE\xFF\0\0\0a"s, 0, "the text is UTF-32; it must be UTF-8"},
      {"a\0\0\0"s, 0, "the text is UTF-32; it must be UTF-8"},
      {"ab\0cd"s, 2, "a NUL byte"},
      {"ab\xFF\0"s, 2, "not valid UTF-8"},
      {"ab\xED\xA0\x80", 2, "half of a surrogate pair is not valid UTF-8"},
  };
  for (const auto& [text, at, message] : cases) {
    const auto problem = find_encoding_problem(text);
    ASSERT_TRUE(problem) << ::testing::PrintToString(text);
    EXPECT_EQ(problem->message, message) << ::testing::PrintToString(text);
    EXPECT_EQ(problem->offset, at);
  }
  for (const std::string& fine : {""s, "a"s, "ab"s, "é"s, "\xEF\xBB\xBF"s + "a"})
    EXPECT_FALSE(find_encoding_problem(fine));
}

TEST(ByteOrderMark, is_three_bytes_at_the_start) {
  EXPECT_EQ(bom_size("\xEF\xBB\xBF"), 3U);
  EXPECT_EQ(bom_size("\xEF\xBB\xBF"
                     "a"),
            3U);
  EXPECT_EQ(bom_size("a\xEF\xBB\xBF"), 0U);
  EXPECT_EQ(bom_size("\xEF\xBB"), 0U);
  EXPECT_EQ(bom_size(""), 0U);
}

}  // namespace
}  // namespace superconfig
