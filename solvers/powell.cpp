// Powell (1964) as in SciPy and mystic: sweeps of line searches, and the extrapolated direction
// takes the place of the one of largest decrease when Powell's test says that it will not be lost
// (Press et al., Numerical Recipes, 10.5, as cited by both).
//
// What differs from mystic: no evaluation is made twice (line_search.cpp); a step is reported after
// the sweep, where mystic's monitors lag behind by the extrapolation (terminations see the same costs);
// and the first steps are a share of the bounds' width where there are bounds, so that the unit of a
// variable does not matter (first_step = 0.5 gives mystic's unit steps in [0, 2]).

#include "mystic/solvers/powell.hpp"

#include "line_search.hpp"

namespace mystic {
namespace {

Points first_directions(const Start& start, double first_step) {
  Points directions = Points::Identity(start.dimension(), start.dimension());
  for (Index i = 0; i < start.dimension(); ++i) {
    const double width = start.upper[i] - start.lower[i];
    if (std::isfinite(width) && width > 0.0) directions(i, i) = first_step * width;
  }
  return directions;
}

// Whether the whole sweep's direction should take the place of the best one.
bool extrapolation_pays(double before, double now, double extrapolated, double largest_decrease) {
  if (!(before > extrapolated)) return false;
  const double curvature = 2.0 * (before + extrapolated - 2.0 * now);
  const double without_largest = before - now - largest_decrease;
  const double drop = before - extrapolated;
  return curvature * without_largest * without_largest < largest_decrease * drop * drop;
}

Search powell_search(Start start, PowellOptions options) {
  require(start.x.size() > 0, "powell: give it a start");
  FrameArena own_arena;
  FrameArena& arena = start.arena != nullptr ? *start.arena : own_arena;
  const Index n = start.dimension();
  const LineSearchSettings settings{options.line_tolerance, options.line_iterations};
  Points directions = first_directions(start, options.first_step);
  Vector x = start.x.cwiseMax(start.lower).cwiseMin(start.upper);
  Vector before_sweep = x;
  Vector direction(n);
  Vector point(n);

  double cost = co_await evaluate(x);
  co_await step_done(x, cost);
  for (;;) {
    const double cost_before = cost;
    double largest_decrease = 0.0;
    Index of_largest = 0;
    for (Index i = 0; i < n; ++i) {
      direction = directions.col(i);
      const Line line{x, direction, cost, point};
      auto searching = line_search(arena, line, settings);
      const LineMinimum found = co_await searching;
      if (!(found.cost < infinity))
        continue;  // nothing to go by: it would drift away, out of the bounds
      if (cost - found.cost > largest_decrease) {
        largest_decrease = cost - found.cost;
        of_largest = i;
      }
      x += found.step * direction;
      cost = found.cost;
    }
    co_await step_done(x, cost, cost_before);

    direction = x - before_sweep;
    point = 2.0 * x - before_sweep;
    before_sweep = x;
    const double extrapolated = co_await evaluate(point);
    if (!extrapolation_pays(cost_before, cost, extrapolated, largest_decrease)) continue;
    const Line line{x, direction, cost, point};
    auto searching = line_search(arena, line, settings);
    const LineMinimum found = co_await searching;
    if (found.step == 0.0) continue;  // a direction of no length would lose a dimension for good
    direction *= found.step;
    x += direction;
    cost = found.cost;
    directions.col(of_largest) = directions.col(n - 1);
    directions.col(n - 1) = direction;
  }
}

}  // namespace

Algorithm powell(const PowellOptions& options) {
  validate(options);
  return {std::string(PowellOptions::title),
          [options](Start start) { return powell_search(std::move(start), options); }};
}

}  // namespace mystic
