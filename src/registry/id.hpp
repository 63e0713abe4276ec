// The bits of a handle's id, each field described from the one before.
#pragma once

#include <cstdint>

namespace superconfig::detail {

/// From the lowest bit: the slot in the table, then the generation of that slot, which is never 0. So no id is 0.
template <unsigned SlotBits, unsigned GenerationBits>
struct IdLayout {
  static constexpr unsigned slot_bits = SlotBits;
  static constexpr unsigned generation_shift = slot_bits;
  static constexpr unsigned generation_bits = GenerationBits;
  static constexpr unsigned bits = generation_shift + generation_bits;

  static constexpr std::uint32_t slots = std::uint32_t{1} << slot_bits;
  static constexpr std::uint32_t slot_mask = slots - 1;
  static constexpr std::uint32_t last_generation = (std::uint32_t{1} << generation_bits) - 1;
  static constexpr std::uint64_t last_id = (std::uint64_t{1} << bits) - 1;

  static constexpr std::uint64_t id(std::uint32_t slot, std::uint32_t generation) noexcept {
    return (std::uint64_t{generation} << generation_shift) | slot;
  }
  static constexpr std::uint32_t slot(std::uint64_t id) noexcept { return static_cast<std::uint32_t>(id) & slot_mask; }
  /// 0, which no slot ever has, of what is no id.
  static constexpr std::uint32_t generation(std::uint64_t id) noexcept {
    return id > last_id ? 0 : static_cast<std::uint32_t>(id >> generation_shift);
  }
  static constexpr std::uint32_t after(std::uint32_t generation) noexcept {
    return generation == last_generation ? 1 : generation + 1;
  }
};

/// Exact in a double, so that an id survives a JavaScript Number.
using HandleBits = IdLayout<24, 29>;
static_assert(HandleBits::bits == 53);
static_assert(HandleBits::slot(HandleBits::id(7, 9)) == 7 && HandleBits::generation(HandleBits::id(7, 9)) == 9);
static_assert(HandleBits::id(HandleBits::slot_mask, HandleBits::last_generation) == HandleBits::last_id);
static_assert(HandleBits::generation(HandleBits::last_id + 1) == 0);
static_assert(HandleBits::after(HandleBits::last_generation) == 1);

}  // namespace superconfig::detail
