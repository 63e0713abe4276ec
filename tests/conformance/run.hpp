// One case from its layers to its expectations.
#pragma once

#include "case.hpp"
#include "compare.hpp"

namespace superconfig::conformance {

/// What is not as the case expects; empty if it passes. Never throws: what goes wrong is a mismatch.
Mismatches run(const Case& one);

}  // namespace superconfig::conformance
