// The questions that a case asks of its finished configuration.
#pragma once

#include "compare.hpp"
#include "layers.hpp"

namespace superconfig::conformance {

/// `query` has `call`, `arg` and `expect`.
void compare_query(const Value& query, const Built& built, Mismatches& mismatches);

}  // namespace superconfig::conformance
