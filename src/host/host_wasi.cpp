// WebAssembly: no files, no working directory, no environment of its own. Texts and environments are given.
#include "host/host.hpp"

namespace superconfig::host {

FileBytes read_file(const std::string&) { return {FileStatus::missing, {}, "there is no file system"}; }
bool is_file(const std::string&) { return false; }
std::string working_directory() { return "/"; }
std::vector<std::pair<std::string, std::string>> environment_with_prefix(std::string_view) { return {}; }

}  // namespace superconfig::host
