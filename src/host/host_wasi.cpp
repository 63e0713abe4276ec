// WebAssembly: no files, no working directory, no environment of its own. Texts and environments are given.
#include "host/host.hpp"

#include <unistd.h>

namespace superconfig::host {

FileBytes read_file(const std::string&) { return {FileStatus::missing, {}, "there is no file system", {}}; }
FileStatus file_status(const std::string&) { return FileStatus::missing; }
FileInfo file_info(const std::string&) { return {}; }
Listing list_directory(const std::string&) { return {}; }
std::uint64_t random_number() noexcept {
  std::uint64_t number = 0;
  if (getentropy(&number, sizeof number) != 0) number = 0;  // the embedder offers none
  return number;
}
std::int64_t clock_now() { return 0; }
std::string home_directory() { return {}; }
std::string variable(const char*) { return {}; }
std::string working_directory() { return "/"; }
std::vector<std::pair<std::string, std::string>> environment_with_prefix(std::string_view, std::vector<std::string>*) {
  return {};
}

}  // namespace superconfig::host
