#pragma once

#include "mystic/core/best.hpp"
#include "mystic/core/monitor.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mystic {

/// What one search did between two of its steps, in its logical order: enough to take decisions
/// (limits, failures, best so far) later and in the order of an ensemble, whenever it was computed.
/// Cleared and used again, so that its storage is allocated once.
class Piece {
 public:
  /// Something that matters to decisions happened at the evaluation number `at` (from 0) of this piece.
  struct Event {
    Index at = 0;
    bool failed = false;
    Best best;  ///< unless failed: a new best of this search
  };
  /// An evaluation kept for monitors.
  struct Kept {
    EvaluationId id;
    Vector x;
    double cost = infinity;
    Outcome outcome;
  };

  void clear() {
    evaluations = 0;
    consumed = 0;
    next_event = 0;
    if (2 * event_count_ > events_.size()) grow();
    event_count_ = 0;
    kept.clear();
    kept_from = 0;
    fingerprints.clear();
    closed = false;
    stepped = false;
    ended.reset();
  }

  Event& add_event() {
    if (event_count_ == events_.size()) grow();
    return events_[event_count_++];
  }
  [[nodiscard]] std::size_t event_count() const { return event_count_; }
  [[nodiscard]] const Event& event(std::size_t i) const { return events_[i]; }
  [[nodiscard]] Event& last_event() { return events_[event_count_ - 1]; }
  /// How many evaluations without an event come next.
  [[nodiscard]] Index uneventful() const {
    return (next_event < event_count_ ? events_[next_event].at : evaluations) - consumed;
  }

  Index evaluations = 0;
  Index consumed = 0;          ///< how many of them have been decided
  std::size_t next_event = 0;  ///< the first event that has not
  std::vector<Kept> kept;
  Index kept_from = 0;  ///< the evaluation that kept.front() is of: those before were shown and let go
  std::vector<std::uint64_t> fingerprints;  ///< of the points, 0 for one that failed; with a cache only
  bool closed = false;                      ///< the search has ended its step, or ended
  bool stepped = false;                     ///< closed by a step
  std::optional<Stop> ended;                ///< the search ended: no further piece follows
  double step_cost = infinity;              ///< best cost as the search reported it
  Vector step_best;                         ///< and its point

 private:
  // In strides, ahead of the need, and with storage for points like the first: soon it is the last time.
  void grow() {
    const Event like = events_.empty() ? Event{} : events_.front();
    events_.resize(events_.empty() ? 1 : 8 * events_.size(), like);
  }

  std::vector<Event> events_;
  std::size_t event_count_ = 0;
};

/// The sum of all pieces that have been consumed in logical order.
struct Ledger {
  Index evaluations = 0;
  Index failed = 0;
  Index failed_in_a_row = 0;
  Index cached = 0;  ///< at a point that an earlier one was made at; counted with a cache only
  Best best;
};

}  // namespace mystic
