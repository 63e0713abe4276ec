#include "superconfig/extract/extract.hpp"

#include <utility>

#include "extract/expected.hpp"
#include "extract/extractor.hpp"
#include "extract/numbers.hpp"
#include "formats/text_guess.hpp"
#include "text/accidents.hpp"
#include "value/mask.hpp"

namespace superconfig {

namespace detail {

bool Extractor::read(const Input& in, const Shape& shape, void* object, const Rules* rules) {
  switch (shape.kind) {
    case ShapeKind::boolean: return boolean(in, shape, object, rules);
    case ShapeKind::integer: return integer(in, shape, object, rules);
    case ShapeKind::floating: return floating(in, shape, object, rules);
    case ShapeKind::string:
    case ShapeKind::path:
    case ShapeKind::relative_path: return text(in, shape, object, rules);
    case ShapeKind::character: return character(in, shape, object, rules);
    case ShapeKind::byte_size: return byte_size(in, shape, object, rules);
    case ShapeKind::duration: return duration(in, shape, object, rules);
    case ShapeKind::time_point:
    case ShapeKind::datetime: return moment(in, shape, object, rules);
    case ShapeKind::enumeration: return enumeration(in, shape, object);
    case ShapeKind::any: shape.sink->set_value(shape, object, in.value); return true;
    case ShapeKind::custom: return custom(in, shape, object, rules);
    case ShapeKind::optional:
    case ShapeKind::pointer:
      if (in.value.is_null()) {
        shape.sink->clear(shape, object);
        return true;
      }
      return shape.sink->fill(shape, object, [&](void* content) { return read(in, *shape.element, content, rules); });
    case ShapeKind::tagged:
      shape.sink->set_origin(shape, object, origin_of(in.mark));
      return shape.sink->fill(shape, object, [&](void* content) { return read(in, *shape.element, content, rules); });
    case ShapeKind::secret: {
      ++secret_;
      bool ok =
          shape.sink->fill(shape, object, [&](void* content) { return read(in, *shape.element, content, rules); });
      --secret_;
      return ok;
    }
    case ShapeKind::list:
    case ShapeKind::set: return list(in, shape, object, rules);
    case ShapeKind::array:
    case ShapeKind::tuple: return fixed(in, shape, object, rules);
    case ShapeKind::map: return map(in, shape, object, rules);
    case ShapeKind::structure: return structure(in, shape, object, {{}, shape.deny_unknown || options_.deny_unknown});
    case ShapeKind::variant: return variant(in, shape, object, rules, options_.deny_unknown);
  }
  return false;
}

bool Extractor::missing(const Shape& shape, void* object) {
  if (shape.kind == ShapeKind::optional || shape.kind == ShapeKind::pointer) {
    shape.sink->clear(shape, object);
    return true;
  }
  Error error;
  error.code = ErrorCode::missing_field;
  error.field = superconfig::path_text(base_path_);
  error.expected = expected_text(shape, nullptr, false);
  errors_.push_back(std::move(error));
  return false;
}

// ---- lists and maps ----

namespace {

// The items a list target sees; `owned` holds those that had to be split off.
const Value* items_of(const Value& value, Mark mark, Value& owned) {
  if (!value.is_text()) return value.is_array() ? &value : nullptr;
  const Value& guess = value.text_guess();
  if (guess.is_array()) return &guess;
  if (!value.is_comma_list() || guess.is_dict()) return nullptr;
  owned = split_commas(value.characters(), mark);
  return &owned;
}

}  // namespace

bool Extractor::list(const Input& in, const Shape& shape, void* object, const Rules* rules) {
  Value owned;
  const Value* items = items_of(in.value, in.mark, owned);
  if (items == nullptr) return wrong_type(in, shape, rules);
  shape.sink->clear(shape, object);
  bool ok = true;
  Place place{in.place, {}, 0};
  for (const Item& item : items->items()) {
    ok &= shape.sink->fill(shape, object, [&](void* element) {
      return read({item.value, item.mark, &place}, *shape.element, element, rules);
    });
    ++place.index;
  }
  return ok;
}

bool Extractor::fixed(const Input& in, const Shape& shape, void* object, const Rules* rules) {
  Value owned;
  const Value* list = items_of(in.value, in.mark, owned);
  if (list == nullptr) return wrong_type(in, shape, rules);
  auto items = list->items();
  std::size_t length = shape.kind == ShapeKind::tuple ? shape.items.size() : shape.length;
  if (items.size() != length) {
    if (is_quiet()) return false;
    Error& error = add(ErrorCode::invalid_length, in.mark, in.place);
    error.expected = expected_text(shape, rules, true);
    error.found = "a list of " + std::to_string(items.size()) + (items.size() == 1 ? " item" : " items");
    return false;
  }
  if (shape.sink->clear != nullptr) shape.sink->clear(shape, object);
  bool ok = true;
  Place place{in.place, {}, 0};
  for (const Item& item : items) {
    const Shape& element = shape.kind == ShapeKind::tuple ? *shape.items[place.index] : *shape.element;
    ok &= shape.sink->fill_item(shape, object, place.index, [&](void* part) {
      return read({item.value, item.mark, &place}, element, part, rules);
    });
    ++place.index;
  }
  return ok;
}

bool Extractor::map(const Input& in, const Shape& shape, void* object, const Rules* rules) {
  const Value& dict = guess_of(in.value);
  if (!dict.is_dict()) return wrong_type(in, shape, rules);
  shape.sink->clear(shape, object);
  bool ok = true;
  for (const Entry& entry : dict.entries()) ok &= insert(entry, in.place, shape, object, rules);
  return ok;
}

bool Extractor::insert(const Entry& entry, const Place* place, const Shape& shape, void* object, const Rules* rules) {
  Place here{place, entry.name.view(), no_index};
  bool key_read = false, item_seen = false;
  bool ok = shape.sink->insert(
      shape, object, [&](void* k) { return key_read = key(entry, &here, *shape.key, k); },
      [&](void* item) {
        item_seen = true;
        return read({entry.value, entry.mark, &here}, *shape.element, item, rules);
      });
  if (ok || !key_read || item_seen || is_quiet()) return ok;
  Error& error = add(ErrorCode::duplicate_field, entry.mark, place);
  error.field = entry.name.view();
  error.message = "two keys that are the same to the program";
  return false;
}

bool Extractor::key(const Entry& entry, const Place* place, const Shape& shape, void* object) {
  auto name = entry.name.view();
  if (shape.kind == ShapeKind::string) {
    shape.sink->set_text(shape, object, name);
    return true;
  }
  // Keys of other types are read as text from the environment is.
  Value text = Value::text(name, Value(name), false);
  return read({text, entry.mark, place}, shape, object, nullptr);
}

// ---- errors ----

std::vector<std::string> Extractor::path_of(const Place* place) const {
  std::size_t depth = 0;
  for (const Place* p = place; p != nullptr; p = p->parent) ++depth;
  std::vector<std::string> path(base_path_.size() + depth);
  for (std::size_t i = 0; i < base_path_.size(); ++i) path[i] = base_path_[i];
  for (const Place* p = place; p != nullptr; p = p->parent)
    path[base_path_.size() + --depth] = p->index == no_index ? std::string(p->name) : std::to_string(p->index);
  return path;
}

std::string Extractor::found_text(const Value& value, const std::vector<std::string>& path) const {
  return describe(value, secret_ > 0 || names_secret(path));
}

Error& Extractor::add(ErrorCode code, Mark mark, const Place* place) {
  Error& error = errors_.emplace_back();
  error.code = code;
  error.path = path_of(place);
  error.origin = origin_of(mark);
  return error;
}

namespace {

// What would have fitted with a smaller change.
std::string type_hint(const Value& value, const Shape& shape, const Rules* rules) {
  bool is_number = shape.kind == ShapeKind::integer || shape.kind == ShapeKind::floating;
  if (value.is_text() && (is_number || shape.kind == ShapeKind::boolean)) {
    if (is_service_link(value.characters())) return "Kubernetes sets such a variable for each service";
    if (stands_in_quotes(value.characters())) return "the quotes are part of the value: leave them out";
  }
  if (!value.is_text() && value.is_string()) {
    auto text = string_of(value);
    if ((is_number && (shape.kind == ShapeKind::integer ? parse_integer(text).has_value()
                                                        : parse_floating<double>(text).has_value())) ||
        (shape.kind == ShapeKind::boolean && (text == "true" || text == "false")))
      return "write it without quotes";
  }
  if (shape.kind == ShapeKind::duration && (rules == nullptr || rules->unit.empty()) &&
      (integer_of(value) || value.as_f64() || parse_floating<double>(string_of(value))))
    return "say the unit, as in `30s`";
  if (shape.kind == ShapeKind::string && !value.is_text() &&
      (value.kind() == Kind::integer || value.kind() == Kind::floating || value.kind() == Kind::boolean))
    return "write it in quotes";
  return {};
}

}  // namespace

bool Extractor::wrong_type(const Input& in, const Shape& shape, const Rules* rules) {
  if (is_quiet()) return false;
  Error& error = add(ErrorCode::invalid_type, in.mark, in.place);
  error.expected = expected_text(shape, rules, false);
  error.found = found_text(in.value, error.path);
  error.hint = type_hint(in.value, shape, rules);
  return false;
}

bool Extractor::wrong_value(const Input& in, const Shape& shape, const Rules* rules) {
  if (is_quiet()) return false;
  Error& error = add(ErrorCode::invalid_value, in.mark, in.place);
  error.expected = expected_text(shape, rules, true);
  error.found = found_text(in.value, error.path);
  return false;
}

bool extract(const Found& from, const Shape& shape, void* object, const ExtractOptions& options,
             const std::vector<std::string>& base_path, std::vector<Error>& errors) {
  Extractor extractor(options, base_path, errors);
  if (!from) return extractor.missing(shape, object);
  return extractor.read({*from.value, from.mark, nullptr}, shape, object, nullptr);
}

}  // namespace detail

Result<Value> extract_value(const Found& from, const Shape& shape, const ExtractOptions& options,
                            const std::vector<std::string>& base_path) {
  Result<Value> result{Value()};
  std::vector<Error> errors;
  if (!detail::extract(from, shape, &*result, options, base_path, errors)) return Errors(std::move(errors));
  return result;
}

}  // namespace superconfig
