// expect: superffi_the_sentence_must_begin_with_a_capital_and_end_with_a_full_stop
#include "superffi/declare.hpp"

struct Lamp {
  Lamp() {}
  void light() {}
};
constexpr auto light = superffi::method("light", superffi::fn<&Lamp::light>, "brightness");
