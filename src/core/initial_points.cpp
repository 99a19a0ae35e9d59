#include "mystic/core/initial_points.hpp"

#include "mystic/core/require.hpp"

#include <Eigen/Cholesky>
#include <boost/random/normal_distribution.hpp>

#include <cmath>
#include <utility>

namespace mystic {
namespace {

void require_count(Index count) {
  require(count >= 1, "initial points: count = {} must be at least 1", count);
}

void require_point(const VectorView& x, const char* name) {
  require(x.size() >= 1 && x.allFinite(), "initial points: {} must be one finite number or more", name);
}

}  // namespace

InitialPoints::InitialPoints(Index dimension, Rule rule)
    : dimension_(dimension), rule_(std::move(rule)) {}

InitialPoints InitialPoints::given(const Points& points) {
  require(points.rows() >= 1 && points.cols() >= 1, "initial points: there is none");
  require(points.allFinite(), "initial points: every coordinate must be finite");
  return {points.rows(), [points](Random&, const VectorView&, const VectorView&) { return points; }};
}

InitialPoints InitialPoints::around(const VectorView& x, double radius, Index count) {
  require_point(x, "the point to draw around");
  require(radius >= 0.0 && std::isfinite(radius),
          "initial points: radius = {} must be finite and at least 0", radius);
  require_count(count);
  const auto rule = [centre = Vector(x), radius, count](Random& random, const VectorView&,
                                                        const VectorView&) {
    Points points(centre.size(), count);
    points.colwise() = centre;
    for (Index j = 1; j < count; ++j) {
      for (Index i = 0; i < centre.size(); ++i) {
        const double reach = radius * (centre[i] != 0.0 ? std::abs(centre[i]) : 1.0);
        points(i, j) += reach * (2.0 * uniform(random) - 1.0);
      }
    }
    return points;
  };
  return {x.size(), rule};
}

InitialPoints InitialPoints::in_box(Index count) {
  require_count(count);
  return {0, [count](Random& random, const VectorView& lower, const VectorView& upper) {
            require(lower.allFinite() && upper.allFinite(),
                    "initial points: every variable needs two finite bounds, in which to draw them");
            Points points(lower.size(), count);
            for (Index j = 0; j < count; ++j) points.col(j) = uniform(random, lower, upper);
            return points;
          }};
}

InitialPoints InitialPoints::multinormal(const VectorView& mean, const Points& covariance, Index count) {
  require_point(mean, "the mean");
  require_count(count);
  require(covariance.rows() == mean.size() && covariance.cols() == mean.size(),
          "initial points: the covariance is {} x {} for {} variables", covariance.rows(),
          covariance.cols(), mean.size());
  require(covariance.allFinite() && covariance.isApprox(covariance.transpose(), 1e-12),
          "initial points: the covariance must be finite and symmetric");
  const Eigen::LLT<Points> factors(covariance);
  require(factors.info() == Eigen::Success,
          "initial points: the covariance must be positive definite (a variable of no variance: fix it "
          "by its bounds)");
  // x = mean + L z with covariance = L L' and z of standard normal numbers.
  const auto rule = [centre = Vector(mean), factor = Points(factors.matrixL()), count](
                        Random& random, const VectorView&, const VectorView&) {
    boost::random::normal_distribution<double> normal;
    Points points(centre.size(), count);
    Vector z(centre.size());
    for (Index j = 0; j < count; ++j) {
      for (double& coordinate : z) coordinate = normal(random);
      points.col(j) = centre + factor * z;
    }
    return points;
  };
  return {mean.size(), rule};
}

Points InitialPoints::draw(Random& random, const VectorView& lower, const VectorView& upper) const {
  require(dimension_ == 0 || dimension_ == lower.size(),
          "initial points: they have {} coordinates in a problem of {} variables", dimension_,
          lower.size());
  Points points = rule_(random, lower, upper);
  for (Index j = 0; j < points.cols(); ++j) {
    points.col(j) = points.col(j).cwiseMax(lower).cwiseMin(upper);
  }
  return points;
}

}  // namespace mystic
