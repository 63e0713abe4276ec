// Fields: a dict's keys matched with a struct's fields.
#include <cstdint>
#include <utility>

#include "extract/expected.hpp"
#include "extract/extractor.hpp"
#include "text/nearest.hpp"

namespace superconfig::detail {

namespace {

// Which fields were seen: a bit each.
class Seen {
 public:
  explicit Seen(std::size_t count) : more_(count > 64 ? count - 64 : 0, false) {}
  bool operator[](std::size_t i) const { return i < 64 ? (bits_ >> i & 1) != 0 : more_[i - 64]; }
  void set(std::size_t i) {
    if (i < 64) {
      bits_ |= std::uint64_t{1} << i;
    } else {
      more_[i - 64] = true;
    }
  }

 private:
  std::uint64_t bits_ = 0;
  std::vector<bool> more_;
};

bool is_called(const Field& field, std::string_view name) noexcept {
  if (field.name == name) return true;
  for (auto alias : field.aliases)
    if (alias == name) return true;
  return false;
}

// The field with the name, SIZE_MAX if there is none. `next` is tried first: dicts mostly are in the struct's order.
std::size_t find_field(const Shape& shape, std::string_view name, std::size_t next) noexcept {
  const auto& fields = shape.fields;
  if (next < fields.size() && fields[next].name == name && !fields[next].skip) return next;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (!fields[i].skip && is_called(fields[i], name)) return i;
  return SIZE_MAX;
}

bool is_known(const std::vector<KnownField>& known, std::string_view name) noexcept {
  for (const KnownField& field : known) {
    if (field.name == name) return true;
    for (auto alias : field.aliases)
      if (alias == name) return true;
  }
  return false;
}

bool may_be_missing(const Shape& wrapped) noexcept {
  const Shape* shape = &wrapped;
  while (shape->kind == ShapeKind::tagged || shape->kind == ShapeKind::secret) shape = shape->element;
  return shape->kind == ShapeKind::optional || shape->kind == ShapeKind::pointer;
}

const Value& empty_dict() {
  static const Value value = Value::dict();
  return value;
}

// What a struct that is missing as a whole is read like one without keys for: its own required fields and defaults.
bool asks_for_fields(const Shape& wrapped, int depth) {
  const Shape* shape = &wrapped;
  while (shape->kind == ShapeKind::tagged || shape->kind == ShapeKind::secret) shape = shape->element;
  if (shape->kind != ShapeKind::structure || shape->starts_empty || depth > 64) return false;
  for (const Field& field : shape->fields)
    if (field.required || field.default_value != nullptr || asks_for_fields(*field.shape, depth + 1)) return true;
  return false;
}

}  // namespace

bool Extractor::structure(const Input& in, const Shape& shape, void* object, const Fields& extra) {
  const Value& dict = guess_of(in.value);
  if (!dict.is_dict()) return wrong_type(in, shape, nullptr);
  Input fields{dict, in.mark, in.place};
  return shape.sink->fill_fields(shape, object, [&](void* const* objects) {
    // A dict that is much larger than the struct is not walked. Flattened fields share their dict.
    if (!shape.flattens && (extra.deny_unknown || dict.size() <= 4 * shape.fields.size() + 16))
      return fields_in_order(fields, shape, objects, extra);
    if (!shape.flattens) return fields_by_name(fields, shape, objects, nullptr, extra.tag);
    auto known = known_fields(shape);
    bool ok = fields_by_name(fields, shape, objects, &known, extra.tag);
    if (extra.deny_unknown && !keys_open(shape)) {
      for (const Entry& entry : dict.entries())
        if (entry.name.view() != extra.tag && !is_known(known, entry.name.view())) ok = unknown(entry, in.place, known);
    }
    return ok;
  });
}

bool Extractor::fields_in_order(const Input& in, const Shape& shape, void* const* objects, const Fields& extra) {
  bool ok = true;
  Seen seen(shape.fields.size());
  std::size_t next = 0, count = 0;
  for (const Entry& entry : in.value.entries()) {
    std::size_t i = find_field(shape, entry.name.view(), next);
    if (i == SIZE_MAX) {
      if (extra.deny_unknown && entry.name.view() != extra.tag) ok = unknown(entry, in.place, known_fields(shape));
      continue;
    }
    next = i + 1;
    if (seen[i]) {
      ok = duplicate(in, shape.fields[i], entry);
      continue;
    }
    seen.set(i);
    ++count;
    ok &= field(entry, in.place, shape.fields[i], objects[i]);
  }
  for (std::size_t i = 0; count < shape.fields.size() && i < shape.fields.size(); ++i)
    if (!seen[i] && !shape.fields[i].skip) ok &= field_missing(in, shape.fields[i], objects[i]);
  return ok;
}

bool Extractor::fields_by_name(const Input& in, const Shape& shape, void* const* objects,
                               const std::vector<KnownField>* known, std::string_view tag) {
  bool ok = true;
  for (std::size_t i = 0; i < shape.fields.size(); ++i) {
    const Field& f = shape.fields[i];
    if (f.skip) continue;
    if (f.flatten) {
      ok &= flattened(in, *f.shape, objects[i], f.rules, *known, tag);
      continue;
    }
    const Entry* entry = in.value.find(f.name);
    for (auto alias : f.aliases) {
      const Entry* other = in.value.find(alias);
      if (entry != nullptr && other != nullptr) {
        ok = duplicate(in, f, *other);
      } else if (other != nullptr) {
        entry = other;
      }
    }
    ok &= entry != nullptr ? field(*entry, in.place, f, objects[i]) : field_missing(in, f, objects[i]);
  }
  return ok;
}

bool Extractor::field(const Entry& entry, const Place* place, const Field& f, void* object) {
  Place here{place, entry.name.view(), no_index};
  Input in{entry.value, entry.mark, &here};
  if (!read(in, *f.shape, object, f.rules)) return false;
  if (f.rules == nullptr) return true;
  bool ok = true;
  for (const Check& check : f.rules->checks) {
    if (check.run(check.context, object)) continue;
    ok = false;
    if (is_quiet()) continue;
    Error& error = add(ErrorCode::invalid_value, in.mark, in.place);
    error.expected = check.expected;
    bool secret = f.shape->kind == ShapeKind::secret;
    secret_ += secret ? 1 : 0;
    error.found = found_text(in.value, error.path);
    secret_ -= secret ? 1 : 0;
  }
  return ok;
}

bool Extractor::field_missing(const Input& in, const Field& f, void* object) {
  Place here{in.place, f.name, no_index};
  if (f.default_value != nullptr) {
    Value value = f.default_value(f.default_context);
    return read({value, Mark(), &here}, *f.shape, object, f.rules);
  }
  bool asked = options_.missing == Missing::error && !may_be_missing(*f.shape);
  if (!f.required && !asked) {
    return !asks_for_fields(*f.shape, 0) || read({empty_dict(), in.mark, &here}, *f.shape, object, f.rules);
  }
  if (is_quiet()) return false;
  Error& error = add(ErrorCode::missing_field, in.mark, in.place);
  error.field = f.name;
  error.expected = expected_text(*f.shape, f.rules, false);
  Nearest nearest(f.name);
  for (const Entry& entry : in.value.entries()) nearest.consider(entry.name.view());
  if (!nearest.name().empty()) error.hint = "there is `" + std::string(nearest.name()) + "`";
  return false;
}

// The fields of `shape` lie in the dict itself.
bool Extractor::flattened(const Input& in, const Shape& shape, void* object, const Rules* rules,
                          const std::vector<KnownField>& known, std::string_view tag) {
  auto is_rest = [&](const Entry& entry) { return entry.name.view() != tag && !is_known(known, entry.name.view()); };
  switch (shape.kind) {
    case ShapeKind::optional:
    case ShapeKind::pointer: {
      bool open = keys_open(shape), there = false;
      auto own = known_fields(shape);
      for (const Entry& entry : in.value.entries())
        there = there || is_known(own, entry.name.view()) || (open && is_rest(entry));
      if (!there) return true;
      return shape.sink->fill(shape, object,
                              [&](void* content) { return flattened(in, *shape.element, content, rules, known, tag); });
    }
    case ShapeKind::tagged: shape.sink->set_origin(shape, object, origin_of(in.mark)); [[fallthrough]];
    case ShapeKind::secret:
      return shape.sink->fill(shape, object,
                              [&](void* content) { return flattened(in, *shape.element, content, rules, known, tag); });
    case ShapeKind::structure:
      return shape.sink->fill_fields(
          shape, object, [&](void* const* objects) { return fields_by_name(in, shape, objects, &known, tag); });
    case ShapeKind::map: {
      shape.sink->clear(shape, object);
      bool ok = true;
      for (const Entry& entry : in.value.entries())
        if (is_rest(entry)) ok &= insert(entry, in.place, shape, object, rules);
      return ok;
    }
    case ShapeKind::variant: {
      bool own = rules != nullptr && rules->has_form;
      if ((own ? rules->form : shape.form) != VariantForm::external) return variant(in, shape, object, rules, false);
      std::vector<Entry> named;
      for (const Entry& entry : in.value.entries())
        if (find_alternative(shape, entry.name.view()) != SIZE_MAX) named.push_back(entry);
      Value dict = Value::dict(named);
      return external({dict, in.mark, in.place}, shape, object, rules);
    }
    default: {  // any, and types of your own: what is left
      std::vector<Entry> rest;
      for (const Entry& entry : in.value.entries())
        if (is_rest(entry)) rest.push_back(entry);
      Value dict = Value::dict(rest);
      return read({dict, in.mark, in.place}, shape, object, rules);
    }
  }
}

bool Extractor::unknown(const Entry& entry, const Place* place, const std::vector<KnownField>& known) {
  if (is_quiet()) return false;
  Place here{place, entry.name.view(), no_index};
  Error& error = add(ErrorCode::unknown_field, entry.mark, &here);
  Nearest nearest(entry.name.view());
  for (const KnownField& field : known) {
    error.expected_one_of.emplace_back(field.name);
    nearest.consider(field.name);
    for (auto alias : field.aliases) nearest.consider(alias);
  }
  if (!nearest.name().empty()) error.hint = "did you mean `" + std::string(nearest.name()) + "`?";
  return false;
}

bool Extractor::duplicate(const Input& in, const Field& f, const Entry& second) {
  if (is_quiet()) return false;
  Error& error = add(ErrorCode::duplicate_field, second.mark, in.place);
  error.field = f.name;
  std::string names;
  for (const Entry& entry : in.value.entries()) {
    if (!is_called(f, entry.name.view())) continue;
    names.append(names.empty() ? "" : ", ").append(entry.name.view());
    if (&entry != &second) error.related.push_back(origin_of(entry.mark));
  }
  error.message = "two names of one field: " + names;
  return false;
}

}  // namespace superconfig::detail
