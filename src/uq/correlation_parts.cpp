#include "correlation_parts.hpp"

#include "mystic/uq/correlation.hpp"

#include <Eigen/Cholesky>

#include <cmath>

namespace mystic {

Vector standardised(const VectorView& values) {
  Vector unit = values.array() - values.mean();
  const double largest = unit.size() > 0 ? unit.cwiseAbs().maxCoeff() : 0.0;
  // What rounding leaves of values that are all equal is no variation.
  if (!(largest > 1e-14 * values.cwiseAbs().maxCoeff())) return Vector::Zero(values.size());
  unit /= largest;  // squares neither overflow nor vanish
  return unit / unit.norm();
}

Estimate with_fisher(double r, double factor, double freedom, double level) {
  const double z = normal_width(level);
  if (std::isnan(r)) return {};
  if (!(freedom > 0.0)) return {r, {-1.0, 1.0}};
  if (std::abs(r) == 1.0) return {r, {r, r}};
  const double half = z * std::sqrt(factor / freedom);
  return {r, {std::tanh(std::atanh(r) - half), std::tanh(std::atanh(r) + half)}};
}

Points ranks_of_rows(const Points& x) {
  Points ranked(x.rows(), x.cols());
  for (Index i = 0; i < x.rows(); ++i) ranked.row(i) = ranks(x.row(i).transpose()).transpose();
  return ranked;
}

std::optional<Points> inverse_correlation(const Points& matrix) {
  const Eigen::LLT<Points> factors(matrix);
  const bool is_regular =
      factors.info() == Eigen::Success && factors.matrixLLT().diagonal().minCoeff() > 1e-7;
  if (!is_regular) return std::nullopt;
  return factors.solve(Points::Identity(matrix.rows(), matrix.cols()));
}

}  // namespace mystic
