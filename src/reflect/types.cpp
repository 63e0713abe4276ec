#include "superconfig/types.hpp"

#include <cmath>
#include <limits>

namespace superconfig {

namespace {

constexpr std::int64_t billion = 1'000'000'000;

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

void skip_spaces(std::string_view& text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
}

// A number without a sign: `digits`, `digits.digits` or `.digits`. False if there is none, or the whole part does
// not fit.
struct Decimal {
  std::uint64_t whole = 0;
  std::string_view fraction;  // digits, without zeros at the end
};
bool take_decimal(std::string_view& text, Decimal& number) noexcept {
  std::size_t i = 0;
  for (; i < text.size() && is_digit(text[i]); ++i) {
    if (__builtin_mul_overflow(number.whole, std::uint64_t{10}, &number.whole) ||
        __builtin_add_overflow(number.whole, static_cast<std::uint64_t>(text[i] - '0'), &number.whole))
      return false;
  }
  std::size_t whole_digits = i;
  if (i < text.size() && text[i] == '.') {
    std::size_t begin = ++i;
    while (i < text.size() && is_digit(text[i])) ++i;
    number.fraction = text.substr(begin, i - begin);
    if (number.fraction.empty()) return false;
    while (!number.fraction.empty() && number.fraction.back() == '0') number.fraction.remove_suffix(1);
  } else if (whole_digits == 0) {
    return false;
  }
  text.remove_prefix(i);
  return true;
}

bool is_unit_end(char c) noexcept { return is_digit(c) || c == '.' || c == ' ' || c == '\t'; }

std::string_view take_unit(std::string_view& text) noexcept {
  std::size_t i = 0;
  while (i < text.size() && !is_unit_end(text[i])) ++i;
  auto unit = text.substr(0, i);
  text.remove_prefix(i);
  return unit;
}

// duration += number * unit nanoseconds; false if it is finer than a nanosecond or does not fit.
bool add(DurationParts& duration, const Decimal& number, std::int64_t unit) noexcept {
  if (number.whole > static_cast<std::uint64_t>(INT64_MAX)) return false;
  auto whole = static_cast<std::int64_t>(number.whole);
  std::int64_t seconds = 0, nanoseconds = 0;
  if (unit >= billion) {
    if (__builtin_mul_overflow(whole, unit / billion, &seconds)) return false;
  } else {
    std::int64_t per_second = billion / unit;
    seconds = whole / per_second;
    nanoseconds = whole % per_second * unit;
  }
  std::int64_t part = 0, scale = unit;
  for (char digit : number.fraction) {
    if (scale % 10 != 0) return false;
    scale /= 10;
    part += (digit - '0') * scale;
  }
  nanoseconds += part % billion + duration.nanoseconds;
  if (__builtin_add_overflow(seconds, part / billion + nanoseconds / billion, &seconds) ||
      __builtin_add_overflow(duration.seconds, seconds, &duration.seconds))
    return false;
  duration.nanoseconds = static_cast<std::int32_t>(nanoseconds % billion);
  return true;
}

// INT64_MIN seconds have no opposite; parsing never makes them.
DurationParts negated(DurationParts duration) noexcept {
  duration.seconds = -duration.seconds;
  if (duration.nanoseconds > 0) {
    --duration.seconds;
    duration.nanoseconds = static_cast<std::int32_t>(billion - duration.nanoseconds);
  }
  return duration;
}

}  // namespace

std::string RelativePath::relative() const {
  return file_.empty() ? original_ : detail::join_to_directory_of(file_, original_);
}

std::optional<ByteSize> ByteSize::parse(std::string_view text) {
  Decimal number;
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  if (!take_decimal(text, number)) return std::nullopt;
  skip_spaces(text);
  std::uint64_t unit = text.empty() ? 1 : detail::size_unit(text);
  if (unit == 0 || number.fraction.size() > 9) return std::nullopt;
  std::uint64_t digits = 0, power = 1;
  for (char digit : number.fraction) {
    digits = digits * 10 + static_cast<std::uint64_t>(digit - '0');
    power *= 10;
  }
  // unit * digits / power, exactly, without leaving 64 bits
  std::uint64_t rest = unit % power * digits;
  if (rest % power != 0) return std::nullopt;
  std::uint64_t bytes = 0;
  if (__builtin_mul_overflow(number.whole, unit, &bytes) ||
      __builtin_add_overflow(bytes, unit / power * digits + rest / power, &bytes))
    return std::nullopt;
  return ByteSize(bytes);
}

std::string ByteSize::to_string() const {
  constexpr std::string_view binary[] = {"EiB", "PiB", "TiB", "GiB", "MiB", "KiB"};
  constexpr std::string_view decimal[] = {"EB", "PB", "TB", "GB", "MB", "kB"};
  if (bytes != 0) {
    std::string best;
    for (const auto& units : {binary, decimal}) {
      for (std::size_t i = 0; i < 6; ++i) {
        std::uint64_t unit = detail::size_unit(units[i]);
        if (bytes % unit != 0) continue;
        std::string text = std::to_string(bytes / unit).append(units[i]);
        if (best.empty() || text.size() < best.size()) best = text;
        break;
      }
    }
    if (!best.empty()) return best;
  }
  return std::to_string(bytes) + "B";
}

std::optional<DurationParts> parse_duration(std::string_view text, std::string_view unit) {
  bool negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  DurationParts duration;
  std::int64_t last_unit = std::numeric_limits<std::int64_t>::max();
  bool bare = false;
  do {
    Decimal number;
    if (!take_decimal(text, number) || bare) return std::nullopt;
    skip_spaces(text);
    auto name = take_unit(text);
    std::int64_t nanoseconds = detail::time_unit(name);
    if (name.empty()) {
      bare = last_unit == std::numeric_limits<std::int64_t>::max();  // only alone
      nanoseconds = detail::time_unit(unit);
      bool zero = number.whole == 0 && number.fraction.empty();
      if (!bare || (nanoseconds == 0 && !zero)) return std::nullopt;
      if (nanoseconds == 0) nanoseconds = 1;
    }
    if (nanoseconds == 0 || nanoseconds >= last_unit || !add(duration, number, nanoseconds)) return std::nullopt;
    last_unit = nanoseconds;
    skip_spaces(text);
  } while (!text.empty());
  return negative ? negated(duration) : duration;
}

std::string duration_text(DurationParts duration) {
  if (duration == DurationParts{}) return "0s";
  std::string text;
  std::uint64_t seconds = static_cast<std::uint64_t>(duration.seconds);
  std::int64_t nanoseconds = duration.nanoseconds;
  if (duration.seconds < 0) {
    text = "-";
    seconds = 0 - seconds;
    if (nanoseconds > 0) {
      --seconds;
      nanoseconds = billion - nanoseconds;
    }
  }
  auto put = [&text](std::uint64_t number, const char* unit) {
    if (number > 0) text.append(std::to_string(number)).append(unit);
  };
  put(seconds / 3600, "h");
  put(seconds / 60 % 60, "m");
  put(seconds % 60, "s");
  auto fine = static_cast<std::uint64_t>(nanoseconds);
  put(fine / 1'000'000, "ms");
  put(fine / 1'000 % 1'000, "us");
  put(fine % 1'000, "ns");
  return text;
}

namespace detail {

std::string join_to_directory_of(std::string_view file, std::string_view path) {
  std::size_t slash = file.rfind('/');
  if (path.starts_with('/') || slash == std::string_view::npos) return std::string(path);
  return std::string(file.substr(0, slash + 1)).append(path);
}

std::optional<std::int64_t> duration_count(DurationParts duration, std::int64_t num, std::int64_t den) noexcept {
  std::int64_t count = 0;
  if (den == 1) {
    if (duration.nanoseconds != 0 || duration.seconds % num != 0) return std::nullopt;
    return duration.seconds / num;
  }
  if (num == 1 && den <= billion && billion % den == 0) {
    std::int64_t unit = billion / den;
    if (duration.nanoseconds % unit != 0 || __builtin_mul_overflow(duration.seconds, den, &count) ||
        __builtin_add_overflow(count, duration.nanoseconds / unit, &count))
      return std::nullopt;
    return count;
  }
  double exact = duration_seconds(duration) * static_cast<double>(den) / static_cast<double>(num);
  if (!(std::abs(exact) < 9.0e15) || exact != std::floor(exact)) return std::nullopt;
  return static_cast<std::int64_t>(exact);
}

std::optional<DurationParts> duration_parts(std::int64_t count, std::int64_t num, std::int64_t den) noexcept {
  DurationParts duration;
  if (den == 1) {
    if (__builtin_mul_overflow(count, num, &duration.seconds)) return std::nullopt;
    return duration;
  }
  if (num == 1 && den <= billion && billion % den == 0) {
    std::int64_t rest = count % den;
    duration.seconds = count / den - (rest < 0 ? 1 : 0);
    duration.nanoseconds = static_cast<std::int32_t>((rest < 0 ? rest + den : rest) * (billion / den));
    return duration;
  }
  return duration_parts(static_cast<double>(count) * static_cast<double>(num) / static_cast<double>(den));
}

std::optional<DurationParts> duration_parts(double seconds) noexcept {
  double whole = std::floor(seconds);
  if (!(whole >= -9223372036854775808.0 && whole < 9223372036854775808.0)) return std::nullopt;
  DurationParts duration;
  duration.seconds = static_cast<std::int64_t>(whole);
  // Nearest, so that 0.1 is 100 ms and not a nanosecond less.
  auto fine = static_cast<std::int64_t>(std::llround((seconds - whole) * 1e9));
  if (fine == billion) {
    fine = 0;
    if (duration.seconds == INT64_MAX) return std::nullopt;
    ++duration.seconds;
  }
  duration.nanoseconds = static_cast<std::int32_t>(fine);
  return duration;
}

double duration_seconds(DurationParts duration) noexcept {
  return static_cast<double>(duration.seconds) + static_cast<double>(duration.nanoseconds) / 1e9;
}

}  // namespace detail

}  // namespace superconfig
