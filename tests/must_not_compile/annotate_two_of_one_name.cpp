// expect: annotation_is_wrong
// A key can only go to one field.
#include "superconfig/extract/extract.hpp"

struct BadName {
  int one = 0;
  int two = 0;
  static constexpr auto superconfig() { return superconfig::annotate(superconfig::field(&BadName::two).alias("one")); }
};
auto result = superconfig::extract_value<BadName>({});
