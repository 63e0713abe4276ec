// expect: there must be one name for each argument of the function
#include "superffi/declare.hpp"

struct Lamp {
  Lamp() {}
  void light(int, bool) {}
};
constexpr auto light = superffi::method("light", superffi::fn<&Lamp::light>, "Lights it.", "brightness");
