#include "value/few.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace superconfig::detail {
namespace {

// Random pushes, pops and copies around the number that lies inside, against a vector.
TEST(Few, behaves_as_a_vector) {
  std::mt19937 random(11);
  Few<int, 4> few;
  std::vector<int> expected;
  for (int i = 0; i < 10'000; ++i) {
    if (!expected.empty() && random() % 100 < 48) {
      few.pop_back();
      expected.pop_back();
    } else {
      few.push_back(i);
      expected.push_back(i);
    }
    if (random() % 8 == 0) {
      const auto copy = few;
      few = Few<int, 4>();
      EXPECT_TRUE(few.empty());
      few = copy;
    }
    ASSERT_EQ(few.size(), expected.size());
    ASSERT_EQ(std::vector<int>(few.begin(), few.end()), expected);
    ASSERT_EQ(few.span().size(), expected.size());
  }
}

}  // namespace
}  // namespace superconfig::detail
