// Kelley, "Detection and remediation of stagnation in the Nelder-Mead algorithm using a sufficient
// decrease condition", SIAM J. Optim. 10 (1999) 43. What differs: coordinates are scaled by the first
// simplex, new vertices stay within the bounds, and a simplex that is degenerate restarts also while it
// still gains.

#include "oriented_restart.hpp"

#include <algorithm>
#include <cmath>

namespace mystic {

OrientedRestart::OrientedRestart(const Start& start, const Points& first_simplex,
                                 const NelderMeadOptions& options)
    : lower_(start.lower), upper_(start.upper), scale_(Vector::Ones(start.dimension())),
      left_(options.restarts), degenerate_below_(options.degenerate_below),
      gradient_(Vector::Zero(start.dimension())), columns_(static_cast<std::size_t>(start.dimension())),
      edges_(start.dimension(), start.dimension()), rises_(start.dimension()),
      lengths_(start.dimension()), factors_(start.dimension(), start.dimension()) {
  for (Index i = 0; i < start.dimension(); ++i) {
    const double extent = first_simplex.row(i).maxCoeff() - first_simplex.row(i).minCoeff();
    if (extent > 0.0) scale_[i] = extent;
    if (lower_[i] < upper_[i]) ++free_;
  }
}

void OrientedRestart::take_edges(const Simplex& simplex) {
  simplex.list_but_best(columns_);
  for (Index j = 0; j < simplex.dimension(); ++j) {
    const Index column = columns_[static_cast<std::size_t>(j)];
    edges_.row(j) = (simplex.points().col(column) - simplex.best()).cwiseQuotient(scale_).transpose();
    rises_[j] = simplex.costs()[column] - simplex.best_cost();
    lengths_[j] = edges_.row(j).norm();
  }
}

// edges * gradient = rises by the factors, written out so that nothing is allocated; coordinates in
// which no edge reaches have no slope.
void OrientedRestart::solve_for_gradient() {
  factors_.compute(edges_);
  const Index n = gradient_.size();
  const Points& qr = factors_.matrixQR();
  const Index rank = factors_.rank();
  double room = 0.0;
  for (Index k = 0; k < rank; ++k) {
    rises_.tail(n - k).applyHouseholderOnTheLeft(qr.col(k).tail(n - k - 1), factors_.hCoeffs()[k],
                                                 &room);
  }
  gradient_.setZero();
  for (Index k = rank - 1; k >= 0; --k) {
    for (Index j = k + 1; j < rank; ++j) rises_[k] -= qr(k, j) * rises_[j];
    rises_[k] /= qr(k, k);
    gradient_[factors_.colsPermutation().indices()[k]] = rises_[k];
  }
}

bool OrientedRestart::is_due(const Simplex& simplex) {
  const double mean = simplex.costs().mean();
  if (!std::isfinite(mean) || free_ == 0) {  // rejected vertices say nothing of a slope
    forget();
    return false;
  }
  take_edges(simplex);
  solve_for_gradient();
  // Of a variable that its bounds fix there may be vertices that equal the best.
  shortest_ = infinity;
  for (const double length : lengths_) {
    if (length > 0.0) shortest_ = std::min(shortest_, length);
  }
  const double slope = gradient_.squaredNorm();
  if (alpha_ < 0.0 && slope > 0.0) alpha_ = 1e-4 * lengths_.maxCoeff() / std::sqrt(slope);

  const auto pivots = factors_.matrixR().diagonal().cwiseAbs();
  const bool degenerate = pivots[free_ - 1] < degenerate_below_ * pivots[0];
  const bool stagnates = mean < mean_before_ && std::isfinite(mean_before_) &&
                         !(mean - mean_before_ < -alpha_ * slope_before_);
  mean_before_ = mean;
  slope_before_ = slope;
  return shortest_ < infinity && (degenerate || stagnates);
}

void OrientedRestart::place(const Simplex& simplex, Points& vertices) {
  vertices.colwise() = simplex.best();
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
