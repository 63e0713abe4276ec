// Sources, marks and origins: where a value was written.
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "superconfig/origin.hpp"

namespace superconfig {
namespace {

std::string place(const Source& source, std::size_t offset) {
  const auto origin = origin_of(source.mark(offset));
  return std::to_string(origin.line) + ":" + std::to_string(origin.column) + " " + origin.line_text;
}

TEST(Source, places_are_counted_in_lines_and_code_points) {
  const auto source = Source::text("t", "ab\ncd\r\n\xC3\xA9x\xF0\x9F\x98\x80y\n\nend");
  struct {
    std::size_t offset;
    const char* place;
  } const cases[] = {{0, "1:1 ab"},    {1, "1:2 ab"},    {2, "1:3 ab"},     {3, "2:1 cd"},     {5, "2:3 cd"},
                     {7, "3:1 éx😀y"}, {9, "3:2 éx😀y"}, {10, "3:3 éx😀y"}, {14, "3:4 éx😀y"}, {16, "4:1 "},
                     {17, "5:1 end"},  {20, "5:4 end"},  {999, "5:4 end"}};
  for (const auto& [offset, expected] : cases) EXPECT_EQ(place(source, offset), expected) << offset;
}

TEST(Source, a_byte_order_mark_is_no_character) {
  const auto source = Source::text("t",
                                   "\xEF\xBB\xBF"
                                   "ab\ncd");
  EXPECT_EQ(place(source, 3), "1:1 ab");
  EXPECT_EQ(place(source, 4), "1:2 ab");
  EXPECT_EQ(place(source, 6), "2:1 cd");
}

TEST(Source, lines_that_are_very_long_are_not_shown) {
  const auto source = Source::text("t", std::string(10'000, 'x') + "\nshort");
  EXPECT_EQ(place(source, 5'000), "1:5001 ");
  EXPECT_EQ(place(source, 10'001), "2:1 short");
}

TEST(Source, marks_are_unknown_once_the_last_holder_is_gone) {
  Mark mark;
  {
    const auto source = Source::text("t", "abc");
    mark = source.mark(1);
    const auto copy = source;  // NOLINT(performance-unnecessary-copy-initialization)
    EXPECT_EQ(origin_of(mark).name, "t");
    EXPECT_TRUE(source_of(mark));
  }
  EXPECT_FALSE(origin_of(mark).known());
  EXPECT_FALSE(source_of(mark));
  EXPECT_EQ(origin_of(mark).to_string(), "unknown");
  EXPECT_NE(Source::text("t", "abc").id(), mark.source) << "ids are never used again";
}

TEST(Source, names_of_variables_and_arguments_are_interned_texts_are_not) {
  const auto held = Source::environment("X");
  EXPECT_EQ(Source::environment("X").id(), held.id());
  EXPECT_NE(Source::argument("X").id(), held.id());
  EXPECT_NE(Source::other("X").id(), held.id());
  const auto one = Source::text("t", "a"), two = Source::text("t", "a");
  EXPECT_NE(one.id(), two.id());
}

TEST(Source, is_a_value) {
  auto a = Source::text("a", "bytes");
  const auto id = a.id();
  auto b = a;
  auto c = std::move(a);
  EXPECT_FALSE(a);  // NOLINT(bugprone-use-after-move)
  EXPECT_EQ(a.id(), 0U);
  EXPECT_EQ(a.name(), "");
  EXPECT_EQ(a.bytes(), "");
  EXPECT_EQ(a.kind(), SourceKind::unknown);
  b = std::move(c);
  b = b;  // NOLINT
  EXPECT_EQ(b.id(), id);
  EXPECT_EQ(b.bytes(), "bytes");
  b = Source();
  EXPECT_FALSE(source_of({id, 0}));
}

TEST(Origin, is_spelled_by_its_kind) {
  const auto file = Source::file("/etc/app.toml", "a = 1\nb = 2");
  const auto variable = Source::environment("APP_X");
  const auto argument = Source::argument("--set");
  const auto other = Source::other("vault");
  EXPECT_EQ(origin_of(file.mark(10)).to_string(), "/etc/app.toml:2:5");
  EXPECT_EQ(origin_of(variable.mark()).to_string(), "env APP_X");
  EXPECT_EQ(origin_of(argument.mark()).to_string(), "--set");
  EXPECT_EQ(origin_of(other.mark()).to_string(), "vault");
  EXPECT_EQ(origin_of(Mark{}).to_string(), "unknown");
  const auto here = origin_of(code_mark());
  EXPECT_TRUE(here.to_string().ends_with("source_test.cpp:" + std::to_string(__LINE__ - 1))) << here.to_string();
}

TEST(Origin, of_code_lives_as_long_as_the_program) {
  const auto mark = code_mark();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(code_mark().source, mark.source);
  std::thread([mark] { EXPECT_EQ(code_mark().source, mark.source); }).join();
  EXPECT_TRUE(origin_of(mark).known());
}

TEST(Source, may_be_made_dropped_and_looked_up_by_many_threads_at_once) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([] {
      for (int i = 0; i < 500; ++i) {
        const auto shared = Source::environment("SHARED");
        const auto own = Source::text("own", "a\nb");
        EXPECT_EQ(origin_of(shared.mark()).name, "SHARED");
        EXPECT_EQ(origin_of(own.mark(2)).line, 2U);
        const auto again = source_of(shared.mark());
        EXPECT_EQ(again.id(), shared.id());
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace superconfig
