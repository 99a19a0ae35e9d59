#include "mystic/uq/correlation_tables.hpp"

#include "correlation_parts.hpp"

#include "mystic/core/require.hpp"

#include <algorithm>
#include <cmath>

namespace mystic {
namespace {

Points complete_columns(const PointsView& table) {
  Points kept(table.rows(), table.cols());
  Index count = 0;
  for (Index column = 0; column < table.cols(); ++column) {
    if (table.col(column).allFinite()) kept.col(count++) = table.col(column);
  }
  kept.conservativeResize(table.rows(), count);
  return kept;
}

// NaN in the row and column of what does not vary; the diagonal is 1 elsewhere.
Points plain(const Points& table) {
  const Index p = table.rows();
  if (table.cols() < 4) return Points::Constant(p, p, not_known);
  Points unit(table.cols(), p);
  for (Index i = 0; i < p; ++i) unit.col(i) = standardised(table.row(i).transpose());
  Points matrix = (unit.transpose() * unit).cwiseMax(-1.0).cwiseMin(1.0);
  for (Index i = 0; i < p; ++i) {
    if (matrix(i, i) > 0.5) {
      matrix(i, i) = 1.0;
    } else {
      matrix.row(i).setConstant(not_known);
      matrix.col(i).setConstant(not_known);
    }
  }
  return matrix;
}

// a / sqrt(b c): a correlation from products; NaN where there is nothing left to correlate.
double normalised(double a, double b, double c) {
  constexpr double rounding = 1e-14;
  if (!(b > rounding) || !(c > rounding)) return not_known;
  return std::clamp(a / std::sqrt(b) / std::sqrt(c), -1.0, 1.0);
}

// P the inverse of the inputs' correlations R, B = P R_xy the regressions of the outputs, S what they
// leave of the outputs' correlations. Of inputs i and j: -P_ij / sqrt(P_ii P_jj); of input i and output
// y: B_iy / sqrt(B_iy^2 + S_yy P_ii); of outputs: S_yz / sqrt(S_yy S_zz).
Points partial(const Points& matrix, Index inputs) {
  const Index p = matrix.rows();
  if (inputs == 0) return matrix;
  Points found = Points::Constant(p, p, not_known);
  const Points of_inputs = matrix.topLeftCorner(inputs, inputs);
  const auto inverse = of_inputs.allFinite() ? inverse_correlation(of_inputs) : std::nullopt;
  if (!inverse) return found;
  const Points across = matrix.topRightCorner(inputs, p - inputs);
  const Points slopes = *inverse * across;
  const Points left = matrix.bottomRightCorner(p - inputs, p - inputs) - across.transpose() * slopes;
  for (Index i = 0; i < inputs; ++i) {
    for (Index j = 0; j < inputs; ++j) {
      found(i, j) = i == j ? 1.0 : normalised(-(*inverse)(i, j), (*inverse)(i, i), (*inverse)(j, j));
    }
    for (Index y = 0; y < p - inputs; ++y) {
      const double slope = slopes(i, y);
      const double r = slope / std::sqrt(slope * slope + std::max(left(y, y), 0.0) * (*inverse)(i, i));
      found(i, inputs + y) = r;
      found(inputs + y, i) = r;
    }
  }
  for (Index y = 0; y < p - inputs; ++y) {
    for (Index z = 0; z < p - inputs; ++z) {
      const bool itself = y == z && !std::isnan(left(y, y));
      found(inputs + y, inputs + z) = itself ? 1.0 : normalised(left(y, z), left(y, y), left(z, z));
    }
  }
  return found.selfadjointView<Eigen::Lower>();  // rounded alike on both sides
}

// With `held` quantities held, pair by pair.
template <class Held>
CorrelationTable with_intervals(const Points& values, bool of_ranks, Index n, Held held, double level) {
  CorrelationTable found{values, values, values};
  for (Index i = 0; i < values.rows(); ++i) {
    for (Index j = 0; j < values.cols(); ++j) {
      const double r = values(i, j);
      const Interval interval = with_fisher(r, of_ranks ? bonett_wright(r) : 1.0,
                                            static_cast<double>(n - 3 - held(i, j)), level)
                                    .interval;
      found.lower(i, j) = i == j ? r : interval.lower;
      found.upper(i, j) = i == j ? r : interval.upper;
    }
  }
  return found;
}

}  // namespace

CorrelationTables correlation_tables(const PointsView& table, Index inputs, double level) {
  require(table.rows() >= 1, "correlation_tables: the table has no row");
  require(inputs >= 0 && inputs <= table.rows(),
          "correlation_tables: inputs = {} of {} quantities must be in [0, {}]", inputs, table.rows(),
          table.rows());
  require(level > 0.0 && level < 1.0, "level = {} of an interval is not in (0, 1)", level);
  const Points kept = complete_columns(table);
  const Index n = kept.cols();
  const auto none = [](Index, Index) { return Index{0}; };
  // Of the pair itself nothing is held.
  const auto others = [inputs](Index i, Index j) {
    return inputs - (i < inputs ? 1 : 0) - (j < inputs ? 1 : 0);
  };
  const auto partly = [&](const Points& matrix) -> Points {
    if (n < inputs + 3) return Points::Constant(matrix.rows(), matrix.cols(), not_known);
    return partial(matrix, inputs);
  };
  const Points values = plain(kept);
  const Points ranked = plain(ranks_of_rows(kept));
  CorrelationTables found{
      .asked = table.cols(), .ok = n, .pearson = {}, .spearman = {}, .partial = {}, .rank_partial = {}};
  found.pearson = with_intervals(values, false, n, none, level);
  found.spearman = with_intervals(ranked, true, n, none, level);
  found.partial = with_intervals(partly(values), false, n, others, level);
  found.rank_partial = with_intervals(partly(ranked), true, n, others, level);
  return found;
}

}  // namespace mystic
