// Kelley, "Detection and remediation of stagnation in the Nelder-Mead algorithm using a sufficient
// decrease condition", SIAM J. Optim. 10 (1999) 43. What differs: coordinates are scaled by the first
// simplex, new vertices stay within the bounds, and a simplex that is degenerate restarts also while it
// still gains.

#include "oriented_restart.hpp"

#include <Eigen/QR>

#include <cmath>

namespace mystic {

OrientedRestart::OrientedRestart(const Start& start, const Points& first_simplex,
                                 const NelderMeadOptions& options)
    : lower_(start.lower), upper_(start.upper), scale_(Vector::Ones(start.dimension())),
      left_(options.restarts), degenerate_below_(options.degenerate_below),
      gradient_(Vector::Zero(start.dimension())) {
  for (Index i = 0; i < start.dimension(); ++i) {
    const double extent = first_simplex.row(i).maxCoeff() - first_simplex.row(i).minCoeff();
    if (extent > 0.0) scale_[i] = extent;
    if (lower_[i] < upper_[i]) ++free_;
  }
}

bool OrientedRestart::is_due(const Simplex& simplex) {
  const Index n = simplex.dimension();
  const double mean = simplex.costs().mean();
  if (!std::isfinite(mean) || free_ == 0) {  // rejected vertices say nothing of a slope
    forget();
    return false;
  }
  std::vector<Index> columns(static_cast<std::size_t>(n));
  simplex.list_but_best(columns);
  Points edges(n, n);  // a row each
  Vector rises(n);
  for (Index j = 0; j < n; ++j) {
    const Index column = columns[static_cast<std::size_t>(j)];
    edges.row(j) = ((simplex.points().col(column) - simplex.best()).cwiseQuotient(scale_)).transpose();
    rises[j] = simplex.costs()[column] - simplex.best_cost();
  }
  const Vector lengths = edges.rowwise().norm();
  // Of a variable that its bounds fix there may be vertices that equal the best.
  shortest_ = (lengths.array() > 0.0).select(lengths, infinity).minCoeff();
  const Eigen::ColPivHouseholderQR<Points> factors(edges);
  gradient_ = factors.solve(rises);
  const double slope = gradient_.squaredNorm();
  if (alpha_ < 0.0 && slope > 0.0) alpha_ = 1e-4 * lengths.maxCoeff() / std::sqrt(slope);

  const auto pivots = factors.matrixR().diagonal().cwiseAbs();
  const bool degenerate = pivots[free_ - 1] < degenerate_below_ * pivots[0];
  const bool stagnates = mean < mean_before_ && std::isfinite(mean_before_) &&
                         !(mean - mean_before_ < -alpha_ * slope_before_);
  mean_before_ = mean;
  slope_before_ = slope;
  return shortest_ < infinity && (degenerate || stagnates);
}

void OrientedRestart::place(const Simplex& simplex, Points& vertices) {
  vertices.colwise() = Vector(simplex.best());
  for (Index i = 0; i < vertices.rows(); ++i) {
    const double x = vertices(i, i);
    const double step = (gradient_[i] > 0.0 ? -0.5 : 0.5) * shortest_ * scale_[i];
    const auto inside = [&](double there) { return there >= lower_[i] && there <= upper_[i]; };
    vertices(i, i) = inside(x + step)   ? x + step
                     : inside(x - step) ? x - step
                                        : std::min(std::max(x + step, lower_[i]), upper_[i]);
  }
  --left_;
  forget();
}

}  // namespace mystic
