#include "mystic/models/radial_basis.hpp"

#include <Eigen/LU>
#include <Eigen/QR>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mystic {
namespace {

struct Merged {
  Points points;
  Vector values;  ///< means
  Vector counts;  ///< how many values each is the mean of
};

// The order that puts equal points beside each other.
std::vector<Index> sorted_columns(const PointsView& points) {
  std::vector<Index> order(static_cast<std::size_t>(points.cols()));
  std::iota(order.begin(), order.end(), Index{0});
  std::sort(order.begin(), order.end(), [&](Index a, Index b) {
    const auto left = points.col(a);
    const auto right = points.col(b);
    const bool less = std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end());
    const bool more = std::lexicographical_compare(right.begin(), right.end(), left.begin(), left.end());
    return less || (!more && a < b);
  });
  return order;
}

Merged merged(const PointsView& points, const VectorView& values, bool values_may_differ) {
  Merged result{Points(points.rows(), points.cols()), Vector::Zero(points.cols()),
                Vector::Zero(points.cols())};
  Index size = 0;
  for (const Index j : sorted_columns(points)) {
    const bool is_known = size > 0 && points.col(j) == result.points.col(size - 1);
    if (!is_known) {
      result.points.col(size++) = points.col(j);
    } else {
      const double before = result.values[size - 1] / result.counts[size - 1];
      require(values_may_differ || values[j] == before,
              "RadialBasis: two values, {} and {}, at one point ({}); give one, or smoothing > 0",
              before, values[j], fmt::join(points.col(j).begin(), points.col(j).end(), ", "));
    }
    if (values_may_differ || !is_known) {
      result.values[size - 1] += values[j];
      result.counts[size - 1] += 1.0;
    }
  }
  result.points.conservativeResize(Eigen::NoChange, size);
  result.values = result.values.head(size).cwiseQuotient(result.counts.head(size)).eval();
  result.counts.conservativeResize(size);
  return result;
}

Index monomials(Index degree, Index n) {
  if (degree < 0) return 0;
  if (degree == 0) return 1;
  return degree == 1 ? n + 1 : (n + 1) * (n + 2) / 2;
}

// 1, x_i, x_i x_j with i <= j. They are taken about the middle of the unit box: better conditioned.
Vector monomial_values(Index degree, const Vector& in_box) {
  const Index n = in_box.size();
  const Vector x = in_box.array() - 0.5;
  Vector values(monomials(degree, n));
  if (degree >= 0) values[0] = 1.0;
  if (degree >= 1) values.segment(1, n) = x;
  Index filled = n + 1;
  for (Index i = 0; degree == 2 && i < n; ++i) {
    for (Index j = i; j < n; ++j) values[filled++] = x[i] * x[j];
  }
  return values;
}

// Of sum_k c_k monomial_k, by the coordinates of the unit box.
Vector polynomial_gradient(Index degree, const Vector& in_box, const Vector& c) {
  const Index n = in_box.size();
  Vector slope = Vector::Zero(n);
  if (degree < 1) return slope;
  const Vector x = in_box.array() - 0.5;
  slope = c.segment(1, n);
  Index used = n + 1;
  for (Index i = 0; degree == 2 && i < n; ++i) {
    for (Index j = i; j < n; ++j, ++used) {
      slope[i] += c[used] * x[j];
      slope[j] += c[used] * x[i];
    }
  }
  return slope;
}

Index least_degree(const std::string& kernel) {
  if (kernel == "quintic") return 2;
  if (kernel == "thin-plate" || kernel == "cubic") return 1;
  return kernel == "linear" || kernel == "multiquadric" ? 0 : -1;
}

}  // namespace

Index RadialBasisOptions::used_degree() const { return degree.value_or(least_degree(kernel)); }

// Below that degree the system may be singular: the kernel is positive definite only beside the
// polynomial.
std::string RadialBasisOptions::broken_rules() const {
  if (used_degree() >= least_degree(kernel)) return "";
  return fmt::format("\n  degree = {} must be at least {} for the kernel {}", used_degree(),
                     least_degree(kernel), kernel);
}

double RadialBasis::kernel_value(Kernel kernel, double r) {
  switch (kernel) {
    case Kernel::thin_plate:
      return r == 0.0 ? 0.0 : r * r * std::log(r);
    case Kernel::multiquadric:
      return -std::sqrt(1.0 + r * r);
    case Kernel::inverse_multiquadric:
      return 1.0 / std::sqrt(1.0 + r * r);
    case Kernel::gaussian:
      return std::exp(-r * r);
    case Kernel::linear:
      return -r;
    case Kernel::cubic:
      return r * r * r;
    case Kernel::quintic:
      break;
  }
  return -(r * r) * (r * r) * r;
}

// phi'(r) / r, so that the gradient of phi(|d|) is it times d.
double RadialBasis::kernel_slope(Kernel kernel, double r) {
  switch (kernel) {
    case Kernel::thin_plate:
      return r == 0.0 ? 0.0 : 2.0 * std::log(r) + 1.0;
    case Kernel::multiquadric:
      return -1.0 / std::sqrt(1.0 + r * r);
    case Kernel::inverse_multiquadric:
      return -1.0 / ((1.0 + r * r) * std::sqrt(1.0 + r * r));
    case Kernel::gaussian:
      return -2.0 * std::exp(-r * r);
    case Kernel::linear:
      return r == 0.0 ? 0.0 : -1.0 / r;
    case Kernel::cubic:
      return 3.0 * r;
    case Kernel::quintic:
      break;
  }
  return -5.0 * r * r * r;
}

RadialBasis RadialBasis::fit(const PointsView& points, const VectorView& values,
                             const RadialBasisOptions& options) {
  validate(options);
  require(points.rows() >= 1 && points.cols() >= 1,
          "RadialBasis: {} points of {} coordinates are too few", points.cols(), points.rows());
  require(values.size() == points.cols(), "RadialBasis: {} values for {} points", values.size(),
          points.cols());
  require(points.allFinite() && values.allFinite(), "RadialBasis: a point or a value is not finite");
  const Merged given = merged(points, values, options.smoothing > 0.0);
  RadialBasis surface;
  surface.place(given.points, options);
  surface.solve(given.values, given.counts, options.smoothing);
  return surface;
}

void RadialBasis::place(const PointsView& points, const RadialBasisOptions& options) {
  const std::vector<std::string_view> kernels{"thin-plate", "multiquadric", "inverse-multiquadric",
                                              "gaussian",   "linear",       "cubic"};
  const auto known = std::find(kernels.begin(), kernels.end(), options.kernel);
  kernel_ = static_cast<Kernel>(known - kernels.begin());  // the last is not in the list
  degree_ = options.used_degree();
  origin_ = points.rowwise().minCoeff();
  const Vector side = points.rowwise().maxCoeff() - origin_;
  require(side.allFinite(), "RadialBasis: the points are too far apart: their distance is infinite");
  scale_ = (side.array() > 0.0).select(side.cwiseInverse(), 1.0);
  centres_ = scale_.asDiagonal() * (points.colwise() - origin_);
  const double mean_distance =
      std::pow(static_cast<double>(points.cols()), -1.0 / static_cast<double>(points.rows()));
  width_ = options.width.value_or(mean_distance);
}

void RadialBasis::solve(const Vector& values, const Vector& counts, double smoothing) {
  const Index m = size();
  const Index tail = monomials(degree_, dimension());
  require(m >= tail,
          "RadialBasis: {} different points are too few for a polynomial of degree {} in {} "
          "variables; needs {}",
          m, degree_, dimension(), tail);
  Eigen::MatrixXd system = Eigen::MatrixXd::Zero(m + tail, m + tail);
  for (Index j = 0; j < m; ++j) {
    for (Index i = 0; i < m; ++i) {
      system(i, j) = kernel_value(kernel_, (centres_.col(i) - centres_.col(j)).norm() / width_);
    }
    system(j, j) += smoothing / counts[j];
    if (tail > 0) system.col(j).tail(tail) = monomial_values(degree_, centres_.col(j));
  }
  if (tail > 0) {
    system.topRightCorner(m, tail) = system.bottomLeftCorner(tail, m).transpose();
    const auto rank = system.topRightCorner(m, tail).eval().colPivHouseholderQr().rank();
    require(rank == tail,
            "RadialBasis: the points lie too special for a polynomial of degree {}: they fix "
            "{} of its {} coefficients (all on a line, or in a plane?)",
            degree_, rank, tail);
  }
  Vector right = Vector::Zero(m + tail);
  right.head(m) = values;
  const Eigen::PartialPivLU<Eigen::MatrixXd> factors(system);
  Vector solution = factors.solve(right);
  for (int round = 0; round < 2; ++round) solution += factors.solve(right - system * solution);
  const double missed = (system * solution - right).lpNorm<Eigen::Infinity>();
  const double greatest = std::max(values.lpNorm<Eigen::Infinity>(), 1e-300);
  require(missed <= 1e-8 * greatest,
          "RadialBasis: singular to rounding (a value of {} is missed by {}); a "
          "width below {}, or smoothing, would help",
          greatest, missed, width_);
  weights_ = solution.head(m);
  polynomial_ = solution.tail(tail);
}

double RadialBasis::value(const VectorView& x) const {
  require(x.size() == dimension(), "RadialBasis: has {} variables, not {}", dimension(), x.size());
  const Vector in_box = scale_.cwiseProduct(x - origin_);
  double sum = 0.0;
  for (Index j = 0; j < size(); ++j) {
    sum += weights_[j] * kernel_value(kernel_, (in_box - centres_.col(j)).norm() / width_);
  }
  return degree_ < 0 ? sum : sum + polynomial_.dot(monomial_values(degree_, in_box));
}

Vector RadialBasis::gradient(const VectorView& x) const {
  require(x.size() == dimension(), "RadialBasis: has {} variables, not {}", dimension(), x.size());
  const Vector in_box = scale_.cwiseProduct(x - origin_);
  Vector slope = polynomial_gradient(degree_, in_box, polynomial_);
  for (Index j = 0; j < size(); ++j) {
    const Vector from = (in_box - centres_.col(j)) / width_;
    slope += weights_[j] / width_ * kernel_slope(kernel_, from.norm()) * from;
  }
  return scale_.cwiseProduct(slope);
}

RadialBasisModel::RadialBasisModel(RadialBasis surface, std::vector<std::string> inputs,
                                   std::string output)
    : surface_(std::move(surface)), inputs_(std::move(inputs)), outputs_{std::move(output)} {
  require(static_cast<Index>(inputs_.size()) == surface_.dimension(),
          "RadialBasisModel: {} names for {} variables", inputs_.size(), surface_.dimension());
}

void RadialBasisModel::evaluate(const Question& question, std::span<Outcome> outcomes) const {
  for (std::size_t j = 0; j < outcomes.size(); ++j) {
    outcomes[j].outputs[0] = surface_.value(question.points.col(static_cast<Index>(j)));
  }
}

}  // namespace mystic
