// Formulas and sources: see the header.

#include "mystic/uq/pick_freeze_estimates.hpp"

#include "mystic/core/random.hpp"
#include "mystic/core/require.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <tuple>

namespace mystic {
namespace {

using Column = Eigen::Map<const Vector>;
using Columns = std::vector<Column>;

/// Rows of which all columns are finite: the columns themselves where nothing failed, else copies.
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

Column column_of(const Points& points, Index i) { return {points.col(i).data(), points.rows()}; }

struct Answer {
  double value = not_known;
  double squares = not_known;  // sum over the rows of the influence of each, squared
};

// Sums of add(lane, row) over the rows: four of them at once, that do not wait for each other.
constexpr std::size_t lanes = 4;
using Lanes = std::array<double, lanes>;

template <class Add>
void over_rows(Index rows, Add add) {
  const Index whole = rows - rows % static_cast<Index>(lanes);
  for (Index row = 0; row < whole; row += static_cast<Index>(lanes)) {
    for (std::size_t lane = 0; lane < lanes; ++lane) add(lane, row + static_cast<Index>(lane));
  }
  for (Index row = whole; row < rows; ++row) add(static_cast<std::size_t>(row - whole), row);
}

double total(const Lanes& sums) { return (sums[0] + sums[2]) + (sums[1] + sums[3]); }

// sum u / sum v over the rows, where terms(row) gives {u, v}.
template <class Terms>
Answer ratio(Index rows, Terms terms) {
  Lanes above{};
  Lanes below{};
  over_rows(rows, [&](std::size_t lane, Index row) {
    const auto [u, v] = terms(row);
    above[lane] += u;
    below[lane] += v;
  });
  const double whole = total(below);
  if (!(whole > 0.0)) return {};
  const double value = total(above) / whole;
  const double share = 1.0 / whole;
  Lanes squares{};
  over_rows(rows, [&](std::size_t lane, Index row) {
    const auto [u, v] = terms(row);
    const double influence = (u - value * v) * share;
    squares[lane] += influence * influence;
  });
  return {value, total(squares)};
}

struct Spread {
  double mean;
  double sd;
};

Spread spread_of(const Column& values) {
  const auto n = static_cast<double>(values.size());
  double sum = 0.0;
  for (const double value : values) sum += value;
  double squares = 0.0;
  for (const double value : values) squares += (value - sum / n) * (value - sum / n);
  return {sum / n, std::sqrt(squares / n)};
}

// Pearson's correlation; influence of a row: x y - r (x^2 + y^2) / 2, standardised.
Answer correlation(const Column& left, const Column& right) {
  const Spread l = spread_of(left);
  const Spread r = spread_of(right);
  if (!(l.sd > 0.0) || !(r.sd > 0.0)) return {};
  const auto n = static_cast<double>(left.size());
  double products = 0.0;
  for (Index row = 0; row < left.size(); ++row) {
    products += (left[row] - l.mean) / l.sd * ((right[row] - r.mean) / r.sd);
  }
  const double value = products / n;
  double squares = 0.0;
  for (Index row = 0; row < left.size(); ++row) {
    const double x = (left[row] - l.mean) / l.sd;
    const double y = (right[row] - r.mean) / r.sd;
    const double influence = (x * y - 0.5 * value * (x * x + y * y)) / n;
    squares += influence * influence;
  }
  return {value, squares};
}

double mean_of(const Column& a, const Column& b) {
  Lanes sums{};
  over_rows(a.size(), [&](std::size_t lane, Index row) { sums[lane] += a[row] + b[row]; });
  return total(sums) / (2.0 * static_cast<double>(a.size()));
}

using Term = std::array<double, 2>;

// Columns a, b, e.
Answer first_order(const Columns& rows, const std::string& estimator) {
  const auto& [a, b, e] = std::tie(rows[0], rows[1], rows[2]);
  if (a.size() < 2) return {};
  if (estimator == "martinez") return correlation(b, e);
  const double m = mean_of(a, b);
  return ratio(a.size(), [&, jansen = estimator == "jansen"](Index row) -> Term {
    const double from_a = a[row] - m;
    const double from_b = b[row] - m;
    const double v = 0.5 * (from_a * from_a + from_b * from_b);
    const double gap = b[row] - e[row];
    return {jansen ? v - 0.5 * gap * gap : from_b * (e[row] - a[row]), v};
  });
}

Answer total_order(const Columns& rows, const std::string& estimator) {
  const auto& [a, b, e] = std::tie(rows[0], rows[1], rows[2]);
  if (a.size() < 2) return {};
  if (estimator == "martinez") {
    const Answer shared = correlation(a, e);
    return {1.0 - shared.value, shared.squares};
  }
  const double m = mean_of(a, b);
  return ratio(a.size(), [&, product = estimator == "mauntz-kucherenko"](Index row) -> Term {
    const double from_a = a[row] - m;
    const double from_b = b[row] - m;
    const double gap = a[row] - e[row];
    return {product ? from_a * gap : 0.5 * gap * gap, 0.5 * (from_a * from_a + from_b * from_b)};
  });
}

// Columns a, b, e_i, e_j, e_i'. What i and j explain together, less what each explains, in one ratio, so
// that the interval knows how the three hang together.
Answer second_order(const Columns& rows) {
  const Column& a = rows[0];
  const Column& b = rows[1];
  if (a.size() < 2) return {};
  const double m = mean_of(a, b);
  return ratio(a.size(), [&](Index row) -> Term {
    const double from_a = a[row] - m;
    const double from_b = b[row] - m;
    const double together = (rows[4][row] - m) * (rows[3][row] - m) - from_a * from_b;
    const double apart = from_b * (rows[2][row] - a[row]) + from_b * (rows[3][row] - a[row]);
    return {together - apart, 0.5 * (from_a * from_a + from_b * from_b)};
  });
}

using Estimator = std::function<Answer(const Columns&)>;

Interval bootstrapped(const Columns& rows, const Estimator& estimator,
                      const SobolEstimateOptions& options) {
  const Index count = rows.front().size();
  std::vector<Vector> drawn(rows.size(), Vector(count));
  Columns columns;
  for (const Vector& one : drawn) columns.emplace_back(one.data(), count);
  std::vector<double> values;
  for (Index replicate = 0; replicate < options.bootstrap; ++replicate) {
    Random random = stream(options.seed, SearchPath().child(static_cast<std::uint32_t>(replicate)));
    for (Index row = 0; row < count; ++row) {
      const Index from = uniform_index(random, count);
      for (std::size_t column = 0; column < rows.size(); ++column) {
        drawn[column][row] = rows[column][from];
      }
    }
    const double value = estimator(columns).value;
    if (std::isfinite(value)) values.push_back(value);
  }
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  const auto last = static_cast<double>(values.size() - 1);
  const double tail = 0.5 * (1.0 - options.level);
  return {values[static_cast<std::size_t>(std::floor(tail * last))],
          values[static_cast<std::size_t>(std::ceil((1.0 - tail) * last))]};
}

Estimate estimate(const Columns& rows, const Estimator& estimator, const SobolEstimateOptions& options) {
  const Answer found = estimator(rows);
  if (std::isnan(found.value)) return {};
  if (options.bootstrap > 0) return {found.value, bootstrapped(rows, estimator, options)};
  const double half = normal_width(options.level) * std::sqrt(found.squares);
  return {found.value, {found.value - half, found.value + half}};
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
  const auto with = [&options](Answer (*estimator)(const Columns&, const std::string&)) {
    return [&options, estimator](const Columns& rows) { return estimator(rows, options.estimator); };
  };
  const Column a(outputs.a.data(), outputs.a.size());
  const Column b(outputs.b.data(), outputs.b.size());
  for (Index i = 0; i < inputs; ++i) {
    const CompleteRows complete({a, b, column_of(outputs.a_b, i)});
    const Columns& rows = complete.columns();
    found.inputs.push_back({rows.front().size(), estimate(rows, with(first_order), options),
                            estimate(rows, with(total_order), options)});
  }
  if (outputs.b_a.size() == 0) return found;
  for (Index i = 0; i < inputs; ++i) {
    for (Index j = i + 1; j < inputs; ++j) {
      const CompleteRows complete(
          {a, b, column_of(outputs.a_b, i), column_of(outputs.a_b, j), column_of(outputs.b_a, i)});
      const Columns& rows = complete.columns();
      found.pairs.push_back({i, j, rows.front().size(), estimate(rows, second_order, options)});
    }
  }
  return found;
}

}  // namespace mystic
