// Name: a dict's key, an immutable counted string with its hash.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

namespace superconfig {
namespace detail {

/// The characters follow, padded with zeros to a multiple of 8 (at least 8) so that they can be compared by words.
struct NameNode {
  std::atomic<std::uint32_t> refs;
  std::uint32_t hash;
  std::uint32_t size;
  std::uint32_t unused = 0;  // so that the characters begin at a multiple of 8

  [[nodiscard]] const char* chars() const noexcept { return reinterpret_cast<const char*>(this + 1); }
  [[nodiscard]] std::string_view view() const noexcept { return {chars(), size}; }
};

std::uint32_t hash_of(std::string_view text) noexcept;
void destroy(NameNode* node) noexcept;

inline bool same_name(const NameNode* a, const NameNode* b) noexcept {
  if (a == b) return true;
  const auto word = [](const void* p) {
    std::uint64_t w;
    std::memcpy(&w, p, 8);
    return w;
  };
  constexpr auto head = offsetof(NameNode, hash);  // hash and size at once
  if (word(reinterpret_cast<const char*>(a) + head) != word(reinterpret_cast<const char*>(b) + head)) return false;
  const char* x = a->chars();
  const char* y = b->chars();
  // Up to 16 characters without a branch on their number, which no predictor knows.
  const std::size_t second = (a->size > 8U) * std::size_t{8};
  auto differ = (word(x) ^ word(y)) | (word(x + second) ^ word(y + second));
  for (std::uint32_t at = 16; at < a->size; at += 8) differ |= word(x + at) ^ word(y + at);
  return differ == 0;
}

}  // namespace detail

/// A dict's key. 8 bytes; copies share the characters. Any thread may use any copy.
class Name {
 public:
  /// Without characters; equal to nothing. May only be assigned to, asked for its view (empty) or destroyed.
  Name() noexcept = default;
  explicit Name(std::string_view text);
  /// With characters of its own.
  explicit Name(const detail::NameNode& from);
  Name(const Name& other) noexcept : node_(other.node_) {
    if (node_) node_->refs.fetch_add(1, std::memory_order_relaxed);
  }
  Name(Name&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
  Name& operator=(Name other) noexcept {
    std::swap(node_, other.node_);
    return *this;
  }
  ~Name() {
    // The only holder needs no atomic subtraction.
    if (node_ &&
        (node_->refs.load(std::memory_order_acquire) == 1 || node_->refs.fetch_sub(1, std::memory_order_acq_rel) == 1))
      detail::destroy(node_);
  }
  [[nodiscard]] std::string_view view() const noexcept { return node_ ? node_->view() : std::string_view(); }
  operator std::string_view() const noexcept { return view(); }  // NOLINT(google-explicit-constructor)
  [[nodiscard]] std::uint32_t hash() const noexcept { return node_->hash; }
  [[nodiscard]] const detail::NameNode* node() const noexcept { return node_; }
  friend bool operator==(const Name& a, const Name& b) noexcept { return detail::same_name(a.node_, b.node_); }
  friend bool operator==(const Name& a, std::string_view b) noexcept { return a.view() == b; }

 private:
  friend class NameCache;
  detail::NameNode* node_ = nullptr;
};

}  // namespace superconfig
