#include "config/allocations.hpp"

#include <cstdlib>
#include <new>

namespace superconfig::testing {
namespace {
thread_local Allocations total;
}
Allocations allocated() noexcept { return total; }
}  // namespace superconfig::testing

void* operator new(std::size_t size) {
  auto& total = superconfig::testing::total;
  ++total.count;
  total.bytes += size;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
