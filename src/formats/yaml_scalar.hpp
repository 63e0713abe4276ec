// What a plain scalar of YAML is: the core schema of YAML 1.2, in one place for the reader and the writer.
//
//   null      null Null NULL ~, and nothing at all
//   bool      true True TRUE false False FALSE
//   integer   [-+]?[0-9]+ without leading zeros, 0o[0-7]+, 0x[0-9a-fA-F]+
//   float     [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?, [-+]?(\.inf|\.Inf|\.INF), \.nan \.NaN \.NAN
//   string    everything else: yes, no, on, off, 012, 0b1, 1_000, 12:30, 2024-05-01
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "superconfig/value.hpp"

namespace superconfig {

enum class YamlFit : std::uint8_t {
  no,              ///< not of this kind
  yes,             ///< `value` has it
  beyond_integer,  ///< an integer that needs more than 64 bits
  beyond_float     ///< a number beyond the range of a float
};

struct YamlScalar {
  YamlFit fit = YamlFit::no;
  Value value;
};

bool is_yaml_null(std::string_view text) noexcept;
std::optional<bool> yaml_bool(std::string_view text) noexcept;
YamlScalar yaml_integer(std::string_view text) noexcept;
/// Also of a text that is an integer: `!!float 1`.
YamlScalar yaml_float(std::string_view text) noexcept;

/// The scalar by the core schema; a string if nothing else. `fit` is never `no`.
YamlScalar yaml_scalar(std::string_view text);

/// True if the schema takes the text for a string, but common readers of YAML 1.1 take it for a bool, a number, a date,
/// a merge key or a default: y, off, 0777, 0b1, 1_000, 1,000, 12:30, 2024-05-01, <<, =.
bool is_other_in_yaml_1_1(std::string_view text) noexcept;

}  // namespace superconfig
