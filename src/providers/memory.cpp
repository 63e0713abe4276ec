// Providers whose content is in memory: values of the program, and filters of other providers.

#include "superconfig/providers/memory.hpp"
#include "providers/problems.hpp"
#include "providers/prune.hpp"
#include "value/nodes.hpp"

namespace superconfig {
namespace detail {

bool is_empty(const Value& value) {
  if (is_edit(value)) return false;
  switch (value.kind()) {
    case Kind::null: return true;
    case Kind::string: return value.as_string()->empty();
    case Kind::array:
    case Kind::dict: return value.size() == 0;
    default: return false;
  }
}

Value without_empty(const Value& value) {
  if (is_edit(value)) return value;
  if (value.is_dict()) {
    std::vector<Entry> entries;
    for (const auto& entry : value.entries()) {
      auto kept = without_empty(entry.value);
      if (!is_empty(kept)) entries.push_back({entry.name, std::move(kept), entry.mark});
    }
    return Value::dict(std::span<Entry>(entries));
  }
  if (value.is_array()) {
    std::vector<Item> items;
    for (const auto& item : value.items()) {
      auto kept = without_empty(item.value);
      if (!is_empty(kept)) items.push_back({std::move(kept), item.mark});
    }
    return Value::array(std::span<Item>(items));
  }
  return value;
}

Value marked(const Value& value, Mark mark) {
  const auto or_mark = [mark](Mark own) { return own.source == 0 ? mark : own; };
  if (value.tag() == Value::Tag::dict) {
    std::vector<Entry> entries;
    entries.reserve(value.size());
    for (const auto& entry : value.entries())
      entries.push_back({entry.name, marked(entry.value, mark), or_mark(entry.mark)});
    return Value::dict(std::span<Entry>(entries));
  }
  if (value.tag() == Value::Tag::array) {
    std::vector<Item> items;
    items.reserve(value.size());
    for (const auto& item : value.items()) items.push_back({marked(item.value, mark), or_mark(item.mark)});
    return Value::array(std::span<Item>(items));
  }
  return value;
}

Loaded loaded_value(std::string_view name, Value tree, std::string_view profile) {
  Loaded loaded;
  const auto source = Source::other(name);
  loaded.sources.push_back(source);
  // What is too deep stays as it is: it will be refused.
  if (height_of(tree) <= most_levels) tree = marked(tree, source.mark());
  loaded.content.push_back({std::string(profile), std::move(tree), source.mark()});
  return loaded;
}

}  // namespace detail

namespace {

// A value below a key whose segments are separated by dots.
Value below_key(std::string_view key, Value value, Mark mark) {
  for (;;) {
    const auto dot = key.rfind('.');
    const auto segment = dot == std::string_view::npos ? key : key.substr(dot + 1);
    Entry entry{Name(segment), std::move(value), mark};
    value = Value::dict(std::span<Entry>(&entry, 1));
    if (dot == std::string_view::npos) return value;
    key = key.substr(0, dot);
  }
}

Error no_dict(const Value& value, std::string_view profile, Mark mark) {
  Error error;
  error.code = ErrorCode::invalid_type;
  error.profile = profile;
  error.expected = "a dict";
  error.found = std::string(name_of(value.kind()));
  error.origin = origin_of(mark);
  return error;
}

}  // namespace

std::string Warning::to_string() const {
  std::string text = origin.known() ? origin.to_string() + ": " : std::string();
  if (!path.empty()) text += path_text(path) + ": ";
  text += message;
  for (const auto& other : related) text += "; see " + other.to_string();
  return text;
}

Defaults::Defaults(Value tree, const std::source_location& place) : tree_(std::move(tree)), mark_(code_mark(place)) {}

Defaults Defaults::named(std::string_view name) const {
  auto copy = *this;
  copy.source_ = Source::other(name);
  copy.mark_ = copy.source_.mark();
  return copy;
}
Defaults Defaults::at(std::string_view key) const {
  auto copy = *this;
  copy.key_ = key;
  return copy;
}

Defaults Defaults::of(const Shape& shape) const {
  auto copy = *this;
  copy.shape_ = &shape;
  return copy;
}

KnownShape Defaults::described() const {
  KnownShape known{shape_, {}};
  for (std::string_view rest = key_; !rest.empty();) {
    const auto dot = rest.find('.');
    known.path.emplace_back(rest.substr(0, dot));
    rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
  }
  return known;
}

Metadata Defaults::metadata() const {
  return {source_ ? std::string(source_.name()) : "defaults", source_ ? std::string() : origin_of(mark_).to_string()};
}

Result<Loaded> Defaults::load(const Below&) const {
  if (detail::height_of(tree_) > detail::most_levels) return detail::too_deep(mark_);
  auto tree = detail::marked(tree_, mark_);
  if (!key_.empty()) tree = below_key(key_, std::move(tree), mark_);
  if (!tree.is_dict()) return no_dict(tree, target(), mark_);
  Loaded loaded;
  if (source_) loaded.sources.push_back(source_);
  loaded.content.push_back({target(), Value(tree.text_guess()), mark_});
  return loaded;
}

Pair::Pair(std::string_view key, Value value, const std::source_location& place)
    : key_(key), value_(std::move(value)), mark_(code_mark(place)) {
  profile_ = global_profile;
}
Metadata Pair::metadata() const { return {"`" + key_ + "`", origin_of(mark_).to_string()}; }
Result<Loaded> Pair::load(const Below&) const {
  if (detail::height_of(value_) > detail::most_levels) return detail::too_deep(mark_);
  Loaded loaded;
  loaded.content.push_back({target(), below_key(key_, detail::marked(value_, mark_), mark_), mark_});
  return loaded;
}

Result<Loaded> Empty::load(const Below& below) const {
  auto loaded = inner_->load(below);
  if (!loaded) return loaded;
  for (const auto& content : loaded->content)
    if (detail::height_of(content.tree) > detail::most_levels) return detail::too_deep(content.mark);
  for (auto& content : loaded->content) content.tree = detail::without_empty(content.tree);
  return loaded;
}

}  // namespace superconfig
