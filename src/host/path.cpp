#include "host/host.hpp"

namespace superconfig::host {

std::string absolute_path(std::string_view path) {
  std::string absolute = path.starts_with('/') ? std::string() : working_directory();
  if (absolute == "/") absolute.clear();
  absolute.reserve(absolute.size() + path.size() + 1);
  while (!path.empty()) {
    const auto end = path.find('/');
    const auto segment = path.substr(0, end);
    if (!segment.empty() && segment != ".") {
      absolute += '/';
      absolute += segment;
    }
    path = end == std::string_view::npos ? std::string_view() : path.substr(end + 1);
  }
  return absolute.empty() ? "/" : absolute;
}

}  // namespace superconfig::host
