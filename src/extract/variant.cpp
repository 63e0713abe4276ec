// Enums and variants: names that stand for something.
#include <cstdint>
#include <optional>

#include "extract/expected.hpp"
#include "extract/extractor.hpp"
#include "text/nearest.hpp"

namespace superconfig::detail {

std::size_t find_alternative(const Shape& shape, std::string_view name) noexcept {
  for (std::size_t i = 0; i < shape.alternatives.size(); ++i) {
    const Alternative& alternative = shape.alternatives[i];
    if (alternative.name == name) return i;
    for (auto alias : alternative.aliases)
      if (alias == name) return i;
  }
  return SIZE_MAX;
}

bool Extractor::enumeration(const Input& in, const Shape& shape, void* object) {
  auto name = string_of(in.value);
  if (name.data() == nullptr) return wrong_type(in, shape, nullptr);
  std::size_t which = find_alternative(shape, name);
  if (which == SIZE_MAX) return unknown_variant(in, shape, name);
  shape.sink->select(shape, object, which);
  return true;
}

bool Extractor::variant(const Input& in, const Shape& shape, void* object, const Rules* rules, bool deny_unknown) {
  bool own = rules != nullptr && rules->has_form;
  switch (own ? rules->form : shape.form) {
    case VariantForm::external: return external(in, shape, object, rules);
    case VariantForm::internal: return internal(in, shape, object, rules, own ? rules->tag : shape.tag, deny_unknown);
    case VariantForm::untagged: return untagged(in, shape, object, rules);
  }
  return false;
}

bool Extractor::external(const Input& in, const Shape& shape, void* object, const Rules* rules) {
  const Value& value = guess_of(in.value);
  if (value.is_dict()) {
    if (value.size() != 1) return wrong_type(in, shape, rules);
    const Entry& entry = *value.entries().begin();
    Place place{in.place, entry.name.view(), no_index};
    Input content{entry.value, entry.mark, &place};
    std::size_t which = find_alternative(shape, entry.name.view());
    if (which == SIZE_MAX) return unknown_variant(content, shape, entry.name.view());
    const Shape* type = shape.alternatives[which].content;
    if (type == nullptr && !entry.value.is_null()) {
      if (is_quiet()) return false;
      Error& error = add(ErrorCode::invalid_type, entry.mark, &place);
      error.expected = "null: this alternative has no content";
      error.found = found_text(entry.value, error.path);
      return false;
    }
    return shape.sink->fill_alternative(shape, object, which,
                                        [&](void* o) { return type == nullptr || read(content, *type, o, nullptr); });
  }
  auto name = string_of(in.value);
  if (name.data() == nullptr || value.is_array()) return wrong_type(in, shape, rules);
  std::size_t which = find_alternative(shape, name);
  if (which == SIZE_MAX) return unknown_variant(in, shape, name);
  if (const Shape* type = shape.alternatives[which].content) {
    if (is_quiet()) return false;
    Error& error = add(ErrorCode::invalid_type, in.mark, in.place);
    error.expected = "a dict with the key `" + std::string(name) + "`: " + expected_text(*type, nullptr, false);
    error.found = found_text(in.value, error.path);
    return false;
  }
  return shape.sink->fill_alternative(shape, object, which, [](void*) { return true; });
}

bool Extractor::internal(const Input& in, const Shape& shape, void* object, const Rules* rules, std::string_view tag,
                         bool deny_unknown) {
  const Value& value = guess_of(in.value);
  if (!value.is_dict()) return wrong_type(in, shape, rules);
  const Entry* entry = value.find(tag);
  if (entry == nullptr) {
    if (is_quiet()) return false;
    Error& error = add(ErrorCode::missing_field, in.mark, in.place);
    error.field = tag;
    error.expected = expected_text(shape, rules, false);
    return false;
  }
  Place place{in.place, tag, no_index};
  Input name_input{entry->value, entry->mark, &place};
  auto name = string_of(entry->value);
  if (name.data() == nullptr) {
    if (is_quiet()) return false;
    Error& error = add(ErrorCode::invalid_type, entry->mark, &place);
    error.expected = "a string: one of the alternatives";
    error.found = found_text(entry->value, error.path);
    return false;
  }
  std::size_t which = find_alternative(shape, name);
  if (which == SIZE_MAX) return unknown_variant(name_input, shape, name);
  const Shape* type = shape.alternatives[which].content;
  return shape.sink->fill_alternative(shape, object, which, [&](void* o) {
    if (type == nullptr) {
      bool ok = true;
      if (deny_unknown)
        for (const Entry& other : value.entries())
          if (other.name.view() != tag) ok = unknown(other, in.place, {{tag, {}, nullptr}});
      return ok;
    }
    if (type->kind == ShapeKind::structure) return structure(in, *type, o, {tag, deny_unknown || type->deny_unknown});
    Value rest = value;
    rest.erase(tag);
    return read({rest, in.mark, in.place}, *type, o, nullptr);
  });
}

bool Extractor::untagged(const Input& in, const Shape& shape, void* object, const Rules* rules) {
  for (std::size_t i = 0; i < shape.alternatives.size(); ++i) {
    const Shape* type = shape.alternatives[i].content;
    ++quiet_;
    bool fits = shape.sink->fill_alternative(
        shape, object, i, [&](void* o) { return type != nullptr ? read(in, *type, o, rules) : in.value.is_null(); });
    --quiet_;
    if (fits) return true;
  }
  if (is_quiet()) return false;
  Error& error = add(ErrorCode::message, in.mark, in.place);
  error.message = "no alternative fits";
  error.expected = expected_text(shape, rules, false);
  error.found = found_text(in.value, error.path);
  return false;
}

bool Extractor::unknown_variant(const Input& in, const Shape& shape, std::string_view name) {
  if (is_quiet()) return false;
  Error& error = add(ErrorCode::unknown_variant, in.mark, in.place);
  Nearest nearest(name);
  std::string names;
  for (const Alternative& alternative : shape.alternatives) {
    error.expected_one_of.emplace_back(alternative.name);
    names.append(names.empty() ? "one of " : ", ").append(alternative.name);
    nearest.consider(alternative.name);
    for (auto alias : alternative.aliases) nearest.consider(alias);
  }
  error.expected = std::move(names);
  error.found = found_text(Value(name), error.path);
  if (!nearest.name().empty()) error.hint = "did you mean `" + std::string(nearest.name()) + "`?";
  return false;
}

}  // namespace superconfig::detail
