#include <dirent.h>
#include <fcntl.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <unordered_set>

#include "host/host.hpp"

extern char** environ;  // NOLINT: POSIX declares it nowhere

namespace superconfig::host {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) noexcept : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int get() const noexcept { return number_; }

 private:
  int number_;
};

FileInfo info_of(const struct stat& status) noexcept {
  FileInfo info;
  const auto nanoseconds = [](const timespec& t) {
    return static_cast<std::int64_t>(t.tv_sec) * 1'000'000'000 + t.tv_nsec;
  };
  info.exists = true;
  info.is_directory = S_ISDIR(status.st_mode);
  info.device = static_cast<std::uint64_t>(status.st_dev);
  info.inode = static_cast<std::uint64_t>(status.st_ino);
  info.size = static_cast<std::uint64_t>(status.st_size);
  info.modified = nanoseconds(status.st_mtim);
  info.changed = nanoseconds(status.st_ctim);
  return info;
}

FileBytes failed(int error) {
  if (error == ENOENT || error == ENOTDIR) return {FileStatus::missing, {}, std::strerror(error), {}};
  if (error == EISDIR) return {FileStatus::directory, {}, std::strerror(error), {}};
  return {FileStatus::failed, {}, std::strerror(error), {}};
}

}  // namespace

FileBytes read_file(const std::string& path) {
  constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
  if (path.find('\0') != std::string::npos) return {FileStatus::failed, {}, "the path holds a NUL byte", {}};
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return failed(errno);
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) return failed(errno);
  if (S_ISDIR(status.st_mode)) return {FileStatus::directory, {}, std::strerror(EISDIR), {}};
  FileBytes result{FileStatus::file, {}, {}, info_of(status)};
  // One byte more than it should have, so that one call sees the end; pipes and the like say 0.
  std::size_t size = 0;
  result.bytes.resize(S_ISREG(status.st_mode) ? static_cast<std::size_t>(status.st_size) + 1 : 65536);
  for (;;) {
    const auto got = ::read(file.get(), result.bytes.data() + size, result.bytes.size() - size);
    if (got < 0) {
      if (errno == EINTR) continue;
      return failed(errno);
    }
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
    if (size > most) return {FileStatus::failed, {}, "the file is larger than 4 GiB", {}};
    if (size == result.bytes.size())
      result.bytes.resize(size * 2);
    else if (S_ISREG(status.st_mode) && size == static_cast<std::size_t>(status.st_size))
      break;
  }
  result.bytes.resize(size);
  return result;
}

FileStatus file_status(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return failed(errno).status;
  return S_ISDIR(status.st_mode) ? FileStatus::directory : FileStatus::file;
}

FileInfo file_info(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 ? info_of(status) : FileInfo();
}

Listing list_directory(const std::string& path) {
  DIR* directory = ::opendir(path.c_str());
  if (directory == nullptr) {
    const auto problem = failed(errno);
    return {problem.status, {}, problem.reason};
  }
  Listing listing{FileStatus::directory, {}, {}};
  while (const auto* entry = ::readdir(directory)) {
    DirectoryEntry found{entry->d_name, false, entry->d_type == DT_LNK};
    if (found.name == "." || found.name == "..") continue;
    found.is_directory = entry->d_type == DT_DIR || ((entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN) &&
                                                     file_info(path + "/" + found.name).is_directory);
    listing.entries.push_back(std::move(found));
  }
  ::closedir(directory);
  std::sort(listing.entries.begin(), listing.entries.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return listing;
}

std::uint64_t random_number() noexcept {
  std::uint64_t number = 0;
  if (::getentropy(&number, sizeof number) == 0) return number;
  return static_cast<std::uint64_t>(clock_now()) ^ static_cast<std::uint64_t>(::getpid()) << 40U;
}

std::int64_t clock_now() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return static_cast<std::int64_t>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}
std::string home_directory() { return variable("HOME"); }

std::string working_directory() {
  std::string buffer(256, '\0');
  while (::getcwd(buffer.data(), buffer.size()) == nullptr) {
    if (errno != ERANGE) return "/";  // the directory was removed
    buffer.resize(buffer.size() * 2);
  }
  buffer.resize(std::strlen(buffer.c_str()));
  return buffer;
}

std::vector<std::pair<std::string, std::string>> environment_with_prefix(std::string_view prefix,
                                                                         std::vector<std::string>* other_case) {
  std::vector<std::pair<std::string, std::string>> variables;
  // Names that were there: a few are looked through, more are kept by their hashes. Views into the environment.
  std::array<std::string_view, 16> first;
  std::unordered_set<std::string_view> names;
  const auto is_new = [&](std::string_view name) {
    const auto count = variables.size();
    if (count < first.size()) {
      const auto end = first.begin() + static_cast<std::ptrdiff_t>(count);
      if (std::find(first.begin(), end, name) != end) return false;
      *end = name;
      return true;
    }
    if (names.empty()) names.insert(first.begin(), first.end());
    return names.insert(name).second;
  };
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    if (!prefix.empty() && ((**variable ^ prefix.front()) & ~0x20) != 0) continue;  // nearly all
    if (!prefix.empty() && std::strncmp(*variable, prefix.data(), prefix.size()) != 0) {
      if (other_case && ::strncasecmp(*variable, prefix.data(), prefix.size()) == 0)
        other_case->emplace_back(*variable, std::strcspn(*variable, "="));
      continue;
    }
    const std::string_view text(*variable);
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || equals < prefix.size()) continue;
    const auto name = text.substr(0, equals);
    if (variables.empty()) variables.reserve(8);
    if (is_new(name)) variables.emplace_back(name, text.substr(equals + 1));
  }
  return variables;
}

}  // namespace superconfig::host
