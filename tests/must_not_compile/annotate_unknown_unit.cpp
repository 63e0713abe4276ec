// expect: annotation_is_wrong
#include "superconfig/extract/extract.hpp"

// Units are checked while compiling.
#include <chrono>
struct BadUnit {
  std::chrono::seconds wait{};
  static constexpr auto superconfig() {
    return superconfig::annotate(superconfig::field(&BadUnit::wait).unit("fortnights"));
  }
};
auto result = superconfig::extract_value<BadUnit>({});
