#include "reflect/to_value.hpp"

#include <optional>
#include <string>
#include <vector>

#include "reflect/calendar.hpp"
#include "superconfig/reflect/scalars.hpp"
#include "superconfig/shape.hpp"
#include "superconfig/types.hpp"
#include "text/utf8.hpp"
#include "value/nodes.hpp"

namespace superconfig::detail {

Value character_value(char32_t character) {
  // What is no Unicode scalar value has no UTF-8 form.
  if (character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF)) character = 0xFFFD;
  std::string text;
  append_utf8(text, character);
  return text;
}

Value duration_value(const Shape& shape, std::int64_t count) {
  auto duration = duration_parts(count, shape.period_num, shape.period_den);
  return duration ? Value(duration_text(*duration)) : Value(count);
}

Value duration_value(const Shape& shape, double count) {
  auto duration = duration_parts(count * static_cast<double>(shape.period_num) / static_cast<double>(shape.period_den));
  return duration ? Value(duration_text(*duration)) : Value(count);
}

Value time_value(const Shape& shape, std::int64_t count) {
  if (auto time = duration_parts(count, shape.period_num, shape.period_den))
    if (auto datetime = datetime_at(*time, shape.is_local)) return *datetime;
  return count;
}

namespace {

std::string key_text(const Shape& shape, const void* key) {
  Value value = to_value(shape, key, nullptr);
  if (auto text = value.as_string()) return std::string(*text);
  return value.to_string();
}

Value structure_value(const Shape& shape, const void* object) {
  std::vector<Entry> entries;
  entries.reserve(shape.fields.size());
  shape.sink->fill_fields(shape, const_cast<void*>(object), [&](void* const* fields) {
    for (std::size_t i = 0; i < shape.fields.size(); ++i) {
      const Field& field = shape.fields[i];
      if (field.skip) continue;
      const Shape& inner = unwrap(*field.shape);
      if (inner.kind == ShapeKind::custom && inner.sink->get == nullptr) continue;  // knows no way back
      Value value = to_value(*field.shape, fields[i], field.rules);
      if (!field.flatten) {
        entries.push_back({Name(field.name), std::move(value), {}});
      } else {
        for (const Entry& entry : value.entries()) entries.push_back(entry);
      }
    }
    return true;
  });
  return Value::dict(entries);
}

Value variant_value(const Shape& shape, const void* object, const Rules* rules) {
  std::size_t which = shape.sink->which(shape, object);
  if (which >= shape.alternatives.size()) return {};
  const Alternative& alternative = shape.alternatives[which];
  bool own = rules != nullptr && rules->has_form;
  Value content;
  if (alternative.content != nullptr)
    content = to_value(*alternative.content, shape.sink->content(shape, object), nullptr);
  return alternative_value(own ? rules->form : shape.form, own ? rules->tag : shape.tag, alternative,
                           std::move(content));
}

}  // namespace

Value alternative_value(VariantForm form, std::string_view tag, const Alternative& alternative, Value content) {
  switch (form) {
    case VariantForm::external:
      if (alternative.content == nullptr) return alternative.name;
      return Value::dict({{alternative.name, std::move(content)}});
    case VariantForm::internal: {
      Value dict = Value::dict({{tag, Value(alternative.name)}});
      for (const Entry& entry : content.entries()) dict.set(entry.name, entry.value);
      return dict;
    }
    case VariantForm::untagged: break;
  }
  return content;
}

namespace {

// Objects of types that contain themselves may be linked deeper than the stack. What is deeper than this is left out;
// what stands for it is deeper than any layer may be, so that the whole is refused.
constexpr std::uint32_t deepest = 1000;
thread_local std::uint32_t depth = 0;

const Value& left_out() {
  static const Value deep = [] {
    auto value = Value::array();
    for (std::uint32_t i = 0; i < most_levels; ++i) value = Value::array({std::move(value)});
    return value;
  }();
  return deep;
}

struct Level {
  Level() noexcept { ++depth; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;
  ~Level() { --depth; }
};

}  // namespace

Value to_value(const Shape& shape, const void* object, const Rules* rules) {
  const Level level;
  if (depth > deepest) return left_out();
  const Sink& sink = *shape.sink;
  if (sink.get != nullptr) return sink.get(shape, object);
  switch (shape.kind) {
    case ShapeKind::enumeration: {
      std::size_t which = sink.which(shape, object);
      return which < shape.alternatives.size() ? Value(shape.alternatives[which].name) : Value();
    }
    case ShapeKind::optional:
    case ShapeKind::pointer:
    case ShapeKind::tagged:
    case ShapeKind::secret: {
      const void* content = sink.content(shape, object);
      return content != nullptr ? to_value(*shape.element, content, rules) : Value();
    }
    case ShapeKind::list:
    case ShapeKind::set:
    case ShapeKind::array:
    case ShapeKind::tuple: {
      std::vector<Item> items;
      sink.each(shape, object, [&](const void*, const void* item) {
        const Shape& element = shape.element != nullptr ? *shape.element : *shape.items[items.size()];
        items.push_back({to_value(element, item, rules), {}});
      });
      return Value::array(items);
    }
    case ShapeKind::map: {
      std::vector<Entry> entries;
      sink.each(shape, object, [&](const void* key, const void* item) {
        entries.push_back({Name(key_text(*shape.key, key)), to_value(*shape.element, item, rules), {}});
      });
      return Value::dict(entries);
    }
    case ShapeKind::structure: return structure_value(shape, object);
    case ShapeKind::variant: return variant_value(shape, object, rules);
    default: return {};  // a type of your own without a way back
  }
}

}  // namespace superconfig::detail
