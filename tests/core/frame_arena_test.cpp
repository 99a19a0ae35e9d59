#include "mystic/core/frame_arena.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <set>
#include <vector>

namespace mystic {
namespace {

TEST(FrameArena, HandsOutAgainWhatWasGivenBack) {
  FrameArena arena;
  void* const first = arena.allocate(500);
  void* const second = arena.allocate(500);
  EXPECT_NE(first, second);
  arena.release(first, 500);
  arena.release(second, 500);
  std::set<void*> again = {arena.allocate(500), arena.allocate(500)};
  EXPECT_EQ(again, (std::set<void*>{first, second}));
  for (void* memory : again) arena.release(memory, 500);
}

// Frames of one kind share blocks: each block must hold the largest of its kind. Address sanitizer
// watches the writes.
TEST(FrameArena, HoldsWhateverSizeIsAskedFor) {
  FrameArena arena;
  for (std::size_t size = 1; size <= 20000; size += size < 300 ? 1 : 97) {
    void* const memory = arena.allocate(size);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(memory) % 16, 0U);
    std::memset(memory, 0x5a, size);
    arena.release(memory, size);
  }
}

TEST(FrameArena, GivesABlockOnlyToSizesThatFit) {
  FrameArena arena;
  std::vector<void*> small;
  for (int i = 0; i < 10; ++i) small.push_back(arena.allocate(100));
  for (void* memory : small) arena.release(memory, 100);
  for (const std::size_t size : {129U, 1000U, 8192U, 8193U, 100000U}) {
    void* const memory = arena.allocate(size);
    for (void* one : small) EXPECT_NE(memory, one) << size;
    std::memset(memory, 1, size);
    arena.release(memory, size);
  }
}

}  // namespace
}  // namespace mystic
