#include "dealer.hpp"

#include <algorithm>
#include <utility>

namespace mystic {

Dealer::Dealer(Deal deal, std::size_t workers, Index prefetch)
    : deck_(make_deck(deal, workers, prefetch)), hands_(workers), prefetch_(prefetch), left_(workers) {}

void Dealer::join(std::size_t worker) {
  Hand& hand = hands_[worker];
  if (hand.lost || std::exchange(hand.joined, true)) return;
  deck_->add_place(worker);
  give_stock();
}

void Dealer::give_stock() {
  const auto there = [](const Hand& hand) { return hand.joined || hand.lost; };
  if (stocked_ || !std::all_of(hands_.begin(), hands_.end(), there)) return;
  stocked_ = true;
  for (std::size_t worker = 0; worker < hands_.size(); ++worker) {
    if (hands_[worker].lost) continue;
    for (Index place = 1; place < prefetch_; ++place) deck_->add_place(worker);
  }
}

std::optional<Dealer::Dealt> Dealer::deal() {
  const auto dealt = deck_->deal();
  if (!dealt) return std::nullopt;
  const std::uint64_t serial = next_serial_++;
  hands_[dealt->worker].held.push_back({serial, dealt->card});
  return Dealt{dealt->card.task, dealt->worker, serial};
}

Task* Dealer::answered(std::size_t worker, std::uint64_t serial) {
  Hand& hand = hands_[worker];
  const auto found = std::find_if(hand.held.begin(), hand.held.end(),
                                  [&](const Held& held) { return held.serial == serial; });
  if (found == hand.held.end()) return nullptr;
  Task* const task = found->card.task;
  hand.held.erase(found);
  deck_->add_place(worker);
  return task;
}

Task* Dealer::lose(std::size_t worker) {
  Hand& hand = hands_[worker];
  if (std::exchange(hand.lost, true)) return nullptr;
  --left_;
  deck_->lose(worker);
  Task* failed = nullptr;
  if (!hand.held.empty() && ++hand.held.front().card.deaths >= 2) {
    failed = std::exchange(hand.held.front().card.task, nullptr);
  }
  for (auto held = hand.held.rbegin(); held != hand.held.rend(); ++held) {
    if (held->card.task != nullptr) deck_->add_again(held->card);
  }
  hand.held.clear();
  give_stock();
  return failed;
}

bool Dealer::busy(std::size_t worker) const {
  const auto& held = hands_[worker].held;
  return std::any_of(held.begin(), held.end(), [](const Held& one) { return one.card.task != nullptr; });
}

Task* Dealer::drop() {
  const auto card = deck_->drop();
  return card ? card->task : nullptr;
}

std::vector<Task*> Dealer::forget() {
  std::vector<Task*> forgotten;
  for (Hand& hand : hands_) {
    for (Held& held : hand.held) {
      if (Task* const task = std::exchange(held.card.task, nullptr)) forgotten.push_back(task);
    }
  }
  return forgotten;
}

}  // namespace mystic
