#include "extract/numbers.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <limits>
#include <system_error>

#include "formats/decimal_float.hpp"
#include "formats/text_guess.hpp"

namespace superconfig::detail {

namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

std::size_t count_digits(std::string_view text, std::size_t from) noexcept {
  std::size_t i = from;
  while (i < text.size() && is_digit(text[i])) ++i;
  return i - from;
}

bool is_floating_text(std::string_view text) noexcept {
  std::size_t i = 0;
  if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
  std::size_t whole = count_digits(text, i), fraction = 0;
  i += whole;
  if (i < text.size() && text[i] == '.') {
    fraction = count_digits(text, ++i);
    i += fraction;
  }
  if (whole + fraction == 0) return false;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    std::size_t exponent = count_digits(text, i);
    if (exponent == 0) return false;
    i += exponent;
  }
  return i == text.size();
}

// -1, 0 or 1 as the number is less than, equal to or greater than the bound; both finite.
int compare(Integer number, const Bound& bound) noexcept {
  if (bound.type == Bound::Type::floating) {
    auto d = number.to<double>();
    return d < bound.floating ? -1 : d > bound.floating ? 1 : 0;
  }
  if (bound.type == Bound::Type::natural)
    return number.negative || number.bits < bound.natural ? -1 : number.bits > bound.natural ? 1 : 0;
  if (!number.negative && (bound.integer < 0 || number.bits > static_cast<std::uint64_t>(INT64_MAX))) return 1;
  auto i = static_cast<std::int64_t>(number.bits);
  return i < bound.integer ? -1 : i > bound.integer ? 1 : 0;
}

double number_of(const Bound& bound) noexcept {
  switch (bound.type) {
    case Bound::Type::integer: return static_cast<double>(bound.integer);
    case Bound::Type::natural: return static_cast<double>(bound.natural);
    default: return bound.floating;
  }
}

}  // namespace

std::optional<Integer> integer_of(const Value& value) noexcept {
  if (value.tag() == Value::Tag::i64) return Integer{value.bits(), static_cast<std::int64_t>(value.bits()) < 0};
  if (value.tag() == Value::Tag::u64) return Integer{value.bits(), false};
  return std::nullopt;
}

std::optional<Integer> parse_integer(std::string_view text) noexcept {
  text = trimmed(text);
  bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || count_digits(text, 0) != text.size()) return std::nullopt;
  std::uint64_t bits = 0;
  auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), bits);
  if (problem != std::errc()) return std::nullopt;
  if (!negative || bits == 0) return Integer{bits, false};
  if (bits > std::uint64_t{1} << 63) return std::nullopt;
  return Integer{0 - bits, true};
}

template <class F>
std::optional<F> parse_floating(std::string_view text) noexcept {
  text = trimmed(text);
  if (auto integer = parse_integer(text)) return integer->to<F>();
  if (!is_floating_text(text)) return std::nullopt;
  bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (count_digits(text, 0) == text.size()) return std::nullopt;  // an integer beyond 64 bits
  F number = 0;
  auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem == std::errc::result_out_of_range)
    number = is_below_float_range(text) ? F{0} : std::numeric_limits<F>::infinity();
  return negative ? -number : number;
}
template std::optional<float> parse_floating<float>(std::string_view) noexcept;
template std::optional<double> parse_floating<double>(std::string_view) noexcept;

bool is_within(const Bound& minimum, const Bound& maximum, Integer number) noexcept {
  return (minimum.type == Bound::Type::none || compare(number, minimum) >= 0) &&
         (maximum.type == Bound::Type::none || compare(number, maximum) <= 0);
}

bool is_within(const Bound& minimum, const Bound& maximum, double number) noexcept {
  return (minimum.type == Bound::Type::none || number >= number_of(minimum)) &&
         (maximum.type == Bound::Type::none || number <= number_of(maximum));
}

}  // namespace superconfig::detail
