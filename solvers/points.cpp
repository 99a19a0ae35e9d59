// Given points, or random ones: a parameter study. No paper; a whole table is one batch, so that any map
// may share it out.

#include "mystic/solvers/points.hpp"

#include "mystic/core/require.hpp"

#include <memory>

namespace mystic {
namespace {

Search points_search(Start, std::shared_ptr<const Points> points) {
  const Vector costs = co_await evaluate(*points);
  Index best = 0;
  const double best_cost = costs.minCoeff(&best);
  const Step whole = step_done(points->col(best), best_cost, *points, costs);
  co_await whole;
  co_return fmt::format("all {} points were evaluated", points->cols());
}

}  // namespace

Algorithm given_points(Points points) {
  require(points.cols() >= 1 && points.rows() >= 1, "points: there is none");
  auto shared = std::make_shared<const Points>(std::move(points));
  return {"points", [shared](Start start) { return points_search(std::move(start), shared); }};
}

Algorithm random_points(Index count) {
  require(count >= 1, "random points: count = {} must be at least 1", count);
  return {"points", [count](Start start) {
            require(start.has_box(), "random points: every variable needs two finite bounds");
            Points points(start.dimension(), count);
            for (Index j = 0; j < count; ++j) {
              points.col(j) = uniform(start.random, start.lower, start.upper);
            }
            return points_search(std::move(start), std::make_shared<const Points>(std::move(points)));
          }};
}

}  // namespace mystic
