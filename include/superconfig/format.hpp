// The formats that configurations are written in.
#pragma once

#include <cstdint>
#include <string_view>

namespace superconfig {

enum class Format : std::uint8_t { toml, json };

/// "toml", "json".
std::string_view name_of(Format format) noexcept;

}  // namespace superconfig
