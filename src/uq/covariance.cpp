#include "mystic/uq/covariance.hpp"

#include "mystic/core/options.hpp"
#include "mystic/core/require.hpp"

#include <algorithm>
#include <cmath>

namespace mystic {
namespace {

// Observations that are taken together: their products are one matrix product.
constexpr Index block = 256;

}  // namespace

Covariance::Covariance(Index quantities) {
  require(quantities >= 1, "Covariance: quantities = {} must be at least 1", quantities);
  mean_ = Vector::Zero(quantities);
  products_ = Points::Zero(quantities, quantities);
  least_ = Vector::Constant(quantities, infinity);
  most_ = Vector::Constant(quantities, -infinity);
}

void Covariance::merge_central(Index count, const Vector& mean, const Points& products) {
  const auto before = static_cast<double>(ok_);
  const auto more = static_cast<double>(count);
  const Vector delta = mean - mean_;
  products_ += products;
  products_.selfadjointView<Eigen::Lower>().rankUpdate(delta, before * more / (before + more));
  mean_ += delta * (more / (before + more));
  ok_ += count;
}

void Covariance::add(const PointsView& columns) {
  const Index p = quantities();
  require(columns.rows() == p, "Covariance: observations of {} quantities where {} are looked at",
          columns.rows(), p);
  asked_ += columns.cols();
  // A copy, aligned always alike: sums do not hang on where observations lie in memory.
  Points kept(p, std::min(block, columns.cols()));
  for (Index first = 0; first < columns.cols(); first += block) {
    const Index end = std::min(first + block, columns.cols());
    Index count = 0;
    for (Index column = first; column < end; ++column) {
      if (columns.col(column).allFinite()) kept.col(count++) = columns.col(column);
    }
    if (count == 0) continue;
    Vector mean = Vector::Zero(p);
    for (Index column = 0; column < count; ++column) mean += kept.col(column);
    mean /= static_cast<double>(count);
    for (Index column = 0; column < count; ++column) {
      least_ = least_.cwiseMin(kept.col(column));
      most_ = most_.cwiseMax(kept.col(column));
      kept.col(column) -= mean;
    }
    Points products = Points::Zero(p, p);
    products.selfadjointView<Eigen::Lower>().rankUpdate(kept.leftCols(count));
    merge_central(count, mean, products);
  }
}

void Covariance::merge(const Covariance& other) {
  require(other.quantities() == quantities(), "Covariance: {} quantities do not merge with {}",
          other.quantities(), quantities());
  asked_ += other.asked_;
  if (other.ok_ == 0) return;
  merge_central(other.ok_, other.mean_, other.products_);
  least_ = least_.cwiseMin(other.least_);
  most_ = most_.cwiseMax(other.most_);
}

Vector Covariance::mean() const { return ok_ > 0 ? mean_ : Vector::Constant(quantities(), not_known); }

Points Covariance::covariance() const {
  if (ok_ < 2) return Points::Constant(quantities(), quantities(), not_known);
  const Points whole = products_.selfadjointView<Eigen::Lower>();
  return whole / static_cast<double>(ok_ - 1);
}

Points Covariance::correlation() const {
  Points found = covariance();
  if (ok_ < 2) return found;
  const Vector sd = found.diagonal().cwiseSqrt();
  for (Index i = 0; i < quantities(); ++i) {
    for (Index j = 0; j < quantities(); ++j) {
      const bool both_vary = least_[i] < most_[i] && least_[j] < most_[j];
      if (!both_vary) {
        found(i, j) = not_known;
      } else {
        found(i, j) = i == j ? 1.0 : std::clamp(found(i, j) / (sd[i] * sd[j]), -1.0, 1.0);
      }
    }
  }
  return found;
}

}  // namespace mystic
