// How a value is turned into a type.
#pragma once

#include <cstdint>

namespace superconfig {

/// What becomes of a field that the configuration does not have.
enum class Missing : std::uint8_t {
  keep,  ///< it keeps what T{} gives it, unless it or its struct is annotated `required`
  error  ///< it is a missing_field, unless it is an optional, or annotated with a default or `skip`
};

struct ExtractOptions {
  /// Also takes 1, 0 and the bool words for bools, and text that is a number for numbers.
  bool lossy = false;
  /// Keys that no field takes are errors everywhere, not only in types that are annotated so.
  bool deny_unknown = false;
  Missing missing = Missing::keep;
};

}  // namespace superconfig
