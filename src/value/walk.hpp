// Walking down a tree along a path, inline: what a read of a resolved configuration does. Allocates nothing.
#pragma once

#include <array>
#include <string_view>

#include "value/lookup.hpp"

namespace superconfig::detail {

// One step down. `index` is only asked for where an array is met. False, and nothing found, where there is no way.
template <class FindEntry, class Index>
inline bool step(Found& at, const FindEntry& find_it, const Index& index) noexcept {
  const auto* value = at.value;
  if (value->tag() == Value::Tag::text) value = &value->text_guess();
  if (value->tag() == Value::Tag::dict) [[likely]] {
    const Entry* entry = find_it(value->node());
    if (entry) [[likely]] {
      at = {&entry->value, entry->mark};
      return true;
    }
  } else if (value->tag() == Value::Tag::array) {
    if (const auto* item = value->at(index())) {
      at = {&item->value, item->mark};
      return true;
    }
  }
  at = {};
  return false;
}

/// From one of the segments on, whatever is there: arrays, texts, deltas, positions that are not where the hint says.
[[gnu::noinline]] inline Found walk_on(Found at, const Key::Segment* segment, const Key::Segment* end) noexcept {
  for (; segment != end; ++segment) {
    const auto by_hint = [&](const Node* dict) { return find_entry(dict, segment->name, segment->hint); };
    if (!step(at, by_hint, [&] { return segment->index; })) break;
  }
  return at;
}

inline Found walk(const Value& root, const Key& key) noexcept {
  Found at{&root, {}};
  const auto* segment = key.segments().data();
  const auto* const end = segment + key.segments().size();
  // Flat dicts where every hint is right need no call, and so no register is saved.
  for (; segment != end; ++segment) {
    if (at.value->tag() != Value::Tag::dict || at.value->node()->kind != NodeKind::flat_dict) [[unlikely]]
      return walk_on(at, segment, end);
    const auto* const flat = static_cast<const FlatDict*>(at.value->node());
    const auto position = segment->hint.load(std::memory_order_relaxed);
    if (position >= flat->count) [[unlikely]]
      return walk_on(at, segment, end);
    const auto& entry = flat->entries()[position];
    if (!same_name(segment->name.node(), entry.name.node())) [[unlikely]]
      return walk_on(at, segment, end);
    at = {&entry.value, entry.mark};
  }
  return at;
}

/// Paths with quotes or brackets, and those that are none.
Found walk_scanned(const Value& root, std::string_view path, bool* bad_path) noexcept;

inline constexpr auto ends_plain_segment = [] {
  std::array<bool, 256> table{};
  for (const char c : {'.', '[', ']', '"'}) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

inline Found walk(const Value& root, std::string_view path, bool* bad_path) noexcept {
  Found at{&root, {}};
  const char* begin = path.data();
  const char* const end = begin + path.size();
  if (begin == end) return at;
  for (;;) {
    const char* stop = begin;
    while (stop != end && !ends_plain_segment[static_cast<unsigned char>(*stop)]) ++stop;
    if (stop == begin || (stop != end && *stop != '.')) [[unlikely]]
      return walk_scanned(root, path, bad_path);
    const std::string_view segment(begin, static_cast<std::size_t>(stop - begin));
    const auto by_name = [&](const Node* dict) { return find_entry(dict, segment, hash_name(segment)); };
    if (at.value) step(at, by_name, [&] { return index_of(segment); });
    if (stop == end) return at;
    begin = stop + 1;
  }
}

}  // namespace superconfig::detail
