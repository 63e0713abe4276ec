// All that is of the platform: files, directories, the environment. Nothing else in the library names these.
// host_posix.cpp answers natively; host_wasi.cpp for WebAssembly, where JavaScript gives files and variables.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace superconfig::host {

enum class FileStatus { file, missing, directory, failed };

struct FileBytes {
  FileStatus status = FileStatus::missing;
  std::string bytes;
  std::string reason;  // failed: what the system said
};

/// The whole file. A directory is not read. More than 4 GiB - 1 bytes are refused: marks are 32 bits.
FileBytes read_file(const std::string& path);
bool is_file(const std::string& path);
/// Without a slash at the end, but for the root.
std::string working_directory();
/// The path as an absolute one, against the working directory; `.` and empty segments are dropped, `..` stays, since
/// it may lead through a symbolic link.
std::string absolute_path(std::string_view path);
/// The process's variables whose names begin with the prefix, in the environment's order; the first of a name counts.
std::vector<std::pair<std::string, std::string>> environment_with_prefix(std::string_view prefix);

}  // namespace superconfig::host
