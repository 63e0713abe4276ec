// Mode: how configurations do their work. The answers are the same in both.
#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

namespace superconfig {

enum class Mode : std::uint8_t {
  /// Layers share what lies below them; files are read at the first read. The normal one.
  handle,
  /// As the first generation did: each `with_…` loads its layer at once and composes it into a deep copy of all that
  /// stands below; each read makes its own copy of the profiles and merges them. A fallback and a baseline.
  clone
};

/// "handle", "clone".
std::string_view name_of(Mode mode) noexcept;

/// The mode of this process: what `set_mode` said last, else what the variable SUPERCONFIG_MODE (`handle` or `clone`)
/// said at the first use. Any other text counts as `handle`, and a line on standard error says so once.
inline Mode mode() noexcept;
/// Counts from the next operation, in all threads: what is derived from then on is made so, and the cell of a handle
/// is converted by the next operation on it, without reading a file again. Registries with a mode of their own stay.
void set_mode(Mode mode) noexcept;

namespace detail {
/// A Mode, or `unasked_mode` as long as nobody asked. Relaxed throughout: it says how to work, it guards no data.
extern std::atomic<std::uint8_t> process_mode;
inline constexpr std::uint8_t unasked_mode = 255;
Mode ask_environment_for_mode() noexcept;
}  // namespace detail

inline Mode mode() noexcept {
  const auto known = detail::process_mode.load(std::memory_order_relaxed);
  return known == detail::unasked_mode ? detail::ask_environment_for_mode() : static_cast<Mode>(known);
}

}  // namespace superconfig
