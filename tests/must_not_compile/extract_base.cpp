// expect: structs with base classes
#include "superconfig/extract/extract.hpp"

// The base would need to be a field, flattened.
struct Base {
  int a = 0;
};
struct Derived : Base {
  int b = 0;
};
auto result = superconfig::extract_value<Derived>({});
