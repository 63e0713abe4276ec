// What every fuzz target has: bytes in, and a way to stop with a reason.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace superconfig::fuzz {

/// A property that must hold for every input.
inline void must(bool holds, const char* what, std::string_view detail = {}) {
  if (holds) return;
  std::fprintf(stderr, "property broken: %s\n%.*s\n", what, static_cast<int>(detail.size()), detail.data());
  std::abort();
}

/// Takes numbers and texts off the front of the input.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : left_(reinterpret_cast<const char*>(data), size) {}
  [[nodiscard]] bool empty() const noexcept { return left_.empty(); }
  std::uint8_t byte() {
    if (left_.empty()) return 0;
    const auto b = static_cast<std::uint8_t>(left_.front());
    left_.remove_prefix(1);
    return b;
  }
  /// Up to the next zero byte, or the rest.
  std::string_view text() {
    const auto end = left_.find('\0');
    const auto text = left_.substr(0, end);
    left_ = end == std::string_view::npos ? std::string_view() : left_.substr(end + 1);
    return text;
  }

 private:
  std::string_view left_;
};

}  // namespace superconfig::fuzz
