// Files that were parsed and have not changed are not parsed again.
//
// A file is known by device, inode, size, modification and change time. An entry is only made if both times were older
// than `racy_window` when the file was read: within it a file can change again without its times showing it (the
// "racy timestamp" rule of version control systems). The cache is shared by the whole process and bounded; what was
// used longest ago goes first. Thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace superconfig {

struct FileCacheStats {
  std::uint64_t hits = 0;     ///< loads that found their file parsed
  std::uint64_t misses = 0;   ///< loads that read and parsed it
  std::uint64_t changed = 0;  ///< of the misses: those whose file was known in another state
  std::uint64_t recent = 0;   ///< of the misses: those not kept, since the file was too new
  std::size_t files = 0;      ///< kept now
  std::size_t bytes = 0;      ///< of their texts
};

/// The coarsest file times in use are FAT's, of 2 s.
inline constexpr std::chrono::seconds racy_window{2};

FileCacheStats file_cache_stats();
/// Forgets all files; the counts stay.
void clear_file_cache();
/// How many bytes of text are kept at the most (default: 16 MiB); 0 switches the cache off.
void set_file_cache_limit(std::size_t bytes);

}  // namespace superconfig
