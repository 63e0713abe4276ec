// expect: only objects may be changed through a reference
#include "superffi/declare.hpp"

constexpr auto light = superffi::function("light", superffi::fn<[](std::string&) {}>, "Lights it.", "colour");
