#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>

#include "load/load.hpp"

namespace bench {

std::string read_bytes(const std::string& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status{};
  std::string bytes;
  bool good = descriptor >= 0 && ::fstat(descriptor, &status) == 0;
  if (good) {
    bytes.resize(static_cast<std::size_t>(status.st_size));
    good = ::read(descriptor, bytes.data(), bytes.size()) == status.st_size;
  }
  if (descriptor >= 0) ::close(descriptor);
  if (!good) throw std::runtime_error("cannot read " + file);
  return bytes;
}

Task read_files(const std::vector<std::string>& files) {
  return {"the bytes read", [files](std::size_t n) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i)
              for (const auto& file : files) sum += read_bytes(file).size();
            return sum;
          }};
}

}  // namespace bench
