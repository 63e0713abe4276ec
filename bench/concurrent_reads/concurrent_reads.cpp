// Readers of one handle must not slow one another, nor wait for a writer.
//
// Speeds are reads per nanosecond of processor time, so that a thread that waits for a processor counts for nothing.
// In each of the seven blocks all situations take turns several times, in short slices; what two threads reach
// together, against one, is their scaling, and it stands beside that of the control. Figures are medians of the blocks.

#include "concurrent_reads/concurrent_reads.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "clone_vs_handle/clone_vs_handle.hpp"
#include "workloads.hpp"

namespace bench {

using superconfig::ConfigHandle;
using superconfig::Key;
using superconfig::Mode;
using superconfig::SuperConfig;

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr double scaling_of_control = 0.95;
constexpr double speed_beside_writer = 0.9;
constexpr double publishes_a_second = 1000;
constexpr double publishes_at_least = 900;
constexpr int rounds = 12;
constexpr int rounds_with_writer = 4;
constexpr milliseconds slice{15};
constexpr milliseconds slice_with_writer{80};
const char* const path = "server.timeout_ms";

// What readers did in all their slices.
struct Work {
  double reads = 0, ns = 0;
  [[nodiscard]] double speed() const { return reads / ns; }
};

// Lets threads read until `stop`; `meanwhile` runs in this thread. What each did is added to its Work.
template <class Meanwhile>
void read_together(const Loop& loop, std::size_t threads, std::array<Work, most_readers>& works,
                   const Meanwhile& meanwhile) {
  constexpr std::size_t chunk = 500;
  std::atomic<std::size_t> waiting{threads};
  std::atomic<bool> stop{false};
  std::vector<std::thread> readers;
  for (std::size_t i = 0; i < threads; ++i)
    readers.emplace_back([&, i] {
      (void)loop(i, chunk);  // what a thread's first read sets up
      waiting.fetch_sub(1);
      while (waiting.load() > 0) std::this_thread::yield();
      std::uint64_t sum = 0;
      double reads = 0;
      const auto begin = cpu_ns();
      do {  // at least once: on a busy machine this thread may first run when it is to stop
        sum += loop(i, chunk);
        reads += chunk;
      } while (!stop.load(std::memory_order_relaxed));
      works[i].ns += cpu_ns() - begin;
      works[i].reads += reads;
      if (sum == 0) std::abort();  // so that no read is thrown away; the values are not 0
    });
  while (waiting.load() > 0) std::this_thread::yield();
  meanwhile();
  stop.store(true);
  for (auto& reader : readers) reader.join();
}

using Works = std::array<Work, most_readers>;

double speed_of(const Works& works) {
  double speed = 0;
  for (const auto& work : works)
    if (work.ns > 0) speed += work.speed();
  return speed;
}

class Measures {
 public:
  explicit Measures(const Files& files)
      : base_(files.stack(Size::small)),
        own_{files.stack(Size::small), files.stack(Size::small)},
        handle_(base_.into_handle()),
        clone_(cloned(files)),
        key_(path),
        of_handle_(read_one_handle(handle_, key_)),
        of_clone_(read_one_handle(clone_, key_)),
        of_control_(read_own_configuration(own_, path)) {
    constexpr std::size_t n = 10;
    const auto expected = of_control_(0, n);
    check_equal(of_control_(1, n), expected, "the control");
    check_equal(of_handle_(0, n), expected, "one handle");
    const InMode in_mode(Mode::clone);
    check_equal(of_clone_(0, n), expected, "one handle in clone mode");
  }

  void run_block() {
    Works control1{}, control2{}, handle1{}, handle2{}, clone1{}, clone2{};
    struct Situation {
      const Loop* loop;
      std::size_t threads;
      Works* works;
    };
    std::array<Situation, 4> situations{{{&of_control_, 1, &control1},
                                         {&of_handle_, 1, &handle1},
                                         {&of_control_, 2, &control2},
                                         {&of_handle_, 2, &handle2}}};
    for (int round = 0; round < rounds; ++round) {
      for (const auto& now : situations)
        read_together(*now.loop, now.threads, *now.works, [] { std::this_thread::sleep_for(slice); });
      std::rotate(situations.begin(), situations.begin() + 1, situations.end());
    }
    {
      const InMode in_mode(Mode::clone);
      for (auto& [threads, works] : {std::pair{1U, &clone1}, std::pair{2U, &clone2}})
        read_together(of_clone_, threads, *works, [] { std::this_thread::sleep_for(slice); });
    }
    control_ns_.push_back(1 / speed_of(control1));
    handle_ns_.push_back(1 / speed_of(handle1));
    clone_ns_.push_back(1 / speed_of(clone1));
    control_scaling_.push_back(speed_of(control2) / speed_of(control1));
    handle_scaling_.push_back(speed_of(handle2) / speed_of(handle1));
    clone_scaling_.push_back(speed_of(clone2) / speed_of(clone1));
    of_control_scaling_.push_back(handle_scaling_.back() / control_scaling_.back());
    run_with_writer();
  }

  void add_rows(Report& report) const {
    const auto add = [&report](const std::string& what, double figure, Unit unit) -> Row {
      return {.size = "small", .what = what, .figure = figure, .unit = unit};
    };
    auto one = add("get<int>(Key), one thread", median(handle_ns_), Unit::nanoseconds);
    one.control = Control{"clone mode", median(clone_ns_)};
    report.add(one);
    report.add(add("the control loop, one thread", median(control_ns_), Unit::nanoseconds));
    auto two = add("two threads against one", median(handle_scaling_), Unit::ratio);
    two.control = Control{"clone mode", median(clone_scaling_)};
    report.add(two);
    report.add(add("the control loop, two against one", median(control_scaling_), Unit::ratio));
    auto gate = add("two against one, as a part of the control's", median(of_control_scaling_), Unit::ratio);
    gate.at_least = scaling_of_control;
    gate.gate = true;
    report.add(gate);
    auto rate = add("publishes of the writer, a second", median(publish_rates_), Unit::calls);
    rate.at_least = publishes_at_least;
    report.add(rate);
    gate = add("one reader beside the writer, against alone", median(beside_writer_), Unit::ratio);
    gate.at_least = speed_beside_writer;
    gate.gate = true;
    report.add(gate);
    report.add(add("two readers beside the writer, against alone", median(two_beside_writer_), Unit::ratio));
  }

 private:
  static ConfigHandle cloned(const Files& files) {
    const InMode in_mode(Mode::clone);
    return files.stack(Size::small).into_handle();
  }

  // A thousand publishes a second, from this thread, for as long as a slice takes. If it falls behind it catches up.
  void publish_for_a_slice() {
    const auto begin = Clock::now();
    const auto period =
        std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(1 / publishes_a_second));
    const auto count = slice_with_writer / period;
    for (int i = 0; i < count; ++i) {
      std::this_thread::sleep_until(begin + i * period);
      handle_.update([this](const SuperConfig&) { return base_.with_value(path, ++published_); });
    }
    publishing_s_ += std::chrono::duration<double>(Clock::now() - begin).count();
  }

  void run_with_writer() {
    Works alone{}, beside{}, two_alone{}, two_beside{};
    const auto published_before = published_;
    const auto version_before = handle_.version();
    publishing_s_ = 0;
    const auto wait = [] { std::this_thread::sleep_for(slice_with_writer); };
    const auto publish = [this] { publish_for_a_slice(); };
    for (int round = 0; round < rounds_with_writer; ++round) {
      read_together(of_handle_, 1, alone, wait);
      read_together(of_handle_, 1, beside, publish);
      read_together(of_handle_, 2, two_alone, wait);
      read_together(of_handle_, 2, two_beside, publish);
    }
    const auto published = published_ - published_before;
    check_equal(handle_.version() - version_before, static_cast<std::uint64_t>(published), "publishes");
    check_equal(static_cast<std::uint64_t>(handle_.get<int>(key_)), static_cast<std::uint64_t>(published_),
                "what was published last");
    publish_rates_.push_back(published / publishing_s_);
    beside_writer_.push_back(speed_of(beside) / speed_of(alone));
    two_beside_writer_.push_back(speed_of(two_beside) / speed_of(two_alone));
  }

  SuperConfig base_;
  SuperConfig own_[most_readers];
  ConfigHandle handle_, clone_;
  Key key_;
  Loop of_handle_, of_clone_, of_control_;
  int published_ = 0;
  double publishing_s_ = 0;
  std::vector<double> control_ns_, handle_ns_, clone_ns_, control_scaling_, handle_scaling_, clone_scaling_,
      of_control_scaling_, publish_rates_, beside_writer_, two_beside_writer_;
};

}  // namespace

Workload concurrent_reads(const Files& files) {
  const auto measures = std::make_shared<Measures>(files);
  Workload workload;
  workload.block = [measures] { measures->run_block(); };
  workload.finish = [measures](const std::vector<double>&, Report& report) { measures->add_rows(report); };
  return workload;
}

}  // namespace bench
