#include "harness.hpp"

#include <malloc.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <new>
#include <random>
#include <stdexcept>

#include "sync/blocks.hpp"

namespace {
constinit thread_local std::uint64_t allocation_count = 0;

// While a PeakCount lives, of the thread that made it.
constinit thread_local bool counts_bytes = false;
constinit thread_local std::int64_t bytes_now = 0, bytes_peak = 0;

[[gnu::noinline, gnu::cold]] void count_bytes(void* memory, int sign) noexcept {
  bytes_now += sign * static_cast<std::int64_t>(::malloc_usable_size(memory));
  bytes_peak = std::max(bytes_peak, bytes_now);
}

void* counted(std::size_t size) {
  ++allocation_count;
  void* const memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  if (counts_bytes) [[unlikely]]
    count_bytes(memory, 1);
  return memory;
}
void* counted(std::size_t size, std::size_t alignment) {
  ++allocation_count;
  void* const memory = std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (memory == nullptr) throw std::bad_alloc();
  if (counts_bytes) [[unlikely]]
    count_bytes(memory, 1);
  return memory;
}
void counted_free(void* memory) noexcept {
  if (counts_bytes && memory) [[unlikely]]
    count_bytes(memory, -1);
  std::free(memory);
}
}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept { counted_free(memory); }
void operator delete[](void* memory) noexcept { counted_free(memory); }
void operator delete(void* memory, std::size_t) noexcept { counted_free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { counted_free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { counted_free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { counted_free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { counted_free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { counted_free(memory); }

namespace bench {

std::uint64_t allocations() noexcept { return allocation_count; }

std::size_t heap_bytes() noexcept {
  superconfig::sync::drop_blocks();  // else what was given back would count as in use
  // So does what glibc keeps for the thread, up to seven blocks of a size: let there be always seven.
  std::array<void*, 7> kept{};
  for (std::size_t size = 24; size <= 1032; size += 16) {
    for (auto& memory : kept) {
      memory = std::malloc(size);
      asm volatile("" : "+r"(memory));
    }
    for (auto* const memory : kept) std::free(memory);
  }
  const auto now = mallinfo2();
  return now.uordblks + now.hblkhd;
}

PeakCount::PeakCount() noexcept {
  bytes_now = bytes_peak = 0;
  counts_bytes = true;
}
PeakCount::~PeakCount() { counts_bytes = false; }
double PeakCount::peak() const noexcept { return static_cast<double>(bytes_peak); }

double median(std::vector<double> figures) {
  const auto middle = figures.begin() + static_cast<std::ptrdiff_t>(figures.size() / 2);
  std::nth_element(figures.begin(), middle, figures.end());
  return *middle;
}

std::uint64_t run_task(const Task& task, std::size_t n) {
  if (task.before) task.before(n);
  return task.run(n);
}

void check_equal(std::uint64_t found, std::uint64_t expected, std::string_view what) {
  if (found == expected) return;
  throw std::runtime_error(std::string(what) + ": the answer is " + std::to_string(found) + ", not " +
                           std::to_string(expected));
}

std::vector<std::string> names_of(const std::vector<Task>& tasks) {
  std::vector<std::string> names;
  for (const auto& task : tasks) names.push_back(task.name);
  return names;
}

double cpu_ns() noexcept {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

void tidy_heap() {
  void* memory = std::malloc(1 << 20);
  asm volatile("" : "+r"(memory));  // else the compiler sees that it is not used
  std::free(memory);
}

namespace {

constexpr int blocks = 7;
constexpr double round_ns = 300e3;  // a round of one task takes about this, or runs it once
constexpr double block_ns = 250e6;  // a block has as many rounds as fit, within these limits
constexpr int least_rounds = 5, most_rounds = 41;

volatile std::uint64_t answers;  // so that no answer is thrown away before it was made

double run_once(const Task& task, std::size_t n) {
  if (task.before) task.before(n);
  tidy_heap();  // not in this one's time
  const auto begin = cpu_ns();
  answers = task.run(n);
  return cpu_ns() - begin;
}

std::size_t repetitions(const Task& task) {
  std::size_t n = 1;
  for (;;) {
    const auto taken = run_once(task, n);
    if (taken >= round_ns / 2)
      return std::clamp<std::size_t>(static_cast<std::size_t>(static_cast<double>(n) * round_ns / taken), 1, task.most);
    if (n == task.most) return n;
    n = std::min(2 * n, task.most);
  }
}

// One workload's way through the blocks.
class Timing {
 public:
  explicit Timing(const Workload& workload) : workload_(workload), random_(7) {
    double all = 0;  // one round of all tasks
    for (const auto& task : workload.tasks) {
      n_.push_back(repetitions(task));
      order_.push_back(order_.size());
      all += run_once(task, n_.back());
    }
    if (all > 0) rounds_ = std::clamp(static_cast<int>(block_ns / all), least_rounds, most_rounds);
    best_.resize(n_.size(), std::numeric_limits<double>::max());
  }

  void run_block() {
    if (workload_.block) workload_.block();
    std::vector<std::vector<double>> taken(n_.size());
    for (int round = 0; round < rounds_; ++round) {
      std::shuffle(order_.begin(), order_.end(), random_);  // nobody is always after the same one
      for (const auto at : order_)
        taken[at].push_back(run_once(workload_.tasks[at], n_[at]) / static_cast<double>(n_[at]));
    }
    for (std::size_t i = 0; i < n_.size(); ++i) best_[i] = std::min(best_[i], median(std::move(taken[i])));
  }

  [[nodiscard]] const std::vector<double>& best() const noexcept { return best_; }

 private:
  const Workload& workload_;
  std::mt19937 random_;
  int rounds_ = 0;
  std::vector<std::size_t> n_, order_;
  std::vector<double> best_;
};

}  // namespace

std::vector<std::vector<double>> best_times(const std::vector<Workload>& workloads) {
  std::vector<Timing> timings;
  for (const auto& workload : workloads) timings.emplace_back(workload);
  for (int block = 0; block < blocks; ++block)
    for (auto& timing : timings) timing.run_block();
  std::vector<std::vector<double>> best;
  for (const auto& timing : timings) best.push_back(timing.best());
  return best;
}

}  // namespace bench
