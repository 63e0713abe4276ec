// Between dates and counts of seconds.
#pragma once

#include <optional>

#include "superconfig/types.hpp"
#include "superconfig/value.hpp"

namespace superconfig::detail {

/// Seconds since 1970-01-01T00:00:00 and the nanoseconds beyond them (0 to 999,999,999); in UTC where the datetime
/// has an offset, else on its own clock. The datetime must have a date.
DurationParts epoch_time(const Datetime& datetime) noexcept;

/// The other way; nothing outside the years 0 to 9999.
std::optional<Datetime> datetime_at(DurationParts epoch_time, bool local) noexcept;

}  // namespace superconfig::detail
