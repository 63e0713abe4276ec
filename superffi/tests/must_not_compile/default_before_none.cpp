// expect: after an argument with a default all have one
#include "superffi/declare.hpp"

constexpr auto light =
    superffi::function("light", superffi::fn<[](int, int) {}>, "Lights it.", superffi::arg("brightness", 5), "colour");
