// The same operations on handles in both modes, in one run.
//
// Their classes, and what handle mode may cost, as a multiple of clone mode:
//   structural  making, deriving and dropping, without reading a file: a tenth in the geometric mean of a workload, and
//               half for any one
//   reads       of a resolved configuration; of what is cached the second call and later: likewise
//   loading     what has to read or compose, whatever the mode: no more than clone mode (1.05, for the noise)
#pragma once

#include <memory>
#include <string>
#include <superconfig/superconfig.hpp>
#include <utility>
#include <vector>

#include "data/files.hpp"
#include "harness.hpp"

namespace bench {

/// While one lives, the process works in a mode.
class InMode {
 public:
  explicit InMode(superconfig::Mode mode) noexcept : before_(superconfig::mode()) { superconfig::set_mode(mode); }
  InMode(const InMode&) = delete;
  InMode& operator=(const InMode&) = delete;
  ~InMode() { superconfig::set_mode(before_); }

 private:
  superconfig::Mode before_;
};

enum class Class : std::uint8_t { structural, reads, loading };

/// One operation in both modes. Both tasks answer the same.
struct Operation {
  Class what;
  Task handle, clone;
};

/// Times them side by side. Rows: each operation, then the geometric means.
Workload compare_modes(std::string size, std::vector<Operation> operations);

/// What the operations work on: handles that were made, and resolved, in one mode.
struct Fixture {
  superconfig::Mode mode;
  superconfig::SuperConfig config;                  ///< what the last handle was made of
  std::vector<superconfig::ConfigHandle> handles;   ///< they take turns
  std::vector<superconfig::ConfigHandle> prepared;  ///< by `before`
};

/// Where the operations look.
struct Places {
  std::string size;
  std::string number;            ///< the path of an integer
  std::string text;              ///< of a string
  std::string table;             ///< of a table of mixed leaves
  std::string file;              ///< to be loaded as one layer more
  std::vector<std::string> all;  ///< the files of the configuration
  superconfig::SuperConfig (*load)(const Places& places);
  superconfig::ConfigHandle (*load_handle)(const Places& places);  ///< the same, built behind a handle
};

/// All operations of the three classes. `derived`: how many configurations, each derived from the one before, take
/// turns; 0: only what was loaded.
std::vector<Operation> operations(const Places& places, std::size_t derived);

}  // namespace bench
