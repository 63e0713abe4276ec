// Blocks of memory for what a configuration is made of: nodes, names, layers.
//
// Each thread keeps a bounded number of the small blocks that it has given back, by size, and takes from those first.
// A block may be given back by another thread than took it. When a thread ends, its blocks go to the heap; what it
// gives back after that goes there at once. Under the sanitizers, which must see each block, and with
// SUPERCONFIG_PLAIN_BLOCKS every block comes from the heap.
#pragma once

#include <cstddef>
#include <new>

#include "sync/sync.hpp"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SUPERCONFIG_PLAIN_BLOCKS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define SUPERCONFIG_PLAIN_BLOCKS 1
#endif
#endif

namespace superconfig::sync {

/// What this thread took from its own blocks instead of the heap.
struct ReusedBlocks {
  std::size_t count = 0, bytes = 0;
};

#if defined(SUPERCONFIG_PLAIN_BLOCKS)

/// May throw bad_alloc.
inline void* take_block(std::size_t size) { return ::operator new(size); }
/// `size`: what was asked for.
inline void give_block(void* block, std::size_t) noexcept { ::operator delete(block); }
inline ReusedBlocks reused_blocks() noexcept { return {}; }
inline void drop_blocks() noexcept {}

#else

// Sizes are what usual heaps hand out without waste: a multiple of 16, less the 8 bytes that they keep for themselves.
inline constexpr std::size_t block_step = 16, heap_header = 8;
inline constexpr std::size_t largest_block = 504;     // larger ones are the heap's
inline constexpr std::size_t most_kept_bytes = 8192;  // of one size, by one thread
inline constexpr std::size_t block_sizes = (largest_block + heap_header) / block_step + 1;
constexpr std::size_t index_of_size(std::size_t size) noexcept {
  return (size + heap_header + block_step - 1) / block_step;
}
constexpr std::size_t size_of_index(std::size_t index) noexcept { return index * block_step - heap_header; }

struct FreeBlock {
  FreeBlock* next;
};
struct FreeBlocks {
  FreeBlock* first = nullptr;
  std::size_t room = 0;  // how many more are kept
};
struct BlockCache {
  FreeBlocks sizes[block_sizes];
  ReusedBlocks reused;
};

// Before a thread's first `give_block`, and after its end, one that is empty and never written to.
#if SUPERCONFIG_THREADS
[[gnu::tls_model("initial-exec")]] extern constinit thread_local BlockCache* block_cache;
#else
extern constinit BlockCache* block_cache;
#endif
void give_without_room(void* block, std::size_t index) noexcept;
/// Gives what this thread keeps to the heap.
void drop_blocks() noexcept;

/// May throw bad_alloc.
inline void* take_block(std::size_t size) {
  const auto index = index_of_size(size);
  if (index >= block_sizes) return ::operator new(size);
  auto* const cache = block_cache;
  auto& kept = cache->sizes[index];
  auto* const block = kept.first;
  if (block == nullptr) return ::operator new(size_of_index(index));
  kept.first = block->next;
  ++kept.room;
  ++cache->reused.count;
  cache->reused.bytes += size_of_index(index);
  return block;
}
/// `size`: what was asked for.
inline void give_block(void* block, std::size_t size) noexcept {
  const auto index = index_of_size(size);
  if (index >= block_sizes) return ::operator delete(block);
  auto& kept = block_cache->sizes[index];
  if (kept.room == 0) return give_without_room(block, index);
  --kept.room;
  kept.first = ::new (block) FreeBlock{kept.first};
}
inline ReusedBlocks reused_blocks() noexcept { return block_cache->reused; }

#endif

}  // namespace superconfig::sync
