#include "superconfig/path.hpp"

#include "superconfig/value.hpp"
#include "value/path_scan.hpp"

namespace superconfig {

Result<Path> Path::parse(std::string_view text) {
  Path path;
  detail::PathScan scan(text);
  std::string quoted;
  std::string_view segment;
  while (scan.next(segment, quoted)) path.push_back(std::string(segment));
  if (scan.failed()) {
    Error error;
    error.code = ErrorCode::invalid_path;
    error.message = "`" + std::string(text) + "` is not a path: " + scan.reason() + " at character " +
                    std::to_string(scan.position() + 1);
    return error;
  }
  return path;
}

std::uint32_t index_of(std::string_view segment) noexcept {
  if (segment.empty() || segment.size() > 10 || (segment.size() > 1 && segment[0] == '0')) return no_index;
  std::uint64_t index = 0;
  for (const char c : segment) {
    if (c < '0' || c > '9') return no_index;
    index = index * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return index < no_index ? static_cast<std::uint32_t>(index) : no_index;
}

std::string segment_text(std::string_view segment) {
  const bool plain = !segment.empty() && segment.find_first_of(".[]\"") == std::string_view::npos;
  if (plain) return std::string(segment);
  std::string text = "\"";
  for (const char c : segment) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + '"';
}

std::string path_text(const std::vector<std::string>& segments) {
  std::string text;
  for (const auto& segment : segments) {
    if (!text.empty()) text += '.';
    text += segment_text(segment);
  }
  return text;
}
std::string Path::to_string() const { return path_text(segments_); }

Key::Segment::Segment(const Segment& other)
    : name(other.name), index(other.index), hint(other.hint.load(std::memory_order_relaxed)) {}
Key::Segment& Key::Segment::operator=(const Segment& other) {
  name = other.name;
  index = other.index;
  hint.store(other.hint.load(std::memory_order_relaxed), std::memory_order_relaxed);
  return *this;
}

Key::Key(const Path& path) : segments_(path.size()) {
  for (std::size_t i = 0; i < path.size(); ++i) {
    segments_[i].name = Name(path[i]);
    segments_[i].index = index_of(path[i]);
  }
}
Key::Key(std::string_view path) : Key(Path::parse(path).value_or_throw()) {}
Key::Key(const Key&) = default;
Key& Key::operator=(const Key&) = default;

Result<Key> Key::parse(std::string_view path) {
  auto parsed = Path::parse(path);
  if (!parsed) return parsed.error();
  return Key(*parsed);
}

Path Key::path() const {
  Path path;
  for (const auto& segment : segments_) path.push_back(std::string(segment.name.view()));
  return path;
}
std::string Key::to_string() const { return path().to_string(); }

}  // namespace superconfig
