// The nodes behind Value, and the only functions that change them.
//
// Dicts have two forms. A flat dict holds its entries in order, and an index. A delta dict holds a flat base and up
// to `most_changes` changed or appended entries, sorted by position: this is what editing a shared dict costs,
// whatever the size of the base. A delta over a delta merges into one; beyond the limit it becomes flat.
//
// Functions named `edit_…` take a Value that the caller owns and make its node unshared first: nobody else can see
// the change. A reference they return is valid until the next edit of the same dict or array.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "superconfig/value.hpp"

namespace superconfig::detail {

inline constexpr std::uint32_t most_changes = 8;
inline constexpr std::uint32_t largest_unindexed = 8;

struct FlatDict : Node {
  std::uint32_t count = 0;
  std::uint32_t capacity = 0;
  // Then `capacity` entries; then, up to `largest_unindexed`, a hash an entry, else an open addressing table of
  // IndexSlot, a power of two at least 1.5 times the capacity.
  FlatDict() noexcept : Node(NodeKind::flat_dict) {}
  [[nodiscard]] Entry* entries() noexcept { return reinterpret_cast<Entry*>(this + 1); }
  [[nodiscard]] const Entry* entries() const noexcept { return reinterpret_cast<const Entry*>(this + 1); }
};

struct Change {  // beside each changed entry of a delta
  std::uint32_t position;
  std::uint32_t hash;
};

struct DeltaDict : Node {
  FlatDict* base = nullptr;
  // Then `count()` entries, then as many Changes. The count lies in the upper half of the flags.
  DeltaDict() noexcept : Node(NodeKind::delta_dict) {}
  [[nodiscard]] std::uint32_t count() const noexcept { return static_cast<std::uint32_t>(flags) >> 4U; }
  [[nodiscard]] Entry* entries() noexcept { return reinterpret_cast<Entry*>(this + 1); }
  [[nodiscard]] const Entry* entries() const noexcept { return reinterpret_cast<const Entry*>(this + 1); }
  [[nodiscard]] const Change* changes() const noexcept { return reinterpret_cast<const Change*>(entries() + count()); }
  [[nodiscard]] std::uint32_t size() const noexcept {
    const auto last = changes()[count() - 1].position;
    return last >= base->count ? last + 1 : base->count;
  }
};

struct ArrayNode : Node {
  std::uint32_t count = 0;
  std::uint32_t capacity = 0;
  ArrayNode() noexcept : Node(NodeKind::array) {}
  [[nodiscard]] Item* items() noexcept { return reinterpret_cast<Item*>(this + 1); }
  [[nodiscard]] const Item* items() const noexcept { return reinterpret_cast<const Item*>(this + 1); }
};

struct StringNode : Node {
  std::size_t size = 0;
  StringNode() noexcept : Node(NodeKind::string) {}
  [[nodiscard]] char* chars() noexcept { return reinterpret_cast<char*>(this + 1); }
  [[nodiscard]] const char* chars() const noexcept { return reinterpret_cast<const char*>(this + 1); }
};

struct TextNode : Node {
  Value guess;
  std::size_t size = 0;
  TextNode() noexcept : Node(NodeKind::text) {}
  [[nodiscard]] char* chars() noexcept { return reinterpret_cast<char*>(this + 1); }
  [[nodiscard]] const char* chars() const noexcept { return reinterpret_cast<const char*>(this + 1); }
};

/// One pending edit of the value that the profiles below give.
struct Edit {
  enum class Type : std::uint8_t {
    add,      ///< value: an array whose items are appended
    remove,   ///< value: an array; items equal to any of its are taken out
    element,  ///< value is composed over item `index`; index == length appends
    unset,    ///< what is below is taken out
    replace   ///< value is put whole
  };
  Type type = Type::add;
  std::uint32_t index = 0;
  Value value;
  Mark mark;
};

/// Edits kept until the value they edit is known: in layers as they are loaded, and in the trees of profiles other
/// than `default`. The composed view never holds one.
struct EditNode : Node {
  std::vector<Edit> edits;
  EditNode() noexcept : Node(NodeKind::edit) {}
};

inline bool is_edit(const Value& value) noexcept { return value.tag() == Value::Tag::edit; }
Value make_edit(std::vector<Edit> edits);
const std::vector<Edit>& edits_of(const Value& edit) noexcept;

/// True if the node behind the value, or one below it, has the flag.
inline bool has_flag(const Value& value, std::uint8_t flag) noexcept {
  return value.counted() && (value.node()->flags & flag) != 0;
}
/// Levels of arrays and dicts from the value down, itself included. Text has those of its guess.
inline std::uint32_t height_of(const Value& value) noexcept {
  if (value.tag() == Value::Tag::array || value.tag() == Value::Tag::dict) return value.node()->height + 1U;
  return value.tag() == Value::Tag::text ? value.node()->height : 0U;
}
/// Deeper trees are refused as layers: what reads, prints and composes recurses over levels.
inline constexpr std::uint32_t most_levels = 500;
/// True if nobody else holds the node, so that it may be edited in place.
inline bool unshared(const Value& value) noexcept {
  return value.counted() && value.node()->refs.load(std::memory_order_acquire) == 1;
}

/// `base` and what is done to it, if the name has the form of an array edit or marker.
enum class HelperKind : std::uint8_t { none, add, remove, unset, replace };
struct Helper {
  HelperKind kind = HelperKind::none;
  std::string_view base;
};
Helper helper_of(std::string_view name) noexcept;
/// The same, and the value has the form that makes it one.
Helper helper_of(std::string_view name, const Value& value) noexcept;

const Entry* find(const Node* dict, std::string_view name, std::uint32_t hash) noexcept;
const Entry* find(const Node* dict, const Name& name) noexcept;

/// The entry of that name in a dict that is now unshared; made (null, unknown mark) at the end if it is not there.
/// After the entry was changed, `note_child` must be called with the dict.
enum class IfShared : std::uint8_t {
  make_delta,
  copy  ///< where more changes will follow, and before anybody holds the result
};
struct EditedEntry {
  Entry* entry = nullptr;
  bool made = false;
};
EditedEntry edit_entry(Value& dict, const Name& name, IfShared if_shared = IfShared::make_delta);
/// Keeps the dict's or array's flags and height true after a change of a child (a conservative over-estimate).
void note_child(Value& parent, std::string_view name, const Value& child) noexcept;
/// The items of an array that is now unshared.
std::span<Item> edit_items(Value& array);
void append(Value& array, Item item);
void erase_item(Value& array, std::size_t index);
bool erase_entry(Value& dict, std::string_view name);

/// Copies of each kind of node, for tests and figures.
bool is_delta(const Value& dict) noexcept;

}  // namespace superconfig::detail
