// What the parsers build trees with: one stack of entries and one of items for the whole parse, and a cache by
// which equal keys share one Name.
//
// A container remembers the height of its stack when it begins; its children are pushed; at its end everything
// above that height becomes the dict or array and is popped.
#pragma once

#include <array>
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

/// A name whose copies are all in the hands of this thread, as long as it is one of them: counting them needs no
/// atomic additions.
class LocalName {
 public:
  LocalName() noexcept = default;
  LocalName(const LocalName&) = delete;
  LocalName& operator=(const LocalName&) = delete;
  ~LocalName() { drop(); }

  void set(std::string_view text) {
    drop();
    name_ = Name(text);
  }
  [[nodiscard]] bool is(std::string_view text) const noexcept { return name_.node_ && name_.view() == text; }
  [[nodiscard]] Name copy() const noexcept {
    Name made;
    made.node_ = name_.node_;
    add(1);
    return made;
  }

 private:
  void add(std::uint32_t n) const noexcept {
    auto& refs = name_.node_->refs;
    refs.store(refs.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
  }
  void drop() noexcept {
    if (!name_.node_ || name_.node_->refs.load(std::memory_order_relaxed) == 1) return;  // ~Name sees to it
    add(UINT32_MAX);  // one less
    name_.node_ = nullptr;
  }
  Name name_;
};

class NameCache {
 public:
  /// The name of the text; the same node as last time, unless another text took its slot in between.
  Name get(std::string_view text) {
    auto& name = slots_[slot_of(text)];
    if (!name.is(text)) name.set(text);
    return name.copy();
  }

 private:
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
  std::array<LocalName, std::size_t{1} << slot_bits> slots_;
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
