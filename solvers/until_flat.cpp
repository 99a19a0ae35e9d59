// mystic's GradientNormTolerance, as a search around a search: its evaluations are counted, repaired,
// journalled and shared out by the map like all others. Central differences, where mystic takes forward
// ones of the raw cost and counts none of them.

#include "mystic/solvers/until_flat.hpp"

#include "mystic/core/inner_search.hpp"
#include "mystic/core/variable.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

namespace mystic {
namespace {

// x + h_i e_i in column 2 i, x - h_i e_i in column 2 i + 1, both within the bounds.
Points around(const Vector& x, const Start& start, double difference) {
  Points points(x.size(), 2 * x.size());
  points.colwise() = x;
  for (Index i = 0; i < x.size(); ++i) {
    const double step = difference * std::max(1.0, std::abs(x[i]));
    points(i, 2 * i) = std::min(x[i] + step, start.upper[i]);
    points(i, 2 * i + 1) = std::max(x[i] - step, start.lower[i]);
  }
  return points;
}

double slope(const Points& points, const VectorView& costs, const Vector& x, const Start& start,
             Index i) {
  const double width = points(i, 2 * i) - points(i, 2 * i + 1);
  if (!(width > 0.0)) return 0.0;  // the bounds leave no room
  const double slope = (costs[2 * i] - costs[2 * i + 1]) / width;
  const bool leads_out =
      (x[i] >= start.upper[i] && slope < 0.0) || (x[i] <= start.lower[i] && slope > 0.0);
  return leads_out ? 0.0 : slope;
}

double norm(const Vector& gradient, const std::string& kind) {
  if (kind == "max") return gradient.lpNorm<Eigen::Infinity>();
  return kind == "sum" ? gradient.lpNorm<1>() : gradient.stableNorm();
}

Search flat_search(Start start, std::shared_ptr<const Algorithm> algorithm, FlatnessOptions options) {
  InnerSearch inner(algorithm->begin(start));
  Vector x(start.dimension());
  Vector gradient(start.dimension());
  for (Index steps = 0;;) {
    inner.resume();
    if (inner.ended()) co_return inner.reason();
    if (inner.wants_costs()) {
      Points points = inner.points();
      const Answers answers = co_await evaluate_noting(points);
      inner.answer(points, answers.costs, answers.rejected);
      continue;
    }
    const Step step = inner.step();
    x = Eigen::Map<const Vector>(step.best, x.size());
    co_await step;
    if (++steps % options.every != 0 || !std::isfinite(step.best_cost)) continue;
    const Points points = around(x, start, options.difference);
    const auto costs = co_await evaluate(points);
    if (!costs.allFinite()) continue;
    for (Index i = 0; i < x.size(); ++i) gradient[i] = slope(points, costs, x, start, i);
    const double size = norm(gradient, options.norm);
    if (size <= options.tolerance) {
      co_return fmt::format("the {} norm of the gradient, {}, is at most {}", options.norm, size,
                            options.tolerance);
    }
  }
}

}  // namespace

Algorithm until_flat(Algorithm inner, const FlatnessOptions& options) {
  validate(options);
  const std::string name = inner.name;
  const bool takes_population = inner.takes_population;
  return {name,
          [shared = std::make_shared<const Algorithm>(std::move(inner)), options](Start start) {
            require(start.rounded.empty(), "until-flat: {}", no_differences_along(start.rounded));
            return flat_search(std::move(start), shared, options);
          },
          takes_population};
}

}  // namespace mystic
