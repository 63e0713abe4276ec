// A number that many threads add to and few ask for: each thread adds to one of several, so that they don't meet.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "sync/sync.hpp"

namespace superconfig::sync {

class Counter {
 public:
  constexpr Counter() noexcept = default;
  void add() noexcept { parts_[part_of_this_thread()].count.fetch_add(1, std::memory_order_relaxed); }
  /// At least what was added before, by this thread's view.
  [[nodiscard]] std::uint64_t sum() const noexcept {
    std::uint64_t all = 0;
    for (const auto& part : parts_) all += part.count.load(std::memory_order_relaxed);
    return all;
  }

 private:
  static constexpr std::size_t parts = SUPERCONFIG_THREADS ? 8 : 1;
  struct alignas(64) Part {
    std::atomic<std::uint64_t> count{0};
  };
  static std::size_t part_of_this_thread() noexcept {
    // The address of a thread's own object differs between threads by far more than its alignment.
    static thread_local const char here = 0;
    return (reinterpret_cast<std::uintptr_t>(&here) * 0x9e3779b97f4a7c15ULL >> 61U) % parts;
  }
  std::array<Part, parts> parts_{};
};

}  // namespace superconfig::sync
