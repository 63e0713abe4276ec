// Who is blamed: origins of values, and errors with theirs.
#pragma once

#include <cstdint>
#include <string>

#include "compare.hpp"
#include "layers.hpp"

namespace superconfig::conformance {

/// `expected`: raw dotted path -> the operation that the value comes from. Keys with a dot are not in it.
void compare_origins(const Value& expected, const Built& built, Mismatches& mismatches);

/// How much of an error a case says.
enum class Blame : std::uint8_t {
  full,   ///< everything that is there
  query,  ///< kind, path and field
  text    ///< the path
};

/// Met when one of the found errors fits.
void compare_error(const std::string& where, const Value& expected, const Errors& found, const LayerNumbers& numbers,
                   Blame blame, Mismatches& mismatches);

}  // namespace superconfig::conformance
