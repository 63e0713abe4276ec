#include "superconfig/reflect/dynamic_shape.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

#include "reflect/to_value.hpp"
#include "superconfig/types.hpp"
#include "text/utf8.hpp"

namespace superconfig {

namespace {

// The object of every dynamic shape is a Value.
Value& as_value(void* object) noexcept { return *static_cast<Value*>(object); }
const Value& as_value(const void* object) noexcept { return *static_cast<const Value*>(object); }

// What a field's slot holds until something is put there; known by its node.
const Value& absent() {
  static const Value value = Value::array({Value(nullptr)});
  return value;
}
bool is_absent(const Value& value) noexcept {
  return value.tag() == Value::Tag::array && value.node() == absent().node();
}

bool fill_structure(const Shape& shape, void* object, FillFields fill) {
  std::vector<Value> slots(shape.fields.size(), absent());
  std::vector<void*> pointers;
  pointers.reserve(slots.size() + 1);
  for (Value& slot : slots) pointers.push_back(&slot);
  pointers.push_back(nullptr);
  bool ok = fill(pointers.data());
  std::vector<Entry> entries;
  entries.reserve(slots.size());
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const Field& field = shape.fields[i];
    if (field.skip) continue;
    if (field.flatten) {
      if (!is_absent(slots[i]))
        for (const Entry& entry : slots[i].entries()) entries.push_back(entry);
    } else if (!is_absent(slots[i])) {
      entries.push_back({Name(field.name), std::move(slots[i]), {}});
    } else if (field.shape->kind == ShapeKind::optional) {
      entries.push_back({Name(field.name), Value(), {}});
    }
  }
  as_value(object) = Value::dict(entries);
  return ok;
}

bool append(const Shape&, void* object, Fill fill) {
  Value item;
  bool ok = fill(&item);
  as_value(object).push_back(std::move(item));
  return ok;
}

constexpr Sink make_sink() {
  Sink s;
  s.set_bool = [](const Shape&, void* o, bool b) { as_value(o) = b; };
  s.set_integer = [](const Shape&, void* o, std::uint64_t bits, bool negative) {
    as_value(o) = negative ? Value(static_cast<std::int64_t>(bits)) : Value(bits);
  };
  s.set_floating = [](const Shape&, void* o, double d) { as_value(o) = d; };
  s.set_text = [](const Shape&, void* o, std::string_view text) { as_value(o) = text; };
  s.set_character = [](const Shape&, void* o, char32_t c) {
    std::string text;
    append_utf8(text, c);
    as_value(o) = text;
  };
  s.set_relative_path = [](const Shape&, void* o, std::string_view text, const Source& source) {
    bool from_file = source.kind() == SourceKind::file;
    std::string relative = from_file ? detail::join_to_directory_of(source.name(), text) : std::string(text);
    as_value(o) = Value::dict(
        {{"original", text}, {"relative", relative}, {"metadata_path", from_file ? Value(source.name()) : Value()}});
  };
  s.set_datetime = [](const Shape&, void* o, const Datetime& d) { as_value(o) = d; };
  s.set_value = [](const Shape&, void* o, const Value& v) { as_value(o) = v; };
  s.select = [](const Shape& shape, void* o, std::size_t i) { as_value(o) = shape.alternatives[i].name; };
  s.get = [](const Shape&, const void* o) { return as_value(o); };
  return s;
}
constexpr Sink scalar_sink = make_sink();

constexpr Sink wrapper_sink = [] {
  Sink s = make_sink();
  s.clear = [](const Shape&, void* o) { as_value(o) = Value(); };
  s.fill = [](const Shape&, void* o, Fill fill) { return fill(o); };
  return s;
}();

constexpr Sink list_sink = [] {
  Sink s = make_sink();
  s.clear = [](const Shape&, void* o) { as_value(o) = Value::array(); };
  s.fill = append;
  s.fill_item = [](const Shape& shape, void* o, std::size_t, Fill fill) { return append(shape, o, fill); };
  return s;
}();

constexpr Sink set_sink = [] {
  Sink s = list_sink;
  s.fill = [](const Shape&, void* o, Fill fill) {
    Value item;
    if (!fill(&item)) return false;
    auto items = as_value(o).items();
    if (std::none_of(items.begin(), items.end(), [&](const Item& other) { return other.value == item; }))
      as_value(o).push_back(std::move(item));
    return true;
  };
  return s;
}();

constexpr Sink map_sink = [] {
  Sink s = make_sink();
  s.clear = [](const Shape&, void* o) { as_value(o) = Value::dict(); };
  s.insert = [](const Shape&, void* o, Fill fill_key, Fill fill_item) {
    Value key, item;
    if (!fill_key(&key)) return false;
    auto name = key.as_string().value_or(std::string_view());
    if (as_value(o).find(name) != nullptr) return false;
    bool ok = fill_item(&item);
    as_value(o).set(name, std::move(item));
    return ok;
  };
  return s;
}();

constexpr Sink structure_sink = [] {
  Sink s = make_sink();
  s.fill_fields = fill_structure;
  return s;
}();

constexpr Sink variant_sink = [] {
  Sink s = make_sink();
  s.fill_alternative = [](const Shape& shape, void* o, std::size_t i, Fill fill) {
    const Alternative& alternative = shape.alternatives[i];
    Value content;
    bool ok = fill(&content);
    as_value(o) = detail::alternative_value(shape.form, shape.tag, alternative, std::move(content));
    return ok;
  };
  return s;
}();

}  // namespace

// Deques: what is handed out stays where it is.
struct DynamicShape::Storage {
  struct FieldRules {
    Rules rules;
    Check check;
    std::function<bool(const Value&)> run;
  };
  std::deque<Shape> shapes;
  std::deque<std::string> strings;
  std::deque<std::vector<std::string_view>> name_lists;
  std::deque<std::vector<Field>> field_lists;
  std::deque<std::vector<Alternative>> alternative_lists;
  std::deque<std::vector<const Shape*>> shape_lists;
  std::deque<FieldRules> rules;
  std::deque<Value> defaults;
  const Shape* text_key = nullptr;

  Shape& add(ShapeKind kind, const Sink& sink) {
    Shape& shape = shapes.emplace_back();
    shape.kind = kind;
    shape.sink = &sink;
    return shape;
  }
  std::string_view keep(std::string_view text) { return strings.emplace_back(text); }
  std::span<const std::string_view> keep(const std::vector<std::string>& names) {
    if (names.empty()) return {};
    auto& list = name_lists.emplace_back();
    for (const auto& name : names) list.push_back(keep(name));
    return list;
  }
  std::span<const Alternative> keep(const std::vector<AlternativeParts>& parts) {
    auto& list = alternative_lists.emplace_back();
    for (const auto& part : parts) list.push_back({keep(part.name), part.content, keep(part.aliases)});
    return list;
  }
  const Shape& wrap(ShapeKind kind, const Sink& sink, const Shape& element) {
    Shape& shape = add(kind, sink);
    shape.element = &element;
    return shape;
  }
  Field field(FieldParts&& parts) {
    Field field;
    field.name = keep(parts.name);
    field.member = parts.member.empty() ? field.name : keep(parts.member);
    field.shape = parts.shape;
    field.aliases = keep(parts.aliases);
    field.required = parts.required && !parts.default_value;
    field.flatten = parts.flatten;
    field.skip = parts.skip;
    if (parts.default_value) {
      field.default_context = &defaults.emplace_back(*std::move(parts.default_value));
      field.default_value = [](const void* value) { return as_value(value); };
    }
    bool ranged = parts.minimum.type != Bound::Type::none || parts.maximum.type != Bound::Type::none;
    if (ranged || parts.pattern || !parts.unit.empty() || parts.check) {
      auto& own = rules.emplace_back();
      own.rules.minimum = parts.minimum;
      own.rules.maximum = parts.maximum;
      if (parts.pattern) {
        own.rules.pattern = keep(*parts.pattern);
        own.rules.has_pattern = true;
      }
      own.rules.unit = keep(parts.unit);
      if (parts.check) {
        own.run = std::move(parts.check);
        own.check.run = [](const void* run, const void* value) {
          return (*static_cast<const std::function<bool(const Value&)>*>(run))(as_value(value));
        };
        own.check.context = &own.run;
        own.check.expected = keep(parts.expected);
        own.rules.checks = {&own.check, 1};
      }
      field.rules = &own.rules;
    }
    return field;
  }
};

DynamicShape::DynamicShape() : storage_(std::make_unique<Storage>()) {}
DynamicShape::DynamicShape(DynamicShape&&) noexcept = default;
DynamicShape& DynamicShape::operator=(DynamicShape&&) noexcept = default;
DynamicShape::~DynamicShape() = default;

const Shape& DynamicShape::boolean() { return storage_->add(ShapeKind::boolean, scalar_sink); }

const Shape& DynamicShape::signed_integer(unsigned bits) {
  std::int64_t maximum = static_cast<std::int64_t>((std::uint64_t{1} << (bits - 1)) - 1);
  return integer(-maximum - 1, static_cast<std::uint64_t>(maximum));
}

const Shape& DynamicShape::unsigned_integer(unsigned bits) {
  return integer(0, bits >= 64 ? UINT64_MAX : (std::uint64_t{1} << bits) - 1);
}

const Shape& DynamicShape::integer(std::int64_t minimum, std::uint64_t maximum) {
  Shape& shape = storage_->add(ShapeKind::integer, scalar_sink);
  shape.minimum = minimum;
  shape.maximum = maximum;
  return shape;
}

const Shape& DynamicShape::floating(unsigned bits) {
  Shape& shape = storage_->add(ShapeKind::floating, scalar_sink);
  shape.bits = bits == 32 ? 32 : 64;
  return shape;
}

const Shape& DynamicShape::string() { return storage_->add(ShapeKind::string, scalar_sink); }
const Shape& DynamicShape::character() { return storage_->add(ShapeKind::character, scalar_sink); }
const Shape& DynamicShape::path() { return storage_->add(ShapeKind::path, scalar_sink); }
const Shape& DynamicShape::relative_path() { return storage_->add(ShapeKind::relative_path, scalar_sink); }

const Shape& DynamicShape::byte_size() {
  Shape& shape = storage_->add(ShapeKind::byte_size, scalar_sink);
  shape.minimum = 0;
  return shape;
}

const Shape& DynamicShape::duration() {
  Shape& shape = storage_->add(ShapeKind::duration, scalar_sink);
  shape.is_floating = true;
  return shape;
}

const Shape& DynamicShape::datetime() {
  Shape& shape = storage_->add(ShapeKind::datetime, scalar_sink);
  shape.forms = 0b1111;
  return shape;
}

const Shape& DynamicShape::any() { return storage_->add(ShapeKind::any, scalar_sink); }

const Shape& DynamicShape::enumeration(std::string_view name, const std::vector<AlternativeParts>& enumerators) {
  Shape& shape = storage_->add(ShapeKind::enumeration, scalar_sink);
  shape.name = storage_->keep(name);
  shape.alternatives = storage_->keep(enumerators);
  return shape;
}

const Shape& DynamicShape::optional(const Shape& element) {
  return storage_->wrap(ShapeKind::optional, wrapper_sink, element);
}
const Shape& DynamicShape::secret(const Shape& element) {
  return storage_->wrap(ShapeKind::secret, wrapper_sink, element);
}
const Shape& DynamicShape::list(const Shape& element) { return storage_->wrap(ShapeKind::list, list_sink, element); }
const Shape& DynamicShape::set(const Shape& element) { return storage_->wrap(ShapeKind::set, set_sink, element); }

const Shape& DynamicShape::array(const Shape& element, std::size_t length) {
  Shape& shape = storage_->add(ShapeKind::array, list_sink);
  shape.element = &element;
  shape.length = length;
  return shape;
}

const Shape& DynamicShape::tuple(const std::vector<const Shape*>& items) {
  Shape& shape = storage_->add(ShapeKind::tuple, list_sink);
  shape.items = storage_->shape_lists.emplace_back(items);
  return shape;
}

const Shape& DynamicShape::map(const Shape& element) {
  if (storage_->text_key == nullptr) storage_->text_key = &string();
  Shape& shape = storage_->add(ShapeKind::map, map_sink);
  shape.element = &element;
  shape.key = storage_->text_key;
  return shape;
}

const Shape& DynamicShape::structure(std::string_view name, std::vector<FieldParts> fields, bool deny_unknown) {
  Shape& shape = storage_->add(ShapeKind::structure, structure_sink);
  shape.name = storage_->keep(name);
  shape.deny_unknown = deny_unknown;
  auto& list = storage_->field_lists.emplace_back();
  shape.starts_empty = true;
  for (auto& parts : fields) {
    shape.flattens = shape.flattens || parts.flatten;
    list.push_back(storage_->field(std::move(parts)));
  }
  shape.fields = list;
  return shape;
}

const Shape& DynamicShape::variant(std::string_view name, VariantForm form, std::string_view tag,
                                   const std::vector<AlternativeParts>& alternatives) {
  Shape& shape = storage_->add(ShapeKind::variant, variant_sink);
  shape.name = storage_->keep(name);
  shape.form = form;
  shape.tag = storage_->keep(tag);
  shape.alternatives = storage_->keep(alternatives);
  return shape;
}

Shape& DynamicShape::placeholder() { return storage_->add(ShapeKind::any, scalar_sink); }
void DynamicShape::resolve(Shape& placeholder, const Shape& shape) { placeholder = shape; }

}  // namespace superconfig
