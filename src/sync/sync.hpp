// Mutual exclusion and waiting. The only place that names <mutex>: where there are no threads (WebAssembly, or a
// build with SUPERCONFIG_SINGLE_THREADED) everything here compiles to nothing.
#pragma once

#include <atomic>
#include <cstdint>

#if defined(__wasi__) || defined(SUPERCONFIG_SINGLE_THREADED)
#define SUPERCONFIG_THREADS 0
#else
#define SUPERCONFIG_THREADS 1
#include <mutex>
#endif

namespace superconfig::sync {

#if SUPERCONFIG_THREADS
using Mutex = std::mutex;
using Lock = std::lock_guard<std::mutex>;

inline void wait_while(const std::atomic<std::uint32_t>& word, std::uint32_t value) noexcept {
  word.wait(value, std::memory_order_acquire);
}
inline void wake_all(std::atomic<std::uint32_t>& word) noexcept { word.notify_all(); }
#else
struct Mutex {};
struct Lock {
  explicit Lock(Mutex&) noexcept {}
};
inline void wait_while(const std::atomic<std::uint32_t>&, std::uint32_t) noexcept {}
inline void wake_all(std::atomic<std::uint32_t>&) noexcept {}
#endif

}  // namespace superconfig::sync
