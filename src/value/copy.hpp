// Deep copies: what clone mode works with. Nothing is shared with the original, names and characters included.
#pragma once

#include "superconfig/value.hpp"

namespace superconfig::detail {

/// A tree deeper than `most_levels`, which no layer may have, is shared instead.
Value deep_copy(const Value& value);

}  // namespace superconfig::detail
