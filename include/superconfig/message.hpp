// Messages: what loading did, for those who ask. Data; nothing is printed unless `print_debug_messages` is called or a
// sink does it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace superconfig {

enum class Verbosity : std::uint8_t {
  silent,  ///< no messages
  info,    ///< one a layer: what was loaded, or why not
  debug,   ///< also where from, for which profiles
  trace    ///< also every value with its origin; secrets are masked
};

/// "silent", "info", "debug", "trace".
std::string_view name_of(Verbosity level) noexcept;

struct Message {
  Verbosity level = Verbosity::info;
  std::uint32_t step = 0;  ///< the layer's index
  std::string provider;
  std::string text;
  bool success = true;

  /// "info [2] TOML file app.toml: 12 values".
  [[nodiscard]] std::string to_string() const;
};

}  // namespace superconfig
