// expect: a record is plain data
#include "superffi/declare.hpp"

struct Lamp {
  std::function<void()> on;
};
constexpr auto on = superffi::field<&Lamp::on>("on", "What happens.");
