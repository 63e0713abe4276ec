// expect: this character type cannot be read
#include "superconfig/extract/extract.hpp"

// Is it a letter or a number?
struct HasChar {
  char letter = 0;
};
auto result = superconfig::extract_value<HasChar>({});
