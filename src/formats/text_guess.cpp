#include "formats/text_guess.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include "formats/decimal_float.hpp"
#include "formats/formats.hpp"

namespace superconfig::detail {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// The length of the white space character at the start: ASCII, or one of Unicode's White_Space property.
std::size_t space_at(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto c = byte(0);
  if (c > ' ' && c < 0xC2) return 0;
  if (c == ' ' || (c >= 9 && c <= 13)) return 1;
  if (c == 0xC2 && (byte(1) == 0x85 || byte(1) == 0xA0)) return 2;
  if (c == 0xE1 && byte(1) == 0x9A && byte(2) == 0x80) return 3;  // U+1680
  if (c == 0xE2 && byte(1) == 0x80 &&
      ((byte(2) >= 0x80 && byte(2) <= 0x8A) || byte(2) == 0xA8 || byte(2) == 0xA9 || byte(2) == 0xAF))
    return 3;
  if (c == 0xE2 && byte(1) == 0x81 && byte(2) == 0x9F) return 3;  // U+205F
  if (c == 0xE3 && byte(1) == 0x80 && byte(2) == 0x80) return 3;  // U+3000
  return 0;
}

bool looks_like_integer(std::string_view text) noexcept {
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

Value guess(std::string_view text, Mark mark) {
  if (text.empty()) return Value("");
  if (text.front() == '[' || text.front() == '{') {
    if (auto tree = parse_json_scalar_tree(text, mark)) return std::move(*tree);
    return Value(text);
  }
  if (const auto word = bool_word(text, false); word != BoolWord::none) return Value(word == BoolWord::yes);
  const auto plain = text.front() == '+' ? text.substr(1) : text;  // from_chars takes no plus sign
  const auto* const end = plain.data() + plain.size();
  if (looks_like_integer(text)) {
    std::int64_t i = 0;
    if (const auto r = std::from_chars(plain.data(), end, i); r.ec == std::errc() && r.ptr == end) return Value(i);
    std::uint64_t u = 0;
    if (const auto r = std::from_chars(plain.data(), end, u); r.ec == std::errc() && r.ptr == end) return Value(u);
    return Value(text);
  }
  if (is_decimal_float(text)) {
    double d = 0;
    if (const auto r = std::from_chars(plain.data(), end, d); r.ec == std::errc() && r.ptr == end && std::isfinite(d))
      return Value(d);
  }
  return Value(text);
}

}  // namespace

std::string_view trimmed(std::string_view text) noexcept {
  const auto is_plain = [](char c) { return c > ' ' && c < 0x7F; };
  if (!text.empty() && is_plain(text.front()) && is_plain(text.back())) return text;
  while (const auto n = space_at(text)) text.remove_prefix(n);
  for (;;) {
    bool shorter = false;
    for (std::size_t n = 1; n <= 3 && n <= text.size(); ++n) {
      if (space_at(text.substr(text.size() - n)) != n) continue;
      text.remove_suffix(n);
      shorter = true;
      break;
    }
    if (!shorter) return text;
  }
}

BoolWord bool_word(std::string_view text, bool digits) noexcept {
  const auto is = [text](std::string_view word) {
    return std::equal(text.begin(), text.end(), word.begin(), word.end(),
                      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b; });
  };
  if (is("true") || is("yes") || is("on") || (digits && text == "1")) return BoolWord::yes;
  if (is("false") || is("no") || is("off") || (digits && text == "0")) return BoolWord::no;
  return BoolWord::none;
}

Value guessed_text(std::string_view text, Mark mark) {
  text = trimmed(text);
  return Value::text(text, guess(text, mark), true);
}

Value split_commas(std::string_view text, Mark mark) {
  std::vector<Item> items;
  std::size_t at = 0;
  const auto is_space = [](char c) { return c == ' ' || c == '\t'; };
  if (std::all_of(text.begin(), text.end(), is_space)) return Value::array();
  for (;;) {
    while (at < text.size() && is_space(text[at])) ++at;
    std::string item;
    if (at < text.size() && text[at] == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\' && at + 1 < text.size()) ++at;
        item += text[at];
      }
      if (at < text.size()) ++at;
      while (at < text.size() && text[at] != ',') item += is_space(text[at]) ? "" : std::string(1, text[at]), ++at;
      items.push_back({Value::text(item, Value(item), true), mark});
    } else {
      const auto end = std::min(text.find(',', at), text.size());
      auto word = text.substr(at, end - at);
      while (!word.empty() && is_space(word.back())) word.remove_suffix(1);
      items.push_back({guessed_text(word, mark), mark});
      at = end;
    }
    if (at >= text.size()) break;
    ++at;  // the comma
  }
  return Value::array(std::span<Item>(items));
}

}  // namespace superconfig::detail
