#pragma once

#include "mystic/core/task.hpp"
#include "mystic/maps/mpi_options.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace mystic {

/// A task to be dealt.
struct Card {
  Task* task = nullptr;
  int deaths = 0;  ///< workers that have died over it
};

/// Which card goes to which worker, and when. Workers are numbered from 0.
class Deck {
 public:
  virtual ~Deck() = default;

  struct Dealt {
    Card card;
    std::size_t worker = 0;
  };

  virtual void add(Card card) = 0;
  /// Lays `card`, which a dead worker held, before all others.
  virtual void add_again(Card card) = 0;
  /// There is one more place in the hand of `worker`.
  virtual void add_place(std::size_t worker) = 0;
  /// `worker` gets no more cards; those laid aside for it go to the others.
  virtual void lose(std::size_t worker) = 0;
  /// The next card that has a worker with a place for it; the place is then taken.
  virtual std::optional<Dealt> deal() = 0;
  /// Takes any card out.
  virtual std::optional<Card> drop() = 0;
};

/// The next card to whoever holds fewest, among them to the one that has waited longest.
class CommonDeck final : public Deck {
 public:
  CommonDeck(std::size_t workers, Index places_each);
  void add(Card card) override { cards_.push_back(card); }
  void add_again(Card card) override { cards_.push_front(card); }
  void add_place(std::size_t worker) override;
  void lose(std::size_t worker) override { lost_[worker] = true; }
  std::optional<Dealt> deal() override;
  std::optional<Card> drop() override;

 private:
  std::optional<std::size_t> take_place();

  std::deque<Card> cards_;
  std::vector<std::size_t> holds_;                ///< by worker: places that are not free
  std::vector<std::deque<std::size_t>> waiting_;  ///< [h]: workers with a free place beside h others
  std::vector<bool> lost_;
};

/// Fixed shares: card `position` of `of` belongs to the worker that a BalancedLayout over all workers
/// names. What belonged to a dead worker goes to whoever has nothing of its own left.
class PortionDeck final : public Deck {
 public:
  explicit PortionDeck(std::size_t workers) : workers_(workers) {}
  void add(Card card) override;
  void add_again(Card card) override;
  void add_place(std::size_t worker) override;
  void lose(std::size_t worker) override;
  std::optional<Dealt> deal() override;
  std::optional<Card> drop() override;

 private:
  struct Worker {
    std::deque<Card> share;
    Index places = 0;
    bool lost = false;
  };

  std::optional<Card> card_for(std::size_t worker);

  std::vector<Worker> workers_;
  std::deque<Card> orphans_;
  std::deque<std::size_t> look_at_;  ///< workers whose share or places have grown
};

/// @param places_each  the most that add_place() gives one worker
[[nodiscard]] std::unique_ptr<Deck> make_deck(Deal deal, std::size_t workers, Index places_each);

}  // namespace mystic
