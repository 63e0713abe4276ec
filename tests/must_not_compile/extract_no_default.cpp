// expect: T must be default constructible|so a field that is missing would have no value
#include "superconfig/extract/extract.hpp"

// A missing field keeps what T{} gives it, so T{} must work.
struct NoDefault {
  int& reference;
};
auto result = superconfig::extract_value<NoDefault>({});
