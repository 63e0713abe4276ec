#include "reflect/calendar.hpp"

#include <cstdint>

namespace superconfig::detail {

namespace {

// Days since 1970-01-01 of a date in the proleptic Gregorian calendar, and back (Howard Hinnant's algorithms).
std::int64_t days_of(std::int64_t year, unsigned month, unsigned day) noexcept {
  year -= month <= 2 ? 1 : 0;
  std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  auto year_of_era = static_cast<unsigned>(year - era * 400);
  unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + static_cast<std::int64_t>(day_of_era) - 719468;
}

}  // namespace

DurationParts epoch_time(const Datetime& t) noexcept {
  std::int64_t seconds = days_of(t.year, t.month, t.day) * 86400 + t.hour * 3600 + t.minute * 60 + t.second;
  return {seconds - t.offset_minutes * 60, static_cast<std::int32_t>(t.nanosecond)};
}

std::optional<Datetime> datetime_at(DurationParts count, bool local) noexcept {
  std::int64_t days = count.seconds / 86400, rest = count.seconds % 86400;
  if (rest < 0) {
    rest += 86400;
    --days;
  }
  if (days < days_of(0, 1, 1) || days > days_of(9999, 12, 31)) return std::nullopt;
  std::int64_t shifted = days + 719468;
  std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  auto day_of_era = static_cast<unsigned>(shifted - era * 146097);
  unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  unsigned month_part = (5 * day_of_year + 2) / 153;
  unsigned month = month_part < 10 ? month_part + 3 : month_part - 9;
  Datetime t;
  t.form = local ? Datetime::Form::local_datetime : Datetime::Form::offset_datetime;
  t.year = static_cast<std::uint16_t>(static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0));
  t.month = static_cast<std::uint8_t>(month);
  t.day = static_cast<std::uint8_t>(day_of_year - (153 * month_part + 2) / 5 + 1);
  t.hour = static_cast<std::uint8_t>(rest / 3600);
  t.minute = static_cast<std::uint8_t>(rest / 60 % 60);
  t.second = static_cast<std::uint8_t>(rest % 60);
  t.nanosecond = static_cast<std::uint32_t>(count.nanoseconds);
  return t;
}

}  // namespace superconfig::detail
