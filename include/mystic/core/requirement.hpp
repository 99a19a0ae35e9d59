#pragma once

#include "mystic/core/point.hpp"

#include <string>

namespace mystic {

/// A limit on an output: lower <= output <= upper.
struct Requirement {
  std::string output;  ///< name of the model's output
  double lower = -infinity;
  double upper = infinity;

  /// How far `value` is outside, relative to the limit it breaks: (value - upper) / |upper| or
  /// (lower - value) / |lower|; absolute where that limit is 0. 0 when it is met. No unit.
  [[nodiscard]] double violation(double value) const;
};

/// How requirements enter the cost: weight * sum of v^2 (quadratic) or of v (linear), where v is
/// the relative violation. Linear is exact at a finite weight but has a kink on the limit.
enum class PenaltyKind { quadratic, linear };

struct RequirementPenalty {
  PenaltyKind kind = PenaltyKind::quadratic;
  double weight = 1000.0;  ///< unit of the cost
};

}  // namespace mystic
