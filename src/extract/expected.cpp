#include "extract/expected.hpp"

#include <string_view>

#include "superconfig/types.hpp"
#include "superconfig/value.hpp"

namespace superconfig::detail {

namespace {

std::string bound_text(const Bound& bound, bool duration) {
  if (duration) {
    double seconds = bound.type == Bound::Type::floating  ? bound.floating
                     : bound.type == Bound::Type::natural ? static_cast<double>(bound.natural)
                                                          : static_cast<double>(bound.integer);
    if (auto parts = duration_parts(seconds)) return duration_text(*parts);
    return float_text(seconds) + "s";
  }
  switch (bound.type) {
    case Bound::Type::integer: return std::to_string(bound.integer);
    case Bound::Type::natural: return std::to_string(bound.natural);
    default: return float_text(bound.floating);
  }
}

std::string range_text(const Rules* rules, bool duration) {
  if (rules == nullptr) return {};
  bool low = rules->minimum.type != Bound::Type::none, high = rules->maximum.type != Bound::Type::none;
  if (low && high)
    return " from " + bound_text(rules->minimum, duration) + " to " + bound_text(rules->maximum, duration);
  if (low) return ", at least " + bound_text(rules->minimum, duration);
  if (high) return ", at most " + bound_text(rules->maximum, duration);
  return {};
}

std::string integer_text(const Shape& shape, const Rules* rules, bool limits) {
  bool ranged =
      rules != nullptr && (rules->minimum.type != Bound::Type::none || rules->maximum.type != Bound::Type::none);
  if (ranged) {
    Rules full = *rules;
    if (full.minimum.type == Bound::Type::none) full.minimum = Bound(shape.minimum);
    if (full.maximum.type == Bound::Type::none) full.maximum = Bound(shape.maximum);
    return "an integer" + range_text(&full, false);
  }
  bool narrow = shape.maximum < static_cast<std::uint64_t>(INT32_MAX);
  if (!limits && !narrow) return "an integer";
  return "an integer from " + std::to_string(shape.minimum) + " to " + std::to_string(shape.maximum);
}

std::string names_text(const Shape& shape) {
  std::string text;
  for (const Alternative& alternative : shape.alternatives) {
    if (!text.empty()) text += ", ";
    text += alternative.name;
  }
  return text;
}

std::string items_text(std::size_t count) {
  return "a list of " + std::to_string(count) + (count == 1 ? " item" : " items");
}

std::string unit_text(const Shape& shape) {
  if (shape.is_floating) return {};
  std::int64_t num = shape.period_num, den = shape.period_den;
  std::string_view unit = den == 1000         ? "milliseconds"
                          : den == 1000000    ? "microseconds"
                          : den == 1000000000 ? "nanoseconds"
                          : den != 1          ? ""
                          : num == 1          ? "seconds"
                          : num == 60         ? "minutes"
                          : num == 3600       ? "hours"
                          : num == 86400      ? "days"
                                              : "";
  return unit.empty() ? std::string() : ", in whole " + std::string(unit);
}

std::string datetime_text(const Shape& shape) {
  switch (shape.forms) {
    case 1 << static_cast<int>(Datetime::Form::local_date): return "a date such as 1979-05-27";
    case 1 << static_cast<int>(Datetime::Form::local_time): return "a time such as 07:32:00";
    default: return "a date or time such as 1979-05-27T07:32:00Z";
  }
}

}  // namespace

std::string expected_text(const Shape& shape, const Rules* rules, bool limits) {
  switch (shape.kind) {
    case ShapeKind::boolean: return "a bool";
    case ShapeKind::integer: return integer_text(shape, rules, limits);
    case ShapeKind::floating: return "a number" + range_text(rules, false);
    case ShapeKind::string:
    case ShapeKind::path:
    case ShapeKind::relative_path: {
      std::string text = shape.kind == ShapeKind::string ? "a string" : "a path";
      if (rules != nullptr && rules->has_pattern) text.append(" that matches `").append(rules->pattern).append("`");
      return text;
    }
    case ShapeKind::character: return "a string of one character";
    case ShapeKind::byte_size: return "a size such as 10MB, 10MiB or a number of bytes" + range_text(rules, false);
    case ShapeKind::duration:
      return "a duration such as 30s or 1h30m" + range_text(rules, true) + (limits ? unit_text(shape) : std::string());
    case ShapeKind::time_point:
      return shape.is_local ? "a local date and time such as 1979-05-27T07:32:00"
                            : "a date and time with an offset such as 1979-05-27T07:32:00Z";
    case ShapeKind::datetime: return datetime_text(shape);
    case ShapeKind::enumeration: return "one of " + names_text(shape);
    case ShapeKind::any: return "any value";
    case ShapeKind::custom:
      if (!shape.expected.empty()) return std::string(shape.expected);
      return shape.sink->convert_text != nullptr ? "a string for " + std::string(shape.name)
                                                 : "a value for " + std::string(shape.name);
    case ShapeKind::optional:
    case ShapeKind::pointer:
    case ShapeKind::tagged:
    case ShapeKind::secret: return expected_text(*shape.element, rules, limits);
    case ShapeKind::list:
    case ShapeKind::set: return "a list";
    case ShapeKind::array: return items_text(shape.length);
    case ShapeKind::tuple: return items_text(shape.items.size());
    case ShapeKind::map: return "a dict";
    case ShapeKind::structure: return shape.name.empty() ? "a dict" : "a dict (" + std::string(shape.name) + ")";
    case ShapeKind::variant: {
      VariantForm form = rules != nullptr && rules->has_form ? rules->form : shape.form;
      std::string_view tag = rules != nullptr && rules->has_form ? rules->tag : shape.tag;
      if (form == VariantForm::internal) return "a dict with `" + std::string(tag) + "`: one of " + names_text(shape);
      if (form == VariantForm::external) return "one of " + names_text(shape) + ", as a dict of this one key";
      std::string text;
      for (const Alternative& alternative : shape.alternatives) {
        if (!text.empty()) text += ", or ";
        text += alternative.content == nullptr ? "null" : expected_text(*alternative.content, nullptr, false);
      }
      return text;
    }
  }
  return {};
}

}  // namespace superconfig::detail
