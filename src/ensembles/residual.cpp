// Residual as in mystic (its errorpts): starts where a surrogate errs. What differs: mystic interpolates
// the error with thin plates and maximises it with a short differential evolution; Shepard's mean needs
// no system of equations and never overshoots, and the distance keeps starts off each other.

#include "mystic/ensembles/residual.hpp"

#include "pack.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mystic {
namespace {

/// What is known of a surrogate's errors, in units of the box.
class ExpectedError {
 public:
  ExpectedError(const Start& whole, const Points& known, const Vector& errors)
      : lower_(whole.lower), width_(whole.upper - whole.lower), known_(scaled(known)),
        errors_(errors.cwiseAbs()) {
    // Errors of 0 everywhere: only the distances count.
    if (errors_.maxCoeff() <= 0.0) errors_.setOnes();
  }

  [[nodiscard]] Points scaled(const PointsView& points) const {
    const Vector scale = (width_.array() > 0.0).select(width_, 1.0);
    return (points.colwise() - lower_).array().colwise() / scale.array();
  }

  /// @param taken  starts so far, scaled
  [[nodiscard]] double at(const Vector& u, const Points& taken) const {
    const Vector distances = (known_.colwise() - u).colwise().squaredNorm();
    double nearest = distances.minCoeff();
    if (taken.cols() > 0) {
      nearest = std::min(nearest, (taken.colwise() - u).colwise().squaredNorm().minCoeff());
    }
    if (nearest <= 0.0) return 0.0;
    const Vector weights = distances.cwiseInverse();
    return weights.dot(errors_) / weights.sum() * std::sqrt(nearest);
  }

 private:
  Vector lower_;
  Vector width_;
  Points known_;
  Vector errors_;
};

}  // namespace

Ensemble residual(Algorithm member, const Points& known, const VectorView& errors,
                  const ResidualOptions& options) {
  validate(options);
  require(known.cols() >= 1 && errors.size() == known.cols(),
          "residual: {} known points and {} errors; must be as many, and at least one", known.cols(),
          errors.size());
  require(known.allFinite() && errors.allFinite(), "residual: points and errors must be finite");
  const auto starts = [options, known, given = Vector(errors)](Start& whole) -> Starts {
    require_box(whole, ResidualOptions::title);
    require(known.rows() == whole.dimension(),
            "residual: the known points have {} coordinates in a problem of {} variables", known.rows(),
            whole.dimension());
    return {options.starts, [error = ExpectedError(whole, known, given),
                             candidates = options.candidates](Start& box, const PointsView& taken) {
              const Points near = error.scaled(taken);
              Vector best;
              double largest = -1.0;
              for (Index k = 0; k < candidates; ++k) {
                const Vector x = uniform(box.random, box.lower, box.upper);
                const double expected = error.at(error.scaled(x).col(0), near);
                if (!(expected > largest)) continue;
                largest = expected;
                best = x;
              }
              return best;
            }};
  };
  return ensemble_of("residual", std::move(member), starts, options.rules);
}

}  // namespace mystic
