// Sparsity as in mystic: each start maximises the distance to the nearest known point (its fillpts).
// What differs: mystic runs a differential evolution of 20 candidates per point; here random candidates
// and a compass search, cheaper and as good for a distance.

#include "mystic/ensembles/sparsity.hpp"

#include "pack.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mystic {
namespace {

// The square of the distance from u to the nearest column, in units of the box.
double gap(const Vector& u, const Points& known) {
  return (known.colwise() - u).colwise().squaredNorm().minCoeff();
}

// Compass search: a step along each coordinate as long as the gap grows, then half the step.
Vector widen(Vector u, const Points& known) {
  double widest = gap(u, known);
  for (double step = 0.1; step > 1e-4; step *= 0.5) {
    for (bool better = true; better;) {
      better = false;
      for (Index i = 0; i < u.size(); ++i) {
        for (const double sign : {-1.0, 1.0}) {
          Vector moved = u;
          moved[i] = std::clamp(u[i] + sign * step, 0.0, 1.0);
          const double wider = gap(moved, known);
          if (!(wider > widest * (1.0 + 1e-12))) continue;
          widest = wider;
          u = moved;
          better = true;
        }
      }
    }
  }
  return u;
}

}  // namespace

Vector largest_gap(Random& random, const VectorView& lower, const VectorView& upper,
                   const PointsView& known, Index candidates) {
  if (known.cols() == 0) return uniform(random, lower, upper);
  const Vector width = upper - lower;
  const Vector scale = (width.array() > 0.0).select(width, 1.0);
  const Points scaled = (known.colwise() - lower).array().colwise() / scale.array();
  const Vector zero = Vector::Zero(lower.size());
  const Vector ends = (width.array() > 0.0).select(Vector::Ones(lower.size()), 0.0);
  Vector best = uniform(random, zero, ends);
  double widest = gap(best, scaled);
  for (Index k = 1; k < candidates; ++k) {
    const Vector u = uniform(random, zero, ends);
    const double wide = gap(u, scaled);
    if (wide > widest) {
      widest = wide;
      best = u;
    }
  }
  best = widen(best, scaled).cwiseMin(ends);
  return (lower + best.cwiseProduct(width)).cwiseMax(lower).cwiseMin(upper);
}

Ensemble sparsity(Algorithm member, const SparsityOptions& options, const Points& known) {
  validate(options);
  require(known.allFinite(), "sparsity: the known points must be finite");
  const auto starts = [options, known](Start& whole) -> Starts {
    require_box(whole, SparsityOptions::title);
    require(known.cols() == 0 || known.rows() == whole.dimension(),
            "sparsity: the known points have {} coordinates in a problem of {} variables", known.rows(),
            whole.dimension());
    return {options.starts, [options, known](Start& box, const PointsView& taken) {
              Points all(box.dimension(), known.cols() + taken.cols());
              if (known.cols() > 0) all.leftCols(known.cols()) = known;
              all.rightCols(taken.cols()) = taken;
              return largest_gap(box.random, box.lower, box.upper, all, options.candidates);
            }};
  };
  return ensemble_of("sparsity", std::move(member), starts, options.rules);
}

}  // namespace mystic
