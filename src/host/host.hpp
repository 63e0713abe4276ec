// All that is of the platform: files, directories, the environment. Nothing else in the library names these.
// host_posix.cpp answers natively; host_wasi.cpp for WebAssembly, where JavaScript gives files and variables.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace superconfig::host {

/// What identifies one state of a file. Times are nanoseconds since 1970.
struct FileInfo {
  bool exists = false;
  bool is_directory = false;
  std::uint64_t device = 0, inode = 0, size = 0;
  std::int64_t modified = 0, changed = 0;

  friend bool operator==(const FileInfo&, const FileInfo&) = default;
};
enum class FileStatus { file, missing, directory, failed };

struct FileBytes {
  FileStatus status = FileStatus::missing;
  std::string bytes;
  std::string reason;  // failed: what the system said
  FileInfo info;       // file: before it was read
};

/// The whole file. A directory is not read. More than 4 GiB - 1 bytes are refused: marks are 32 bits.
FileBytes read_file(const std::string& path);
/// What stands at a path, without reading it. `failed`: the system would not say (a loop of links, no permission).
FileStatus file_status(const std::string& path);
inline bool is_file(const std::string& path) { return file_status(path) == FileStatus::file; }

FileInfo file_info(const std::string& path);

struct DirectoryEntry {
  std::string name;
  bool is_directory = false;  // links followed
  bool is_link = false;
};
struct Listing {
  FileStatus status = FileStatus::missing;  // directory: it could be listed
  std::vector<DirectoryEntry> entries;      // without `.` and `..`, in byte order of the names
  std::string reason;
};
Listing list_directory(const std::string& path);

/// A number that nobody can foretell, as far as the system has such.
std::uint64_t random_number() noexcept;
/// Nanoseconds since 1970, by the clock that file times come from.
std::int64_t clock_now();
/// The home directory: $HOME if it is set and not empty, else nothing.
std::string home_directory();
/// A variable of the process's environment; empty if it is not set.
std::string variable(const char* name);
/// Without a slash at the end, but for the root.
std::string working_directory();
/// The path as an absolute one, against the working directory; `.` and empty segments are dropped, `..` stays, since
/// it may lead through a symbolic link.
std::string absolute_path(std::string_view path);
/// The process's variables whose names begin with the prefix, in the environment's order; the first of a name counts.
/// `other_case` gets the names that begin with it only if ASCII case is ignored.
std::vector<std::pair<std::string, std::string>> environment_with_prefix(
    std::string_view prefix, std::vector<std::string>* other_case = nullptr);

}  // namespace superconfig::host
