// expect: check takes a captureless lambda|captur
#include "superconfig/extract/extract.hpp"

// Annotations are made while compiling: a check may not carry anything along.
struct BadCheck {
  int number = 0;
  static constexpr auto superconfig() {
    int limit = 5;
    return superconfig::annotate(
        superconfig::field(&BadCheck::number).check([limit](int i) { return i < limit; }, "a small number"));
  }
};
auto result = superconfig::extract_value<BadCheck>({});
