// What a type wants, in words: the `expected` of errors.
#pragma once

#include <string>

#include "superconfig/extract/options.hpp"
#include "superconfig/shape.hpp"

namespace superconfig::detail {

/// "an integer from 1 to 65535", "a string that matches `*.toml`", "a list of 3 items". With `limits` also those
/// limits that only the type's width sets.
std::string expected_text(const Shape& shape, const Rules* rules, bool limits);

}  // namespace superconfig::detail
