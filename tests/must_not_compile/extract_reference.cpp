// expect: a field of this struct is a reference
#include "superconfig/extract/extract.hpp"

// A reference cannot be made to refer to what was read.
int global = 0;
struct HasReference {
  int before = 0;
  int& reference = global;
};
auto result = superconfig::extract_value<HasReference>({});
