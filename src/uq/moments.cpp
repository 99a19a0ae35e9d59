#include "mystic/uq/moments.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace mystic {
namespace {

// Fits the first cache, and pays for the merge.
constexpr Index block = 1024;

struct CentralSums {
  double mean = 0.0;
  double second = 0.0;
  double third = 0.0;
  double fourth = 0.0;
};

// Eight sums that do not wait for each other: value j goes to sum j mod 8, wherever the values lie in
// memory. Eigen's sum has its last bits depend on that.
constexpr Index lanes = 8;
using Lanes = std::array<double, lanes>;

double total(const Lanes& sums) {
  return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

CentralSums central_sums(const double* values, Index count) {
  const Index whole = count - count % lanes;
  Lanes first{};
  for (Index j = 0; j < whole; j += lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) first[lane] += values[j + static_cast<Index>(lane)];
  }
  for (Index j = whole; j < count; ++j) first[static_cast<std::size_t>(j - whole)] += values[j];
  const double mean = total(first) / static_cast<double>(count);
  Lanes second{};
  Lanes third{};
  Lanes fourth{};
  const auto take = [&](std::size_t lane, double value) {
    const double distance = value - mean;
    const double square = distance * distance;
    second[lane] += square;
    third[lane] += square * distance;
    fourth[lane] += square * square;
  };
  for (Index j = 0; j < whole; j += lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) take(lane, values[j + static_cast<Index>(lane)]);
  }
  for (Index j = whole; j < count; ++j) take(static_cast<std::size_t>(j - whole), values[j]);
  return {mean, total(second), total(third), total(fourth)};
}

}  // namespace

// Equation 3.1 of Pebay, for a set of `count` values with these sums about their own mean.
void Moments::merge_central(double count, double mean, double second, double third, double fourth) {
  const auto before = static_cast<double>(ok_);
  const double all = before + count;
  const double delta = mean - mean_;
  const double share = delta / all;  // delta / n keeps the powers small
  const double product = before * count;
  fourth_ +=
      fourth +
      delta * share * share * share * product * (before * before - before * count + count * count) +
      6.0 * share * share * (before * before * second + count * count * second_) +
      4.0 * share * (before * third - count * third_);
  third_ += third + delta * share * share * product * (before - count) +
            3.0 * share * (before * second - count * second_);
  second_ += second + delta * share * product;
  mean_ += share * count;
}

void Moments::add(double value) {
  ++asked_;
  if (!std::isfinite(value)) return;
  merge_central(1.0, value, 0.0, 0.0, 0.0);
  ++ok_;
  least_ = std::min(least_, value);
  most_ = std::max(most_, value);
}

void Moments::add(const VectorView& values) {
  for (Index first = 0; first < values.size(); first += block) {
    const auto part = values.segment(first, std::min(block, values.size() - first)).array();
    if (!((part * 0.0).sum() == 0.0)) {  // something is not finite
      for (const double value : part) add(value);
      continue;
    }
    const auto [mean, second, third, fourth] = central_sums(part.data(), part.size());
    merge_central(static_cast<double>(part.size()), mean, second, third, fourth);
    ok_ += part.size();
    asked_ += part.size();
    least_ = std::min(least_, part.minCoeff());
    most_ = std::max(most_, part.maxCoeff());
  }
}

void Moments::merge(const Moments& other) {
  asked_ += other.asked_;
  if (other.ok_ == 0) return;
  merge_central(static_cast<double>(other.ok_), other.mean_, other.second_, other.third_, other.fourth_);
  ok_ += other.ok_;
  least_ = std::min(least_, other.least_);
  most_ = std::max(most_, other.most_);
}

double Moments::mean() const { return ok_ > 0 ? mean_ : not_known; }

double Moments::variance() const { return ok_ > 1 ? second_ / static_cast<double>(ok_ - 1) : not_known; }

double Moments::sd() const { return std::sqrt(variance()); }

double Moments::skewness() const {
  if (ok_ < 3 || !(second_ > 0.0)) return not_known;
  const auto n = static_cast<double>(ok_);
  const double spread = std::sqrt(second_ / n);
  return third_ / n / (spread * spread * spread);
}

double Moments::excess_kurtosis() const {
  if (ok_ < 4 || !(second_ > 0.0)) return not_known;
  const auto n = static_cast<double>(ok_);
  const double square = second_ / n;
  return fourth_ / n / (square * square) - 3.0;
}

Estimate Moments::mean_within(double level) const {
  if (ok_ < 2) return {mean(), {}};
  const auto n = static_cast<double>(ok_);
  const double width = student_width(level, n - 1.0) * sd() / std::sqrt(n);
  return {mean_, {mean_ - width, mean_ + width}};
}

Estimate Moments::sd_within(double level) const {
  if (ok_ < 4) return {sd(), {}};
  if (!(second_ > 0.0)) return {0.0, {0.0, 0.0}};
  const auto n = static_cast<double>(ok_);
  const double variance_of_log =
      std::max(excess_kurtosis() + 3.0 - (n - 3.0) / (n - 1.0), 0.0) / (4.0 * n);
  const double factor = std::exp(normal_width(level) * std::sqrt(variance_of_log));
  return {sd(), {sd() / factor, sd() * factor}};
}

MomentEstimates moment_estimates(const VectorView& values, double level) {
  Moments all;
  all.add(values);
  MomentEstimates found{all.asked(),
                        all.ok(),
                        all.mean_within(level),
                        all.sd_within(level),
                        {all.skewness(), {}},
                        {all.excess_kurtosis(), {}}};
  if (std::isnan(all.excess_kurtosis())) return found;
  const auto n = static_cast<double>(all.ok());
  const double spread = all.sd() * std::sqrt((n - 1.0) / n);
  const double skewness = all.skewness();
  const double kurtosis = all.excess_kurtosis() + 3.0;
  double skewness_influence = 0.0;
  double kurtosis_influence = 0.0;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    const double z = (value - all.mean()) / spread;
    const double on_skewness = z * z * z - 3.0 * z - skewness - 1.5 * skewness * (z * z - 1.0);
    const double on_kurtosis =
        z * z * z * z - 4.0 * skewness * z - kurtosis - 2.0 * kurtosis * (z * z - 1.0);
    skewness_influence += on_skewness * on_skewness;
    kurtosis_influence += on_kurtosis * on_kurtosis;
  }
  const double width = normal_width(level) / n;
  const auto around = [width](double value, double squares) {
    const double half = width * std::sqrt(squares);
    return Estimate{value, {value - half, value + half}};
  };
  found.skewness = around(skewness, skewness_influence);
  found.excess_kurtosis = around(kurtosis - 3.0, kurtosis_influence);
  return found;
}

}  // namespace mystic
