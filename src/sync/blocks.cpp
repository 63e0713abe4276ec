#include "sync/blocks.hpp"

#if !defined(SUPERCONFIG_PLAIN_BLOCKS)

namespace superconfig::sync {
namespace {

constinit BlockCache nothing_kept{};

void make_room(BlockCache& cache) noexcept {
  for (std::size_t i = 1; i < block_sizes; ++i) cache.sizes[i].room = most_kept_bytes / size_of_index(i);
}

void drop(BlockCache& cache) noexcept {
  for (auto& kept : cache.sizes) {
    while (auto* const block = kept.first) {
      kept.first = block->next;
      ++kept.room;
      ::operator delete(block);
    }
  }
}

}  // namespace

void drop_blocks() noexcept { drop(*block_cache); }

#if SUPERCONFIG_THREADS

constinit thread_local BlockCache* block_cache = &nothing_kept;

namespace {

enum class Stage : std::uint8_t { unused, in_use, ended };
constinit thread_local Stage stage = Stage::unused;

// Its destructor runs before those of static objects, which may still hold values.
struct ThreadCache : BlockCache {
  ThreadCache() noexcept { make_room(*this); }
  ThreadCache(const ThreadCache&) = delete;
  ThreadCache& operator=(const ThreadCache&) = delete;
  ~ThreadCache() {
    block_cache = &nothing_kept;
    stage = Stage::ended;
    drop(*this);
  }
};

}  // namespace

// The size is full, or there is no cache: none yet or no longer.
void give_without_room(void* block, std::size_t index) noexcept {
  if (stage != Stage::unused) return ::operator delete(block);
  static thread_local ThreadCache own;
  block_cache = &own;
  stage = Stage::in_use;
  give_block(block, size_of_index(index));
}

#else

constinit BlockCache* block_cache = &nothing_kept;

// The first time there is no room at all.
void give_without_room(void* block, std::size_t index) noexcept {
  static bool in_use = false;
  if (in_use) return ::operator delete(block);
  in_use = true;
  make_room(nothing_kept);
  give_block(block, size_of_index(index));
}

#endif

}  // namespace superconfig::sync

#endif
