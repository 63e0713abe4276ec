// expect: a C array cannot be read
#include "superconfig/extract/extract.hpp"

// C arrays are no values: use std::array.
struct HasArray {
  int before = 0;
  int numbers[3] = {};
};
auto result = superconfig::extract_value<HasArray>({});
