#include "value/nodes.hpp"
#include "sync/blocks.hpp"
#include "value/copy.hpp"
#include "value/lookup.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <new>

namespace superconfig {
namespace detail {

// ---- names ----

std::uint32_t hash_of(std::string_view text) noexcept { return hash_name(text); }

namespace {
// The characters are padded with zeros, so that they can be compared by words.
std::size_t padded(std::size_t size) noexcept { return size == 0 ? 8 : (size + 7) / 8 * 8; }
}  // namespace

void destroy(NameNode* node) noexcept { sync::give_block(node, sizeof(NameNode) + padded(node->size)); }

}  // namespace detail

Name::Name(const detail::NameNode& from) {
  using detail::NameNode;
  const auto bytes = sizeof(NameNode) + detail::padded(from.size);
  auto* node = static_cast<NameNode*>(sync::take_block(bytes));
  new (node) NameNode{{1}, from.hash, from.size};
  std::memcpy(static_cast<void*>(node + 1), from.chars(), bytes - sizeof(NameNode));
  node_ = node;
}

Name::Name(std::string_view text) {
  using detail::NameNode;
  const auto padded = detail::padded(text.size());
  auto* node = static_cast<NameNode*>(sync::take_block(sizeof(NameNode) + padded));
  new (node) NameNode{{1}, detail::hash_of(text), static_cast<std::uint32_t>(text.size())};
  auto* chars = reinterpret_cast<char*>(node + 1);
  std::memset(chars + padded - 8, 0, 8);
  if (!text.empty()) std::memcpy(chars, text.data(), text.size());
  node_ = node;
}

namespace detail {

// ---- allocation ----

namespace {

template <class T>
T* make(std::size_t more_bytes) {
  return new (sync::take_block(sizeof(T) + more_bytes)) T();
}
template <class T>
void unmake(T* node, std::size_t more_bytes) noexcept {
  node->~T();
  sync::give_block(node, sizeof(T) + more_bytes);
}

std::size_t delta_bytes(std::uint32_t count) noexcept { return count * (sizeof(Entry) + sizeof(Change)); }

FlatDict* make_flat(std::uint32_t capacity) {
  auto* d = make<FlatDict>(flat_bytes(capacity));
  d->capacity = capacity;
  if (const auto n = index_size(capacity)) std::memset(static_cast<void*>(slots(d)), 0, n * sizeof(IndexSlot));
  return d;
}

void index_entry(FlatDict* d, std::uint32_t position) noexcept {
  const auto hash = d->entries()[position].name.hash();
  if (d->capacity <= largest_unindexed) {
    hashes(d)[position] = hash;
    return;
  }
  const auto mask = index_size(d->capacity) - 1;
  auto at = hash & mask;
  while (slots(d)[at].position_plus_one != 0) at = (at + 1) & mask;
  slots(d)[at] = {hash, position + 1};
}

void absorb(Node& parent, std::string_view name, const Value& child) noexcept {
  if (child.counted()) {
    const auto* node = child.node();
    parent.flags |= node->flags & (Node::may_hold_edits | Node::holds_pending);
    const auto height = std::min<std::uint32_t>(height_of(child), UINT16_MAX);
    if (height > parent.height) parent.height = static_cast<std::uint16_t>(height);
    if (is_edit(child)) parent.flags |= Node::may_hold_edits | Node::holds_pending;
  }
  if (helper_of(name, child).kind != HelperKind::none) parent.flags |= Node::may_hold_edits;
}

// Appends to a flat dict with room; the name is known not to be there.
void flat_append(FlatDict* d, Entry entry) noexcept {
  auto* at = new (d->entries() + d->count) Entry(std::move(entry));
  absorb(*d, at->name, at->value);
  index_entry(d, d->count++);
}

DeltaDict* make_delta(std::uint32_t count, FlatDict* base) {
  auto* d = make<DeltaDict>(delta_bytes(count));
  d->flags = static_cast<std::uint8_t>((base->flags & 0x0FU) | (count << 4U));
  d->height = base->height;
  d->base = base;
  retain(base);
  return d;
}
Change* changes_of(DeltaDict* d) noexcept { return reinterpret_cast<Change*>(d->entries() + d->count()); }

// A delta with one change more than `old` (nullptr: than the base), at its place; the entries of an unshared `old`
// are moved. `old` keeps its count and is released by the caller.
struct Inserted {
  DeltaDict* delta;
  Entry* entry;
};
Inserted insert_change(DeltaDict* old, FlatDict* base, bool movable, Entry entry, std::uint32_t position) {
  const std::uint32_t n = old ? old->count() : 0;
  auto* d = make_delta(n + 1, base);
  if (old) {
    d->flags |= old->flags & 0x0FU;
    d->height = std::max(d->height, old->height);
  }
  Entry* made = nullptr;
  const auto hash = entry.name.hash();
  std::uint32_t to = 0;
  const auto put_new = [&] {
    made = new (d->entries() + to) Entry(std::move(entry));
    changes_of(d)[to++] = {position, hash};
  };
  for (std::uint32_t i = 0; i < n; ++i) {
    const auto change = old->changes()[i];
    if (!made && position < change.position) put_new();
    auto& from = old->entries()[i];
    new (d->entries() + to) Entry(movable ? std::move(from) : from);
    changes_of(d)[to++] = change;
  }
  if (!made) put_new();
  return {d, made};
}

// All entries of a dict in one new flat dict with room for `room` more.
FlatDict* flatten(const Node* dict, std::uint32_t room) {
  const auto size = dict->kind == NodeKind::flat_dict ? static_cast<const FlatDict*>(dict)->count
                                                      : static_cast<const DeltaDict*>(dict)->size();
  auto* flat = make_flat(size + room);
  flat->flags = dict->flags & 0x0FU;
  flat->height = dict->height;
  const auto add = [flat](const Entry& entry) {
    new (flat->entries() + flat->count) Entry(entry);
    index_entry(flat, flat->count++);
  };
  if (dict->kind == NodeKind::flat_dict) {
    for (std::uint32_t i = 0; i < size; ++i) add(static_cast<const FlatDict*>(dict)->entries()[i]);
    return flat;
  }
  const auto* delta = static_cast<const DeltaDict*>(dict);
  std::uint32_t change = 0;
  for (std::uint32_t i = 0; i < size; ++i) {
    if (change < delta->count() && delta->changes()[change].position == i) {
      add(delta->entries()[change++]);
    } else {
      add(delta->base->entries()[i]);
    }
  }
  return flat;
}

// How much room a dict of so many entries gets for one more. One that needs no index stays without as long as it can.
std::uint32_t room_beyond(std::uint32_t count) noexcept {
  if (count < largest_unindexed) return std::min(count / 2 + 2, largest_unindexed - count);
  return std::max(count / 2, 2U);
}

// The entries of an unshared dict, moved to one with more room; `old` is left empty.
FlatDict* grow(FlatDict* old) {
  auto* d = make_flat(old->count + room_beyond(old->count));
  d->flags = old->flags;
  d->height = old->height;
  for (std::uint32_t i = 0; i < old->count; ++i) {
    new (d->entries() + i) Entry(std::move(old->entries()[i]));
    old->entries()[i].~Entry();
    index_entry(d, d->count++);
  }
  old->count = 0;
  return d;
}

void set_node(Value& value, Value::Tag tag, Node* node) noexcept { value = Value::adopt(tag, node); }

}  // namespace

// ---- destruction ----

namespace {

void destroy_entries(Entry* entries, std::uint32_t count) noexcept {
  for (std::uint32_t i = 0; i < count; ++i) entries[i].~Entry();
}

void destroy_now(Node* node) noexcept {
  switch (node->kind) {
    case NodeKind::string: {
      auto* text = static_cast<StringNode*>(node);
      unmake(text, text->size);
      break;
    }
    case NodeKind::text: {
      auto* text = static_cast<TextNode*>(node);
      unmake(text, text->size);
      break;
    }
    case NodeKind::edit: unmake(static_cast<EditNode*>(node), 0); break;
    case NodeKind::array: {
      auto* a = static_cast<ArrayNode*>(node);
      for (std::uint32_t i = 0; i < a->count; ++i) a->items()[i].~Item();
      unmake(a, a->capacity * sizeof(Item));
      break;
    }
    case NodeKind::flat_dict: {
      auto* d = static_cast<FlatDict*>(node);
      destroy_entries(d->entries(), d->count);
      unmake(d, flat_bytes(d->capacity));
      break;
    }
    case NodeKind::delta_dict: {
      auto* d = static_cast<DeltaDict*>(node);
      destroy_entries(d->entries(), d->count());
      release(d->base);
      unmake(d, delta_bytes(d->count()));
      break;
    }
  }
}

}  // namespace

void destroy(Node* node) noexcept {
  // Trees that programs build can be deeper than the stack. Parsed ones never are: their depth is limited.
  // (A pointer to a local: values in static storage die after the thread's own objects.)
  static thread_local std::vector<Node*>* waiting = nullptr;
  constexpr std::uint32_t deepest = 1000;
  if (node->height < deepest) return destroy_now(node);
  if (waiting) {
    waiting->push_back(node);
    return;
  }
  std::vector<Node*> nodes{node};
  waiting = &nodes;
  while (!nodes.empty()) {
    auto* next = nodes.back();
    nodes.pop_back();
    destroy_now(next);
  }
  waiting = nullptr;
}

// ---- finding ----

const Entry* find(const Node* dict, std::string_view name, std::uint32_t hash) noexcept {
  return find_entry(dict, name, hash);
}

const Entry* find(const Node* dict, const Name& name) noexcept {
  const auto same = [node = name.node()](const Name& other) { return same_name(node, other.node()); };
  if (dict->kind == NodeKind::flat_dict) {
    const auto* flat = static_cast<const FlatDict*>(dict);
    const auto at = flat_position(flat, name.hash(), same);
    return at == nowhere ? nullptr : flat->entries() + at;
  }
  return delta_find(static_cast<const DeltaDict*>(dict), name.hash(), same);
}

// ---- helper names ----

Helper helper_of(std::string_view name) noexcept {
  if (name.size() < 5) return {};
  const auto last = name.back();
  if (last != 'd' && last != 'e' && last != 't') return {};  // most names, at once
  const auto strip = [name](std::string_view suffix) { return name.substr(0, name.size() - suffix.size()); };
  const auto ends_like_edit = [](std::string_view base) { return base.ends_with("_add") || base.ends_with("_remove"); };
  Helper helper;
  if (name.ends_with("_add")) {
    helper = {HelperKind::add, strip("_add")};
  } else if (name.ends_with("_remove")) {
    helper = {HelperKind::remove, strip("_remove")};
  } else if (name.ends_with("!unset")) {
    return {HelperKind::unset, strip("!unset")};
  } else if (name.ends_with("!replace")) {
    return {HelperKind::replace, strip("!replace")};
  }
  if (helper.base.empty() || ends_like_edit(helper.base)) return {};
  return helper;
}

Helper helper_of(std::string_view name, const Value& value) noexcept {
  const auto helper = helper_of(name);
  switch (helper.kind) {
    case HelperKind::add:
    case HelperKind::remove:
      // Text may turn out to be a comma-separated list, if what it edits is an array.
      if (value.tag() == Value::Tag::array || value.tag() == Value::Tag::text) return helper;
      return {};
    case HelperKind::unset: return value.tag() == Value::Tag::boolean && value.as_bool() == true ? helper : Helper{};
    default: return helper;
  }
}

// ---- editing ----

EditedEntry edit_entry(Value& dict, const Name& name, IfShared if_shared) {
  auto* node = dict.node();
  const bool alone = unshared(dict);
  const auto same = [wanted = name.node()](const Name& other) { return same_name(wanted, other.node()); };

  if (node->kind == NodeKind::delta_dict) {
    auto* delta = static_cast<DeltaDict*>(node);
    const auto n = delta->count();
    std::uint32_t changed = 0;
    while (changed < n && !(delta->changes()[changed].hash == name.hash() && same(delta->entries()[changed].name)))
      ++changed;
    if (alone && changed < n) return {delta->entries() + changed, false};
    if (!alone && changed < n && if_shared == IfShared::make_delta) {  // a copy of the delta
      auto* copy = make_delta(n, delta->base);
      copy->flags |= delta->flags & 0x0FU;
      copy->height = delta->height;
      for (std::uint32_t i = 0; i < n; ++i) {
        new (copy->entries() + i) Entry(delta->entries()[i]);
        changes_of(copy)[i] = delta->changes()[i];
      }
      set_node(dict, Value::Tag::dict, copy);
      return {copy->entries() + changed, false};
    }
    if (n < most_changes && (alone || if_shared == IfShared::make_delta)) {
      const auto at = flat_position(delta->base, name.hash(), same);
      const bool made = at == nowhere;
      auto inserted = insert_change(delta, delta->base, alone, made ? Entry{name, {}, {}} : delta->base->entries()[at],
                                    made ? delta->size() : at);
      set_node(dict, Value::Tag::dict, inserted.delta);
      return {inserted.entry, made};
    }
    set_node(dict, Value::Tag::dict, flatten(delta, 1));
    return edit_entry(dict, name, if_shared);
  }

  auto* flat = static_cast<FlatDict*>(node);
  const auto at = flat_position(flat, name.hash(), same);
  const bool made = at == nowhere;
  if (!alone && flat->count > 1 && if_shared == IfShared::make_delta) {
    auto inserted =
        insert_change(nullptr, flat, false, made ? Entry{name, {}, {}} : flat->entries()[at], made ? flat->count : at);
    set_node(dict, Value::Tag::dict, inserted.delta);
    return {inserted.entry, made};
  }
  if (!alone) {
    flat = flatten(flat, made ? std::min(room_beyond(flat->count), 16U) : 0);
    set_node(dict, Value::Tag::dict, flat);
  }
  if (!made) return {flat->entries() + at, false};
  if (flat->count == flat->capacity) {
    flat = grow(flat);
    set_node(dict, Value::Tag::dict, flat);
  }
  flat_append(flat, Entry{name, {}, {}});
  return {flat->entries() + flat->count - 1, true};
}

void note_child(Value& parent, std::string_view name, const Value& child) noexcept {
  absorb(*parent.node(), name, child);
}

bool erase_entry(Value& dict, std::string_view name) {
  if (!find(dict.node(), name, hash_of(name))) return false;
  if (!unshared(dict) || dict.node()->kind == NodeKind::delta_dict)
    set_node(dict, Value::Tag::dict, flatten(dict.node(), 0));
  auto* flat = static_cast<FlatDict*>(dict.node());
  std::uint32_t at = 0;
  while (flat->entries()[at].name.view() != name) ++at;
  for (auto i = at; i + 1 < flat->count; ++i) flat->entries()[i] = std::move(flat->entries()[i + 1]);
  flat->entries()[--flat->count].~Entry();
  if (const auto n = index_size(flat->capacity)) std::memset(static_cast<void*>(slots(flat)), 0, n * sizeof(IndexSlot));
  for (std::uint32_t i = 0; i < flat->count; ++i) index_entry(flat, i);
  return true;
}

std::span<Item> edit_items(Value& array) {
  auto* node = static_cast<ArrayNode*>(array.node());
  if (!unshared(array)) {
    auto* copy = make<ArrayNode>(node->count * sizeof(Item));
    copy->capacity = node->count;
    copy->flags = node->flags;
    copy->height = node->height;
    for (; copy->count < node->count; ++copy->count) new (copy->items() + copy->count) Item(node->items()[copy->count]);
    set_node(array, Value::Tag::array, copy);
    node = copy;
  }
  return {node->items(), node->count};
}

void append(Value& array, Item item) {
  auto* node = static_cast<ArrayNode*>(array.node());
  const bool alone = unshared(array);
  if (!alone || node->count == node->capacity) {
    const auto capacity = alone ? std::max(node->capacity * 2, 4U) : node->count + 1;
    auto* copy = make<ArrayNode>(capacity * sizeof(Item));
    copy->capacity = capacity;
    copy->flags = node->flags;
    copy->height = node->height;
    for (; copy->count < node->count; ++copy->count) {
      auto& from = node->items()[copy->count];
      new (copy->items() + copy->count) Item(alone ? std::move(from) : from);
    }
    set_node(array, Value::Tag::array, copy);
    node = copy;
  }
  absorb(*node, {}, item.value);
  new (node->items() + node->count) Item(std::move(item));
  ++node->count;
}

void erase_item(Value& array, std::size_t index) {
  const auto items = edit_items(array);
  auto* node = static_cast<ArrayNode*>(array.node());
  std::move(items.begin() + static_cast<std::ptrdiff_t>(index) + 1, items.end(),
            items.begin() + static_cast<std::ptrdiff_t>(index));
  node->items()[--node->count].~Item();
}

bool is_delta(const Value& dict) noexcept {
  return dict.tag() == Value::Tag::dict && dict.node()->kind == NodeKind::delta_dict;
}

Value make_edit(std::vector<Edit> edits) {
  auto* node = make<EditNode>(0);
  node->edits = std::move(edits);
  node->flags = Node::may_hold_edits | Node::holds_pending;
  return Value::adopt(Value::Tag::edit, node);
}
const std::vector<Edit>& edits_of(const Value& edit) noexcept {
  return static_cast<const EditNode*>(edit.node())->edits;
}

// ---- deep copies ----

namespace {

Name copy_of(const Name& name) {
  const auto* from = name.node();
  if (from == nullptr) return {};
  return Name(*from);
}

Value copy_levels(const Value& value) {
  switch (value.tag()) {
    case Value::Tag::string: return Value(*value.as_string());
    case Value::Tag::text:
      return Value::text(value.characters(), copy_levels(value.text_guess()), value.is_comma_list());
    case Value::Tag::edit: {
      auto edits = edits_of(value);
      for (auto& edit : edits) edit.value = copy_levels(edit.value);
      return make_edit(std::move(edits));
    }
    case Value::Tag::array: {
      const auto items = value.items();
      auto* node = make<ArrayNode>(items.size() * sizeof(Item));
      auto made = Value::adopt(Value::Tag::array, node);
      node->capacity = static_cast<std::uint32_t>(items.size());
      for (const auto& item : items) {
        new (node->items() + node->count) Item{copy_levels(item.value), item.mark};
        ++node->count;
      }
      node->flags = value.node()->flags;
      node->height = value.node()->height;
      return made;
    }
    case Value::Tag::dict: {
      auto* node = make_flat(static_cast<std::uint32_t>(value.size()));
      auto made = Value::adopt(Value::Tag::dict, node);
      for (const auto& entry : value.entries())
        flat_append(node, {copy_of(entry.name), copy_levels(entry.value), entry.mark});
      return made;
    }
    default: return value;
  }
}

}  // namespace

Value deep_copy(const Value& value) { return height_of(value) > most_levels ? value : copy_levels(value); }

}  // namespace detail

// ---- Value ----

using detail::ArrayNode;
using detail::DeltaDict;
using detail::FlatDict;
using detail::NodeKind;
using detail::StringNode;
using detail::TextNode;

Value::Value(std::string_view text) : tag_(Tag::short_string) {
  if (text.size() <= sizeof raw_) {
    if (!text.empty()) std::memcpy(raw_, text.data(), text.size());
    size_ = static_cast<std::uint8_t>(text.size());
    return;
  }
  auto* node = detail::make<StringNode>(text.size());
  node->size = text.size();
  std::memcpy(node->chars(), text.data(), text.size());
  tag_ = Tag::string;
  store<detail::Node*>(node);
}

Value::Value(const Datetime& t) noexcept : tag_(Tag::datetime) {
  // 14 bytes, packed by hand.
  static_assert(sizeof raw_ >= 14);
  std::memcpy(raw_, &t.year, 2);
  raw_[2] = t.month;
  raw_[3] = t.day;
  raw_[4] = t.hour;
  raw_[5] = t.minute;
  raw_[6] = t.second;
  raw_[7] = static_cast<unsigned char>(t.form);
  std::memcpy(raw_ + 8, &t.nanosecond, 4);
  std::memcpy(raw_ + 12, &t.offset_minutes, 2);
}

Value Value::array(std::span<Item> items) {
  auto* node = detail::make<ArrayNode>(items.size() * sizeof(Item));
  node->capacity = static_cast<std::uint32_t>(items.size());
  for (auto& item : items) {
    detail::absorb(*node, {}, item.value);
    new (node->items() + node->count++) Item(std::move(item));
  }
  return adopt(Tag::array, node);
}
Value Value::array(std::initializer_list<Value> values) {
  std::vector<Item> items;
  items.reserve(values.size());
  for (const auto& value : values) items.push_back({value, {}});
  return array(std::span<Item>(items));
}

Value Value::dict(std::span<Entry> entries, DuplicateName* duplicate) {
  auto* node = detail::make_flat(static_cast<std::uint32_t>(entries.size()));
  auto made = adopt(Tag::dict, node);
  bool reported = false;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto& entry = entries[i];
    const auto at = detail::flat_position(node, entry.name.hash(), [wanted = entry.name.node()](const Name& other) {
      return detail::same_name(wanted, other.node());
    });
    if (at == detail::nowhere) {
      detail::flat_append(node, std::move(entry));
      continue;
    }
    if (duplicate && !reported) *duplicate = {at, i};
    reported = true;
    node->entries()[at].value = std::move(entry.value);
    node->entries()[at].mark = entry.mark;
    detail::absorb(*node, node->entries()[at].name, node->entries()[at].value);
  }
  return made;
}
Value Value::dict(std::initializer_list<std::pair<std::string_view, Value>> pairs) {
  std::vector<Entry> entries;
  entries.reserve(pairs.size());
  for (const auto& [name, value] : pairs) entries.push_back({Name(name), value, {}});
  return dict(std::span<Entry>(entries));
}

Value Value::text(std::string_view characters, Value guess, bool comma_list) {
  auto* node = detail::make<TextNode>(characters.size());
  node->guess = guess.is_text() ? Value(guess.text_guess()) : std::move(guess);  // a guess is no text itself
  node->height = static_cast<std::uint16_t>(std::min<std::uint32_t>(detail::height_of(node->guess), UINT16_MAX));
  node->size = characters.size();
  if (comma_list) node->flags |= detail::Node::comma_list;
  constexpr std::uint8_t edits = detail::Node::may_hold_edits | detail::Node::holds_pending;
  if (node->guess.counted()) node->flags |= static_cast<std::uint8_t>(node->guess.node()->flags & edits);
  if (!characters.empty()) std::memcpy(node->chars(), characters.data(), characters.size());
  return adopt(Tag::text, node);
}

std::string_view Value::characters() const noexcept {
  if (tag_ != Tag::text) return as_string().value_or(std::string_view());
  const auto* node = static_cast<const TextNode*>(this->node());
  return {node->chars(), node->size};
}
const Value& Value::text_guess() const noexcept {
  return tag_ == Tag::text ? static_cast<const TextNode*>(node())->guess : *this;
}
bool Value::is_comma_list() const noexcept {
  return tag_ == Tag::text && (node()->flags & detail::Node::comma_list) != 0;
}

std::optional<bool> Value::as_bool() const noexcept {
  if (tag_ == Tag::text) return text_guess().as_bool();
  if (tag_ != Tag::boolean) return {};
  return bits() != 0;
}
std::optional<std::int64_t> Value::as_i64() const noexcept {
  if (tag_ == Tag::text) return text_guess().as_i64();
  if (tag_ != Tag::i64) return {};
  return static_cast<std::int64_t>(bits());
}
std::optional<std::uint64_t> Value::as_u64() const noexcept {
  if (tag_ == Tag::text) return text_guess().as_u64();
  if (tag_ == Tag::u64 || (tag_ == Tag::i64 && static_cast<std::int64_t>(bits()) >= 0)) return bits();
  return {};
}
std::optional<double> Value::as_f64() const noexcept {
  if (tag_ == Tag::text) return text_guess().as_f64();
  if (tag_ != Tag::f64) return {};
  return load<double>();
}
std::optional<std::string_view> Value::as_string() const noexcept {
  switch (tag_) {
    case Tag::short_string: return std::string_view(reinterpret_cast<const char*>(raw_), size_);
    case Tag::string: {
      const auto* node = static_cast<const StringNode*>(this->node());
      return std::string_view(node->chars(), node->size);
    }
    case Tag::text: return text_guess().as_string();
    default: return {};
  }
}
std::optional<Datetime> Value::as_datetime() const noexcept {
  if (tag_ == Tag::text) return text_guess().as_datetime();
  if (tag_ != Tag::datetime) return {};
  Datetime t;
  std::memcpy(&t.year, raw_, 2);
  t.month = raw_[2];
  t.day = raw_[3];
  t.hour = raw_[4];
  t.minute = raw_[5];
  t.second = raw_[6];
  t.form = static_cast<Datetime::Form>(raw_[7]);
  std::memcpy(&t.nanosecond, raw_ + 8, 4);
  std::memcpy(&t.offset_minutes, raw_ + 12, 2);
  return t;
}

std::size_t Value::size() const noexcept {
  switch (tag_) {
    case Tag::text: return text_guess().size();
    case Tag::array: return static_cast<const ArrayNode*>(node())->count;
    case Tag::dict:
      return node()->kind == NodeKind::flat_dict ? static_cast<const FlatDict*>(node())->count
                                                 : static_cast<const DeltaDict*>(node())->size();
    default: return 0;
  }
}
const Entry* Value::find(std::string_view name) const noexcept {
  if (tag_ == Tag::text) return text_guess().find(name);
  if (tag_ != Tag::dict) return nullptr;
  return detail::find(node(), name, detail::hash_of(name));
}
const Item* Value::at(std::size_t index) const noexcept {
  const auto all = items();
  return index < all.size() ? &all[index] : nullptr;
}
std::span<const Item> Value::items() const noexcept {
  if (tag_ == Tag::text) return text_guess().items();
  if (tag_ != Tag::array) return {};
  const auto* array = static_cast<const ArrayNode*>(node());
  return {array->items(), array->count};
}
DictView Value::entries() const noexcept {
  if (tag_ == Tag::text) return text_guess().entries();
  DictView view;
  if (tag_ != Tag::dict) return view;
  view.node_ = node();
  view.size_ = static_cast<std::uint32_t>(size());
  return view;
}

void DictView::iterator::settle() noexcept {
  if (node_->kind == NodeKind::flat_dict) {
    current_ = static_cast<const FlatDict*>(node_)->entries() + position_;
    change_ = flat;
    return;
  }
  const auto* delta = static_cast<const DeltaDict*>(node_);
  if (change_ < delta->count() && delta->changes()[change_].position == position_) {
    current_ = delta->entries() + change_++;
  } else {
    current_ = delta->base->entries() + position_;
  }
}
DictView::iterator DictView::begin() const noexcept {
  iterator it;
  it.node_ = node_;
  if (node_) it.settle();
  return it;
}
DictView::iterator DictView::end() const noexcept {
  iterator it;
  it.node_ = node_;
  it.position_ = size_;
  return it;
}

void Value::set(const Name& name, Value value, Mark mark) {
  if (tag_ != Tag::dict) *this = dict(std::span<Entry>());
  auto slot = detail::edit_entry(*this, name);
  slot.entry->value = std::move(value);
  slot.entry->mark = mark;
  detail::note_child(*this, name, slot.entry->value);
}
void Value::set(std::string_view name, Value value, Mark mark) { set(Name(name), std::move(value), mark); }
bool Value::erase(std::string_view name) { return tag_ == Tag::dict && detail::erase_entry(*this, name); }
void Value::push_back(Value value, Mark mark) {
  if (tag_ != Tag::array) *this = array(std::span<Item>());
  detail::append(*this, {std::move(value), mark});
}

}  // namespace superconfig
