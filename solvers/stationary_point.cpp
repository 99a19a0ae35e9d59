// Eigenvector following by partitioned rational functions: Banerjee, Adams, Simons & Shepard (1985) and
// Baker (1986). In the eigenvectors of the Hessian, with the gradient's components g_i and eigenvalues
// b_i:
//
//   uphill modes (the lowest):  h_i = -g_i / (b_i - p),  p the largest root of p = sum g_i^2 / (p - b_i)
//   downhill modes (the rest):  h_i = -g_i / (b_i - q),  q the smallest root of the same over theirs
//
// the roots being the extreme eigenvalues of the bordered matrices [[diag b, g], [g^T, 0]]. What
// differs: Hessians are not updated but taken by central differences, which a map computes at once;
// variables are scaled by the widths of their bounds, and those that their bounds fix are left out; a
// step that leaves the box is cut at its side; a search that gets nowhere ends.

#include "mystic/solvers/stationary_point.hpp"

#include "trust_radius.hpp"

#include "mystic/core/variable.hpp"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

namespace mystic {
namespace {

/// Points for central differences around a centre, and what their costs say. In scaled variables u.
class Differences {
 public:
  Differences(Index n, double step) : n_(n), step_(step), points_(n, n * n + n + 1) {}

  /// 1 + 2 n + n (n - 1) points: the centre, +-h along each axis, +-h along both axes of each pair.
  const Points& around(const Vector& centre) {
    points_.colwise() = centre;
    Index column = 1;
    for (Index i = 0; i < n_; ++i) {
      points_(i, column++) += step_;
      points_(i, column++) -= step_;
    }
    for (Index i = 0; i < n_; ++i) {
      for (Index j = 0; j < i; ++j) {
        for (const double sign : {1.0, -1.0}) {
          points_(i, column) += sign * step_;
          points_(j, column++) += sign * step_;
        }
      }
    }
    return points_;
  }

  void take(const VectorView& costs) { costs_ = costs; }

  [[nodiscard]] double cost() const { return costs_[0]; }
  [[nodiscard]] bool whole() const { return costs_.allFinite(); }

  /// The largest curvature that may be nothing but the rounding of the costs.
  [[nodiscard]] double rounding() const {
    constexpr double each = 8.0 * std::numeric_limits<double>::epsilon();
    return each * costs_.cwiseAbs().maxCoeff() / (step_ * step_);
  }

  [[nodiscard]] Vector gradient() const {
    Vector gradient(n_);
    for (Index i = 0; i < n_; ++i) gradient[i] = (up(i) - down(i)) / (2.0 * step_);
    return gradient;
  }

  // f_ij = (f(+i+j) - f(+i) - f(+j) + 2 f - f(-i) - f(-j) + f(-i-j)) / (2 h^2)
  [[nodiscard]] Eigen::MatrixXd hessian() const {
    Eigen::MatrixXd hessian(n_, n_);
    Index column = 1 + 2 * n_;
    for (Index i = 0; i < n_; ++i) {
      hessian(i, i) = (up(i) - 2.0 * cost() + down(i)) / (step_ * step_);
      for (Index j = 0; j < i; ++j) {
        const double mixed =
            costs_[column] - up(i) - up(j) + 2.0 * cost() - down(i) - down(j) + costs_[column + 1];
        hessian(i, j) = hessian(j, i) = mixed / (2.0 * step_ * step_);
        column += 2;
      }
    }
    return hessian;
  }

 private:
  [[nodiscard]] double up(Index i) const { return costs_[1 + 2 * i]; }
  [[nodiscard]] double down(Index i) const { return costs_[2 + 2 * i]; }

  Index n_;
  double step_;
  Points points_;
  Vector costs_;
};

// The extreme root of p = sum g_i^2 / (p - b_i): an eigenvalue of the bordered matrix.
double extreme_root(const VectorView& curvatures, const VectorView& slopes, bool largest) {
  const Index m = curvatures.size();
  Eigen::MatrixXd bordered = Eigen::MatrixXd::Zero(m + 1, m + 1);
  bordered.diagonal().head(m) = curvatures;
  bordered.col(m).head(m) = slopes;
  bordered.row(m).head(m) = slopes.transpose();
  const Vector roots =
      Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(bordered, Eigen::EigenvaluesOnly).eigenvalues();
  return largest ? roots[m] : roots[0];
}

struct Modes {
  Vector curvatures;
  Eigen::MatrixXd directions;
};

// Which modes are climbed. Until the Hessian is that of the kind sought they are followed as they turn:
// those that lie most in the space climbed before. Then they are the lowest.
class ClimbedModes {
 public:
  ClimbedModes(Index uphill, Index first) : uphill_(uphill), first_(first) {}

  /// Sorts the modes: climbed ones first.
  void sort(Modes& modes) {
    const Index n = modes.curvatures.size();
    std::vector<Index> order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), Index{0});
    if ((modes.curvatures.array() < 0.0).count() != uphill_) {
      if (climbed_.cols() == 0) {
        std::ranges::rotate(order, order.begin() + std::min(first_, n - uphill_));
      } else {
        const Vector within = (climbed_.transpose() * modes.directions).colwise().squaredNorm();
        std::ranges::stable_sort(order, [&](Index a, Index b) { return within[a] > within[b]; });
      }
    }
    const Modes before = modes;
    for (Index i = 0; i < n; ++i) {
      modes.curvatures[i] = before.curvatures[order[static_cast<std::size_t>(i)]];
      modes.directions.col(i) = before.directions.col(order[static_cast<std::size_t>(i)]);
    }
    climbed_ = modes.directions.leftCols(uphill_);
  }

 private:
  Index uphill_;
  Index first_;
  Eigen::MatrixXd climbed_;
};

// The step in scaled variables; uphill along the first modes.
Vector rational_step(const Modes& modes, const Vector& gradient, Index uphill) {
  const Index n = gradient.size();
  const Vector slopes = modes.directions.transpose() * gradient;
  Vector along = Vector::Zero(n);
  const auto part = [&](Index first, Index count, bool largest) {
    if (count == 0) return;
    const double root =
        extreme_root(modes.curvatures.segment(first, count), slopes.segment(first, count), largest);
    for (Index i = first; i < first + count; ++i) {
      const double below = modes.curvatures[i] - root;
      along[i] = below != 0.0 ? -slopes[i] / below : 0.0;
    }
  };
  part(0, uphill, true);
  part(uphill, n - uphill, false);
  return modes.directions * along;
}

/// The box scaled to widths of 1, where it has any; without the variables that it fixes.
struct Scale {
  std::vector<Index> free;  // numbers of the variables
  Vector fixed;             // n; those that are free count for nothing
  Vector origin;            // of those that are free, as all below
  Vector width;
  Vector lower;  // scaled
  Vector upper;

  explicit Scale(const Start& start) : fixed(start.lower) {
    for (Index i = 0; i < start.dimension(); ++i) {
      if (start.lower[i] < start.upper[i]) free.push_back(i);
    }
    const auto m = static_cast<Index>(free.size());
    origin = Vector::Zero(m);
    width = Vector::Ones(m);
    lower = start.lower(free);
    upper = start.upper(free);
    for (Index i = 0; i < m; ++i) {
      if (!std::isfinite(lower[i]) || !std::isfinite(upper[i])) continue;
      origin[i] = lower[i];
      width[i] = upper[i] - lower[i];
    }
    lower = (lower - origin).cwiseQuotient(width);
    upper = (upper - origin).cwiseQuotient(width);
  }

  [[nodiscard]] Index dimension() const { return width.size(); }
  [[nodiscard]] Points points(const Points& scaled) const {
    Points all = fixed.replicate(1, scaled.cols());
    all(free, Eigen::all) =
        ((scaled.array().colwise() * width.array()).colwise() + origin.array()).matrix();
    return all;
  }
  [[nodiscard]] Vector point(const Vector& u) const { return points(u); }
  [[nodiscard]] Vector scaled(const Vector& x) const { return (x(free) - origin).cwiseQuotient(width); }
};

// Keeps the differences inside the box.
Vector inside(const Vector& u, const Scale& scale, double margin) {
  return u.cwiseMax((scale.lower.array() + margin).matrix())
      .cwiseMin((scale.upper.array() - margin).matrix());
}

// Curvatures in the units of the variables.
Vector unscaled_curvatures(const Eigen::MatrixXd& hessian, const Scale& scale) {
  const Vector inverse = scale.width.cwiseInverse();
  const Eigen::MatrixXd unscaled = inverse.asDiagonal() * hessian * inverse.asDiagonal();
  return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(unscaled, Eigen::EigenvaluesOnly).eigenvalues();
}

// A stationary point of the kind sought, of another, or of none that could be told.
std::string note_find(const Modes& modes, const Differences& differences, const Scale& scale,
                      Index uphill, StationaryPoint* found) {
  const Index negative = (modes.curvatures.array() < 0.0).count();
  const bool told = modes.curvatures.cwiseAbs().maxCoeff() > differences.rounding();
  if (found != nullptr) {
    found->found = told && negative == uphill;
    found->eigenvalues = unscaled_curvatures(differences.hessian(), scale);
    found->gradient = differences.gradient().cwiseAbs().maxCoeff();
  }
  if (!told) return "the surface is flat there";
  return fmt::format("stationary, {}with {} directions that fall off", negative == uphill ? "" : "but ",
                     negative);
}

Search stationary_point_search(Start start, StationaryPointOptions options,
                               std::shared_ptr<StationaryPoint> found) {
  require(start.x.size() > 0, "stationary-point: give it a start");
  const Scale scale(start);
  const Index n = scale.dimension();
  require(n > 0, "stationary-point: the bounds fix every variable");
  if (options.uphill == start.dimension()) options.uphill = n;  // a maximum
  require(options.uphill <= n,
          "stationary-point: uphill = {} in a problem of {} variables that are free", options.uphill, n);
  const double margin = 2.0 * options.difference;
  Vector u = inside(scale.scaled(start.x), scale, margin);
  Differences differences(n, options.difference);
  ClimbedModes climbed(options.uphill, options.first_mode);
  TrustRadius trust(options.trust_radius, options.difference);
  Headway headway;
  Index stuck = 0;
  Index near = 0;
  for (Index iteration = 0;; ++iteration) {
    const Points points = scale.points(differences.around(u));
    const auto costs = co_await evaluate(points);
    differences.take(costs);
    const Vector x = scale.point(u);
    if (found) *found = {.x = x, .cost = costs[0]};
    co_await step_done(x, differences.cost());
    if (!differences.whole()) co_return "a point could not be evaluated";
    const double radius = trust.after(differences.cost());
    const Vector gradient = differences.gradient();
    const Eigen::MatrixXd hessian = differences.hessian();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(hessian);
    Modes modes{solver.eigenvalues(), solver.eigenvectors()};
    climbed.sort(modes);
    const Vector whole_step = rational_step(modes, gradient, options.uphill);
    const Vector wanted = whole_step * std::min(1.0, radius / std::max(whole_step.norm(), 1e-300));
    const Vector next = inside(u + wanted, scale, margin);
    const Vector step = next - u;
    const double steepest = gradient.cwiseAbs().maxCoeff();
    const bool of_the_kind = (modes.curvatures.array() < 0.0).count() == options.uphill;
    const bool flat = steepest <= options.gradient_tolerance * (1.0 + std::abs(differences.cost()));
    const bool at_rest = wanted.cwiseAbs().maxCoeff() <= options.step_tolerance;
    // Noise in the costs keeps the gradient from getting smaller.
    near = whole_step.norm() <= options.difference ? near + 1 : 0;
    if ((flat && (of_the_kind || at_rest)) || near > 5) {
      co_return note_find(modes, differences, scale, options.uphill, found.get());
    }
    if (headway.none_to(u)) co_return "it goes back and forth";
    if (radius < options.difference) co_return "its steps have become shorter than the differences";
    stuck =
        (step - wanted).cwiseAbs().maxCoeff() > 0.0 && step.norm() < 0.1 * wanted.norm() ? stuck + 1 : 0;
    if (stuck >= 5) co_return "it ran into the bounds";
    if (iteration >= options.iterations) {
      co_return fmt::format("the limit of {} iterations", options.iterations);
    }
    trust.expect(differences.cost(), step.norm(), step.dot(gradient + 0.5 * hessian * step));
    u = next;
  }
}

}  // namespace

Algorithm stationary_point(const StationaryPointOptions& options,
                           std::shared_ptr<StationaryPoint> found) {
  validate(options);
  return {std::string(StationaryPointOptions::title), [options, found = std::move(found)](Start start) {
            require(start.rounded.empty(), "stationary-point: {}", no_differences_along(start.rounded));
            return stationary_point_search(std::move(start), options, found);
          }};
}

}  // namespace mystic
