// CellTable: from an id to what it names.
//
// A cell is one slot of the table. It holds the object that is current, and what tells one state from another:
//   generation  that of the live id, or 0. A slot is given out again with the next generation, and never again when all
//               generations were used: an id that was live once never comes back.
//   version     how often the handle was published, from 1.
//   stamp       moves on publish, on conversion, on remove and on reuse; never back, for the life of the table.
// Cells lie in chunks that double in size, stay where they are, and live as long as the table: whoever has a cell may
// look at it. Free slots are a stack through the cells.
//
// Reading: pin; load `current`, then `generation`. If the generation is the id's, the object was current between the
// two loads at the latest: `remove` stores generation 0 before it takes the object out, and `insert` puts the object in
// before it stores the generation, so who sees a later object, or none, sees another generation too.
// Writing: the cell's lock is held by `publish` and `remove`; objects that were replaced are the caller's to retire.
//
// `Atomics` is RealAtomics; tests give one that lets them choose the interleaving.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstdint>
#include <new>

#include "registry/id.hpp"
#include "sync/sync.hpp"

namespace superconfig::detail {

/// What a cell has besides what the table needs.
struct NoExtras {};

template <class Atomics, class Layout, class Object, class Extras = NoExtras>
class CellTable {
 public:
  template <class T>
  using Atomic = typename Atomics::template Atomic<T>;

  struct alignas(64) Cell : Extras {
    Atomic<Object*> current{nullptr};
    Atomic<std::uint64_t> stamp{0};
    Atomic<std::uint64_t> version{0};
    Atomic<std::uint32_t> generation{0};
    sync::WordLock lock;
    std::uint32_t last_generation = 0;   // 0: never used
    Atomic<std::uint32_t> next_free{0};  // slot + 1
  };

  /// The generation that every slot begins with; 1 to Layout::last_generation.
  explicit CellTable(std::uint32_t first_generation) noexcept : first_generation_(first_generation) {}
  CellTable(const CellTable&) = delete;
  CellTable& operator=(const CellTable&) = delete;
  ~CellTable() {
    for (auto& chunk : chunks_) delete[] chunk.load(std::memory_order_relaxed);
  }

  struct Inserted {
    std::uint64_t id = 0;  // 0: all slots are in use
    Cell* cell = nullptr;
    bool reused = false;
  };
  /// `prepare(cell)` is called before the id is live.
  template <class Prepare>
  Inserted insert(Object* object, const Prepare& prepare) {
    Inserted made;
    auto slot = pop_free();
    made.reused = slot != none;
    if (slot == none) slot = take_fresh();
    if (slot == none) return made;
    made.cell = &cell_at(slot);
    auto& cell = *made.cell;
    const auto generation = cell.last_generation == 0 ? first_generation_ : Layout::after(cell.last_generation);
    cell.last_generation = generation;
    prepare(cell);
    cell.version.store(1, std::memory_order_relaxed);
    cell.current.store(object, std::memory_order_release);
    cell.stamp.fetch_add(1, std::memory_order_release);
    cell.generation.store(generation, std::memory_order_release);
    made.id = Layout::id(slot, generation);
    return made;
  }

  /// nullptr if there was never such an id here. Whether it is live is told by `generation`.
  [[nodiscard]] Cell* find(std::uint64_t id) const noexcept {
    if (Layout::generation(id) == 0) return nullptr;
    const auto slot = Layout::slot(id);
    auto* chunk = chunks_[chunk_of(slot)].load(std::memory_order_acquire);
    return chunk ? &chunk[slot + first_chunk - (first_chunk << chunk_of(slot))] : nullptr;
  }
  [[nodiscard]] static bool is_live(const Cell& cell, std::uint64_t id) noexcept {
    return cell.generation.load(std::memory_order_acquire) == Layout::generation(id);
  }

  /// With the cell's lock held and the id live: the new object is in, the old one is the caller's.
  [[nodiscard]] static Object* publish(Cell& cell, Object* object) noexcept {
    // seq_cst: the unlink that Epochs asks for.
    auto* old = cell.current.exchange(object, std::memory_order_seq_cst);
    cell.version.fetch_add(1, std::memory_order_relaxed);
    cell.stamp.fetch_add(1, std::memory_order_release);
    return old;
  }
  /// The same object in another form: no new version.
  [[nodiscard]] static Object* convert(Cell& cell, Object* object) noexcept {
    auto* old = cell.current.exchange(object, std::memory_order_seq_cst);
    cell.stamp.fetch_add(1, std::memory_order_release);
    return old;
  }
  /// With the cell's lock held and the id live: the id ends. Afterwards, without the lock: `give_back`.
  [[nodiscard]] static Object* unlink(Cell& cell) noexcept {
    cell.generation.store(0, std::memory_order_release);
    auto* old = cell.current.exchange(nullptr, std::memory_order_seq_cst);
    cell.stamp.fetch_add(1, std::memory_order_release);
    return old;
  }
  /// False if the slot is retired: all its generations were used.
  bool give_back(Cell& cell, std::uint64_t id) noexcept {
    if (Layout::after(cell.last_generation) == first_generation_) return false;
    push_free(cell, Layout::slot(id));
    return true;
  }

  /// Pinned: what the id names now, or `live` is false.
  [[nodiscard]] static Object* load(const Cell& cell, std::uint64_t id, bool& live) noexcept {
    auto* object = cell.current.load(std::memory_order_seq_cst);
    live = is_live(cell, id);
    return object;
  }

  /// Every slot that was ever given out: `f(cell, slot)`.
  template <class F>
  void for_each_cell(const F& f) const {
    const auto used = used_slots();
    for (std::uint32_t slot = 0; slot < used; ++slot) {
      if (auto* chunk = chunks_[chunk_of(slot)].load(std::memory_order_acquire))
        f(chunk[slot + first_chunk - (first_chunk << chunk_of(slot))], slot);
    }
  }
  [[nodiscard]] std::uint32_t used_slots() const noexcept {
    const auto fresh = fresh_.load(std::memory_order_acquire);
    return fresh < Layout::slots ? fresh : Layout::slots;
  }
  [[nodiscard]] std::uint64_t bytes() const noexcept {
    std::uint64_t sum = 0;
    for (std::uint32_t i = 0; i < chunks_.size(); ++i)
      if (chunks_[i].load(std::memory_order_relaxed)) sum += (std::uint64_t{first_chunk} << i) * sizeof(Cell);
    return sum;
  }

 private:
  static constexpr std::uint32_t none = UINT32_MAX;
  static constexpr std::uint32_t first_chunk_bits = Layout::slot_bits < 6 ? Layout::slot_bits : 6;
  static constexpr std::uint32_t first_chunk = std::uint32_t{1} << first_chunk_bits;

  // Slot s lies at s + first_chunk in a row whose chunk i begins at first_chunk << i.
  static constexpr std::uint32_t chunk_of(std::uint32_t slot) noexcept {
    return static_cast<std::uint32_t>(std::bit_width(slot + first_chunk)) - 1 - first_chunk_bits;
  }
  [[nodiscard]] Cell& cell_at(std::uint32_t slot) const noexcept {
    return chunks_[chunk_of(slot)].load(
        std::memory_order_acquire)[slot + first_chunk - (first_chunk << chunk_of(slot))];
  }

  // The head is {how often it changed, slot + 1}: without the count, a slot that was popped, used and pushed between
  // the load and the exchange of another pop would let that one put an old `next_free` in place.
  static constexpr std::uint64_t head_of(std::uint64_t changes, std::uint32_t slot_plus_1) noexcept {
    return (changes << 32U) | slot_plus_1;
  }
  std::uint32_t pop_free() noexcept {
    auto head = free_.load(std::memory_order_acquire);
    for (;;) {
      const auto top = static_cast<std::uint32_t>(head);
      if (top == 0) return none;
      const auto next = cell_at(top - 1).next_free.load(std::memory_order_relaxed);
      // acquire: what the one who pushed the slot wrote into the cell is seen.
      if (free_.compare_exchange_weak(head, head_of((head >> 32U) + 1, next), std::memory_order_acquire))
        return top - 1;
    }
  }
  void push_free(Cell& cell, std::uint32_t slot) noexcept {
    auto head = free_.load(std::memory_order_relaxed);
    for (;;) {
      cell.next_free.store(static_cast<std::uint32_t>(head), std::memory_order_relaxed);
      if (free_.compare_exchange_weak(head, head_of((head >> 32U) + 1, slot + 1), std::memory_order_release)) return;
    }
  }

  std::uint32_t take_fresh() {
    auto slot = fresh_.load(std::memory_order_relaxed);
    for (;;) {
      if (slot >= Layout::slots) return none;
      // The chunk first: when `fresh_` says that a slot is used, it is there.
      auto& chunk = chunks_[chunk_of(slot)];
      auto* cells = chunk.load(std::memory_order_acquire);
      if (cells == nullptr) {
        auto* made = new Cell[std::size_t{first_chunk} << chunk_of(slot)];
        if (!chunk.compare_exchange_strong(cells, made, std::memory_order_acq_rel)) delete[] made;
      }
      if (fresh_.compare_exchange_weak(slot, slot + 1, std::memory_order_acq_rel)) return slot;
    }
  }

  const std::uint32_t first_generation_;
  Atomic<std::uint64_t> free_{0};
  Atomic<std::uint32_t> fresh_{0};
  std::array<Atomic<Cell*>, Layout::slot_bits + 2 - first_chunk_bits> chunks_{};
};

}  // namespace superconfig::detail
