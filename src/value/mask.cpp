#include "value/mask.hpp"

#include <array>
#include <cstddef>

namespace superconfig::detail {

namespace {

bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
bool is_word_end(char c) noexcept { return c == '_' || c == '-' || c == ' ' || c == '.'; }

bool same_word(std::string_view word, std::string_view lower_case) noexcept {
  if (word.size() != lower_case.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    char c = is_upper(word[i]) ? static_cast<char>(word[i] - 'A' + 'a') : word[i];
    if (c != lower_case[i]) return false;
  }
  return true;
}

// Takes the next word off the text: up to a separator, `aB`, or the last capital of `ABc`.
std::string_view next_word(std::string_view& text) noexcept {
  std::size_t begin = 0;
  while (begin < text.size() && is_word_end(text[begin])) ++begin;
  std::size_t end = begin;
  while (end < text.size() && !is_word_end(text[end])) {
    if (end > begin) {
      bool hump = !is_upper(text[end - 1]) && is_upper(text[end]);
      bool acronym_ends = is_upper(text[end - 1]) && is_upper(text[end]) && end + 1 < text.size() &&
                          is_lower(text[end + 1]);
      if (hump || acronym_ends) break;
    }
    ++end;
  }
  auto word = text.substr(begin, end - begin);
  text.remove_prefix(end);
  return word;
}

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

bool names_secret(std::string_view segment) noexcept {
  std::string_view before;
  while (!segment.empty()) {
    auto word = next_word(segment);
    for (std::string_view secret : {"password", "passwd", "secret", "token", "credential", "credentials"})
      if (same_word(word, secret)) return true;
    if (same_word(word, "key") && (same_word(before, "api") || same_word(before, "private"))) return true;
    before = word;
  }
  return false;
}

bool names_secret(const std::vector<std::string>& path) noexcept {
  for (auto segment = path.rbegin(); segment != path.rend(); ++segment)
    if (!is_index(*segment)) return names_secret(*segment);
  return false;
}

std::string masked_text(std::string_view text) {
  std::string out;
  std::size_t done = 0;
  for (std::size_t scheme = text.find("://"); scheme != std::string_view::npos;
       scheme = text.find("://", scheme + 3)) {
    std::size_t begin = scheme + 3;
    std::size_t end = text.find_first_of("/?#\"' \t\r\n", begin);
    auto authority = text.substr(begin, end == std::string_view::npos ? end : end - begin);
    std::size_t at = authority.rfind('@');
    std::size_t colon = authority.find(':');
    if (at == std::string_view::npos || colon == std::string_view::npos || colon >= at) continue;
    out += text.substr(done, begin + colon + 1 - done);
    out += "***";
    done = begin + at;
  }
  out += text.substr(done);
  return out;
}

std::string describe(const Value& value, bool secret) {
  if (value.is_text()) return secret ? "a string (masked)" : "the string " + quoted(value.characters());
  switch (value.kind()) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      if (secret) return "a bool (masked)";
      return *value.as_bool() ? "the bool true" : "the bool false";
    case Kind::integer:
      if (secret) return "an integer (masked)";
      if (auto i = value.as_i64()) return "the integer " + std::to_string(*i);
      return "the integer " + std::to_string(*value.as_u64());
    case Kind::floating:
      return secret ? "a float (masked)" : "the float " + float_text(*value.as_f64());
    case Kind::string:
      return secret ? "a string (masked)" : "the string " + quoted(*value.as_string());
    case Kind::datetime:
      return secret ? "a datetime (masked)" : "the datetime " + value.as_datetime()->to_string();
    case Kind::array:
      return value.size() == 0 ? "an empty array" : "an array";
    case Kind::dict:
      return value.size() == 0 ? "an empty dict" : "a dict";
  }
  return {};
}

std::string describe(const Value& value, const std::vector<std::string>& path) {
  return describe(value, names_secret(path));
}

}  // namespace superconfig::detail
