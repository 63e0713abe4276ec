// What the parsers build trees with: one stack of entries and one of items for the whole parse, and a cache by
// which equal keys share one Name.
//
// A container remembers the height of its stack when it begins; its children are pushed; at its end everything
// above that height becomes the dict or array and is popped.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "superconfig/error.hpp"
#include "superconfig/value.hpp"

namespace superconfig {

/// Of one thread, and so are the names as long as it lives: counting their holders needs no atomic additions.
class NameCache {
 public:
  NameCache() noexcept {}  // the slots stay as they are: most are never used
  NameCache(const NameCache&) = delete;
  NameCache& operator=(const NameCache&) = delete;
  ~NameCache() {
    for (std::size_t word = 0; word < used_.size(); ++word)
      for (auto bits = used_[word]; bits != 0; bits &= bits - 1)
        drop(slots_[word * 64 + static_cast<std::size_t>(std::countr_zero(bits))]);
  }

  /// The name of the text; the same node as last time, unless another text took its slot in between.
  Name get(std::string_view text) {
    const auto at = slot_of(text);
    auto& bits = used_[at / 64];
    const auto bit = std::uint64_t{1} << at % 64;
    auto& node = slots_[at];
    if ((bits & bit) == 0 || node->view() != text) {
      Name made(text);
      if ((bits & bit) != 0) drop(node);
      node = std::exchange(made.node_, nullptr);
      bits |= bit;
    }
    count(node, 1);
    Name name;
    name.node_ = node;
    return name;
  }

 private:
  static void count(detail::NameNode* node, std::uint32_t more) noexcept {
    node->refs.store(node->refs.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
  }
  static void drop(detail::NameNode* node) noexcept {
    count(node, UINT32_MAX);  // one less
    if (node->refs.load(std::memory_order_relaxed) == 0) detail::destroy(node);
  }
  static constexpr unsigned slot_bits = 7;
  // Length, first and last characters: enough to spread a file's keys, and cheaper than the name's own hash.
  static std::size_t slot_of(std::string_view text) noexcept {
    std::uint32_t head = 0, tail = 0;
    if (text.size() >= 4) {
      std::memcpy(&head, text.data(), 4);
      std::memcpy(&tail, text.data() + text.size() - 4, 4);
    } else if (!text.empty()) {
      std::memcpy(&head, text.data(), text.size());
    }
    const auto mixed =
        (head * std::uint64_t{0x9E3779B97F4A7C15} ^ (tail + text.size()) * std::uint64_t{0xC2B2AE3D27D4EB4F});
    return static_cast<std::size_t>(mixed >> (64 - slot_bits));
  }
  static constexpr std::size_t slot_count = std::size_t{1} << slot_bits;
  std::array<std::uint64_t, slot_count / 64> used_{};  // a bit a slot
  std::array<detail::NameNode*, slot_count> slots_;
};

/// Of one thread; what it makes may go to others when it is gone.
class TreeBuilder {
 public:
  TreeBuilder() {
    entries_.reserve(32);
    items_.reserve(16);
  }
  [[nodiscard]] Name name(std::string_view text) { return names_.get(text); }

  [[nodiscard]] std::size_t entries() const noexcept { return entries_.size(); }
  [[nodiscard]] std::size_t items() const noexcept { return items_.size(); }
  void entry(Name name, Value value, Mark mark) { entries_.push_back({std::move(name), std::move(value), mark}); }
  void item(Value value, Mark mark) { items_.push_back({std::move(value), mark}); }

  /// The entries above `base` as a dict.
  Value dict(std::size_t base, DuplicateName* duplicate = nullptr) {
    auto made = Value::dict(std::span(entries_).subspan(base), duplicate);
    entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(base), entries_.end());
    return made;
  }
  /// The items above `base` as an array.
  Value array(std::size_t base) {
    auto made = Value::array(std::span(items_).subspan(base));
    items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(base), items_.end());
    return made;
  }

 private:
  NameCache names_;
  std::vector<Entry> entries_;
  std::vector<Item> items_;
};

/// A parse error at a place of the source.
inline Error parse_error(const Source& source, std::size_t offset, std::string message, std::string hint = {}) {
  Error error;
  error.code = ErrorCode::parse;
  error.message = std::move(message);
  error.hint = std::move(hint);
  error.origin = origin_of(source.mark(offset));
  return error;
}

}  // namespace superconfig
