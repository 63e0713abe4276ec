// Targets that hold one value: bools, numbers, text, sizes, durations, dates, and types of your own.
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/expected.hpp"
#include "extract/extractor.hpp"
#include "extract/numbers.hpp"
#include "formats/text_guess.hpp"
#include "reflect/calendar.hpp"
#include "superconfig/types.hpp"
#include "text/glob.hpp"
#include "text/utf8.hpp"

namespace superconfig::detail {

bool Extractor::boolean(const Input& in, const Shape& shape, void* object, const Rules* rules) {
  const Value& value = in.value;
  std::optional<bool> b;
  if (value.is_text() || (options_.lossy && value.is_string())) {
    BoolWord word = bool_word(string_of(value), true);
    if (word != BoolWord::none) b = word == BoolWord::yes;
  }
  if (!b) b = value.as_bool();
  if (!b && options_.lossy)
    if (auto i = integer_of(value); i && !i->negative && i->bits <= 1) b = i->bits == 1;
  if (!b) return wrong_type(in, shape, rules);
  shape.sink->set_bool(shape, object, *b);
  return true;
}

bool Extractor::integer(const Input& in, const Shape& shape, void* object, const Rules* rules) {
  auto i = integer_of(in.value);
  if (!i && (in.value.is_text() || (options_.lossy && in.value.is_string()))) i = parse_integer(string_of(in.value));
  if (!i) return wrong_type(in, shape, rules);
  if (!i->is_within(shape.minimum, shape.maximum) ||
      (rules != nullptr && !is_within(rules->minimum, rules->maximum, *i)))
    return wrong_value(in, shape, rules);
  shape.sink->set_integer(shape, object, i->bits, i->negative);
  return true;
}

namespace {

// To the nearest of the target's width; doubles beyond a float's range become infinite.
template <class F>
std::optional<double> floating_of(const Value& value, bool from_text) {
  if (value.tag() == Value::Tag::f64) return static_cast<double>(static_cast<F>(*value.as_f64()));
  if (auto i = integer_of(value)) return static_cast<double>(i->to<F>());
  if (from_text)
    if (auto f = parse_floating<F>(string_of(value))) return static_cast<double>(*f);
  return std::nullopt;
}

}  // namespace

bool Extractor::floating(const Input& in, const Shape& shape, void* object, const Rules* rules) {
  bool from_text = in.value.is_text() || (options_.lossy && in.value.is_string());
  auto f = shape.bits == 32 ? floating_of<float>(in.value, from_text) : floating_of<double>(in.value, from_text);
  if (!f) return wrong_type(in, shape, rules);
  if (rules != nullptr && !is_within(rules->minimum, rules->maximum, *f)) return wrong_value(in, shape, rules);
  shape.sink->set_floating(shape, object, *f);
  return true;
}

bool Extractor::text(const Input& in, const Shape& shape, void* object, const Rules* rules) {
  auto characters = string_of(in.value);
  if (characters.data() == nullptr) return wrong_type(in, shape, rules);
  if (rules != nullptr && rules->has_pattern && !glob_matches(rules->pattern, characters))
    return wrong_value(in, shape, rules);
  if (shape.kind == ShapeKind::relative_path) {
    shape.sink->set_relative_path(shape, object, characters, source_of(in.mark));
  } else {
    shape.sink->set_text(shape, object, characters);
  }
  return true;
}

bool Extractor::character(const Input& in, const Shape& shape, void* object, const Rules* rules) {
  auto characters = string_of(in.value);
  if (characters.data() == nullptr) return wrong_type(in, shape, rules);
  std::size_t size = utf8_sequence(characters, 0);
  if (size == 0 || size != characters.size()) return wrong_value(in, shape, rules);
  auto c = static_cast<char32_t>(static_cast<unsigned char>(characters[0]));
  if (size > 1) c &= 0x7FU >> size;
  for (std::size_t i = 1; i < size; ++i) c = c << 6 | (static_cast<unsigned char>(characters[i]) & 0x3FU);
  shape.sink->set_character(shape, object, c);
  return true;
}

bool Extractor::byte_size(const Input& in, const Shape& shape, void* object, const Rules* rules) {
  std::uint64_t unit = rules != nullptr && !rules->unit.empty() ? size_unit(rules->unit) : 1;
  auto number = integer_of(in.value);
  auto characters = string_of(in.value);
  if (!number && characters.data() != nullptr) number = parse_integer(characters);
  std::uint64_t bytes = 0;
  if (number) {
    if (number->negative || __builtin_mul_overflow(number->bits, unit, &bytes)) return wrong_value(in, shape, rules);
  } else if (characters.data() != nullptr) {
    auto size = ByteSize::parse(characters);
    if (!size) return wrong_value(in, shape, rules);
    bytes = size->bytes;
  } else {
    return wrong_type(in, shape, rules);
  }
  if (rules != nullptr && !is_within(rules->minimum, rules->maximum, Integer{bytes, false}))
    return wrong_value(in, shape, rules);
  shape.sink->set_integer(shape, object, bytes, false);
  return true;
}

bool Extractor::duration(const Input& in, const Shape& shape, void* object, const Rules* rules) {
  std::string_view unit = rules != nullptr ? rules->unit : std::string_view();
  auto characters = string_of(in.value);
  std::optional<DurationParts> parts;
  if (characters.data() != nullptr) {
    parts = parse_duration(trimmed(characters), unit);
    if (!parts)
      return parse_floating<double>(characters) ? wrong_type(in, shape, rules) : wrong_value(in, shape, rules);
  } else if (auto i = integer_of(in.value); i && (!unit.empty() || i->bits == 0)) {
    parts = parse_duration(in.value.to_string(), unit);
    if (!parts) return wrong_value(in, shape, rules);
  } else if (auto f = in.value.as_f64(); f && !unit.empty()) {
    parts = duration_parts(*f * static_cast<double>(time_unit(unit)) / 1e9);
    if (!parts) return wrong_value(in, shape, rules);
  } else {
    return wrong_type(in, shape, rules);
  }
  if (rules != nullptr && !is_within(rules->minimum, rules->maximum, duration_seconds(*parts)))
    return wrong_value(in, shape, rules);
  if (shape.is_floating) {
    shape.sink->set_floating(
        shape, object,
        duration_seconds(*parts) * static_cast<double>(shape.period_den) / static_cast<double>(shape.period_num));
    return true;
  }
  auto count = duration_count(*parts, shape.period_num, shape.period_den);
  if (!count) return wrong_value(in, shape, rules);
  Integer number{static_cast<std::uint64_t>(*count), *count < 0};
  if (!number.is_within(shape.minimum, shape.maximum)) return wrong_value(in, shape, rules);
  shape.sink->set_integer(shape, object, number.bits, number.negative);
  return true;
}

bool Extractor::moment(const Input& in, const Shape& shape, void* object, const Rules* rules) {
  std::optional<Datetime> datetime = in.value.is_text() ? std::nullopt : in.value.as_datetime();
  if (!datetime) {
    auto characters = string_of(in.value);
    if (characters.data() == nullptr) return wrong_type(in, shape, rules);
    datetime = Datetime::parse(characters);
    if (!datetime) return wrong_value(in, shape, rules);
  }
  if (shape.kind == ShapeKind::datetime) {
    if ((shape.forms >> static_cast<int>(datetime->form) & 1) == 0) return wrong_type(in, shape, rules);
    shape.sink->set_datetime(shape, object, *datetime);
    return true;
  }
  // A local time point of whole days is a date.
  bool whole_days = shape.period_den == 1 && shape.period_num % 86400 == 0;
  bool fits = shape.is_local ? datetime->form == Datetime::Form::local_datetime ||
                                   (whole_days && datetime->form == Datetime::Form::local_date)
                             : datetime->form == Datetime::Form::offset_datetime;
  if (!fits) return wrong_type(in, shape, rules);
  DurationParts time = epoch_time(*datetime);
  // What is finer than the target counts is cut off: clocks differ in it.
  if (shape.period_den == 1) {
    time.nanoseconds = 0;
    std::int64_t rest = time.seconds % shape.period_num;
    time.seconds -= rest < 0 ? rest + shape.period_num : rest;
  } else if (shape.period_num == 1 && shape.period_den <= 1'000'000'000) {
    auto unit = static_cast<std::int32_t>(1'000'000'000 / shape.period_den);
    time.nanoseconds -= time.nanoseconds % unit;
  }
  auto count = duration_count(time, shape.period_num, shape.period_den);
  if (!count) return wrong_value(in, shape, rules);
  Integer number{static_cast<std::uint64_t>(*count), *count < 0};
  if (!number.is_within(shape.minimum, shape.maximum)) return wrong_value(in, shape, rules);
  shape.sink->set_integer(shape, object, number.bits, number.negative);
  return true;
}

bool Extractor::custom(const Input& in, const Shape& shape, void* object, const Rules* rules) {
  Result<void> result;
  bool filled = true;
  if (shape.sink->convert_text != nullptr) {
    auto characters = string_of(in.value);
    if (characters.data() == nullptr) return wrong_type(in, shape, rules);
    if (rules != nullptr && rules->has_pattern && !glob_matches(rules->pattern, characters))
      return wrong_value(in, shape, rules);
    result = shape.sink->convert_text(shape, object, characters);
  } else if (shape.sink->convert != nullptr) {
    result = shape.sink->convert(shape, object, in.value);
  } else {
    result = shape.sink->convert_element(
        shape, object, [&](void* element) { return filled = read(in, *shape.element, element, rules); });
  }
  if (result) return filled;
  if (is_quiet()) return false;
  auto path = path_of(in.place);
  for (const Error& problem : result.errors()) {
    Error error = problem;
    std::vector<std::string> whole = path;
    whole.insert(whole.end(), error.path.begin(), error.path.end());
    error.path = std::move(whole);
    if (!error.origin.known()) error.origin = origin_of(in.mark);
    if (error.expected.empty() && error.message.empty()) error.expected = expected_text(shape, rules, true);
    if (error.found.empty() && error.message.empty()) error.found = found_text(in.value, error.path);
    errors_.push_back(std::move(error));
  }
  return false;
}

}  // namespace superconfig::detail
