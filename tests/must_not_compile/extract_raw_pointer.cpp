// expect: Unsupported<int ?\*>
#include "superconfig/extract/extract.hpp"

// Nobody would own what it points to.
struct HasPointer {
  int* pointer = nullptr;
};
auto result = superconfig::extract_value<HasPointer>({});
