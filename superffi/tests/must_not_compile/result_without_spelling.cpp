// expect: a type without a spelling in the other languages
#include "superffi/declare.hpp"

constexpr auto letter = superffi::function("letter", superffi::fn<[] { return 'x'; }>, "A letter.");
