// Types that a configuration often needs and C++ does not have: Secret<T>, Tagged<T>, RelativePath, ByteSize; and how
// durations and sizes are spelled.
//
// All are value types. They can be fields of your structs wherever a T could be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "superconfig/origin.hpp"

namespace superconfig {

/// A T that nobody prints by accident: streams, `to_string`, error messages and exports show `***`. `reveal()` gives
/// the T.
template <class T>
class Secret {
 public:
  Secret() = default;
  explicit Secret(T value) : value_(std::move(value)) {}

  [[nodiscard]] const T& reveal() const& noexcept { return value_; }
  [[nodiscard]] T& reveal() & noexcept { return value_; }
  [[nodiscard]] T&& reveal() && noexcept { return std::move(value_); }

  friend bool operator==(const Secret& a, const Secret& b) { return a.value_ == b.value_; }

  template <class Char, class Traits>
  friend std::basic_ostream<Char, Traits>& operator<<(std::basic_ostream<Char, Traits>& out, const Secret&) {
    return out << "***";
  }

 private:
  T value_{};
};

template <class T>
std::string to_string(const Secret<T>&) {
  return "***";
}

/// A T and where it was written. A value that no layer gave has an unknown origin.
template <class T>
struct Tagged {
  T value{};
  Origin origin;

  const T& operator*() const noexcept { return value; }
  T& operator*() noexcept { return value; }
  const T* operator->() const noexcept { return &value; }
  T* operator->() noexcept { return &value; }
  /// Origins do not count.
  friend bool operator==(const Tagged& a, const Tagged& b) { return a.value == b.value; }
};

/// A path that is meant relative to the file it is written in. Joined as text: nothing is looked up or normalized.
/// A value from no file stays as written.
class RelativePath {
 public:
  RelativePath() = default;
  /// A path of the program's own, relative to nothing.
  explicit RelativePath(std::string original) : original_(std::move(original)) {}
  RelativePath(std::string original, std::string file) : original_(std::move(original)), file_(std::move(file)) {}

  /// As written.
  [[nodiscard]] const std::string& original() const noexcept { return original_; }
  /// The file it is written in, an absolute path; empty if there is none.
  [[nodiscard]] const std::string& file() const noexcept { return file_; }
  /// The original joined to the file's directory; an absolute original, or one from no file, as written.
  [[nodiscard]] std::string relative() const;

  friend bool operator==(const RelativePath&, const RelativePath&) = default;

 private:
  std::string original_;
  std::string file_;
};

/// A number of bytes, from `10MB` (10^7), `10MiB` (10 * 2^20), `1.5GiB` or a bare number. Prefixes k M G T P E, alone
/// (`10M`) or with B are powers of 1000, with iB powers of 1024; case and a space before the unit do not matter.
struct ByteSize {
  std::uint64_t bytes = 0;

  constexpr ByteSize() = default;
  constexpr explicit ByteSize(std::uint64_t count) : bytes(count) {}
  /// Nothing if the text is no size, not a whole number of bytes, or does not fit 64 bits.
  static std::optional<ByteSize> parse(std::string_view text);
  /// With the largest unit that gives a whole number: `10MiB`, `10MB`, `1023B`.
  [[nodiscard]] std::string to_string() const;
  friend constexpr auto operator<=>(const ByteSize&, const ByteSize&) = default;
};

/// A length of time, to the nanosecond: `seconds` + `nanoseconds`, the latter from 0 to 999,999,999 also when the
/// whole is negative.
struct DurationParts {
  std::int64_t seconds = 0;
  std::int32_t nanoseconds = 0;
  friend constexpr auto operator<=>(const DurationParts&, const DurationParts&) = default;
};

/// `30s`, `1h30m`, `1.5s`, `250ms`, `-10s`, `1d 12h`: numbers with units w, d, h, m (or min), s, ms, us (or µs), ns,
/// from large to small, each at most once, spaces allowed between. Numbers may have decimals down to a nanosecond. A
/// bare number is read in `unit` if one is given ("s", "ms", …), else only `0` is a duration. Nothing if the text is
/// no duration or does not fit.
std::optional<DurationParts> parse_duration(std::string_view text, std::string_view unit = {});
/// `1h30m`, `250ms`, `0s`: text that parse_duration reads back.
std::string duration_text(DurationParts duration);

namespace detail {

/// Bytes a unit of size has (`kB`, `MiB`, `B`), 0 if it is none.
constexpr std::uint64_t size_unit(std::string_view unit) noexcept {
  constexpr auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  if (unit.empty()) return 0;
  if (unit.size() == 1 && lower(unit[0]) == 'b') return 1;
  std::size_t power = std::string_view("kmgtpe").find(lower(unit[0])) + 1;
  if (power == 0 || power > 6) return 0;
  std::uint64_t base = 1000;
  if (unit.size() == 3 && lower(unit[1]) == 'i' && lower(unit[2]) == 'b') {
    base = 1024;
  } else if (unit.size() == 2 ? lower(unit[1]) != 'b' : unit.size() != 1) {
    return 0;
  }
  std::uint64_t bytes = 1;
  while (power-- > 0) bytes *= base;
  return bytes;
}

/// Nanoseconds a unit of time has, 0 if it is none.
constexpr std::int64_t time_unit(std::string_view unit) noexcept {
  if (unit == "ns") return 1;
  if (unit == "us" || unit == "\xC2\xB5s" || unit == "\xCE\xBCs") return 1'000;  // both code points of mu
  if (unit == "ms") return 1'000'000;
  if (unit == "s") return 1'000'000'000;
  if (unit == "m" || unit == "min") return 60'000'000'000;
  if (unit == "h") return 3'600'000'000'000;
  if (unit == "d") return 86'400'000'000'000;
  if (unit == "w") return 604'800'000'000'000;
  return 0;
}

/// The file name's directory joined with the path, as text.
std::string join_to_directory_of(std::string_view file, std::string_view path);

/// As a count of units of `num`/`den` seconds, or nothing if it is not a whole number of them or does not fit.
std::optional<std::int64_t> duration_count(DurationParts duration, std::int64_t num, std::int64_t den) noexcept;
/// The other way; nothing if it does not fit. What is finer than a nanosecond is cut off.
std::optional<DurationParts> duration_parts(std::int64_t count, std::int64_t num, std::int64_t den) noexcept;
std::optional<DurationParts> duration_parts(double seconds) noexcept;
double duration_seconds(DurationParts duration) noexcept;

}  // namespace detail

}  // namespace superconfig
