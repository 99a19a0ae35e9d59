#pragma once

#include "mystic/core/constraint.hpp"

#include <functional>

namespace mystic {

/// A rule g(x) <= 0 or h(x) = 0, in any unit.
using Condition = std::function<double(const VectorView&)>;

/// weight * max(0, g(x))^2: smooth, exact only in the limit of a large weight. (mystic's
/// quadratic_inequality with k is this with weight = 2 k.)
[[nodiscard]] Penalty quadratic_inequality(Condition g, double weight = 100.0);
/// weight * max(0, g(x)): exact at a finite weight, with a kink where g = 0.
[[nodiscard]] Penalty linear_inequality(Condition g, double weight = 100.0);
/// weight * h(x)^2.
[[nodiscard]] Penalty quadratic_equality(Condition h, double weight = 100.0);
/// weight * |h(x)|.
[[nodiscard]] Penalty linear_equality(Condition h, double weight = 100.0);

}  // namespace mystic
