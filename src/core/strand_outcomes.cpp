// What a strand remembers of outcomes: points that need not be evaluated again, and such to walk from.

#include "mystic/core/strand.hpp"

#include <cstring>

namespace mystic {

// An outcome that the recorder did not know.
void Strand::note_outcome(Index column) {
  const auto j = static_cast<std::size_t>(column);
  if (context_->recorder != nullptr) {
    context_->recorder->record(ids_[j], points_.view(column), outcomes_[j]);
  }
  ++context_->made;
}

// Whether the cache knows the point of `column`, or will know it from this very batch. A run that has
// been told to stop, or repeats a stop, goes no further than what is recorded.
bool Strand::answer_from_cache(Index column) {
  if (context_->recorder_only || context_->withheld) return false;
  const auto j = static_cast<std::size_t>(column);
  if (context_->cache->find(points_.view(column), outcomes_[j])) {
    answers_[j] = Answer::known;
    ++context_->cached;
    note_outcome(column);
    return true;
  }
  if (!is_twin(column)) return false;
  answers_[j] = Answer::twin;
  return true;
}

// Whether the point of `column` is one that this batch awaits already, by all its bits.
bool Strand::is_twin(Index column) {
  const VectorView x = points_.view(column);
  const auto [first, is_new] = awaited_points_.try_emplace(EvaluationCache::fingerprint(x), column);
  if (is_new) return false;
  const Index dimension = x.size();
  const double* const other = points_.column(first->second);
  if (std::memcmp(other, x.data(), static_cast<std::size_t>(dimension) * sizeof(double)) != 0)
    return false;
  twins_[static_cast<std::size_t>(column)] = first->second;
  return true;
}

// What its twin gave, if that came back; a failure too.
void Strand::answer_twin(Index column) {
  const auto j = static_cast<std::size_t>(column);
  const auto twin = static_cast<std::size_t>(twins_[j]);
  if (answers_[twin] != Answer::known) return;
  outcomes_[j] = outcomes_[twin];
  outcomes_[j].seconds = 0.0;
  outcomes_[j].note = "cached";
  answers_[j] = Answer::known;
  ++context_->cached;
  note_outcome(column);
}

// Of the points where this search has found the model to succeed at the first attempt: so it is the same
// whoever computes. Distances are relative to the bounds where there are two.
const double* Strand::nearest_good(const VectorView& x) const {
  const Problem& problem = *context_->problem;
  const double* nearest = nullptr;
  double least = infinity;
  for (const Vector& good : good_) {
    double distance = 0.0;
    for (Index i = 0; i < x.size(); ++i) {
      const double width = problem.upper()[i] - problem.lower()[i];
      const double step = (x[i] - good[i]) / (width > 0.0 && width < infinity ? width : 1.0);
      distance += step * step;
    }
    if (distance >= least) continue;
    least = distance;
    nearest = good.data();
  }
  return nearest;
}

void Strand::take_in_column(Index column) {
  const auto j = static_cast<std::size_t>(column);
  costs_[j] = infinity;
  if (answers_[j] == Answer::twin) answer_twin(column);
  if (answers_[j] != Answer::known) return;
  Piece& piece = open_piece();
  const VectorView x = points_.view(column);
  const Outcome& outcome = outcomes_[j];
  if (context_->cache != nullptr) {
    context_->cache->add(x, outcome);
    piece.fingerprints.push_back(EvaluationCache::is_kept(outcome) ? EvaluationCache::fingerprint(x)
                                                                   : 0);
  }
  if (context_->keep_good && outcome.ok() && outcome.attempts == 1) good_.emplace_back(x);
  assess_column(piece, column, points_.column(column));
}

}  // namespace mystic
