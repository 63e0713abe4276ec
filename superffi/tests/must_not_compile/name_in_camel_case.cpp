// expect: superffi_the_name_must_be_in_snake_case
#include "superffi/declare.hpp"

constexpr auto light = superffi::function("lightUp", superffi::fn<[] {}>, "Lights it.");
