// What a call allocates in all, by whatever library: the program that holds memory.cpp replaces malloc. Under the
// sanitizers, which replace it themselves, and without glibc nothing is counted.
#pragma once

#include <cstddef>

namespace superconfig::testing {

struct Memory {
  std::size_t count = 0;  ///< allocations
  std::size_t peak = 0;   ///< the most bytes that were allocated at one time, beyond those from before
};

/// Whether there is anything to see.
bool memory_is_counted() noexcept;
/// Counts from now on.
void start_counting() noexcept;
/// What there was since.
Memory counted() noexcept;

}  // namespace superconfig::testing
