// expect: no plain aggregate
#include "superconfig/extract/extract.hpp"

// A class with private members says itself how it is made: Convert.
class NoAggregate {
 public:
  NoAggregate() = default;

 private:
  int hidden_ = 0;
};
struct HasClass {
  NoAggregate field;
};
auto result = superconfig::extract_value<HasClass>({});
