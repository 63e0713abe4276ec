#include "superconfig/shape.hpp"

#include "superconfig/reflect/annotate.hpp"

namespace superconfig {

const Shape& unwrap(const Shape& shape) noexcept {
  const Shape* inner = &shape;
  while (inner->kind == ShapeKind::optional || inner->kind == ShapeKind::pointer || inner->kind == ShapeKind::tagged ||
         inner->kind == ShapeKind::secret)
    inner = inner->element;
  return *inner;
}

namespace {

void add_fields(const Shape& wrapped, std::vector<KnownField>& known, const Rules* rules) {
  const Shape& shape = unwrap(wrapped);
  if (shape.kind == ShapeKind::structure) {
    for (const Field& field : shape.fields) {
      if (field.skip) continue;
      if (field.flatten) {
        add_fields(*field.shape, known, field.rules);
      } else {
        known.push_back({field.name, field.aliases, field.shape});
      }
    }
  } else if (shape.kind == ShapeKind::variant) {
    bool own = rules != nullptr && rules->has_form;
    VariantForm form = own ? rules->form : shape.form;
    if (form == VariantForm::internal) known.push_back({own ? rules->tag : shape.tag, {}, nullptr});
    for (const Alternative& alternative : shape.alternatives) {
      if (form == VariantForm::external) {
        known.push_back({alternative.name, alternative.aliases, alternative.content});
      } else if (alternative.content != nullptr) {
        add_fields(*alternative.content, known, nullptr);
      }
    }
  }
}

bool open(const Shape& wrapped, int depth) {
  const Shape& shape = unwrap(wrapped);
  if (shape.kind == ShapeKind::map || shape.kind == ShapeKind::any || shape.kind == ShapeKind::custom) return true;
  if (depth > 64) return false;  // a type that flattens itself
  if (shape.kind == ShapeKind::structure) {
    for (const Field& field : shape.fields)
      if (field.flatten && open(*field.shape, depth + 1)) return true;
  } else if (shape.kind == ShapeKind::variant) {
    for (const Alternative& alternative : shape.alternatives)
      if (alternative.content != nullptr && open(*alternative.content, depth + 1)) return true;
  }
  return false;
}

bool is_known_as(const KnownField& field, std::string_view name) noexcept {
  if (field.name == name) return true;
  for (auto alias : field.aliases)
    if (alias == name) return true;
  return false;
}

// The shape of what lies under a key or index; nullptr where nothing is known of it.
const Shape* child_of(const Shape& shape, const std::string& segment) {
  switch (shape.kind) {
    case ShapeKind::list:
    case ShapeKind::set:
    case ShapeKind::array:
    case ShapeKind::map: return shape.element;
    case ShapeKind::tuple: {
      std::uint32_t i = index_of(segment);
      return i < shape.items.size() ? shape.items[i] : nullptr;
    }
    default:
      for (const KnownField& field : known_fields(shape))
        if (is_known_as(field, segment)) return field.shape;
      return nullptr;
  }
}

}  // namespace

bool is_secret(const Shape& shape, std::span<const std::string> path) {
  const Shape* here = &shape;
  for (std::size_t i = 0; here != nullptr; ++i) {
    for (; &unwrap(*here) != here; here = here->element)
      if (here->kind == ShapeKind::secret) return true;
    if (i == path.size()) return false;
    here = child_of(*here, path[i]);
  }
  return false;
}

std::vector<KnownField> known_fields(const Shape& shape) {
  std::vector<KnownField> known;
  add_fields(shape, known, nullptr);
  return known;
}

bool keys_open(const Shape& shape) { return open(shape, 0); }

namespace detail {

Errors not_converted() {
  Error error;
  error.code = ErrorCode::invalid_value;
  return error;
}

Value literal_value(const void* object) {
  const auto& literal = *static_cast<const Literal*>(object);
  switch (literal.type) {
    case Literal::Type::null: return {};
    case Literal::Type::boolean: return literal.integer != 0;
    case Literal::Type::integer: return literal.integer;
    case Literal::Type::natural: return literal.natural;
    case Literal::Type::floating: return literal.floating;
    case Literal::Type::text: return literal.text;
  }
  return {};
}

}  // namespace detail

}  // namespace superconfig
