// What every workload uses: timing, counting memory, checking answers, and the table of figures.
//
// A workload makes tasks and checks what they answer. `best_times` times them in seven blocks, spread over the whole
// run; in a block the tasks of a workload take turns, and each has a median. A figure is the best of its seven medians.
// So a machine that is busy for a while slows some blocks, and a row can be compared with its control.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// Something to time. `run(n)` does it n times and returns what the answers add up to.
struct Task {
  std::string name;
  std::function<std::uint64_t(std::size_t n)> run;
  std::function<void(std::size_t n)> before{};  ///< called ahead of each `run(n)`, in nobody's time
  std::size_t most = SIZE_MAX;                  ///< for n, where `before` takes long
};
/// `task.run(n)`, with `before` if there is one.
std::uint64_t run_task(const Task& task, std::size_t n);

std::vector<std::string> names_of(const std::vector<Task>& tasks);

/// What this thread has taken of the processor, in user and in system mode: waiting for other programs does not count.
double cpu_ns() noexcept;

/// Throws if the two differ: a wrong answer must not be timed.
void check_equal(std::uint64_t found, std::uint64_t expected, std::string_view what);

/// The middle one; of an even number, the upper of the two.
double median(std::vector<double> figures);

/// How often this thread called `operator new` so far.
std::uint64_t allocations() noexcept;
/// What is allocated now, the allocator's own overhead included.
std::size_t heap_bytes() noexcept;
/// A large request: it makes glibc put together what has been freed, which it else does at some later time.
void tidy_heap();

/// Counts what `operator new` hands out while it lives, and how much of it there was at most at once. One at a time,
/// and for one thread.
class PeakCount {
 public:
  PeakCount() noexcept;
  PeakCount(const PeakCount&) = delete;
  PeakCount& operator=(const PeakCount&) = delete;
  ~PeakCount();
  [[nodiscard]] double peak() const noexcept;
};

enum class Unit : std::uint8_t { nanoseconds, bytes, calls, ratio };

/// What a figure is printed beside.
struct Control {
  std::string name;
  double figure = 0;
};

struct Row {
  std::string size{};  ///< small, medium, large
  std::string what{};
  double figure = 0;
  Unit unit = Unit::nanoseconds;
  std::optional<Control> control{};
  std::optional<double> at_most{};           ///< the aim, in the row's unit
  std::optional<double> at_most_controls{};  ///< the aim, as a multiple of the control
  std::optional<double> at_least{};          ///< the aim, in the row's unit
  bool gate = false;                         ///< a missed aim fails `--gates`
};

/// The rows of a run, by workload.
class Report {
 public:
  void begin(std::string workload);
  void add(Row row);
  /// The rows of the last workload begun.
  void print(std::ostream& out) const;
  void print_summary(std::ostream& out) const;
  /// The gates that do not hold, a line each. How many there are.
  int print_failed_gates(std::ostream& out) const;
  /// False if the file cannot be written.
  [[nodiscard]] bool write_json(const std::string& file) const;

 private:
  struct Table {
    std::string name;
    std::vector<Row> rows;
  };
  std::vector<Table> tables_;
};

/// One workload: what is timed, and how the times become rows.
struct Workload {
  std::vector<Task> tasks{};
  std::function<void()> block{};  ///< for what times itself; called once a block
  std::function<void(const std::vector<double>& times, Report& report)> finish{};  ///< nanoseconds of each task once
};

/// Times the workloads. One list of times for each.
std::vector<std::vector<double>> best_times(const std::vector<Workload>& workloads);

}  // namespace bench
