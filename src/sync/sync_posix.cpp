#include "sync/sync.hpp"

#if SUPERCONFIG_THREADS
#include <pthread.h>

#include <array>
#include <cstdlib>
#include <thread>
#include <utility>

namespace superconfig::sync {

std::atomic<std::uint32_t> forks{0};

void yield() noexcept { std::this_thread::yield(); }

void on_fork(void (*f)()) { pthread_atfork(nullptr, nullptr, f); }

namespace {

void unlock_row();

// In the order of their ranks.
struct Row {
  std::mutex mutex;
  std::array<std::pair<int, ProcessMutex*>, 8> entries{};
  std::size_t count = 0;
};
Row& row() {
  static auto* const instance = [] {
    auto* made = new Row;
    pthread_atfork(
        [] {
          row().mutex.lock();
          for (std::size_t i = 0; i < row().count; ++i) row().entries[i].second->lock();
        },
        unlock_row, unlock_row);
    return made;
  }();
  return *instance;
}
void unlock_row() {
  for (std::size_t i = row().count; i-- > 0;) row().entries[i].second->unlock();
  row().mutex.unlock();
}

}  // namespace

ProcessMutex::ProcessMutex(int rank) {
  auto& all = row();
  const std::lock_guard lock(all.mutex);
  if (all.count == all.entries.size()) std::abort();  // a bug of ours
  auto at = all.count++;
  for (; at > 0 && all.entries[at - 1].first > rank; --at) all.entries[at] = all.entries[at - 1];
  all.entries[at] = {rank, this};
}

namespace {
const bool counts_forks = [] {
  on_fork([] { forks.fetch_add(1, std::memory_order_relaxed); });
  return true;
}();
}  // namespace

}  // namespace superconfig::sync
#endif
