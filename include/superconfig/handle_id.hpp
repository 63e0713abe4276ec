// HandleId: the number that names a configuration in a registry.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace superconfig {

/// Owns nothing and costs nothing to copy: what crosses into other languages and processes' logs. 0 names nothing. Ids
/// use 53 bits, so that they are exact in a double. One that is no longer live, or of another registry, is refused with
/// the error `stale_handle`: always by the registry that made it, by another with probability 1 - 2^-29.
struct HandleId {
  std::uint64_t value = 0;

  [[nodiscard]] explicit operator bool() const noexcept { return value != 0; }
  friend auto operator<=>(HandleId, HandleId) = default;
  /// In hexadecimal: "0x1a2b3c".
  [[nodiscard]] std::string to_string() const;
};

}  // namespace superconfig

template <>
struct std::hash<superconfig::HandleId> {
  std::size_t operator()(superconfig::HandleId id) const noexcept {
    return static_cast<std::size_t>((id.value * 0x9e3779b97f4a7c15ULL) >> 11U);
  }
};
