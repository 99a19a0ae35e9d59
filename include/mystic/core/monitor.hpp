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
  /// The run is over.
  virtual void stopped(const Stop&) {}
};

}  // namespace mystic
