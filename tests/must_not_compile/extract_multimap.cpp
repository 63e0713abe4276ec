// expect: may hold a key twice
#include "superconfig/extract/extract.hpp"

// A dict has each key once.
#include <map>
#include <string>
struct HasMulti {
  std::multimap<std::string, int> numbers;
};
auto result = superconfig::extract_value<HasMulti>({});
