// Epochs: objects that readers may be looking at are destroyed when nobody can be looking any more.
//
// A reader pins before it loads a pointer and unpins when it is done with what it points at: no lock, no waiting, and
// nothing written that another reader writes or reads. A writer unlinks an object (so that no later load finds it) and
// retires it; it is destroyed, by some writer or by the last unpin of its own thread, once every reader that may have
// found it has unpinned.
//
// Why that holds. Let U be the unlink, a seq_cst write; T the seq_cst increment of `now_` that gives the object its
// tag; L a collector's seq_cst load of a reader's record; X the reader's seq_cst exchange that pins; P its seq_cst load
// of the pointer. U is before T, T before L, X before P, each in one thread or by happens-before.
//  - L reads 0 from before X. Then L precedes X in the total order of seq_cst operations, so U does, so P, which is
//    later still, does not read what U replaced.
//  - L reads 0 stored by the unpin. The unpin releases and L acquires: what the reader did happens before L.
//  - L reads an epoch at or after the tag. The reader had loaded that epoch from `now_` (acquire), T or a later
//    increment wrote it (release), so U happens before P, and P does not read what U replaced.
//  - L reads an epoch before the tag: the object is kept.
// No fences: ThreadSanitizer can't follow them.
//
// A record belongs to one thread at a time, is never freed, and serves the next thread when its own has ended. After a
// fork the child has one thread: `forget_others` clears the records of those that are gone.
//
// `Atomics` is RealAtomics; tests give one that lets them choose the interleaving.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "sync/sync.hpp"

namespace superconfig::detail {

template <class Atomics>
class Epochs {
 public:
  struct Retired {
    void* object = nullptr;
    void (*destroy)(void*) noexcept = nullptr;
    std::uint64_t tag = 0;
  };

  class alignas(64) Record {
    friend class Epochs;
    typename Atomics::template Atomic<std::uint64_t> pinned{0};  // 0, or the epoch that was read when it pinned
    typename Atomics::template Atomic<std::uint32_t> owned{1};
    typename Atomics::template Atomic<std::uint32_t> left_over{0};  // without an owner, but not without garbage
    Record* next = nullptr;
    // The owner's:
    std::uint32_t depth = 0;
    std::vector<Retired> garbage;  // tags ascend
  };

  constexpr Epochs() noexcept = default;
  Epochs(const Epochs&) = delete;
  Epochs& operator=(const Epochs&) = delete;
  /// For tests: those of the program live as long as it does.
  ~Epochs() {
    auto* record = records_.load(std::memory_order_acquire);
    while (record) {
      auto* next = record->next;
      for (const auto& one : record->garbage) one.destroy(one.object);
      delete record;
      record = next;
    }
  }

  Record* acquire_record() {
    for (auto* record = records_.load(std::memory_order_acquire); record; record = record->next) {
      std::uint32_t free = 0;
      if (record->owned.load(std::memory_order_relaxed) == 0 &&
          record->owned.compare_exchange_strong(free, 1, std::memory_order_acquire)) {
        record->left_over.store(0, std::memory_order_relaxed);
        return record;
      }
    }
    auto made = std::make_unique<Record>();
    made->garbage.reserve(room);
    auto* const record = made.release();
    // seq_cst: a collector that does not see the record looked before this, and so before the record's first pin.
    record->next = records_.load(std::memory_order_relaxed);
    while (!records_.compare_exchange_weak(record->next, record, std::memory_order_seq_cst)) {
    }
    count_.fetch_add(1, std::memory_order_relaxed);
    return record;
  }
  void release_record(Record* record) noexcept {
    collect(*record);
    if (!record->garbage.empty()) record->left_over.store(1, std::memory_order_relaxed);
    record->owned.store(0, std::memory_order_release);
  }

  void pin(Record& record) noexcept {
    if (record.depth++ != 0) return;
    record.pinned.exchange(now_.load(std::memory_order_acquire), std::memory_order_seq_cst);
  }
  void unpin(Record& record) noexcept {
    if (--record.depth != 0) return;
    record.pinned.store(0, std::memory_order_release);
    if (!record.garbage.empty()) [[unlikely]]
      collect(record);
  }

  /// The object was unlinked by a seq_cst write of this thread. `destroy` is called once, by any thread, unpinned or
  /// not, and may retire.
  void retire(Record& record, void* object, void (*destroy)(void*) noexcept) noexcept {
    const auto tag = now_.fetch_add(1, std::memory_order_seq_cst) + 1;
    if (!remember(record, {object, destroy, tag})) {  // no memory: wait for the readers, if it is not ourselves
      if (record.depth != 0) return;                  // what is left of it stays
      while (oldest_pin() < tag) sync::yield();
      return destroy(object);
    }
    if (record.depth != 0) return;  // our own unpin collects
    const auto many = count_.load(std::memory_order_relaxed);
    if (many <= few || record.garbage.size() >= 2U * many) collect(record);
  }

  /// Destroys what nobody can be looking at.
  void collect(Record& record) noexcept {
    adopt(record);
    if (record.garbage.empty()) return;
    // What `destroy` runs may retire into the same list and collect: it works on entries that are out of it, and
    // everything is asked anew afterwards.
    for (;;) {
      const auto oldest = oldest_pin();
      Retired batch[32];
      std::size_t size = 0;
      while (size < 32 && size < record.garbage.size() && record.garbage[size].tag <= oldest) {
        batch[size] = record.garbage[size];
        ++size;
      }
      if (size == 0) return;
      record.garbage.erase(record.garbage.begin(), record.garbage.begin() + static_cast<std::ptrdiff_t>(size));
      for (std::size_t i = 0; i < size; ++i) batch[i].destroy(batch[i].object);
    }
  }

  /// In the child of a fork: only this thread is there. What others had retired stays for ever: their lists may have
  /// been in the midst of a change.
  void forget_others(Record* own) noexcept {
    for (auto* record = records_.load(std::memory_order_relaxed); record; record = record->next) {
      if (record == own) continue;
      record->pinned.store(0, std::memory_order_relaxed);
      record->depth = 0;
      new (&record->garbage) std::vector<Retired>();
      record->left_over.store(0, std::memory_order_relaxed);
      record->owned.store(0, std::memory_order_relaxed);
    }
  }

  [[nodiscard]] std::size_t records() const noexcept { return count_.load(std::memory_order_relaxed); }
  [[nodiscard]] static bool is_pinned(const Record& record) noexcept { return record.depth != 0; }
  [[nodiscard]] static std::size_t waiting(const Record& record) noexcept { return record.garbage.size(); }

 private:
  static constexpr std::size_t room = 64;  // entries a record begins with
  static constexpr std::size_t few = 16;   // records that are looked at for every object

  [[nodiscard]] static bool remember(Record& record, Retired retired) noexcept {
#if defined(__cpp_exceptions)
    try {
      record.garbage.push_back(retired);
      return true;
    } catch (...) {
      return false;
    }
#else
    record.garbage.push_back(retired);
    return true;
#endif
  }

  [[nodiscard]] std::uint64_t oldest_pin() const noexcept {
    std::uint64_t oldest = UINT64_MAX;
    for (auto* record = records_.load(std::memory_order_seq_cst); record; record = record->next) {
      const auto pinned = record->pinned.load(std::memory_order_seq_cst);
      if (pinned != 0 && pinned < oldest) oldest = pinned;
    }
    return oldest;
  }

  // Garbage that an ended thread left behind.
  void adopt(Record& record) noexcept {
    for (auto* other = records_.load(std::memory_order_acquire); other; other = other->next) {
      if (other->left_over.load(std::memory_order_relaxed) == 0 || other == &record) continue;
      std::uint32_t free = 0;
      if (!other->owned.compare_exchange_strong(free, 1, std::memory_order_acquire)) continue;
      other->left_over.store(0, std::memory_order_relaxed);
      const auto oldest = oldest_pin();
      auto& garbage = other->garbage;
      std::size_t size = 0;
      while (size < garbage.size() && garbage[size].tag <= oldest) ++size;
      for (std::size_t i = 0; i < size; ++i) garbage[i].destroy(garbage[i].object);
      garbage.erase(garbage.begin(), garbage.begin() + static_cast<std::ptrdiff_t>(size));
      if (!garbage.empty()) other->left_over.store(1, std::memory_order_relaxed);
      other->owned.store(0, std::memory_order_release);
    }
  }

  typename Atomics::template Atomic<std::uint64_t> now_{1};
  typename Atomics::template Atomic<Record*> records_{nullptr};
  typename Atomics::template Atomic<std::uint64_t> count_{0};
};

}  // namespace superconfig::detail
