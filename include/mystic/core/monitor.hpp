#pragma once

#include "mystic/core/evaluation_id.hpp"
#include "mystic/core/outcome.hpp"
#include "mystic/core/termination.hpp"

namespace mystic {

/// One evaluation, as monitors see it: in logical order, the same under every map.
struct EvaluationRecord {
  EvaluationId id;
  VectorView x;  ///< as evaluated: repaired
  double cost = infinity;
  const Outcome& outcome;
};

/// Sees steps and evaluations; override what you need. Called by the driving thread only.
class Monitor {
 public:
  virtual ~Monitor() = default;
  virtual void step(const Progress&) {}
  virtual void evaluation(const EvaluationRecord&) {}
  /// Asked after each step or evaluation that it has seen: a reason to end the run with that one, or
  /// nothing. In logical order, so that one that decides by what it sees stops at the same place under
  /// every map.
  [[nodiscard]] virtual Verdict wants_stop() { return std::nullopt; }
  /// The run is over.
  virtual void stopped(const Stop&) {}
};

}  // namespace mystic
