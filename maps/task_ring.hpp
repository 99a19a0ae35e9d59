#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace mystic {

/// A queue of pointers, first in first out: one thread adds, any number take, nobody locks. Grows;
/// allocates nothing once it has grown.
///
/// Follows Chase and Lev, "Dynamic circular work-stealing deque" (2005), with the memory orders of
/// Lê, Pop, Cohen and Zappa Nardelli (2013), without the owner's end: the owner here only adds, so
/// what they call stealing is the one way to take, and their fences fall away.
template <class T>
class TaskRing {
 public:
  TaskRing() { grow(0, 0); }

  /// Only the owning thread.
  void add(T* item) {
    const std::uint64_t tail = tail_.load(std::memory_order_relaxed);
    const std::uint64_t head = head_.load(std::memory_order_acquire);
    if (tail - head >= cells_.load(std::memory_order_relaxed)->size()) grow(head, tail);
    (*cells_.load(std::memory_order_relaxed))[tail].store(item, std::memory_order_relaxed);
    tail_.store(tail + 1);  // seq_cst: see Bell
  }

  /// The oldest item, or nullptr.
  T* take() {
    std::uint64_t head = head_.load(std::memory_order_acquire);
    while (head < tail_.load(std::memory_order_acquire)) {
      // May be overwritten meanwhile, but only if others have moved the head on: then the exchange
      // fails and what was read is thrown away.
      T* const item = (*cells_.load(std::memory_order_acquire))[head].load(std::memory_order_relaxed);
      if (head_.compare_exchange_weak(head, head + 1, std::memory_order_acq_rel,
                                      std::memory_order_acquire)) {
        return item;
      }
    }
    return nullptr;
  }

  [[nodiscard]] bool empty() const { return head_.load() >= tail_.load(); }

 private:
  class Cells {
   public:
    explicit Cells(std::size_t size) : cells_(size) {}
    [[nodiscard]] std::size_t size() const { return cells_.size(); }
    std::atomic<T*>& operator[](std::uint64_t number) { return cells_[number & (size() - 1)]; }

   private:
    std::vector<std::atomic<T*>> cells_;  // a power of two
  };

  void grow(std::uint64_t head, std::uint64_t tail) {
    auto larger = std::make_unique<Cells>(all_.empty() ? 64 : 2 * all_.back()->size());
    for (std::uint64_t i = head; i < tail; ++i) {
      (*larger)[i].store((*all_.back())[i].load(std::memory_order_relaxed), std::memory_order_relaxed);
    }
    cells_.store(larger.get(), std::memory_order_release);
    all_.push_back(std::move(larger));  // the older ones stay: somebody may be reading them
  }

  alignas(64) std::atomic<std::uint64_t> head_ = 0;
  alignas(64) std::atomic<std::uint64_t> tail_ = 0;
  std::atomic<Cells*> cells_ = nullptr;
  std::vector<std::unique_ptr<Cells>> all_;
};

}  // namespace mystic
