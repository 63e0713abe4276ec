// expect: a type without a spelling in the other languages
#include "superffi/declare.hpp"

struct Lamp {
  Lamp() {}
  void light(int*) {}
};
constexpr auto light = superffi::method("light", superffi::fn<&Lamp::light>, "Lights it.", "brightness");
