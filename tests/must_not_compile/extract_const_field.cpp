// expect: a field that is const or a reference cannot be written
#include "superconfig/extract/extract.hpp"

// What is const stays as it is.
struct HasConst {
  const int fixed = 1;
};
auto result = superconfig::extract_value<HasConst>({});
