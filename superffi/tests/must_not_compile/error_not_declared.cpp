// expect: the error type of a result is not declared
#include "superffi/declare.hpp"

struct Broken {};
struct Result {
  using value_type = int;
  using error_type = Broken;
  bool has_value() const { return true; }
  int operator*() const { return 1; }
  Broken error() const { return {}; }
};
constexpr auto surface = superffi::surface("lamps", "lamp", "Lamps.",
                                           superffi::function("one", superffi::fn<[] { return Result(); }>, "One."));
