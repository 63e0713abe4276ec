// expect: a range is for numbers, sizes and durations
// A string has no range.
#include "superconfig/extract/extract.hpp"

struct BadRange {
  std::string text;
  static constexpr auto superconfig() { return superconfig::annotate(superconfig::field(&BadRange::text).range(1, 2)); }
};
auto result = superconfig::extract_value<BadRange>({});
