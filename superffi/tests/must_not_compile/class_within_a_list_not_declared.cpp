// expect: a type without a spelling: neither built in .* nor declared in
#include "superffi/declare.hpp"

struct Watts {
  int number = 0;
};
constexpr auto surface = superffi::surface(
    "lamps", "lamp", "Lamps.",
    superffi::function("all", superffi::fn<[] { return std::vector<std::optional<Watts>>(); }>, "All there are."));
