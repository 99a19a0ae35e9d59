#pragma once

#include <array>
#include <cstddef>
#include <new>

namespace mystic {

/// Where the frames of one search's coroutines live. A frame that was given back is handed out again
/// to the next coroutine of that size, so a line search per direction costs no allocation.
/// Not for several threads: a search runs in one.
class FrameArena {
 public:
  FrameArena() = default;
  FrameArena(const FrameArena&) = delete;
  FrameArena& operator=(const FrameArena&) = delete;
  ~FrameArena() {
    for (Block* list : free_) {
      while (list != nullptr) {
        Block* const next = list->next;
        ::operator delete(list);
        list = next;
      }
    }
  }

  [[nodiscard]] void* allocate(std::size_t size) {
    const std::size_t kind = kind_of(size);
    if (kind < kinds && free_[kind] != nullptr) {
      Block* const block = free_[kind];
      free_[kind] = block->next;
      return block;
    }
    return ::operator new(kind < kinds ? (kind + 1) * grain : size);
  }

  void release(void* memory, std::size_t size) noexcept {
    const std::size_t kind = kind_of(size);
    if (kind >= kinds) {
      ::operator delete(memory);
      return;
    }
    free_[kind] = ::new (memory) Block{free_[kind]};
  }

 private:
  struct Block {
    Block* next;
  };
  static constexpr std::size_t grain = 128;
  static constexpr std::size_t kinds = 64;  // frames up to 8 KiB are kept

  static std::size_t kind_of(std::size_t size) { return (size - 1) / grain; }

  std::array<Block*, kinds> free_{};
};

}  // namespace mystic
