#include "config/allocations.hpp"

#include <cstdlib>
#include <new>

#include "sync/blocks.hpp"

namespace superconfig::testing {
namespace {
thread_local Allocations total;
}
Allocations allocated() noexcept {
  const auto reused = sync::reused_blocks();
  return {total.count + reused.count, total.bytes + reused.bytes};
}
}  // namespace superconfig::testing

void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  auto& total = superconfig::testing::total;
  ++total.count;
  total.bytes += size;
  return std::malloc(size == 0 ? 1 : size);
}
void* operator new(std::size_t size) {
  if (void* memory = operator new(size, std::nothrow)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
