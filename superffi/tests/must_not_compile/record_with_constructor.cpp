// expect: what has constructors is a class
#include "superffi/declare.hpp"

struct Lamp {
  Lamp() {}
  int watts = 0;
};
constexpr auto lamp = superffi::record<Lamp>("Lamp", "A lamp.", superffi::field<&Lamp::watts>("watts", "How strong."));
