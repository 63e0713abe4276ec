#include "formats/yaml_scalar.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "formats/decimal_float.hpp"

namespace superconfig {

namespace {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_hex_digit(char c) noexcept { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) noexcept {
  return std::ranges::find(words, text) != words.end();
}

std::string_view without_sign(std::string_view text) noexcept {
  return text.starts_with('-') || text.starts_with('+') ? text.substr(1) : text;
}
// std::from_chars takes no plus sign.
std::string_view without_plus(std::string_view text) noexcept { return text.starts_with('+') ? text.substr(1) : text; }

template <class T>
YamlScalar read_integer(std::string_view digits, int base) noexcept {
  T made = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), made, base);
  if (read.ec == std::errc::result_out_of_range) return {YamlFit::beyond_integer, {}};
  return {YamlFit::yes, Value(made)};
}

}  // namespace

bool is_yaml_null(std::string_view text) noexcept {
  return text.empty() || is_one_of(text, {"~", "null", "Null", "NULL"});
}

std::optional<bool> yaml_bool(std::string_view text) noexcept {
  if (is_one_of(text, {"true", "True", "TRUE"})) return true;
  if (is_one_of(text, {"false", "False", "FALSE"})) return false;
  return std::nullopt;
}

YamlScalar yaml_integer(std::string_view text) noexcept {
  const auto digits = without_sign(text);
  if (digits.empty() || !is_digit(digits[0])) return {};
  if (std::ranges::all_of(digits, is_digit)) {
    if (digits[0] == '0' && digits.size() > 1) return {};
    return text[0] == '-' ? read_integer<std::int64_t>(text, 10) : read_integer<std::uint64_t>(digits, 10);
  }
  if (text.size() < 3 || text[0] != '0') return {};
  const auto rest = text.substr(2);
  if (text[1] == 'x' && std::ranges::all_of(rest, is_hex_digit)) return read_integer<std::uint64_t>(rest, 16);
  if (text[1] == 'o' && std::ranges::all_of(rest, [](char c) { return c >= '0' && c <= '7'; }))
    return read_integer<std::uint64_t>(rest, 8);
  return {};
}

YamlScalar yaml_float(std::string_view text) noexcept {
  const bool negative = text.starts_with('-');
  if (is_decimal_float(text)) {
    const auto number = without_plus(text);
    double made = 0;
    if (std::from_chars(number.data(), number.data() + number.size(), made).ec == std::errc())
      return {YamlFit::yes, Value(made)};
    if (is_below_float_range(without_sign(text))) return {YamlFit::yes, Value(negative ? -0.0 : 0.0)};
    return {YamlFit::beyond_float, {}};
  }
  if (is_one_of(without_sign(text), {".inf", ".Inf", ".INF"})) {
    constexpr auto infinity = std::numeric_limits<double>::infinity();
    return {YamlFit::yes, Value(negative ? -infinity : infinity)};
  }
  if (is_one_of(text, {".nan", ".NaN", ".NAN"})) return {YamlFit::yes, Value(std::nan(""))};
  return {};
}

YamlScalar yaml_scalar(std::string_view text) {
  if (is_yaml_null(text)) return {YamlFit::yes, Value()};
  const char first = text[0];
  if (is_digit(first) || first == '-' || first == '+' || first == '.') {
    if (auto number = yaml_integer(text); number.fit != YamlFit::no) return number;
    // What is left of the texts of digits begins with a zero.
    if (!std::ranges::all_of(without_sign(text), is_digit))
      if (auto number = yaml_float(text); number.fit != YamlFit::no) return number;
  } else if (const auto boolean = yaml_bool(text)) {
    return {YamlFit::yes, Value(*boolean)};
  }
  return {YamlFit::yes, Value(text)};
}

namespace {

// Numbers as the readers of YAML 1.1 know them: 0777, 0b1, 0x_f, 1_000, 1,000, 1.5_0, 1e3, 12:30, 12:30.5.
bool is_number_in_yaml_1_1(std::string_view text) noexcept {
  text = without_sign(text);
  if (text.empty() || (!is_digit(text[0]) && text[0] != '.')) return false;
  if (text.size() > 2 && text[0] == '0' && std::string_view("xXbBoO").find(text[1]) != std::string_view::npos)
    return std::ranges::all_of(text.substr(2), [](char c) { return is_hex_digit(c) || c == '_' || c == ','; });
  const auto is_number_char = [](char c) { return is_digit(c) || c == '_' || c == ','; };
  std::size_t at = 0, digits = 0;
  const auto number_chars = [&] {
    for (; at < text.size() && is_number_char(text[at]); ++at)
      if (is_digit(text[at])) ++digits;
  };
  number_chars();
  while (at < text.size() && text[at] == ':') {
    ++at;
    number_chars();
  }
  if (at < text.size() && text[at] == '.') {
    ++at;
    number_chars();
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    number_chars();
  }
  return at == text.size() && digits != 0;
}

// 2024-05-01, 2024-5-1, and with a time behind it.
bool is_date_in_yaml_1_1(std::string_view text) noexcept {
  std::size_t at = 0;
  const auto digits = [&](std::size_t least, std::size_t most) {
    const auto begin = at;
    while (at < text.size() && at - begin < most && is_digit(text[at])) ++at;
    return at - begin >= least;
  };
  const auto dash = [&] { return at < text.size() && text[at++] == '-'; };
  if (!digits(4, 4) || !dash() || !digits(1, 2) || !dash() || !digits(1, 2)) return false;
  return at == text.size() || text[at] == 'T' || text[at] == 't' || text[at] == ' ';
}

}  // namespace

bool is_other_in_yaml_1_1(std::string_view text) noexcept {
  return is_one_of(text, {"y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO", "on", "On", "ON", "off", "Off",
                          "OFF", "<<", "="}) ||
         is_number_in_yaml_1_1(text) || is_date_in_yaml_1_1(text);
}

}  // namespace superconfig
