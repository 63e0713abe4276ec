#include <cstdio>

#include "superconfig/value.hpp"

namespace superconfig {

std::string Datetime::to_string() const {
  char buffer[64];
  std::string text;
  if (has_date()) {
    std::snprintf(buffer, sizeof buffer, "%04u-%02u-%02u", unsigned{year}, unsigned{month}, unsigned{day});
    text += buffer;
  }
  if (form == Form::offset_datetime || form == Form::local_datetime) text += 'T';
  if (has_time()) {
    std::snprintf(buffer, sizeof buffer, "%02u:%02u:%02u", unsigned{hour}, unsigned{minute}, unsigned{second});
    text += buffer;
    if (nanosecond != 0) {
      std::snprintf(buffer, sizeof buffer, ".%09u", static_cast<unsigned>(nanosecond));
      std::string fraction = buffer;
      while (fraction.back() == '0') fraction.pop_back();
      text += fraction;
    }
  }
  if (form == Form::offset_datetime) {
    if (offset_minutes == 0) return text + 'Z';
    const int minutes = offset_minutes < 0 ? -offset_minutes : offset_minutes;
    std::snprintf(buffer, sizeof buffer, "%c%02d:%02d", offset_minutes < 0 ? '-' : '+', minutes / 60, minutes % 60);
    text += buffer;
  }
  return text;
}

namespace {

struct Reader {
  std::string_view text;
  [[nodiscard]] bool done() const noexcept { return text.empty(); }
  bool take(char c) noexcept {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
  }
  template <class T>
  bool digits(std::size_t count, T& out, unsigned low, unsigned high) noexcept {
    if (text.size() < count) return false;
    unsigned value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (text[i] < '0' || text[i] > '9') return false;
      value = value * 10 + static_cast<unsigned>(text[i] - '0');
    }
    text.remove_prefix(count);
    out = static_cast<T>(value);
    return value >= low && value <= high;
  }
};

bool valid_day(const Datetime& t) noexcept {
  static constexpr std::uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (t.year % 4 == 0 && t.year % 100 != 0) || t.year % 400 == 0;
  return t.day <= days[t.month - 1] + (leap && t.month == 2 ? 1 : 0);
}

bool date(Reader& in, Datetime& t) noexcept {
  return in.digits(4, t.year, 0, 9999) && in.take('-') && in.digits(2, t.month, 1, 12) && in.take('-') &&
         in.digits(2, t.day, 1, 31) && valid_day(t);
}

bool time(Reader& in, Datetime& t) noexcept {
  if (!(in.digits(2, t.hour, 0, 23) && in.take(':') && in.digits(2, t.minute, 0, 59) && in.take(':') &&
        in.digits(2, t.second, 0, 60)))
    return false;
  if (!in.take('.')) return true;
  std::uint32_t unit = 100'000'000;
  bool any = false;
  for (; !in.done() && in.text.front() >= '0' && in.text.front() <= '9'; in.text.remove_prefix(1), unit /= 10) {
    t.nanosecond += static_cast<std::uint32_t>(in.text.front() - '0') * unit;  // beyond nanoseconds: cut off
    any = true;
  }
  return any;
}

}  // namespace

std::optional<Datetime> Datetime::parse(std::string_view text) noexcept {
  Reader in{text};
  Datetime t;
  if (text.size() >= 3 && text[2] == ':') {
    t.form = Form::local_time;
    if (time(in, t) && in.done()) return t;
    return {};
  }
  if (!date(in, t)) return {};
  if (in.done()) return t;
  if (!in.take('T') && !in.take('t') && !in.take(' ')) return {};
  if (!time(in, t)) return {};
  t.form = Form::local_datetime;
  if (in.done()) return t;
  t.form = Form::offset_datetime;
  if (in.take('Z') || in.take('z')) return in.done() ? std::optional(t) : std::nullopt;
  const bool west = in.take('-');
  if (!west && !in.take('+')) return {};
  int hours = 0;
  int minutes = 0;
  if (!(in.digits(2, hours, 0, 23) && in.take(':') && in.digits(2, minutes, 0, 59) && in.done())) return {};
  t.offset_minutes = static_cast<std::int16_t>((west ? -1 : 1) * (hours * 60 + minutes));
  return t;
}

}  // namespace superconfig
