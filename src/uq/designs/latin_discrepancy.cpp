// The centred L2 discrepancy under swaps: Jin, Chen & Sudjianto (2005), section 3.3. All products over
// the coordinates are kept; a swap multiplies 2 (m - 2) of them by a ratio of two factors.

#include "latin_annealing.hpp"

#include <cmath>

namespace mystic {
namespace {

class Discrepancy final : public SwapCriterion {
 public:
  // Rows hold z = x - 1/2.
  explicit Discrepancy(const Points& points)
      : SwapCriterion((points.array() - 0.5).matrix().transpose()),
        constant_(std::pow(13.0 / 12.0, static_cast<double>(rows_.cols()))) {
    const Index count = rows_.rows();
    products_a_.resize(count);
    products_b_.resize(count);
    compute_afresh();
  }

  [[nodiscard]] double value() const override { return logarithm(singles_.sum(), pairs_sum_); }

  double tried(Index a, Index b, Index i) override {
    a_ = a;
    b_ = b;
    i_ = i;
    const auto z = rows_.col(i).array();
    const double at_a = rows_(a, i);
    const double at_b = rows_(b, i);
    const auto with_a = 2.0 + std::abs(at_a) + z.abs() - (z - at_a).abs();
    const auto with_b = 2.0 + std::abs(at_b) + z.abs() - (z - at_b).abs();
    ratio_ = with_b / with_a;
    products_a_ = products_.col(a).array() * ratio_.array();
    products_b_ = products_.col(b).array() / ratio_.array();
    products_a_[b] = products_b_[a] = products_(a, b);
    products_a_[a] = products_(a, a) * (1.0 + std::abs(at_b)) / (1.0 + std::abs(at_a));
    products_b_[b] = products_(b, b) * (1.0 + std::abs(at_a)) / (1.0 + std::abs(at_b));
    const double swapped = single(at_b) / single(at_a);
    single_a_ = singles_[a] * swapped;
    single_b_ = singles_[b] / swapped;
    // Each pair counts twice, the diagonal once.
    tried_pairs_ =
        pairs_sum_ +
        2.0 * ((products_a_ - products_.col(a)).sum() + (products_b_ - products_.col(b)).sum()) -
        (products_a_[a] - products_(a, a)) - (products_b_[b] - products_(b, b));
    return logarithm(singles_.sum() - singles_[a] - singles_[b] + single_a_ + single_b_, tried_pairs_);
  }

  void take() override {
    std::swap(rows_(a_, i_), rows_(b_, i_));
    if (++taken_ % 10'000 == 0) {  // roundings add up
      compute_afresh();
      return;
    }
    products_.col(a_) = products_a_;
    products_.col(b_) = products_b_;
    products_.row(a_) = products_a_.transpose();
    products_.row(b_) = products_b_.transpose();
    singles_[a_] = single_a_;
    singles_[b_] = single_b_;
    pairs_sum_ = tried_pairs_;
  }

 private:
  static double single(double z) { return 1.0 + 0.5 * std::abs(z) - 0.5 * z * z; }

  void compute_afresh() {
    const Index count = rows_.rows();
    products_.setOnes(count, count);
    singles_.setOnes(count);
    for (Index i = 0; i < rows_.cols(); ++i) {
      const auto z = rows_.col(i).array();
      singles_.array() *= 1.0 + 0.5 * z.abs() - 0.5 * z.square();
      for (Index k = 0; k < count; ++k) {
        products_.col(k).array() *=
            0.5 * (2.0 + std::abs(rows_(k, i)) + z.abs() - (z - rows_(k, i)).abs());
      }
    }
    pairs_sum_ = products_.sum();
  }

  [[nodiscard]] double logarithm(double singles, double pairs) const {
    const auto count = static_cast<double>(rows_.rows());
    return 0.5 * std::log(constant_ - 2.0 / count * singles + pairs / (count * count));
  }

  double constant_;
  Points products_;  // m x m
  Vector singles_;
  double pairs_sum_ = 0.0;
  double tried_pairs_ = 0.0;
  double single_a_ = 0.0;
  double single_b_ = 0.0;
  Vector products_a_, products_b_, ratio_;
  Index taken_ = 0;
  Index a_ = 0;
  Index b_ = 0;
  Index i_ = 0;
};

}  // namespace

Points annealed_discrepancy(const Points& points, Random& random, Index swaps) {
  Discrepancy criterion(points);
  // z + 1/2 may differ from x in the last digit, but stays in its cell: jitter keeps off the walls.
  return (annealed(criterion, random, swaps).array() + 0.5).matrix().transpose();
}

}  // namespace mystic
