#include "formats/memory.hpp"

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)
#define SUPERCONFIG_COUNTS_MEMORY 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SUPERCONFIG_COUNTS_MEMORY 0
#else
#define SUPERCONFIG_COUNTS_MEMORY 1
#endif
#else
#define SUPERCONFIG_COUNTS_MEMORY 1
#endif

namespace superconfig::testing {
namespace {

constinit std::atomic<std::size_t> count{0};
constinit std::atomic<std::int64_t> live{0};
constinit std::atomic<std::int64_t> peak{0};
constinit std::int64_t live_at_start = 0;

}  // namespace

bool memory_is_counted() noexcept { return SUPERCONFIG_COUNTS_MEMORY != 0; }

void start_counting() noexcept {
  live_at_start = live;
  peak = live_at_start;
  count = 0;
}

Memory counted() noexcept { return {count, static_cast<std::size_t>(peak - live_at_start)}; }

}  // namespace superconfig::testing

#if SUPERCONFIG_COUNTS_MEMORY

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);
}

namespace {

using namespace superconfig::testing;

void* taken(void* memory) noexcept {
  if (!memory) return nullptr;
  count.fetch_add(1, std::memory_order_relaxed);
  const auto size = static_cast<std::int64_t>(::malloc_usable_size(memory));
  const auto now = live.fetch_add(size, std::memory_order_relaxed) + size;
  auto most = peak.load(std::memory_order_relaxed);
  while (now > most && !peak.compare_exchange_weak(most, now, std::memory_order_relaxed)) {
  }
  return memory;
}

void given_back(void* memory) noexcept {
  if (memory) live.fetch_sub(static_cast<std::int64_t>(::malloc_usable_size(memory)), std::memory_order_relaxed);
}

}  // namespace

// Calls from any library come here: the program's own functions go before those of the C library.
extern "C" {

void* malloc(std::size_t size) { return taken(__libc_malloc(size)); }
void* calloc(std::size_t items, std::size_t size) { return taken(__libc_calloc(items, size)); }
void* realloc(void* memory, std::size_t size) {
  given_back(memory);
  void* const moved = __libc_realloc(memory, size);
  if (!moved && size != 0) taken(memory);  // it is still there
  return taken(moved);
}
void* memalign(std::size_t alignment, std::size_t size) { return taken(__libc_memalign(alignment, size)); }
void* aligned_alloc(std::size_t alignment, std::size_t size) { return taken(__libc_memalign(alignment, size)); }
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
  *memory = taken(__libc_memalign(alignment, size));
  return *memory ? 0 : ENOMEM;
}
void free(void* memory) {
  given_back(memory);
  __libc_free(memory);
}
}

#endif
