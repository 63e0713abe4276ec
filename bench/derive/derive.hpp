// Deriving: one more layer over a resolved configuration, and the first read of the result.
#pragma once

#include <superconfig/config.hpp>

#include "data/picks.hpp"
#include "harness.hpp"

namespace bench {

/// Puts i at one of the paths, for the i-th time, reads it back, and drops the derived configuration.
Task derive_value(const superconfig::SuperConfig& config, const Picks& picks);
Task derive_override(const superconfig::SuperConfig& config, const Picks& picks);
/// Each is derived from the one before, up to 64 in a row; each is read.
Task derive_chain(const superconfig::SuperConfig& config, const Picks& picks);

/// The control: 64 bytes from the heap and back.
Task allocate_and_free();

}  // namespace bench
