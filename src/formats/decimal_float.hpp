// Decimal floats: the form that variables and YAML share, and what std::from_chars leaves open.
//
// It says "out of range" of numbers that are too large and of numbers that are too small. A number too
// small for a float is zero; only one too large is an error.
#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace superconfig {

/// `[+-]?(d+(.d*)?|.d+)([eE][+-]?d+)?`, the whole text.
inline bool is_decimal_float(std::string_view text) noexcept {
  std::size_t at = 0;
  const auto sign = [&] {
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
  };
  const auto digits = [&] {
    const auto begin = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - begin;
  };
  sign();
  auto significant = digits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    significant += digits();
  }
  if (significant == 0) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    sign();
    if (digits() == 0) return false;
  }
  return at == text.size();
}

/// Of a decimal number that is out of a double's range: true if it is so because it is too small. Skips `_`.
inline bool is_below_float_range(std::string_view number) noexcept {
  std::int64_t exponent = 0;
  if (const auto e = number.find_first_of("eE"); e != std::string_view::npos) {
    auto digits = number.substr(e + 1);
    const bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+')) digits.remove_prefix(1);
    for (const char c : digits)
      if (c != '_' && exponent < INT32_MAX) exponent = exponent * 10 + (c - '0');
    if (negative) exponent = -exponent;
    number = number.substr(0, e);
  }
  // The power of ten of the first digit that is not zero, plus one.
  std::int64_t magnitude = 0;
  bool after_point = false, significant = false;
  for (const char c : number) {
    if (c == '.') {
      after_point = true;
    } else if (c >= '0' && c <= '9') {
      significant = significant || c != '0';
      if (significant && after_point) break;
      if (significant) ++magnitude;
      if (!significant && after_point) --magnitude;
    }
  }
  return magnitude + exponent <= 0;
}

}  // namespace superconfig
