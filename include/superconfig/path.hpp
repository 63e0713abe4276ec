// Paths: how a value is named.
//
//   path     = "" | segment { "." segment | "[" digits "]" }
//   segment  = one or more characters other than . [ ] "
//            | a quoted text, in which a backslash stands before a quote or a backslash
//
// `a.b.c`, `a."x.y".c`, `servers[0].host` and `servers.0.host` (over a dict a number is a key). The empty path is
// the root. `a..b`, `.a`, `a.` are errors.
#pragma once

#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "superconfig/error.hpp"
#include "superconfig/name.hpp"

namespace superconfig {

/// A parsed path: a list of segments. A value type.
class Path {
 public:
  Path() = default;
  Path(std::initializer_list<std::string_view> segments) : segments_(segments.begin(), segments.end()) {}
  explicit Path(std::vector<std::string> segments) : segments_(std::move(segments)) {}

  /// Errors: invalid_path, saying where in the text.
  static Result<Path> parse(std::string_view text);

  [[nodiscard]] const std::vector<std::string>& segments() const noexcept { return segments_; }
  [[nodiscard]] std::size_t size() const noexcept { return segments_.size(); }
  [[nodiscard]] bool empty() const noexcept { return segments_.empty(); }
  [[nodiscard]] const std::string& operator[](std::size_t i) const { return segments_[i]; }
  void push_back(std::string segment) { segments_.push_back(std::move(segment)); }
  void pop_back() { segments_.pop_back(); }

  /// As text that `parse` reads back, segments quoted where needed.
  [[nodiscard]] std::string to_string() const;

  friend bool operator==(const Path&, const Path&) = default;

 private:
  std::vector<std::string> segments_;
};

/// The segments as text that Path::parse reads back.
std::string path_text(const std::vector<std::string>& segments);
/// One segment, quoted if it needs to be.
std::string segment_text(std::string_view segment);
/// The segment as an array index (decimal digits without a leading zero, below 2^32), or no_index.
inline constexpr std::uint32_t no_index = UINT32_MAX;
std::uint32_t index_of(std::string_view segment) noexcept;

/// A path split and hashed beforehand, with a hint per level of where the segment was found last. For reads in a
/// loop. Any thread may read through a shared Key: the hints are relaxed atomics, and each is verified before use.
class Key {
 public:
  /// Throws ConfigError (invalid_path). `Key::parse` returns the error instead.
  explicit Key(std::string_view path);
  explicit Key(const Path& path);
  static Result<Key> parse(std::string_view path);
  Key(const Key&);
  Key(Key&&) noexcept = default;
  Key& operator=(const Key&);
  Key& operator=(Key&&) noexcept = default;
  ~Key() = default;

  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] Path path() const;

  /// For the tree's walk only.
  struct Segment {
    Name name;
    std::uint32_t index = no_index;
    mutable std::atomic<std::uint32_t> hint{0};
    Segment() = default;
    Segment(const Segment& other);
    Segment& operator=(const Segment& other);
  };
  [[nodiscard]] const std::vector<Segment>& segments() const noexcept { return segments_; }

 private:
  Key() = default;
  std::vector<Segment> segments_;
};

}  // namespace superconfig
