// Finding entries in dicts, inline: every read ends here.
#pragma once

#include <bit>
#include <cstring>
#include <string_view>

#include "value/nodes.hpp"

namespace superconfig::detail {

// ---- hashing ----

inline std::uint64_t read8(const char* p) noexcept {
  std::uint64_t v;
  std::memcpy(&v, p, 8);
  return v;
}
inline std::uint32_t read4(const char* p) noexcept {
  std::uint32_t v;
  std::memcpy(&v, p, 4);
  return v;
}
// Multiply and fold, the mixing step of the wyhash family.
inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) noexcept {
#if defined(__SIZEOF_INT128__)
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
#else
  a *= b;
  return a ^ (a >> 32U);
#endif
}

inline std::uint32_t hash_name(std::string_view text) noexcept {
  constexpr std::uint64_t k0 = 0xa0761d6478bd642fULL;
  constexpr std::uint64_t k1 = 0xe7037ed1a0b428dbULL;
  const char* p = text.data();
  std::size_t n = text.size();
  std::uint64_t state = k0 ^ n;
  for (; n > 16; n -= 16, p += 16) state = mix(read8(p) ^ k1, read8(p + 8) ^ state);
  std::uint64_t a = 0;
  std::uint64_t b = 0;
  if (n >= 8) {
    a = read8(p);
    b = read8(p + n - 8);
  } else if (n >= 4) {
    a = read4(p);
    b = read4(p + n - 4);
  } else if (n > 0) {
    a = static_cast<unsigned char>(p[0]) | (static_cast<std::uint64_t>(static_cast<unsigned char>(p[n / 2])) << 8U) |
        (static_cast<std::uint64_t>(static_cast<unsigned char>(p[n - 1])) << 16U);
  }
  const auto hash = mix(k1 ^ a, state ^ b);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
}

// ---- comparing ----

/// The node's characters are padded with zeros, the text's end where they end.
inline bool same_text(const NameNode* name, std::string_view text) noexcept {
  const auto size = text.size();
  if (name->size != size) return false;
  const char* a = name->chars();
  const char* b = text.data();
  if (size >= 8) {
    for (std::size_t at = 0; at + 8 <= size; at += 8)
      if (read8(a + at) != read8(b + at)) return false;
    return read8(a + size - 8) == read8(b + size - 8);
  }
  if (size >= 4) return read4(a) == read4(b) && read4(a + size - 4) == read4(b + size - 4);
  for (std::size_t at = 0; at < size; ++at)
    if (a[at] != b[at]) return false;
  return true;
}

// ---- the index of a flat dict ----

struct IndexSlot {
  std::uint32_t hash;
  std::uint32_t position_plus_one;
};

inline std::uint32_t index_size(std::uint32_t capacity) noexcept {
  return capacity <= largest_unindexed ? 0 : std::bit_ceil(capacity + capacity / 2);
}
inline std::size_t flat_bytes(std::uint32_t capacity) noexcept {
  return capacity * sizeof(Entry) + (capacity <= largest_unindexed ? (capacity + 1U) / 2 * 2 * sizeof(std::uint32_t)
                                                                   : index_size(capacity) * sizeof(IndexSlot));
}
inline std::uint32_t* hashes(FlatDict* d) noexcept {
  return reinterpret_cast<std::uint32_t*>(d->entries() + d->capacity);
}
inline const std::uint32_t* hashes(const FlatDict* d) noexcept {
  return reinterpret_cast<const std::uint32_t*>(d->entries() + d->capacity);
}
inline IndexSlot* slots(FlatDict* d) noexcept { return reinterpret_cast<IndexSlot*>(d->entries() + d->capacity); }
inline const IndexSlot* slots(const FlatDict* d) noexcept {
  return reinterpret_cast<const IndexSlot*>(d->entries() + d->capacity);
}

inline constexpr std::uint32_t nowhere = UINT32_MAX;

// The position of a name by hash and a comparison.
template <class Same>
std::uint32_t flat_position(const FlatDict* d, std::uint32_t hash, const Same& same) noexcept {
  if (d->capacity <= largest_unindexed) {
    const auto* h = hashes(d);
    for (std::uint32_t i = 0; i < d->count; ++i)
      if (h[i] == hash && same(d->entries()[i].name)) return i;
    return nowhere;
  }
  const auto mask = index_size(d->capacity) - 1;
  for (auto at = hash & mask;; at = (at + 1) & mask) {
    const auto slot = slots(d)[at];
    if (slot.position_plus_one == 0) return nowhere;
    if (slot.hash == hash && same(d->entries()[slot.position_plus_one - 1].name)) return slot.position_plus_one - 1;
  }
}

template <class Same>
const Entry* delta_find(const DeltaDict* d, std::uint32_t hash, const Same& same) noexcept {
  const auto* changes = d->changes();
  const auto n = d->count();
  for (std::uint32_t i = 0; i < n; ++i)
    if (changes[i].hash == hash && same(d->entries()[i].name)) return d->entries() + i;
  const auto at = flat_position(d->base, hash, same);
  return at == nowhere ? nullptr : d->base->entries() + at;
}

// ---- finding ----

inline const Entry* find_entry(const Node* dict, std::string_view name, std::uint32_t hash) noexcept {
  const auto same = [name](const Name& other) { return same_text(other.node(), name); };
  if (dict->kind == NodeKind::flat_dict) [[likely]] {
    const auto* flat = static_cast<const FlatDict*>(dict);
    const auto at = flat_position(flat, hash, same);
    return at == nowhere ? nullptr : flat->entries() + at;
  }
  return delta_find(static_cast<const DeltaDict*>(dict), hash, same);
}

inline const Entry* find_entry(const Node* dict, const Name& name, std::atomic<std::uint32_t>& hint) noexcept {
  const auto* wanted = name.node();
  const FlatDict* flat;
  if (dict->kind == NodeKind::flat_dict) [[likely]] {
    flat = static_cast<const FlatDict*>(dict);
  } else {
    const auto* delta = static_cast<const DeltaDict*>(dict);
    const auto n = delta->count();
    for (std::uint32_t i = 0; i < n; ++i)
      if (delta->changes()[i].hash == wanted->hash && same_name(wanted, delta->entries()[i].name.node()))
        return delta->entries() + i;
    flat = delta->base;
  }
  const auto at = hint.load(std::memory_order_relaxed);
  if (at < flat->count && same_name(wanted, flat->entries()[at].name.node())) [[likely]]
    return flat->entries() + at;
  const auto position =
      flat_position(flat, wanted->hash, [wanted](const Name& other) { return same_name(wanted, other.node()); });
  if (position == nowhere) return nullptr;
  hint.store(position, std::memory_order_relaxed);
  return flat->entries() + position;
}

}  // namespace superconfig::detail
