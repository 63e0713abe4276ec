// Loading files again that have not changed: each load is a new configuration, to the answer, and its end.
#pragma once

#include <string>
#include <vector>

namespace bench {

/// Nanoseconds of one load.
struct ReloadTimes {
  double first = 0, again = 0;
};

/// What is loaded: files to the composed tree, or small's files and variables to its struct.
struct Reload {
  std::string size, name;
  std::vector<std::string> files;
  bool typed = false;
  bool gated = true;   ///< whether it has an aim
  ReloadTimes best{};  ///< so far
};

/// Sleeps until files that were written before the call are kept by the cache.
void age_files();

/// Loads once with nothing kept, then several times from what was kept; medians of some rounds. Throws if the answers
/// differ, if what was loaded first was not parsed, or if it was parsed again.
ReloadTimes run_reload(const Reload& reload);

}  // namespace bench
