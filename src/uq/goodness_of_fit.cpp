#include "mystic/uq/goodness_of_fit.hpp"

#include "mystic/uq/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace mystic {
namespace {

// P[D_n < d]. The power of a matrix is scaled by powers of 1e140, or it would overflow.
double durbin(Index n, double d) {
  const double count = static_cast<double>(n);
  const auto k = static_cast<Index>(count * d) + 1;
  const double h = static_cast<double>(k) - count * d;
  const Index m = 2 * k - 1;
  Points matrix(m, m);
  for (Index i = 0; i < m; ++i) {
    for (Index j = 0; j < m; ++j) matrix(i, j) = i - j + 1 >= 0 ? 1.0 : 0.0;
  }
  for (Index i = 0; i < m; ++i) {
    matrix(i, 0) -= std::pow(h, i + 1);
    matrix(m - 1, i) -= std::pow(h, m - i);
  }
  matrix(m - 1, 0) += 2.0 * h > 1.0 ? std::pow(2.0 * h - 1.0, m) : 0.0;
  for (Index i = 0; i < m; ++i) {
    for (Index j = 0; j <= std::min(i + 1, m - 1); ++j) {
      matrix(i, j) /= std::exp(std::lgamma(static_cast<double>(i - j + 2)));
    }
  }
  // The entry (k, k) of the n-th power, times n! / n^n; logarithms of what is scaled away.
  Points power = Points::Identity(m, m);
  double scaled_away = 0.0;
  double scaled_of_matrix = 0.0;
  for (Index left = n; left > 0; left /= 2) {
    if (left % 2 == 1) {
      power = power * matrix;
      scaled_away += scaled_of_matrix;
    }
    matrix = matrix * matrix;
    scaled_of_matrix *= 2.0;
    for (auto* one : {&power, &matrix}) {
      const double middle = (*one)(k - 1, k - 1);
      if (middle > 0.0 && (middle > 1e100 || middle < 1e-100)) {
        *one /= middle;
        (one == &power ? scaled_away : scaled_of_matrix) += std::log(middle);
      }
    }
  }
  return power(k - 1, k - 1) *
         std::exp(scaled_away + std::lgamma(count + 1.0) - count * std::log(count));
}

// P[D_n^+ >= d] = d sum_j C(n, j) (d + j / n)^(j - 1) (1 - d - j / n)^(n - j), j <= n (1 - d).
double smirnov(Index n, double d) {
  const double count = static_cast<double>(n);
  double sum = 0.0;
  for (Index j = 0; j <= static_cast<Index>(count * (1.0 - d)); ++j) {
    const auto at = static_cast<double>(j);
    const double rest = 1.0 - d - at / count;
    if (rest <= 0.0) continue;
    sum += std::exp(std::lgamma(count + 1.0) - std::lgamma(at + 1.0) - std::lgamma(count - at + 1.0) +
                    (at - 1.0) * std::log(d + at / count) + (count - at) * std::log(rest));
  }
  return d * sum;
}

// 1 - K(z), Kolmogorov's limit: one series converges where z is large, the other where it is small.
double kolmogorov_limit(double z) {
  double sum = 0.0;
  if (z > 1.0) {
    for (int k = 1; k < 20; ++k) sum += (k % 2 == 1 ? 2.0 : -2.0) * std::exp(-2.0 * k * k * z * z);
    return sum;
  }
  for (int k = 1; k < 20; k += 2) {
    sum += std::exp(-k * k * std::numbers::pi * std::numbers::pi / (8.0 * z * z));
  }
  return 1.0 - std::sqrt(2.0 * std::numbers::pi) / z * sum;
}

struct Distances {
  double kolmogorov_smirnov = 0.0;
  double anderson_darling = 0.0;
};

Distances distances(const Law& law, const SortedSample& sample) {
  const Vector& values = sample.values();
  const Index n = values.size();
  const auto count = static_cast<double>(n);
  Distances found;
  Vector survivals(n);
  for (Index i = 0; i < n; ++i) survivals[i] = law.survival(values[i]);
  double sum = 0.0;
  for (Index i = 0; i < n; ++i) {
    const double cdf = law.cdf(values[i]);
    const auto place = static_cast<double>(i);
    found.kolmogorov_smirnov =
        std::max({found.kolmogorov_smirnov, (place + 1.0) / count - cdf, cdf - place / count});
    sum += (2.0 * place + 1.0) * (std::log(cdf) + std::log(survivals[n - 1 - i]));
  }
  found.anderson_darling = -count - sum / count;
  return found;
}

void require_testable(const Law& law, const VectorView& values) {
  require(!law.is_discrete(), "goodness_of_fit: {} is discrete; these tests are of continuous laws",
          law.text());
  require(values.size() >= 1, "goodness_of_fit: there are no values");
  for (Index i = 0; i < values.size(); ++i) {
    require(std::isfinite(values[i]), "goodness_of_fit: value {} of {} is {}; leave out what failed",
            i + 1, values.size(), values[i]);
  }
}

}  // namespace

double kolmogorov_smirnov_p(Index n, double d) {
  require(n >= 1, "kolmogorov_smirnov_p: n = {} must be at least 1", n);
  require(d >= 0.0, "kolmogorov_smirnov_p: d = {} must be at least 0", d);
  const double count = static_cast<double>(n);
  if (2.0 * count * d <= 1.0) return 1.0;
  if (d >= 1.0) return 0.0;
  const double z = std::sqrt(count) * d;
  // Both sides at once are far rarer than either.
  if (n <= 100000 && z * z > 5.0) return std::min(2.0 * smirnov(n, d), 1.0);
  if (n <= 500) return std::clamp(1.0 - durbin(n, d), 0.0, 1.0);
  return std::clamp(kolmogorov_limit(z + 1.0 / (6.0 * std::sqrt(count)) + (z - 1.0) / (4.0 * count)),
                    0.0, 1.0);
}

double anderson_darling_p(Index n, double z) {
  require(n >= 1, "anderson_darling_p: n = {} must be at least 1", n);
  require(!std::isnan(z), "anderson_darling_p: z is NaN");
  if (z <= 0.0) return 1.0;
  if (z == infinity) return 0.0;
  const auto count = static_cast<double>(n);
  const double tail =
      1.0776 - (2.30695 - (0.43424 - (0.082433 - (0.008056 - 0.0003146 * z) * z) * z) * z) * z;
  // The polynomial turns back beyond what it was made for: there the tail falls as exp(-z).
  if (z > 10.0) return anderson_darling_p(n, 10.0) * std::exp(10.0 - z);
  const double above =
      z < 2.0
          ? 1.0 - std::exp(-1.2337141 / z) / std::sqrt(z) *
                      (2.00012 +
                       (0.247105 - (0.0649821 - (0.0347962 - (0.011672 - 0.00168691 * z) * z) * z) * z) *
                           z)
          : -std::expm1(-std::exp(tail));
  // What n adds to the distribution function x.
  const double x = 1.0 - above;
  const double from = 0.01265 + 0.1757 / count;
  double error = 0.0;
  if (x > 0.8) {
    error =
        (-130.2137 + (745.2337 - (1705.091 - (1950.646 - (1116.360 - 255.7844 * x) * x) * x) * x) * x) /
        count;
  } else if (x < from) {
    const double t = x / from;
    error = std::sqrt(t) * (1.0 - t) * (49.0 * t - 102.0) *
            (0.0037 / (count * count) + 0.00078 / count + 0.00006) / count;
  } else {
    const double t = (x - from) / (0.8 - from);
    error = (-0.00022633 + (6.54034 - (14.6538 - (14.458 - (8.259 - 1.91864 * t) * t) * t) * t) * t) *
            (0.04213 + 0.01365 / count) / count;
  }
  return std::clamp(above - error, 0.0, 1.0);
}

GoodnessOfFit goodness_of_fit(const Law& law, const VectorView& values) {
  require_testable(law, values);
  const Distances found = distances(law, SortedSample(values));
  const Index n = values.size();
  return {n,
          {found.kolmogorov_smirnov, kolmogorov_smirnov_p(n, found.kolmogorov_smirnov)},
          {found.anderson_darling, anderson_darling_p(n, found.anderson_darling)}};
}

GoodnessOfFit goodness_of_fit(std::string_view family, const VectorView& values,
                              const LawFitOptions& options, const RefitOptions& refit) {
  validate(refit);
  const LawFit fitted = fit_law(family, values, options);
  require_testable(fitted.law, values);
  const Distances found = distances(fitted.law, SortedSample(values));
  Index farther = 0;
  Index farther_in_tails = 0;
  Index made = 0;
  for (Index replicate = 0; replicate < refit.replicates; ++replicate) {
    Random random = stream(refit.seed, SearchPath().child(static_cast<std::uint32_t>(replicate)));
    Vector drawn(values.size());
    for (double& value : drawn) value = fitted.law.sample(random);
    try {
      const Distances other = distances(fit_law(family, drawn, options).law, SortedSample(drawn));
      ++made;
      farther += other.kolmogorov_smirnov >= found.kolmogorov_smirnov ? 1 : 0;
      farther_in_tails += other.anderson_darling >= found.anderson_darling ? 1 : 0;
    } catch (const InvalidArgument&) {
      continue;  // drawn so that the family has no most likely law
    }
  }
  const auto p = [made](Index count) {
    return static_cast<double>(count + 1) / static_cast<double>(made + 1);
  };
  // A fitted end that lies on a value makes it infinite, of every sample drawn too: that says nothing.
  const bool tails_are_known = std::isfinite(found.anderson_darling);
  return {values.size(),
          {found.kolmogorov_smirnov, p(farther)},
          tails_are_known ? LawTest{found.anderson_darling, p(farther_in_tails)} : LawTest{}};
}

}  // namespace mystic
