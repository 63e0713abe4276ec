#include "failing_new.hpp"

#include <cstdint>
#include <cstdlib>
#include <new>

namespace superconfig {
namespace {

constexpr std::size_t never = SIZE_MAX;
constinit thread_local std::size_t left = never;
constinit thread_local bool failed = false;

void* allocate(std::size_t size, std::size_t alignment) {
  if (left != never && left-- == 0) {
    left = never;
    failed = true;
    throw std::bad_alloc();
  }
  const auto rounded = (size + alignment - 1) / alignment * alignment;
  auto* block = alignment <= alignof(std::max_align_t) ? std::malloc(size == 0 ? 1 : size)
                                                       : std::aligned_alloc(alignment, rounded);
  if (!block) throw std::bad_alloc();
  return block;
}

}  // namespace

FailingNew::FailingNew(std::size_t after) noexcept {
  failed = false;
  left = after;
}
FailingNew::~FailingNew() { left = never; }
bool FailingNew::has_failed() const noexcept { return failed; }

}  // namespace superconfig

void* operator new(std::size_t size) { return superconfig::allocate(size, 1); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return superconfig::allocate(size, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  try {
    return superconfig::allocate(size, 1);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}
void operator delete(void* block, const std::nothrow_t&) noexcept { std::free(block); }
void operator delete(void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t) noexcept { std::free(block); }
void operator delete(void* block, std::align_val_t) noexcept { std::free(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { std::free(block); }
