// Mutual exclusion, waiting, forks. The only place that names <mutex> and <thread>: where there are no threads
// (WebAssembly, or a build with SUPERCONFIG_SINGLE_THREADED) everything here compiles to nothing.
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

/// The atomics that lock-free structures are made of. A test puts others in their place, which let it choose who goes
/// on at each operation.
struct RealAtomics {
  template <class T>
  using Atomic = std::atomic<T>;
};

#if SUPERCONFIG_THREADS
inline void wait_while(const std::atomic<std::uint32_t>& word, std::uint32_t value) noexcept {
  word.wait(value, std::memory_order_acquire);
}
inline void wake_all(std::atomic<std::uint32_t>& word) noexcept { word.notify_all(); }
/// Lets other threads run.
void yield() noexcept;

/// How many forks lie between the first process and this one. Relaxed: a fork is a point that everything happens before
/// or after.
extern std::atomic<std::uint32_t> forks;
inline std::uint32_t fork_count() noexcept { return forks.load(std::memory_order_relaxed); }
/// Calls `f` in each child of a fork, before fork returns there, in the order of these calls. For ever.
void on_fork(void (*f)());

/// The mutex of a table of the process's: forking waits for it, so that the child finds the table whole. Such
/// tables live for ever, and there are at most 8. `rank`: one that is locked while another is held has the higher one.
class ProcessMutex {
 public:
  explicit ProcessMutex(int rank);
  ProcessMutex(const ProcessMutex&) = delete;
  ProcessMutex& operator=(const ProcessMutex&) = delete;
  void lock() { mutex_.lock(); }
  void unlock() { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};
using ProcessLock = std::lock_guard<ProcessMutex>;
#else
struct ProcessMutex {
  explicit ProcessMutex(int) noexcept {}
};
struct ProcessLock {
  explicit ProcessLock(ProcessMutex&) noexcept {}
};
inline void wait_while(const std::atomic<std::uint32_t>&, std::uint32_t) noexcept {}
inline void wake_all(std::atomic<std::uint32_t>&) noexcept {}
inline void yield() noexcept {}
inline std::uint32_t fork_count() noexcept { return 0; }
inline void on_fork(void (*)()) {}
#endif

/// A lock of four bytes. One that a thread held when the process forked is free in the child, where that thread is not.
class WordLock {
 public:
  void lock() noexcept {
#if SUPERCONFIG_THREADS
    const auto mine = (fork_count() << 2U) | held;
    auto word = std::uint32_t{0};
    while (!word_.compare_exchange_strong(word, mine, std::memory_order_acquire, std::memory_order_relaxed)) {
      if (word == 0) continue;
      if ((word >> 2U) != (mine >> 2U)) continue;  // its holder is not in this process: `word` is what is expected now
      const auto wanted = word | waited_for;
      if (word == wanted || word_.compare_exchange_strong(word, wanted, std::memory_order_relaxed)) {
        word_.wait(wanted, std::memory_order_relaxed);
      }
      word = 0;
    }
#endif
  }
  void unlock() noexcept {
#if SUPERCONFIG_THREADS
    if ((word_.exchange(0, std::memory_order_release) & waited_for) != 0) word_.notify_all();
#endif
  }

 private:
#if SUPERCONFIG_THREADS
  static constexpr std::uint32_t held = 1, waited_for = 2;
  std::atomic<std::uint32_t> word_{0};
#endif
};

/// Holds a WordLock.
class WordGuard {
 public:
  explicit WordGuard(WordLock& lock) noexcept : lock_(lock) { lock_.lock(); }
  WordGuard(const WordGuard&) = delete;
  WordGuard& operator=(const WordGuard&) = delete;
  ~WordGuard() { lock_.unlock(); }

 private:
  WordLock& lock_;
};

}  // namespace superconfig::sync
