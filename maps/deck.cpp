#include "deck.hpp"

#include "mystic/core/layout.hpp"

namespace mystic {
namespace {

std::optional<Card> take_first(std::deque<Card>& cards) {
  if (cards.empty()) return std::nullopt;
  const Card card = cards.front();
  cards.pop_front();
  return card;
}

}  // namespace

CommonDeck::CommonDeck(std::size_t workers, Index places_each)
    : holds_(workers, static_cast<std::size_t>(places_each)),
      waiting_(static_cast<std::size_t>(places_each)), lost_(workers, false) {}

void CommonDeck::add_place(std::size_t worker) {
  --holds_[worker];
  waiting_[holds_[worker]].push_back(worker);
}

std::optional<std::size_t> CommonDeck::take_place() {
  for (auto& waiting : waiting_) {
    while (!waiting.empty()) {
      const std::size_t worker = waiting.front();
      waiting.pop_front();
      if (lost_[worker]) continue;
      ++holds_[worker];
      return worker;
    }
  }
  return std::nullopt;
}

std::optional<Deck::Dealt> CommonDeck::deal() {
  if (cards_.empty()) return std::nullopt;
  const auto worker = take_place();
  if (!worker) return std::nullopt;
  return Dealt{*take_first(cards_), *worker};
}

std::optional<Card> CommonDeck::drop() { return take_first(cards_); }

void PortionDeck::add(Card card) {
  const BalancedLayout layout(card.task->of, static_cast<Index>(workers_.size()));
  const auto owner = static_cast<std::size_t>(layout.owner(card.task->position));
  if (workers_[owner].lost) {
    orphans_.push_back(card);
  } else {
    workers_[owner].share.push_back(card);
    look_at_.push_back(owner);
  }
}

void PortionDeck::add_again(Card card) { orphans_.push_front(card); }

void PortionDeck::add_place(std::size_t worker) {
  ++workers_[worker].places;
  look_at_.push_back(worker);
}

void PortionDeck::lose(std::size_t worker) {
  Worker& dead = workers_[worker];
  dead.lost = true;
  orphans_.insert(orphans_.end(), dead.share.begin(), dead.share.end());
  dead.share.clear();
}

std::optional<Card> PortionDeck::card_for(std::size_t worker) {
  Worker& hand = workers_[worker];
  if (hand.lost || hand.places == 0) return std::nullopt;
  auto card = take_first(hand.share);
  if (!card) card = take_first(orphans_);
  if (card) --hand.places;
  return card;
}

std::optional<Deck::Dealt> PortionDeck::deal() {
  while (!look_at_.empty()) {
    const std::size_t worker = look_at_.front();
    if (const auto card = card_for(worker)) return Dealt{*card, worker};
    look_at_.pop_front();
  }
  // Only after a death: the others may have been looked at before there were orphans.
  for (std::size_t worker = 0; worker < workers_.size() && !orphans_.empty(); ++worker) {
    if (const auto card = card_for(worker)) return Dealt{*card, worker};
  }
  return std::nullopt;
}

std::optional<Card> PortionDeck::drop() {
  for (Worker& worker : workers_) {
    if (const auto card = take_first(worker.share)) return card;
  }
  return take_first(orphans_);
}

std::unique_ptr<Deck> make_deck(Deal deal, std::size_t workers, Index places_each) {
  if (deal == Deal::equalportion) return std::make_unique<PortionDeck>(workers);
  return std::make_unique<CommonDeck>(workers, places_each);
}

}  // namespace mystic
