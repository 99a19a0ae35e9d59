#include "mystic/uq/correlation.hpp"

#include "correlation_parts.hpp"

#include "mystic/core/require.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace mystic {
namespace {

std::vector<Index> ascending(const VectorView& values) {
  std::vector<Index> order(static_cast<std::size_t>(values.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(),
                   [&values](Index left, Index right) { return values[left] < values[right]; });
  return order;
}

struct Pairs {
  Vector x;
  Vector y;
};

Pairs complete(const VectorView& x, const VectorView& y) {
  require(x.size() == y.size(), "correlation: {} values beside {}", x.size(), y.size());
  Pairs kept{x, y};
  Index count = 0;
  for (Index i = 0; i < x.size(); ++i) {
    if (!std::isfinite(x[i]) || !std::isfinite(y[i])) continue;
    kept.x[count] = x[i];
    kept.y[count++] = y[i];
  }
  kept.x.conservativeResize(count);
  kept.y.conservativeResize(count);
  return kept;
}

double correlation(const VectorView& x, const VectorView& y) {
  if (x.size() < 4) return not_known;
  const Vector left = standardised(x);
  const Vector right = standardised(y);
  if (left.isZero(0.0) || right.isZero(0.0)) return not_known;
  return std::clamp(left.dot(right), -1.0, 1.0);
}

// Sorts `values` and counts the swaps of neighbours that it takes (Knight 1966).
double swaps_to_sort(std::vector<double>& values) {
  std::vector<double> merged(values.size());
  double swaps = 0.0;
  for (std::size_t width = 1; width < values.size(); width *= 2) {
    for (std::size_t first = 0; first < values.size(); first += 2 * width) {
      const std::size_t middle = std::min(first + width, values.size());
      const std::size_t last = std::min(first + 2 * width, values.size());
      std::size_t left = first;
      std::size_t right = middle;
      for (std::size_t to = first; to < last; ++to) {
        if (right == last || (left < middle && values[left] <= values[right])) {
          merged[to] = values[left++];
        } else {
          swaps += static_cast<double>(middle - left);
          merged[to] = values[right++];
        }
      }
    }
    values.swap(merged);
  }
  return swaps;
}

// Pairs of equal neighbours in a sorted sequence: sum t (t - 1) / 2.
template <class Equal>
double ties(std::size_t count, Equal equal_to_last) {
  double sum = 0.0;
  double run = 1.0;
  for (std::size_t i = 1; i < count; ++i) {
    run = equal_to_last(i) ? run + 1.0 : 1.0;
    sum += run - 1.0;
  }
  return sum;
}

struct Regression {
  double r_squared = not_known;
  Vector coefficients;  // standardised; empty where there are none
  Vector errors;
  Vector partial;
};

// Of y on all rows of x, from the correlations of both.
Regression regression(const Points& x, const Vector& y) {
  const Index k = x.rows();
  const Index n = x.cols();
  if (n < k + 3) return {};
  Points all(n, k + 1);
  for (Index i = 0; i < k; ++i) all.col(i) = standardised(x.row(i).transpose());
  all.col(k) = standardised(y);
  const Points matrix = all.transpose() * all;
  const auto inverse = inverse_correlation(matrix.topLeftCorner(k, k));
  if (!inverse || !(matrix(k, k) > 0.5)) return {};
  Regression found;
  found.coefficients = *inverse * matrix.col(k).head(k);
  found.r_squared = std::clamp(found.coefficients.dot(matrix.col(k).head(k)), 0.0, 1.0);
  const double left = 1.0 - found.r_squared;
  found.errors = (left / static_cast<double>(n - k - 1) * inverse->diagonal()).cwiseSqrt();
  // The partial correlation from the coefficient: b / sqrt(b^2 + left / P_ii).
  found.partial = found.coefficients.array() /
                  (found.coefficients.array().square() + left * inverse->diagonal().array()).sqrt();
  return found;
}

struct Kept {
  Points x;
  Vector y;
};

Kept complete_columns(const Points& x, const VectorView& y) {
  Kept kept{x, y};
  Index count = 0;
  for (Index column = 0; column < x.cols(); ++column) {
    if (!std::isfinite(y[column]) || !x.col(column).allFinite()) continue;
    kept.x.col(count) = x.col(column);
    kept.y[count++] = y[column];
  }
  kept.x.conservativeResize(x.rows(), count);
  kept.y.conservativeResize(count);
  return kept;
}

}  // namespace

Vector ranks(const VectorView& values) {
  const std::vector<Index> order = ascending(values);
  Vector found(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first + 1;
    while (last < order.size() && values[order[last]] == values[order[first]]) ++last;
    for (std::size_t i = first; i < last; ++i) {
      found[order[i]] = 0.5 * static_cast<double>(first + 1 + last);
    }
    first = last;
  }
  return found;
}

Estimate pearson(const VectorView& x, const VectorView& y, double level) {
  const Pairs pairs = complete(x, y);
  return with_fisher(correlation(pairs.x, pairs.y), 1.0, static_cast<double>(pairs.x.size()) - 3.0,
                     level);
}

Estimate spearman(const VectorView& x, const VectorView& y, double level) {
  const Pairs pairs = complete(x, y);
  const double r = correlation(ranks(pairs.x), ranks(pairs.y));
  return with_fisher(r, bonett_wright(r), static_cast<double>(pairs.x.size()) - 3.0, level);
}

Estimate kendall(const VectorView& x, const VectorView& y, double level) {
  const Pairs pairs = complete(x, y);
  const auto count = static_cast<std::size_t>(pairs.x.size());
  if (count < 4) return with_fisher(not_known, 1.0, 1.0, level);
  std::vector<Index> order = ascending(pairs.y);
  std::stable_sort(order.begin(), order.end(),
                   [&](Index left, Index right) { return pairs.x[left] < pairs.x[right]; });
  const auto equal_x = [&](std::size_t i) { return pairs.x[order[i]] == pairs.x[order[i - 1]]; };
  const double tied_in_x = ties(count, equal_x);
  const double tied_in_both = ties(
      count, [&](std::size_t i) { return equal_x(i) && pairs.y[order[i]] == pairs.y[order[i - 1]]; });
  std::vector<double> y_by_x;
  for (const Index i : order) y_by_x.push_back(pairs.y[i]);
  const double swaps = swaps_to_sort(y_by_x);
  const double tied_in_y = ties(count, [&](std::size_t i) { return y_by_x[i] == y_by_x[i - 1]; });
  const auto n = static_cast<double>(count);
  const double all = 0.5 * n * (n - 1.0);
  const double difference = all - tied_in_x - tied_in_y + tied_in_both - 2.0 * swaps;
  const double scale = std::sqrt(all - tied_in_x) * std::sqrt(all - tied_in_y);
  const double tau = scale > 0.0 ? std::clamp(difference / scale, -1.0, 1.0) : not_known;
  return with_fisher(tau, 0.437, n - 4.0, level);
}

InputCorrelations input_correlations(const Points& x, const VectorView& y, double level) {
  require(x.rows() > 0 && x.cols() == y.size(),
          "input_correlations: {} points of {} inputs beside {} outputs", x.cols(), x.rows(), y.size());
  const auto [points, outputs] = complete_columns(x, y);
  const Index k = points.rows();
  const Index n = points.cols();
  InputCorrelations found{.asked = y.size(), .ok = n, .inputs = {}};
  const Regression plain = regression(points, outputs);
  const Regression ranked = regression(ranks_of_rows(points), ranks(outputs));
  found.r_squared = plain.r_squared;
  found.rank_r_squared = ranked.r_squared;
  const auto coefficient = [&](const Regression& fit, Index i) -> Estimate {
    if (fit.coefficients.size() == 0) return {};
    const double half = student_width(level, static_cast<double>(n - k - 1)) * fit.errors[i];
    return {fit.coefficients[i], {fit.coefficients[i] - half, fit.coefficients[i] + half}};
  };
  const auto partial = [&](const Regression& fit, Index i, bool of_ranks) {
    const double r = fit.coefficients.size() > 0 ? fit.partial[i] : not_known;
    return with_fisher(r, of_ranks ? bonett_wright(r) : 1.0, static_cast<double>(n - 2 - k), level);
  };
  for (Index i = 0; i < k; ++i) {
    const Vector input = points.row(i);
    found.inputs.push_back({pearson(input, outputs, level), spearman(input, outputs, level),
                            coefficient(plain, i), coefficient(ranked, i), partial(plain, i, false),
                            partial(ranked, i, true)});
  }
  return found;
}

}  // namespace mystic
