// expect: a declaration without documentation
#include "superffi/declare.hpp"

struct Lamp {
  Lamp() {}
  void light() {}
};
constexpr auto lamp = superffi::class_<Lamp>("Lamp", "A lamp.", superffi::method("light", superffi::fn<&Lamp::light>));
