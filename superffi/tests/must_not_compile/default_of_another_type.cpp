// expect: a default does not fit the type of its argument
#include "superffi/declare.hpp"

constexpr auto light =
    superffi::function("light", superffi::fn<[](std::string_view) {}>, "Lights it.", superffi::arg("colour", 5));
