#pragma once

#include "deck.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace mystic {

/// Who holds which task, and what becomes of it when its worker dies. Knows nothing of messages.
class Dealer {
 public:
  /// @param prefetch  places in a worker's hand
  Dealer(Deal deal, std::size_t workers, Index prefetch);

  /// Worker `worker` is there, with an empty hand. Until all are, each gets one task at a time: what
  /// the first took in stock, the last could not compute.
  void join(std::size_t worker);
  void add(Task& task) { deck_->add({&task, 0}); }

  struct Dealt {
    Task* task = nullptr;
    std::size_t worker = 0;
    std::uint64_t serial = 0;  ///< of this deal: never used again, whatever happens to the task
  };
  /// The next deal, if a task waits and a worker has a place for it.
  std::optional<Dealt> deal();

  /// The task that deal `serial` gave to `worker`; nullptr when nobody waits for it any more.
  Task* answered(std::size_t worker, std::uint64_t serial);

  /// `worker` is dead. What it held is dealt again, save a task over which it is the second to die:
  /// that one is returned. Only what the worker computed counts, not what it held in stock.
  Task* lose(std::size_t worker);
  [[nodiscard]] bool lost(std::size_t worker) const { return hands_[worker].lost; }
  /// Workers that are not lost.
  [[nodiscard]] std::size_t left() const { return left_; }

  /// Whether `worker` holds anything that is waited for.
  [[nodiscard]] bool busy(std::size_t worker) const;
  /// Takes out a task that waits to be dealt; nullptr: none does.
  Task* drop();
  /// Forgets the tasks that workers hold, and returns them. Their places stay taken until the answers
  /// come.
  std::vector<Task*> forget();

 private:
  struct Held {
    std::uint64_t serial = 0;
    Card card;  ///< without a task once it is forgotten
  };
  struct Hand {
    std::vector<Held> held;  ///< in the order in which the worker computes them
    bool joined = false;
    bool lost = false;
  };

  void give_stock();

  std::unique_ptr<Deck> deck_;
  std::vector<Hand> hands_;
  Index prefetch_;
  std::size_t left_;
  bool stocked_ = false;  ///< all had joined: hands have all their places
  std::uint64_t next_serial_ = 0;
};

}  // namespace mystic
