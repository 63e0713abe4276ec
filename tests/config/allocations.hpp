// Counts what is allocated. The program that includes allocations.cpp replaces operator new.
#pragma once

#include <cstddef>

namespace superconfig::testing {

struct Allocations {
  std::size_t count = 0;
  std::size_t bytes = 0;
};

/// What this thread has allocated so far, from the heap or its own blocks.
Allocations allocated() noexcept;

/// What a call allocates.
template <class F>
Allocations allocations_of(F&& f) {
  const auto before = allocated();
  f();
  const auto after = allocated();
  return {after.count - before.count, after.bytes - before.bytes};
}

}  // namespace superconfig::testing
