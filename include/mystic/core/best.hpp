#pragma once

#include "mystic/core/evaluation_id.hpp"
#include "mystic/core/point.hpp"

namespace mystic {

/// The best evaluation of a run: the cheapest that meets every requirement; where none does, the
/// one with the least cost, penalties included.
struct Best {
  Vector x;                     ///< n, as evaluated; empty: no evaluation has succeeded yet
  double cost = infinity;       ///< objective + penalties
  double violation = infinity;  ///< largest relative violation of a requirement; 0: feasible
  Vector outputs;               ///< of the model, in its order
  EvaluationId id;
  Index round = 0;  ///< steps that its search had ended before it

  [[nodiscard]] bool exists() const { return x.size() > 0; }

  /// Whether an evaluation of this worth would take this one's place. Never on a tie: the earlier stays.
  /// Never if its cost is NaN.
  [[nodiscard]] bool yields_to(double other_cost, double other_violation) const {
    if (!exists() || other_cost != other_cost) return other_cost == other_cost;
    const bool feasible = violation <= 0.0;
    const bool other_feasible = other_violation <= 0.0;
    if (feasible != other_feasible) return other_feasible;
    return other_cost < cost;
  }
};

}  // namespace mystic
