// The formats that configurations are written in.
#pragma once

#include <cstdint>
#include <string_view>

namespace superconfig {

/// jsonc: JSON that may hold comments and trailing commas.
enum class Format : std::uint8_t { toml, yaml, json, jsonc };

/// "toml", "yaml", "json", "jsonc".
std::string_view name_of(Format format) noexcept;

}  // namespace superconfig
