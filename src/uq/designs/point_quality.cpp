#include "mystic/uq/point_quality.hpp"

#include "mystic/core/require.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace mystic {
namespace {

void require_in_cube(std::string_view who, const PointsView& points) {
  require(points.rows() >= 1 && points.cols() >= 1,
          "{}: {} points of {} variables; must be at least 1 of 1", who, points.cols(), points.rows());
  for (Index k = 0; k < points.cols(); ++k) {
    for (Index i = 0; i < points.rows(); ++i) {
      require(points(i, k) >= 0.0 && points(i, k) <= 1.0,
              "{}: coordinate {} of point {} = {} is not in [0, 1]", who, i, k, points(i, k));
    }
  }
}

// The sum over all ordered pairs (k, l) of prod_i factor(column i, x_ki): each unordered one twice.
template <class Factor>
double sum_over_pairs(const Points& rows, Factor factor) {
  double sum = 0.0;
  Eigen::ArrayXd product;
  for (Index k = 0; k < rows.rows(); ++k) {
    const Index rest = rows.rows() - k;
    product.setOnes(rest);
    for (Index i = 0; i < rows.cols(); ++i)
      product *= factor(rows.col(i).tail(rest).array(), rows(k, i));
    sum += 2.0 * product.sum() - product[0];
  }
  return sum;
}

}  // namespace

double centred_discrepancy(const PointsView& points) {
  require_in_cube("centred_discrepancy", points);
  const auto count = static_cast<double>(points.cols());
  const Points rows = (points.array() - 0.5).matrix().transpose();
  Eigen::ArrayXd single = Eigen::ArrayXd::Ones(rows.rows());
  for (Index i = 0; i < rows.cols(); ++i) {
    single *= 1.0 + 0.5 * rows.col(i).array().abs() - 0.5 * rows.col(i).array().square();
  }
  const double pairs = sum_over_pairs(rows, [](const auto& z, double at) {
    return 1.0 + 0.5 * (z.abs() + std::abs(at) - (z - at).abs());
  });
  const double square = std::pow(13.0 / 12.0, static_cast<double>(points.rows())) -
                        2.0 / count * single.sum() + pairs / (count * count);
  return std::sqrt(std::max(square, 0.0));
}

double star_discrepancy(const PointsView& points) {
  require_in_cube("star_discrepancy", points);
  const auto count = static_cast<double>(points.cols());
  const auto dimension = static_cast<double>(points.rows());
  const Points rows = points.transpose();
  Eigen::ArrayXd single = Eigen::ArrayXd::Ones(rows.rows());
  for (Index i = 0; i < rows.cols(); ++i) single *= 1.0 - rows.col(i).array().square();
  const double pairs = sum_over_pairs(rows, [](const auto& x, double at) { return 1.0 - x.max(at); });
  const double square = std::pow(3.0, -dimension) - std::exp2(1.0 - dimension) / count * single.sum() +
                        pairs / (count * count);
  return std::sqrt(std::max(square, 0.0));
}

double least_distance(const PointsView& points) {
  require(points.allFinite(), "least_distance: the points must be finite");
  double least = infinity;
  for (Index k = 1; k < points.cols(); ++k) {
    least = std::min(least,
                     (points.leftCols(k).colwise() - points.col(k)).colwise().squaredNorm().minCoeff());
  }
  return std::sqrt(least);
}

double greatest_correlation(const PointsView& points) {
  require(points.allFinite(), "greatest_correlation: the points must be finite");
  require(points.cols() >= 2, "greatest_correlation: {} points; must be at least 2", points.cols());
  Points deviations = points.colwise() - points.rowwise().mean();
  for (Index i = 0; i < points.rows(); ++i) {
    const double length = deviations.row(i).norm();
    require(points.row(i).minCoeff() < points.row(i).maxCoeff() && length > 0.0,
            "greatest_correlation: coordinate {} is {} in all points and has no correlation", i,
            points(i, 0));
    deviations.row(i) /= length;
  }
  double greatest = 0.0;
  for (Index i = 1; i < points.rows(); ++i) {
    const Vector others = deviations.topRows(i) * deviations.row(i).transpose();
    greatest = std::max(greatest, others.cwiseAbs().maxCoeff());
  }
  return std::min(greatest, 1.0);
}

}  // namespace mystic
