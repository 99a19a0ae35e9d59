// Powell (1964) as in SciPy and mystic: sweeps of line searches, and the extrapolated direction
// takes the place of the one of largest decrease when Powell's test says that it will not be lost
// (Press et al., Numerical Recipes, 10.5, as cited by both).
//
// What differs from mystic: no evaluation is made twice (line_search.cpp); a step is reported after
// the sweep, where mystic's monitors lag behind by the extrapolation (terminations see the same costs);
// lines may end at the bounds and directions may start over, both if told to;
// and the first steps are a share of the bounds' width where there are bounds, so that the unit of a
// variable does not matter (first_step = 0.5 gives mystic's unit steps in [0, 2]).

#include "mystic/solvers/powell.hpp"

#include "directions.hpp"
#include "line_search.hpp"

namespace mystic {
namespace {

// Whether the whole sweep's direction should take the place of the best one.
bool extrapolation_pays(double before, double now, double extrapolated, double largest_decrease) {
  if (!(before > extrapolated)) return false;
  const double curvature = 2.0 * (before + extrapolated - 2.0 * now);
  const double without_largest = before - now - largest_decrease;
  const double drop = before - extrapolated;
  return curvature * without_largest * without_largest < largest_decrease * drop * drop;
}

Line line_from(const Vector& x, const Vector& direction, double cost, Vector& point, const Box* bounds) {
  Line line{x, direction, cost, point};
  if (bounds != nullptr) keep_inside(line, *bounds);
  return line;
}

// As the line search has put it: at the end of a line rounding may lead out of the box.
template <class Way>
void move(Vector& x, const Way& way, const Box* bounds) {
  x += way;
  if (bounds != nullptr) x = x.cwiseMax(bounds->lower).cwiseMin(bounds->upper);
}

bool lies_in(const Vector& x, const Box& box) {
  return (x.array() >= box.lower.array()).all() && (x.array() <= box.upper.array()).all();
}

Search powell_search(Start start, PowellOptions options) {
  require(start.x.size() > 0, "powell: give it a start");
  FrameArena own_arena;
  FrameArena& arena = start.arena != nullptr ? *start.arena : own_arena;
  const Index n = start.dimension();
  const LineSearchSettings settings{options.line_tolerance, options.line_iterations};
  const Box box{start.lower, start.upper};
  const Box* const bounds = options.stay_inside ? &box : nullptr;
  DirectionSet directions(start, options);
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
    directions.begin_sweep();
    for (Index i = 0; i < n; ++i) {
      direction = directions[i];
      const Line line = line_from(x, direction, cost, point, bounds);
      auto searching = line_search(arena, line, settings);
      const LineMinimum found = co_await searching;
      if (!(found.cost < infinity))
        continue;  // nothing to go by: it would drift away, out of the bounds
      if (cost - found.cost > largest_decrease) {
        largest_decrease = cost - found.cost;
        of_largest = i;
      }
      move(x, found.step * direction, bounds);
      cost = found.cost;
    }
    co_await step_done(x, cost, cost_before);

    direction = x - before_sweep;
    point = 2.0 * x - before_sweep;
    before_sweep = x;
    if (bounds != nullptr && !lies_in(point, box)) continue;
    const double extrapolated = co_await evaluate(point);
    if (!extrapolation_pays(cost_before, cost, extrapolated, largest_decrease)) continue;
    const Line line = line_from(x, direction, cost, point, bounds);
    auto searching = line_search(arena, line, settings);
    const LineMinimum found = co_await searching;
    if (found.step == 0.0) continue;  // a direction of no length would lose a dimension for good
    direction *= found.step;
    move(x, direction, bounds);
    cost = found.cost;
    directions.replace(of_largest, direction);
  }
}

}  // namespace

Algorithm powell(const PowellOptions& options) {
  validate(options);
  return {std::string(PowellOptions::title),
          [options](Start start) { return powell_search(std::move(start), options); }};
}

}  // namespace mystic
