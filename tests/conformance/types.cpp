#include "types.hpp"

#include <algorithm>
#include <charconv>
#include <deque>
#include <set>

#include "case.hpp"

namespace superconfig::conformance {
namespace {

using Shapes = DynamicShape;

const Shape& shape_from(Shapes& shapes, const Value& descriptor);

// `u8` to `u64`, `i8` to `i64`, `f32`, `f64`; nullptr for other words.
const Shape* number(Shapes& shapes, std::string_view word) {
  unsigned bits = 0;
  const auto* end = word.data() + word.size();
  if (word.size() < 2 || std::from_chars(word.data() + 1, end, bits).ptr != end) return nullptr;
  switch (word.front()) {
    case 'u': return &shapes.unsigned_integer(bits);
    case 'i': return &shapes.signed_integer(bits);
    case 'f': return &shapes.floating(bits);
    default: return nullptr;
  }
}

const Shape& shape_of_word(Shapes& shapes, const std::string& word) {
  if (const auto* shape = number(shapes, word)) return *shape;
  if (word == "bool") return shapes.boolean();
  if (word == "string") return shapes.string();
  if (word == "char") return shapes.character();
  if (word == "any") return shapes.any();
  if (word == "relative_path") return shapes.relative_path();
  throw BadCase("no such type: " + word);
}

std::string name_of_type(const Value& descriptor) {
  const auto* name = given(descriptor, "name");
  return name ? text_of(*name) : "";
}

std::set<std::string> names_at(const Value& descriptor, std::string_view member_name) {
  const auto* list = given(descriptor, member_name);
  const auto names = list ? texts_of(*list) : std::vector<std::string>();
  return {names.begin(), names.end()};
}

// Unless it says otherwise a field must be there.
Shapes::FieldParts field(Shapes& shapes, const Value& structure, const std::string& name) {
  const auto& type = needed(needed(structure, "struct"), name);
  const auto told = [&](std::string_view what) -> const Value* {
    const auto* all = given(structure, what);
    return all ? member(*all, name) : nullptr;
  };
  Shapes::FieldParts parts;
  parts.name = told("rename") ? text_of(*told("rename")) : name;
  parts.member = name;
  parts.shape = &shape_from(shapes, type);
  if (const auto* aliases = told("alias")) parts.aliases = texts_of(*aliases);
  if (const auto* value = told("defaults")) parts.default_value = *value;
  parts.flatten = names_at(structure, "flatten").contains(name);
  parts.skip = names_at(structure, "skip").contains(name);
  parts.required = !type.find("option") && !parts.default_value && !parts.flatten && !parts.skip;
  return parts;
}

const Shape& structure(Shapes& shapes, const Value& descriptor) {
  std::vector<Shapes::FieldParts> fields;
  for (const auto& name : texts_of(needed(descriptor, "order"))) fields.push_back(field(shapes, descriptor, name));
  return shapes.structure(name_of_type(descriptor), std::move(fields), flag_at(descriptor, "deny_unknown"));
}

const Shape& tuple(Shapes& shapes, const Value& items) {
  std::vector<const Shape*> all;
  for (const auto& item : items.items()) all.push_back(&shape_from(shapes, item.value));
  return shapes.tuple(all);
}

// What a variant holds; nullptr for a unit.
const Shape* content(Shapes& shapes, const Value& variant) {
  if (const auto* inner = member(variant, "newtype")) return &shape_from(shapes, *inner);
  if (variant.is_dict()) return &shape_from(shapes, variant);
  if (text_of(variant) != "unit") throw BadCase("no such variant: " + variant.to_string());
  return nullptr;
}

const Shape& variant(Shapes& shapes, const Value& descriptor) {
  std::vector<Shapes::AlternativeParts> alternatives;
  for (const auto& name : texts_of(needed(descriptor, "order")))
    alternatives.push_back({name, content(shapes, needed(needed(descriptor, "enum"), name)), {}});
  const auto name = name_of_type(descriptor);
  const auto form = text_at(descriptor, "repr");
  if (form == "external") {
    const bool units = std::all_of(alternatives.begin(), alternatives.end(), [](const auto& a) { return !a.content; });
    return units ? shapes.enumeration(name, alternatives)
                 : shapes.variant(name, VariantForm::external, "", alternatives);
  }
  if (form == "internal") return shapes.variant(name, VariantForm::internal, text_at(descriptor, "tag"), alternatives);
  if (form == "untagged") return shapes.variant(name, VariantForm::untagged, "", alternatives);
  throw BadCase("no such form of an enum: " + form);
}

const Shape& shape_from(Shapes& shapes, const Value& descriptor) {
  if (descriptor.is_string()) return shape_of_word(shapes, text_of(descriptor));
  const auto has = [&](std::string_view name) { return member(descriptor, name); };
  if (const auto* element = has("option")) return shapes.optional(shape_from(shapes, *element));
  if (const auto* element = has("vec")) return shapes.list(shape_from(shapes, *element));
  if (const auto* element = has("map")) return shapes.map(shape_from(shapes, *element));
  if (const auto* items = has("tuple")) return tuple(shapes, *items);
  if (has("struct")) return structure(shapes, descriptor);
  if (has("enum")) return variant(shapes, descriptor);
  if (const auto* element = has("array")) {
    const auto length = needed(descriptor, "len").as_u64();
    if (!length) throw BadCase("an array without a length: " + descriptor.to_string());
    return shapes.array(shape_from(shapes, *element), *length);
  }
  throw BadCase("no such type: " + descriptor.to_string());
}

}  // namespace

Type::Type(const Value& descriptor) : shape_(&shape_from(shapes_, descriptor)) {}

Result<Value> Type::extract(const SuperConfig& config, std::string_view at, const ExtractOptions& options) const {
  return config.try_extract_inner(*shape_, at, options);
}

const Type& lasting_type(const Value& descriptor) {
  static std::deque<Type> types;
  return types.emplace_back(descriptor);
}

}  // namespace superconfig::conformance
