#include "mystic/uq/correlation_matrix.hpp"

#include "mystic/core/require.hpp"

#include <Eigen/Eigenvalues>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/tools/roots.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace mystic {
namespace {

// The least eigenvalue of what is taken as positive definite: Cholesky's factor then has its digits.
constexpr double least_eigenvalue = 1e-10;

void require_entries(const Points& matrix) {
  const Index n = matrix.rows();
  require(n > 0 && matrix.cols() == n, "correlation matrix: {} x {} is not square", n, matrix.cols());
  for (Index i = 0; i < n; ++i) {
    require(matrix(i, i) == 1.0, "correlation matrix: {} at [{}, {}] must be 1", matrix(i, i), i, i);
    for (Index j = 0; j < i; ++j) {
      require(std::abs(matrix(i, j)) <= 1.0, "correlation matrix: {} at [{}, {}] is not in [-1, 1]",
              matrix(i, j), i, j);
      require(matrix(i, j) == matrix(j, i),
              "correlation matrix: is not symmetric: {} at [{}, {}], {} at [{}, {}]", matrix(i, j), i, j,
              matrix(j, i), j, i);
    }
  }
}

std::string rows_of(const Points& matrix) {
  std::string text = "[";
  for (Index i = 0; i < matrix.rows(); ++i) {
    text += i > 0 ? ", [" : "[";
    for (Index j = 0; j < matrix.cols(); ++j) {
      text += fmt::format("{}{:.6g}", j > 0 ? ", " : "", matrix(i, j));
    }
    text += "]";
  }
  return text + "]";
}

Points with_eigenvalues_above(const Points& matrix, double least) {
  const Eigen::SelfAdjointEigenSolver<Points> solver(matrix);
  const Vector raised = solver.eigenvalues().cwiseMax(least);
  return solver.eigenvectors() * raised.asDiagonal() * solver.eigenvectors().transpose();
}

// A law on the standard normal axis, in Hermite polynomials: coefficient k of
// (quantile(Phi(z)) - mean) / sd. With Gauss nodes from Golub & Welsch (1969), the eigenvectors are the
// normalised polynomials at the nodes, times the roots of the weights.
class Hermite {
 public:
  explicit Hermite(Index nodes) {
    Points recurrence = Points::Zero(nodes, nodes);
    for (Index k = 1; k < nodes; ++k) {
      recurrence(k, k - 1) = recurrence(k - 1, k) = std::sqrt(static_cast<double>(k));
    }
    const Eigen::SelfAdjointEigenSolver<Points> solver(recurrence);
    places_ = solver.eigenvalues();
    polynomials_ = solver.eigenvectors();
    for (Index j = 0; j < nodes; ++j) {
      if (polynomials_(0, j) < 0.0) polynomials_.col(j) *= -1.0;
    }
  }

  [[nodiscard]] Vector coefficients(const Law& law) const {
    const boost::math::normal normal;
    const double mean = law.mean();
    const double sd = law.sd();
    require(std::isfinite(mean) && std::isfinite(sd) && sd > 0.0,
            "Pearson's correlation needs laws with a finite variance above 0; {} has mean {}, sd {}",
            law.text(), mean, sd);
    Vector weighted(places_.size());
    for (Index j = 0; j < places_.size(); ++j) {
      const double tail = boost::math::cdf(normal, -std::abs(places_[j]));
      const double x = places_[j] < 0.0 ? law.quantile(tail) : law.upper_quantile(tail);
      weighted[j] = polynomials_(0, j) * (x - mean) / sd;
    }
    return polynomials_ * weighted;
  }

 private:
  Vector places_;
  Points polynomials_;  // k x j
};

// Mehler's formula: the correlation of two laws joined by a normal copula with correlation r is
// sum a_k b_k r^k. It grows with r.
double joined_correlation(const Vector& a, const Vector& b, double r) {
  double sum = 0.0;
  for (Index k = a.size() - 1; k >= 1; --k) sum = (sum + a[k] * b[k]) * r;
  return sum;
}

double nataf(const Vector& a, const Vector& b, double wanted, const std::string& where) {
  const auto excess = [&](double r) { return joined_correlation(a, b, r) - wanted; };
  const double least = joined_correlation(a, b, -1.0);
  const double most = joined_correlation(a, b, 1.0);
  require(least < wanted && wanted < most,
          "correlation matrix: {} at {}: a normal copula gives these laws ({:.6g}, {:.6g})", wanted,
          where, least, most);
  std::uintmax_t steps = 200;
  const auto ends = boost::math::tools::toms748_solve(
      excess, -1.0, 1.0, boost::math::tools::eps_tolerance<double>(50), steps);
  return 0.5 * (ends.first + ends.second);
}

Points from_pearson(const Points& matrix, const std::vector<Law>& laws) {
  const Index n = matrix.rows();
  require(static_cast<Index>(laws.size()) == n, "correlation matrix: {} x {}, but there are {} laws", n,
          n, laws.size());
  const Hermite hermite(64);
  std::vector<Vector> coefficients;
  for (const Law& law : laws) coefficients.push_back(hermite.coefficients(law));
  Points found = matrix;
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < i; ++j) {
      if (matrix(i, j) == 0.0) continue;
      found(i, j) = found(j, i) =
          nataf(coefficients[static_cast<std::size_t>(i)], coefficients[static_cast<std::size_t>(j)],
                matrix(i, j), fmt::format("[{}, {}]", i, j));
    }
  }
  return found;
}

}  // namespace

void require_correlation(const Points& matrix) {
  require_entries(matrix);
  const Eigen::SelfAdjointEigenSolver<Points> solver(matrix, Eigen::EigenvaluesOnly);
  const double least = solver.eigenvalues().minCoeff();
  if (least >= least_eigenvalue) return;
  const Points nearest = nearest_correlation(matrix);
  Index row = 0;
  Index column = 0;
  (nearest - matrix).cwiseAbs().maxCoeff(&row, &column);
  throw InvalidArgument(fmt::format(
      "correlation matrix: is not positive definite (least eigenvalue {:.3g}): no inputs have these "
      "correlations. The nearest that is: {}; it differs most at [{}, {}], {:.6g} in place of {:.6g}",
      least, rows_of(nearest), row, column, nearest(row, column), matrix(row, column)));
}

Points nearest_correlation(const Points& matrix, double least) {
  require(matrix.rows() > 0 && matrix.rows() == matrix.cols() && matrix.allFinite(),
          "nearest_correlation: {} x {} is not square, or not finite", matrix.rows(), matrix.cols());
  require(least >= 0.0 && least < 1.0, "nearest_correlation: least = {} is not in [0, 1)", least);
  Points nearest = 0.5 * (matrix + matrix.transpose());
  Points correction = Points::Zero(matrix.rows(), matrix.cols());
  for (int step = 0; step < 1000; ++step) {
    const Points before = nearest;
    const Points corrected = nearest - correction;
    const Points positive = with_eigenvalues_above(corrected, least);
    correction = positive - corrected;
    nearest = positive;
    nearest.diagonal().setOnes();
    if ((nearest - before).norm() <= 1e-12 * nearest.norm()) break;
  }
  // The two sets are met in turns, the last time that of ones on the diagonal: a scaling ends in both.
  const Points positive = with_eigenvalues_above(nearest, 2.0 * least);
  const Vector scale = positive.diagonal().cwiseSqrt().cwiseInverse();
  nearest = scale.asDiagonal() * positive * scale.asDiagonal();
  nearest = (0.5 * (nearest + nearest.transpose())).eval();
  nearest.diagonal().setOnes();
  return nearest;
}

Points normal_correlation(const Points& matrix, CorrelationKind kind, const std::vector<Law>& laws) {
  require_correlation(matrix);
  Points found = matrix;
  if (kind == CorrelationKind::spearman) {
    found = 2.0 * (matrix.array() * (std::numbers::pi / 6.0)).sin();
  } else if (kind == CorrelationKind::kendall) {
    found = (matrix.array() * (std::numbers::pi / 2.0)).sin();
  } else if (kind == CorrelationKind::pearson) {
    found = from_pearson(matrix, laws);
  }
  found.diagonal().setOnes();
  require_correlation(found);
  return found;
}

}  // namespace mystic
