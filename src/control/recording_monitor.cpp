#include "mystic/control/monitors.hpp"

#include <algorithm>
#include <cmath>

namespace mystic {
namespace {

template <class Entries>
Entries cut(const char* name, const Entries& entries, Index first, Index last) {
  const auto size = static_cast<Index>(entries.size());
  require(first >= 0 && first <= last && last <= size, "{}: [{}, {}) is not within [0, {})", name, first,
          last, size);
  return {entries.begin() + first, entries.begin() + last};
}

template <class Entries>
void append(Entries& entries, const Entries& others) {
  const Entries copy = others;  // they may be the same
  entries.insert(entries.end(), copy.begin(), copy.end());
}

double scale(double cost, double factor) { return std::isfinite(cost) ? factor * cost : cost; }

}  // namespace

void RecordingMonitor::reserve(Index steps, Index evaluations, Index dimension) {
  require(steps >= 0 && evaluations >= 0 && dimension >= 1,
          "RecordingMonitor: {} steps and {} evaluations in {} variables cannot be reserved", steps,
          evaluations, dimension);
  steps_.reserve(steps_.size() + static_cast<std::size_t>(steps));
  evaluations_.reserve(evaluations_.size() + static_cast<std::size_t>(evaluations));
  const auto more = static_cast<std::size_t>(steps + evaluations);
  spare_.reserve(spare_.size() + more);
  for (std::size_t i = 0; i < more; ++i) spare_.push_back(Vector::Zero(dimension));
}

void RecordingMonitor::step(const Progress& progress) {
  StepEntry entry{.generation = earlier_generations_ + progress.generations,
                  .evaluations = earlier_evaluations_ + progress.evaluations,
                  .best = {},
                  .best_cost = progress.best_cost(),
                  .id = id_};
  if (!spare_.empty()) {
    entry.best = std::move(spare_.back());
    spare_.pop_back();
  }
  entry.best = progress.best;
  steps_.push_back(std::move(entry));
}

void RecordingMonitor::evaluation(const EvaluationRecord& record) {
  EvaluationEntry entry{.id = record.id, .x = {}, .cost = record.cost};
  if (!spare_.empty()) {
    entry.x = std::move(spare_.back());
    spare_.pop_back();
  }
  entry.x = record.x;
  evaluations_.push_back(std::move(entry));
}

RecordingMonitor RecordingMonitor::slice_steps(Index first, Index last) const {
  RecordingMonitor part(id_);
  part.steps_ = cut("slice_steps", steps_, first, last);
  return part;
}

RecordingMonitor RecordingMonitor::slice_evaluations(Index first, Index last) const {
  RecordingMonitor part(id_);
  part.evaluations_ = cut("slice_evaluations", evaluations_, first, last);
  return part;
}

RecordingMonitor& RecordingMonitor::extend(const RecordingMonitor& other) {
  append(steps_, other.steps_);
  append(evaluations_, other.evaluations_);
  return *this;
}

RecordingMonitor& RecordingMonitor::prepend(const RecordingMonitor& other) {
  auto steps = other.steps_;
  auto evaluations = other.evaluations_;
  append(steps, steps_);
  append(evaluations, evaluations_);
  steps_ = std::move(steps);
  evaluations_ = std::move(evaluations);
  return *this;
}

RecordingMonitor& RecordingMonitor::continue_from(const RecordingMonitor& former) {
  require(steps_.empty() && evaluations_.empty(),
          "continue_from: there are {} steps and {} evaluations already", steps_.size(),
          evaluations_.size());
  prepend(former);
  earlier_generations_ = steps_.empty() ? 0 : steps_.back().generation + 1;
  earlier_evaluations_ =
      steps_.empty() ? static_cast<Index>(evaluations_.size()) : steps_.back().evaluations;
  return *this;
}

RecordingMonitor RecordingMonitor::scaled(double factor) const {
  require(std::isfinite(factor) && factor != 0.0, "scaled: factor = {} must be finite and not 0",
          factor);
  RecordingMonitor copy(id_);
  copy.extend(*this);
  for (StepEntry& entry : copy.steps_) entry.best_cost = scale(entry.best_cost, factor);
  for (EvaluationEntry& entry : copy.evaluations_) entry.cost = scale(entry.cost, factor);
  return copy;
}

// A NaN is less than nothing and nothing is less than it: it is passed over.
const RecordingMonitor::StepEntry& RecordingMonitor::best_step() const {
  require(!steps_.empty(), "best_step: no step was recorded");
  const StepEntry* best = &steps_.front();
  for (const StepEntry& entry : steps_) {
    if (entry.best_cost < best->best_cost || std::isnan(best->best_cost)) best = &entry;
  }
  return *best;
}

const RecordingMonitor::EvaluationEntry& RecordingMonitor::best_evaluation() const {
  require(!evaluations_.empty(), "best_evaluation: no evaluation was recorded");
  const EvaluationEntry* best = &evaluations_.front();
  for (const EvaluationEntry& entry : evaluations_) {
    if (entry.cost < best->cost || std::isnan(best->cost)) best = &entry;
  }
  return *best;
}

}  // namespace mystic
