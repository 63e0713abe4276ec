// Controlled interleavings: runs a few small threads in every order of their atomic operations, or in as many as a
// bound on preemptions allows. The threads are contexts of one real thread; `Atomics` gives control away before each
// operation. What is explored is sequential consistency: weaker orders are the argument's, and ThreadSanitizer's.
#pragma once

#include <ucontext.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <vector>

namespace superconfig::interleaving {

class Explorer {
 public:
  /// A run makes its threads' functions anew each time. `at_end` is called after each run.
  struct Run {
    std::vector<std::function<void()>> threads;
    std::function<void()> at_end;
  };
  struct Limits {
    std::size_t preemptions = 2;
    std::size_t runs = 200'000;
  };
  struct Outcome {
    std::size_t runs = 0;
    bool complete = false;   // every order within the bound was run
    std::size_t failed = 0;  // runs in which a thread or `at_end` said `fail`
  };

  Outcome explore(const std::function<Run()>& make, const Limits& limits) {
    Outcome outcome;
    std::vector<Choice> choices;
    current_ = this;
    for (;;) {
      failed_ = false;
      run_once(make(), choices, limits.preemptions);
      ++outcome.runs;
      if (failed_) ++outcome.failed;
      while (!choices.empty() && choices.back().taken + 1 == choices.back().options) choices.pop_back();
      if (choices.empty()) {
        outcome.complete = true;
        break;
      }
      ++choices.back().taken;
      if (outcome.runs == limits.runs) break;
    }
    current_ = nullptr;
    return outcome;
  }

  /// Called by the threads: others may go on first.
  static void step() {
    if (current_ && current_->running_ != none) current_->give_away();
  }
  static void fail() {
    if (current_) current_->failed_ = true;
  }

 private:
  static constexpr std::size_t none = SIZE_MAX;
  static constexpr std::size_t stack_size = 256 * 1024;
  struct Choice {
    std::size_t taken = 0, options = 1;
  };
  struct Thread {
    ucontext_t context{};
    std::unique_ptr<char[]> stack;
    std::function<void()> body;
    bool done = false;
  };

  static void enter() {
    auto& self = *current_;
    auto& thread = self.threads_[self.running_];
    thread.body();
    thread.done = true;
    swapcontext(&thread.context, &self.main_);
  }
  // Apart: getcontext returns twice, as far as the compiler knows.
  [[gnu::noinline]] static void begin_at(ucontext_t& context, char* stack) {
    getcontext(&context);
    context.uc_stack.ss_sp = stack;
    context.uc_stack.ss_size = stack_size;
    makecontext(&context, enter, 0);
  }
  void give_away() { swapcontext(&threads_[running_].context, &main_); }

  void run_once(Run run, std::vector<Choice>& choices, std::size_t preemptions) {
    if (stacks_.size() < run.threads.size()) stacks_.resize(run.threads.size());
    threads_.clear();
    threads_.resize(run.threads.size());
    for (std::size_t i = 0; i < run.threads.size(); ++i) {
      auto& thread = threads_[i];
      if (!stacks_[i]) stacks_[i] = std::make_unique<char[]>(stack_size);
      thread.body = std::move(run.threads[i]);
      begin_at(thread.context, stacks_[i].get());
    }
    std::size_t next_choice = 0;
    std::size_t last = none;
    for (;;) {
      std::vector<std::size_t> able;  // the one that ran last comes first, so that choice 0 is no preemption
      if (last != none && !threads_[last].done) able.push_back(last);
      const bool goes_on = !able.empty();
      for (std::size_t i = 0; i < threads_.size(); ++i)
        if (i != last && !threads_[i].done) able.push_back(i);
      if (able.empty()) break;
      if (goes_on && preemptions == 0) able.resize(1);
      std::size_t taken = 0;
      if (able.size() > 1) {
        if (next_choice == choices.size()) choices.push_back({0, able.size()});
        taken = choices[next_choice++].taken;
      }
      if (goes_on && taken != 0) --preemptions;
      last = running_ = able[taken];
      swapcontext(&main_, &threads_[running_].context);
      running_ = none;
    }
    if (run.at_end) run.at_end();
  }

  static inline Explorer* current_ = nullptr;
  ucontext_t main_{};
  std::vector<Thread> threads_;
  std::vector<std::unique_ptr<char[]>> stacks_;
  std::size_t running_ = none;
  bool failed_ = false;
};

/// An atomic that lets others go first.
template <class T>
class Stepped {
 public:
  constexpr Stepped() noexcept = default;
  constexpr Stepped(T value) noexcept : value_(value) {}  // NOLINT: as std::atomic

  T load(std::memory_order = {}) const noexcept {
    Explorer::step();
    return value_;
  }
  void store(T value, std::memory_order = {}) noexcept {
    Explorer::step();
    value_ = value;
  }
  T exchange(T value, std::memory_order = {}) noexcept {
    Explorer::step();
    return std::exchange(value_, value);
  }
  bool compare_exchange_strong(T& expected, T wanted, std::memory_order = {}, std::memory_order = {}) noexcept {
    Explorer::step();
    if (value_ == expected) {
      value_ = wanted;
      return true;
    }
    expected = value_;
    return false;
  }
  bool compare_exchange_weak(T& expected, T wanted, std::memory_order = {}, std::memory_order = {}) noexcept {
    return compare_exchange_strong(expected, wanted);
  }
  T fetch_add(T amount, std::memory_order = {}) noexcept {
    Explorer::step();
    return std::exchange(value_, static_cast<T>(value_ + amount));
  }

 private:
  T value_{};
};

struct Atomics {
  template <class T>
  using Atomic = Stepped<T>;
};

}  // namespace superconfig::interleaving
