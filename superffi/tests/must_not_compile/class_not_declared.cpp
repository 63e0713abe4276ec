// expect: a type without a spelling: neither built in .* nor declared in
#include "superffi/declare.hpp"

struct Bulb {
  Bulb() {}
};
struct Lamp {
  Lamp() {}
  Bulb bulb() const { return {}; }
};
constexpr auto surface = superffi::surface(
    "lamps", "lamp", "Lamps.",
    superffi::class_<Lamp>("Lamp", "A lamp.", superffi::method("bulb", superffi::fn<&Lamp::bulb>, "Its bulb.")));
