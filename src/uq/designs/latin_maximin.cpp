// phi_p of Morris & Mitchell (1995), eq. (5), under swaps: of the m (m - 1) / 2 distances 2 (m - 2)
// change. Squared distances and d^-p of all pairs are kept.

#include "mystic/uq/latin_hypercube.hpp"

#include "latin_annealing.hpp"
#include "mystic/core/require.hpp"

#include <cmath>

namespace mystic {
namespace {

class Maximin final : public SwapCriterion {
 public:
  Maximin(const Points& points, double power) : SwapCriterion(points.transpose()), power_(power) {
    const Index count = rows_.rows();
    squares_.setZero(count, count);
    for (Index i = 0; i < rows_.cols(); ++i) {
      for (Index b = 0; b < count; ++b) {
        squares_.col(b).array() += (rows_.col(i).array() - rows_(b, i)).square();
      }
    }
    terms_.resize(count, count);
    for (Index b = 0; b < count; ++b) {
      terms_.col(b) = squares_.col(b);
      terms_(b, b) = 1.0;
      powers(terms_.col(b));
      terms_(b, b) = 0.0;
    }
    sum_afresh();
    for (Vector* column : {&squares_a_, &squares_b_, &terms_a_, &terms_b_}) column->resize(count);
  }

  [[nodiscard]] double value() const override { return std::log(sum_) / power_; }

  double tried(Index a, Index b, Index i) override {
    a_ = a;
    b_ = b;
    i_ = i;
    const auto x = rows_.col(i).array();
    const double at_a = rows_(a, i);
    const double at_b = rows_(b, i);
    // (x_k - x_b)^2 - (x_k - x_a)^2 = (x_a - x_b) (2 x_k - x_a - x_b), added to a's and taken from b's.
    const double gap = at_a - at_b;
    const double both = at_a + at_b;
    squares_a_ = (squares_.col(a).array() + gap * (2.0 * x - both)).max(0.0);
    squares_b_ = (squares_.col(b).array() - gap * (2.0 * x - both)).max(0.0);
    squares_a_[b] = squares_b_[a] = squares_(a, b);
    squares_a_[a] = squares_b_[b] = 1.0;
    terms_a_ = squares_a_;
    terms_b_ = squares_b_;
    powers(terms_a_);
    powers(terms_b_);
    terms_a_[a] = terms_b_[b] = squares_a_[a] = squares_b_[b] = 0.0;
    const double added = (terms_a_ - terms_.col(a)).sum() + (terms_b_ - terms_.col(b)).sum();
    tried_sum_ = sum_ + added;
    // The distance of a and b stays, so its term cancels up to rounding; a sum that is much less than
    // the terms that left it has no digits left.
    if (!(tried_sum_ > 1e-3 * sum_)) tried_sum_ = careful_sum();
    return std::log(tried_sum_) / power_;
  }

  void take() override {
    std::swap(rows_(a_, i_), rows_(b_, i_));
    squares_.col(a_) = squares_a_;
    squares_.col(b_) = squares_b_;
    squares_.row(a_) = squares_a_.transpose();
    squares_.row(b_) = squares_b_.transpose();
    terms_.col(a_) = terms_a_;
    terms_.col(b_) = terms_b_;
    terms_.row(a_) = terms_a_.transpose();
    terms_.row(b_) = terms_b_.transpose();
    sum_ = tried_sum_;
    greatest_ = std::max(greatest_, sum_);
    if (sum_ < 1e-3 * greatest_) sum_afresh();
  }

 private:
  // d^2 to d^-p, in place. Whole p / 2 by multiplications: std::pow would take most of the time.
  template <class Column>
  void powers(Column&& column) const {
    const double half = power_ / 2.0;
    if (half != std::floor(half)) {
      column = column.array().pow(-half);
      return;
    }
    scratch_ = column.array().inverse();
    column.setOnes();
    for (auto left = static_cast<unsigned>(half); left > 0; left /= 2) {
      if (left % 2 == 1) column.array() *= scratch_.array();
      if (left > 1) scratch_.array() *= scratch_.array();
    }
  }

  void sum_afresh() { greatest_ = sum_ = terms_.sum() / 2.0; }

  [[nodiscard]] double careful_sum() const {
    double twice = 0.0;
    for (Index k = 0; k < terms_.cols(); ++k) {
      if (k != a_ && k != b_) twice += terms_.col(k).sum() - terms_(a_, k) - terms_(b_, k);
    }
    return twice / 2.0 + terms_a_.sum() + terms_b_.sum() - terms_a_[b_];
  }

  double power_;
  Points squares_;  // m x m, squared distances
  Points terms_;    // m x m, d^-p; 0 on the diagonal
  double sum_ = 0.0;
  double greatest_ = 0.0;  // of the sums since the last that was added up afresh
  double tried_sum_ = 0.0;
  Vector squares_a_, squares_b_, terms_a_, terms_b_;
  mutable Vector scratch_;
  Index a_ = 0;
  Index b_ = 0;
  Index i_ = 0;
};

}  // namespace

Points annealed_maximin(const Points& points, double power, Random& random, Index swaps) {
  Maximin criterion(points, power);
  return annealed(criterion, random, swaps).transpose();
}

double spacing_criterion(const PointsView& points, double power) {
  require(points.allFinite(), "spacing_criterion: the points must be finite");
  require(power >= 1.0 && power < infinity, "spacing_criterion: power = {} must be at least 1", power);
  double nearest = infinity;
  for (Index k = 1; k < points.cols(); ++k) {
    nearest =
        std::min(nearest, (points.leftCols(k).colwise() - points.col(k)).colwise().norm().minCoeff());
  }
  if (!(nearest > 0.0)) return infinity;
  // In units of the least distance, so that nothing overflows.
  double sum = 0.0;
  for (Index k = 1; k < points.cols(); ++k) {
    const Vector distances = (points.leftCols(k).colwise() - points.col(k)).colwise().norm();
    sum += (distances.array() / nearest).pow(-power).sum();
  }
  return points.cols() < 2 ? 0.0 : std::pow(sum, 1.0 / power) / nearest;
}

}  // namespace mystic
