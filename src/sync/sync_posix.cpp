#include "sync/sync.hpp"

#if SUPERCONFIG_THREADS
#include <pthread.h>

#include <thread>

namespace superconfig::sync {

std::atomic<std::uint32_t> forks{0};

void yield() noexcept { std::this_thread::yield(); }

void on_fork(void (*f)()) { pthread_atfork(nullptr, nullptr, f); }

namespace {
const bool counts_forks = [] {
  on_fork([] { forks.fetch_add(1, std::memory_order_relaxed); });
  return true;
}();
}  // namespace

}  // namespace superconfig::sync
#endif
