// Numbers from text: of the environment, of the command line, and of lossy reads.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "superconfig/shape.hpp"
#include "superconfig/value.hpp"

namespace superconfig::detail {

/// An integer of the i64 and u64 ranges together; `bits` are those of an int64 if it is negative.
struct Integer {
  std::uint64_t bits = 0;
  bool negative = false;

  [[nodiscard]] bool is_within(std::int64_t minimum, std::uint64_t maximum) const noexcept {
    if (negative) return static_cast<std::int64_t>(bits) >= minimum;
    return bits <= maximum && (minimum <= 0 || bits >= static_cast<std::uint64_t>(minimum));
  }
  template <class F>
  [[nodiscard]] F to() const noexcept {
    return negative ? static_cast<F>(static_cast<std::int64_t>(bits)) : static_cast<F>(bits);
  }
};

/// The integer a value is; nothing for other kinds. Text does not count.
std::optional<Integer> integer_of(const Value& value) noexcept;
/// `[+-]?digits` with white space around, within 64 bits.
std::optional<Integer> parse_integer(std::string_view text) noexcept;
/// `[+-]?(d+(.d*)?|.d+)([eE][+-]?d+)?` with white space around, rounded to nearest, beyond the range ±inf. F: float
/// or double. Text that is an integer is read as one first: one beyond 64 bits is no number, and `-0` is 0.
template <class F>
std::optional<F> parse_floating(std::string_view text) noexcept;

/// `minimum <= number <= maximum`; NaN is in no range.
bool is_within(const Bound& minimum, const Bound& maximum, Integer number) noexcept;
bool is_within(const Bound& minimum, const Bound& maximum, double number) noexcept;

}  // namespace superconfig::detail
