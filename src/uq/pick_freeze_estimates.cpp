// Formulas and sources: see the header.

#include "mystic/uq/pick_freeze_estimates.hpp"

#include "mystic/core/random.hpp"
#include "mystic/core/require.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <tuple>
#include <type_traits>

namespace mystic {
namespace {

using Column = Eigen::Map<const Vector>;
using Columns = std::vector<Column>;

// Rows of which all columns are finite: the columns themselves where nothing failed, else copies.
class CompleteRows {
 public:
  explicit CompleteRows(const Columns& columns) : columns_(columns) {
    const auto is_finite = [](const Column& column) { return (column.array() * 0.0).sum() == 0.0; };
    if (std::all_of(columns.begin(), columns.end(), is_finite)) return;
    copies_.assign(columns.begin(), columns.end());
    Index count = 0;
    for (Index row = 0; row < columns.front().size(); ++row) {
      const bool complete = std::all_of(columns.begin(), columns.end(), [row](const Column& column) {
        return std::isfinite(column[row]);
      });
      if (!complete) continue;
      for (std::size_t i = 0; i < columns.size(); ++i) copies_[i][count] = columns[i][row];
      ++count;
    }
    columns_.clear();
    for (const Vector& copy : copies_) columns_.emplace_back(copy.data(), count);
  }
  [[nodiscard]] const Columns& columns() const { return columns_; }

 private:
  Columns columns_;
  std::vector<Vector> copies_;
};

Column column_of(const Vector& values) { return {values.data(), values.size()}; }
Column column_of(const Points& points, Index i) { return {points.col(i).data(), points.rows()}; }

// What an estimator needs of a row. All estimators are functions of the means of such numbers.
template <std::size_t count>
using Numbers = std::array<double, count>;

// Where an estimator is most nearly normal, and its interval symmetric.
enum class Scale {
  plain,
  logarithm,         // a mean of squares
  correlation,       // Fisher's
  less_correlation,  // Fisher's of 1 - value
};

double to_scale(double value, Scale scale) {
  switch (scale) {
    case Scale::logarithm:
      return std::log(value);
    case Scale::correlation:
      return std::atanh(value);
    case Scale::less_correlation:
      return -std::atanh(1.0 - value);
    case Scale::plain:
      break;
  }
  return value;
}

double slope_of_scale(double value, Scale scale) {
  switch (scale) {
    case Scale::logarithm:
      return 1.0 / value;
    case Scale::correlation:
      return 1.0 / (1.0 - value * value);
    case Scale::less_correlation:
      return 1.0 / (value * (2.0 - value));
    case Scale::plain:
      break;
  }
  return 1.0;
}

double from_scale(double scaled, Scale scale) {
  switch (scale) {
    case Scale::logarithm:
      return std::exp(scaled);
    case Scale::correlation:
      return std::tanh(scaled);
    case Scale::less_correlation:
      return 1.0 - std::tanh(-scaled);
    case Scale::plain:
      break;
  }
  return scaled;
}

// The rows of one index: what to take of each, what to make of the means, and where that is normal.
template <class Of, class Statistic>
class Estimator {
 public:
  Estimator(Index rows, Of of, Statistic statistic, Scale scale)
      : rows_(rows), of_(of), statistic_(statistic), scale_(scale) {}

  [[nodiscard]] Estimate estimate(const SobolEstimateOptions& options) const {
    const auto means = means_of([](Index row) { return row; });
    const double value = statistic_(means);
    if (std::isnan(value)) return {};
    if (options.bootstrap > 0) return {value, bootstrapped(options)};
    const double sd = jackknifed_sd(means);
    if (std::isnan(sd)) return {value, {}};
    if (sd == 0.0) return {value, {value, value}};
    const double half = student_width(options.level, static_cast<double>(rows_ - 1)) * sd *
                        slope_of_scale(value, scale_);
    const double middle = to_scale(value, scale_);
    return {value, {from_scale(middle - half, scale_), from_scale(middle + half, scale_)}};
  }

 private:
  using Row = std::invoke_result_t<Of, Index>;

  template <class Chosen>
  [[nodiscard]] Row means_of(Chosen chosen) const {
    Row sum{};
    for (Index row = 0; row < rows_; ++row) {
      const Row numbers = of_(chosen(row));
      for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += numbers[k];
    }
    for (double& number : sum) number /= static_cast<double>(rows_);
    return sum;
  }

  // From what the estimate would be without each row in turn. Of ratios and correlations of skewed
  // numbers the delta method's deviation is too small by some per cent where rows are few.
  [[nodiscard]] double jackknifed_sd(const Row& means) const {
    const auto n = static_cast<double>(rows_);
    const double share = 1.0 / (n - 1.0);
    const double all = statistic_(means);
    double sum = 0.0;
    double squares = 0.0;
    for (Index row = 0; row < rows_; ++row) {
      const Row numbers = of_(row);
      Row without = means;
      for (std::size_t k = 0; k < without.size(); ++k) without[k] += (means[k] - numbers[k]) * share;
      const double change = statistic_(without) - all;
      sum += change;
      squares += change * change;
    }
    return std::sqrt((n - 1.0) / n * std::max(squares - sum * sum / n, 0.0));
  }

  [[nodiscard]] Interval bootstrapped(const SobolEstimateOptions& options) const {
    std::vector<double> values;
    for (Index replicate = 0; replicate < options.bootstrap; ++replicate) {
      Random random = stream(options.seed, SearchPath().child(static_cast<std::uint32_t>(replicate)));
      const double value =
          statistic_(means_of([&, this](Index) { return uniform_index(random, rows_); }));
      if (std::isfinite(value)) values.push_back(value);
    }
    if (values.empty()) return {};
    std::sort(values.begin(), values.end());
    const auto last = static_cast<double>(values.size() - 1);
    // Percentiles are too narrow as a deviation by n and a normal quantile are: widened by as much.
    const auto n = static_cast<double>(rows_);
    const double width = student_width(options.level, n - 1.0) * std::sqrt(n / (n - 1.0));
    const double tail = 0.5 * std::erfc(width / std::numbers::sqrt2);
    return {values[static_cast<std::size_t>(std::floor(tail * last))],
            values[static_cast<std::size_t>(std::ceil((1.0 - tail) * last))]};
  }

  Index rows_;
  Of of_;
  Statistic statistic_;
  Scale scale_;
};

double centre_of(const Column& a, const Column& b) {
  double sum = 0.0;
  for (Index row = 0; row < a.size(); ++row) sum += a[row] + b[row];
  return sum / (2.0 * static_cast<double>(a.size()));
}

// Rounding would make a variance of numbers that are all equal.
bool all_equal(const Column& values) {
  return std::all_of(values.begin(), values.end(), [&](double value) { return value == values[0]; });
}

// sum (u - m w) / sum v: the means of u, w, (a + b) / 2 and (a^2 + b^2) / 2, all less a constant.
// Objects, not functions: called for every row, they are to be compiled into the loops.
constexpr auto ratio = [](const Numbers<4>& means) {
  const double variance = means[3] - means[2] * means[2];
  return variance > 0.0 ? (means[0] - means[2] * means[1]) / variance : not_known;
};

constexpr auto one_less_ratio = [](const Numbers<4>& means) { return 1.0 - ratio(means); };

// The means of x, y, x^2, y^2, x y.
constexpr auto correlation = [](const Numbers<5>& means) {
  const double x = means[2] - means[0] * means[0];
  const double y = means[3] - means[1] * means[1];
  if (!(x > 0.0) || !(y > 0.0)) return not_known;
  return std::clamp((means[4] - means[0] * means[1]) / std::sqrt(x * y), -1.0, 1.0);
};

constexpr auto one_less_correlation = [](const Numbers<5>& means) { return 1.0 - correlation(means); };

auto for_correlation(const Column& left, const Column& right, double centre) {
  return [&left, &right, centre](Index row) -> Numbers<5> {
    const double x = left[row] - centre;
    const double y = right[row] - centre;
    return {x, y, x * x, y * y, x * y};
  };
}

// With what `numerator` gives of a row: u and w of ratio(), from a and b less the centre.
template <class Numerator>
auto for_ratio(const Column& a, const Column& b, double centre, Numerator numerator) {
  return [&a, &b, centre, numerator](Index row) -> Numbers<4> {
    const double x = a[row] - centre;
    const double y = b[row] - centre;
    const Numbers<2> above = numerator(row, x, y);
    return {above[0], above[1], 0.5 * (x + y), 0.5 * (x * x + y * y)};
  };
}

template <class Of, class Statistic>
Estimate estimated(Index rows, Of of, Statistic statistic, Scale scale,
                   const SobolEstimateOptions& options) {
  return Estimator(rows, of, statistic, scale).estimate(options);
}

// Columns a, b, e.
Estimate first_order(const Columns& columns, const SobolEstimateOptions& options) {
  const auto& [a, b, e] = std::tie(columns[0], columns[1], columns[2]);
  const Index rows = a.size();
  if (rows < 2 || all_equal(b)) return {};
  const double centre = centre_of(a, b);
  if (options.estimator == "martinez") {
    if (all_equal(e)) return {};
    return estimated(rows, for_correlation(b, e, centre), correlation, Scale::correlation, options);
  }
  if (options.estimator == "jansen") {
    const auto squares = [&](Index row, double, double) -> Numbers<2> {
      return {0.5 * (b[row] - e[row]) * (b[row] - e[row]), 0.0};
    };
    return estimated(rows, for_ratio(a, b, centre, squares), one_less_ratio, Scale::plain, options);
  }
  const auto products = [&](Index row, double, double y) -> Numbers<2> {
    return {y * (e[row] - a[row]), e[row] - a[row]};
  };
  return estimated(rows, for_ratio(a, b, centre, products), ratio, Scale::plain, options);
}

Estimate total_order(const Columns& columns, const SobolEstimateOptions& options) {
  const auto& [a, b, e] = std::tie(columns[0], columns[1], columns[2]);
  const Index rows = a.size();
  if (rows < 2 || all_equal(a)) return {};
  const double centre = centre_of(a, b);
  if (options.estimator == "martinez") {
    if (all_equal(e)) return {};
    return estimated(rows, for_correlation(a, e, centre), one_less_correlation, Scale::less_correlation,
                     options);
  }
  if (options.estimator == "mauntz-kucherenko") {
    const auto products = [&](Index row, double x, double) -> Numbers<2> {
      return {x * (a[row] - e[row]), a[row] - e[row]};
    };
    return estimated(rows, for_ratio(a, b, centre, products), ratio, Scale::plain, options);
  }
  const auto squares = [&](Index row, double, double) -> Numbers<2> {
    return {0.5 * (a[row] - e[row]) * (a[row] - e[row]), 0.0};
  };
  return estimated(rows, for_ratio(a, b, centre, squares), ratio, Scale::logarithm, options);
}

// Columns a, b, e_i, e_j, e_i'. What i and j explain together, less what each explains, in one ratio, so
// that the interval knows how the three hang together.
Estimate second_order(const Columns& columns, const SobolEstimateOptions& options) {
  const auto& [a, b, e_i, e_j, e_back] =
      std::tie(columns[0], columns[1], columns[2], columns[3], columns[4]);
  if (a.size() < 2 || all_equal(a)) return {};
  const double centre = centre_of(a, b);
  // (e_i' - m)(e_j - m) - (a - m)(b - m) - (b - m)(e_i + e_j - 2 a): of m only the first power is left.
  const auto apart = [&](Index row, double x, double y) -> Numbers<2> {
    const double back = e_back[row] - centre;
    const double other = e_j[row] - centre;
    const double steps = e_i[row] + e_j[row] - 2.0 * a[row];
    return {back * other - x * y - y * steps, back + other - x - y - steps};
  };
  return estimated(a.size(), for_ratio(a, b, centre, apart), ratio, Scale::plain, options);
}

void require_sizes(const PickFreezeOutputs& outputs) {
  const Index rows = outputs.a.size();
  const Index inputs = outputs.a_b.cols();
  require(rows > 0 && inputs > 0, "sobol_estimates: there are no outputs: {} rows, {} inputs", rows,
          inputs);
  require(outputs.b.size() == rows && outputs.a_b.rows() == rows,
          "sobol_estimates: a has {} rows, b {}, a_b {}: all must have the same", rows, outputs.b.size(),
          outputs.a_b.rows());
  require(outputs.b_a.size() == 0 || (outputs.b_a.rows() == rows && outputs.b_a.cols() == inputs),
          "sobol_estimates: b_a is {} x {}, not {} x {} as a_b, nor empty", outputs.b_a.rows(),
          outputs.b_a.cols(), rows, inputs);
}

}  // namespace

SobolIndices sobol_estimates(const PickFreezeOutputs& outputs, const SobolEstimateOptions& options) {
  validate(options);
  require_sizes(outputs);
  const Index inputs = outputs.a_b.cols();
  SobolIndices found{.rows = outputs.a.size(), .inputs = {}, .pairs = {}};
  const Column a = column_of(outputs.a);
  const Column b = column_of(outputs.b);
  for (Index i = 0; i < inputs; ++i) {
    const CompleteRows rows({a, b, column_of(outputs.a_b, i)});
    found.inputs.push_back({rows.columns().front().size(), first_order(rows.columns(), options),
                            total_order(rows.columns(), options)});
  }
  if (outputs.b_a.size() == 0) return found;
  for (Index i = 0; i < inputs; ++i) {
    for (Index j = i + 1; j < inputs; ++j) {
      const CompleteRows rows(
          {a, b, column_of(outputs.a_b, i), column_of(outputs.a_b, j), column_of(outputs.b_a, i)});
      found.pairs.push_back(
          {i, j, rows.columns().front().size(), second_order(rows.columns(), options)});
    }
  }
  return found;
}

}  // namespace mystic
