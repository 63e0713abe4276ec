// Blocks: what a thread gives back it takes again, within bounds; any thread may give, also one that ends.

#include "sync/blocks.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <thread>
#include <vector>

#include "superconfig/value.hpp"

namespace superconfig {
namespace {

using sync::give_block;
using sync::reused_blocks;
using sync::take_block;

TEST(Blocks, of_every_size_hold_what_was_asked_for) {
  for (int round = 0; round < 3; ++round) {
    std::vector<void*> blocks;
    for (std::size_t size = 1; size <= 1100; ++size) {
      blocks.push_back(take_block(size));
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(blocks.back()) % alignof(std::max_align_t), 0U);
      std::memset(blocks.back(), static_cast<int>(size % 251), size);
    }
    for (std::size_t size = 1; size <= 1100; ++size) {
      const auto* bytes = static_cast<const unsigned char*>(blocks[size - 1]);
      for (std::size_t i = 0; i < size; ++i) ASSERT_EQ(bytes[i], size % 251) << size;
    }
    for (std::size_t size = 1; size <= 1100; ++size) give_block(blocks[size - 1], size);
  }
}

#if !defined(SUPERCONFIG_PLAIN_BLOCKS)

TEST(Blocks, a_thread_takes_again_what_it_gave_back) {
  void* const first = take_block(40);
  give_block(first, 40);
  const auto before = reused_blocks();
  void* const second = take_block(33);  // of the same step
  EXPECT_EQ(first, second);
  EXPECT_EQ(reused_blocks().count - before.count, 1U);
  EXPECT_EQ(reused_blocks().bytes - before.bytes, 40U);
  give_block(second, 33);
}

TEST(Blocks, kept_by_a_thread_are_bounded) {
  constexpr std::size_t size = 56, many = 1000;
  std::thread([] {  // a thread of its own: it keeps nothing yet
    std::vector<void*> blocks;
    for (std::size_t i = 0; i < many; ++i) blocks.push_back(take_block(size));
    EXPECT_EQ(reused_blocks().count, 0U);
    for (auto* block : blocks) give_block(block, size);
    for (auto& block : blocks) block = take_block(size);
    EXPECT_EQ(reused_blocks().count, sync::most_kept_bytes / size);
    for (auto* block : blocks) give_block(block, size);
  })
      .join();
}

TEST(Blocks, larger_ones_are_not_kept) {
  give_block(take_block(sync::largest_block + 1), sync::largest_block + 1);
  const auto before = reused_blocks().count;
  give_block(take_block(sync::largest_block + 1), sync::largest_block + 1);
  EXPECT_EQ(reused_blocks().count, before);
}

#endif

TEST(Blocks, are_given_back_by_other_threads) {
  for (int round = 0; round < 20; ++round) {
    std::vector<Value> values;
    std::thread([&] {
      for (int i = 0; i < 500; ++i) values.push_back(Value::dict({{"a key", "a text of more than 14 bytes"}}));
      sync::drop_blocks();
      const auto before = reused_blocks().count;
      give_block(take_block(56), 56);
      EXPECT_EQ(reused_blocks().count, before) << "none was left";
    }).join();
    std::thread([taken = std::move(values)] {}).join();
  }
}

// What is made before the thread's first block comes back dies after the thread's blocks are gone.
TEST(Blocks, are_given_back_after_the_end_of_a_threads_own) {
  struct Holder {
    Value value;
    ~Holder() { value = Value::dict({{"made", "at the very end of the thread"}}); }
  };
  std::thread([] {
    static thread_local Holder holder;
    holder.value = Value::dict({{"key", "a text of more than 14 bytes"}});
    Value other = Value::dict({{"key", "a text of more than 14 bytes"}});
    other = Value();
  }).join();
}

}  // namespace
}  // namespace superconfig
