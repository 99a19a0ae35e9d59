#include "memory_recorder.hpp"

#include <algorithm>

namespace mystic::testing_support {

MemoryRecorder::MemoryRecorder(const MemoryRecorder& journal, std::size_t count, bool with_stop) {
  for (std::size_t i = 0; i < std::min(count, journal.entries_.size()); ++i) {
    const Entry& entry = journal.entries_[i];
    places_.emplace(entry.id, entries_.size());
    entries_.push_back(entry);
  }
  if (!with_stop || journal.stops_.empty()) return;
  earlier_stop_ = journal.stops_.back();
  earlier_seconds_ = earlier_stop_->seconds;
}

bool MemoryRecorder::recall(const EvaluationId& id, const VectorView& x, Outcome& outcome) {
  const auto place = places_.find(id);
  if (place == places_.end()) return false;
  const Entry& entry = entries_[place->second];
  if (entry.x != x) ++strange_;
  outcome = entry.outcome;
  return true;
}

void MemoryRecorder::record(const EvaluationId& id, const VectorView& x, const Outcome& outcome) {
  if (!places_.emplace(id, entries_.size()).second) ++repeated_;
  entries_.push_back({id, x, outcome});
}

}  // namespace mystic::testing_support
