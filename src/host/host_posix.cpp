#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <limits>

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

FileBytes failed(int error) {
  if (error == ENOENT || error == ENOTDIR) return {FileStatus::missing, {}, std::strerror(error)};
  if (error == EISDIR) return {FileStatus::directory, {}, std::strerror(error)};
  return {FileStatus::failed, {}, std::strerror(error)};
}

}  // namespace

FileBytes read_file(const std::string& path) {
  constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
  if (path.find('\0') != std::string::npos) return {FileStatus::failed, {}, "the path holds a NUL byte"};
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return failed(errno);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return failed(errno);
  if (S_ISDIR(status.st_mode)) return {FileStatus::directory, {}, std::strerror(EISDIR)};
  FileBytes result{FileStatus::file, {}, {}};
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
    if (size > most) return {FileStatus::failed, {}, "the file is larger than 4 GiB"};
    if (size == result.bytes.size()) result.bytes.resize(size * 2);
    else if (S_ISREG(status.st_mode) && size == static_cast<std::size_t>(status.st_size)) break;
  }
  result.bytes.resize(size);
  return result;
}

bool is_file(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISDIR(status.st_mode);
}

std::string working_directory() {
  std::string buffer(256, '\0');
  while (::getcwd(buffer.data(), buffer.size()) == nullptr) {
    if (errno != ERANGE) return "/";  // the directory was removed
    buffer.resize(buffer.size() * 2);
  }
  buffer.resize(std::strlen(buffer.c_str()));
  return buffer;
}

std::vector<std::pair<std::string, std::string>> environment_with_prefix(std::string_view prefix) {
  std::vector<std::pair<std::string, std::string>> variables;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    if (std::strncmp(*variable, prefix.data(), prefix.size()) != 0) continue;
    const std::string_view text(*variable);
    const auto equals = text.find('=', prefix.size());
    if (equals == std::string_view::npos) continue;
    const auto name = text.substr(0, equals);
    bool known = false;
    for (const auto& other : variables) known = known || other.first == name;
    if (!known) variables.emplace_back(name, text.substr(equals + 1));
  }
  return variables;
}

}  // namespace superconfig::host
