#include "value/mask.hpp"

#include <array>
#include <cstddef>

namespace superconfig::detail {

namespace {

bool is_index(std::string_view segment) noexcept { return index_of(segment) != no_index; }

constexpr std::size_t longest_shown = 80;

std::string quoted(std::string_view text) {
  std::string shown = masked_text(text);
  bool cut = shown.size() > longest_shown;
  if (cut) {
    std::size_t end = longest_shown;
    while (end > 0 && (static_cast<unsigned char>(shown[end]) & 0xC0) == 0x80) --end;  // not within a code point
    shown.resize(end);
  }
  std::string out = "\"";
  for (char c : shown) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (byte < 0x20 || byte == 0x7F) {
      constexpr std::string_view digits = "0123456789abcdef";
      out += "\\x";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    } else {
      out += c;
    }
  }
  if (cut) out += "…";
  out += '"';
  return out;
}

}  // namespace

bool names_secret(const std::vector<std::string>& path) noexcept {
  for (auto segment = path.rbegin(); segment != path.rend(); ++segment)
    if (!is_index(*segment)) return names_secret(*segment);
  return false;
}

std::string describe(const Value& value, bool secret) {
  if (value.is_text()) return secret ? "a string (masked)" : "the string " + quoted(value.characters());
  switch (value.kind()) {
    case Kind::null: return "null";
    case Kind::boolean:
      if (secret) return "a bool (masked)";
      return *value.as_bool() ? "the bool true" : "the bool false";
    case Kind::integer:
      if (secret) return "an integer (masked)";
      if (auto i = value.as_i64()) return "the integer " + std::to_string(*i);
      return "the integer " + std::to_string(*value.as_u64());
    case Kind::floating: return secret ? "a float (masked)" : "the float " + float_text(*value.as_f64());
    case Kind::string: return secret ? "a string (masked)" : "the string " + quoted(*value.as_string());
    case Kind::datetime: return secret ? "a datetime (masked)" : "the datetime " + value.as_datetime()->to_string();
    case Kind::array: return value.size() == 0 ? "an empty array" : "an array";
    case Kind::dict: return value.size() == 0 ? "an empty dict" : "a dict";
  }
  return {};
}

std::string describe(const Value& value, const std::vector<std::string>& path) {
  return describe(value, names_secret(path));
}

}  // namespace superconfig::detail
