#pragma once

#include "mystic/uq/estimate.hpp"

namespace mystic {

/// A correlation for each pair of p quantities, with its interval: three symmetric p x p matrices. NaN
/// where it is not known.
struct CorrelationTable {
  Points value;
  Points lower;
  Points upper;
};

/// Correlations between the columns of a table of inputs and outputs.
struct CorrelationTables {
  Index asked = 0;
  Index ok = 0;  ///< n: observations of which nothing failed; all tables come from these
  CorrelationTable pearson;
  CorrelationTable spearman;      ///< of ranks
  CorrelationTable partial;       ///< what is left without the other inputs
  CorrelationTable rank_partial;  ///< the same of ranks
};

/// All correlations of p quantities, of which the first `inputs` are inputs and the others outputs.
/// Partial correlations are given the inputs: of two inputs, given all others; of an input and an
/// output, given the other inputs (InputCorrelation::pcc); of two outputs, given all inputs. No output
/// is held: one may follow from another.
///
/// Intervals as of pearson(), spearman() and input_correlations(). Partial correlations are NaN where
/// one input follows from the others, or n is less than the inputs and 3 more.
/// @param table   p x n: an observation a column, inputs first; NaN or infinite: failed
/// @param inputs  k, 0 to p. 0: nothing is held, partial correlations are the plain ones. p: partial
///                correlations given all others
/// @param level   confidence, in (0, 1)
/// @throws InvalidArgument if there is no row, or `inputs` or `level` is outside
[[nodiscard]] CorrelationTables correlation_tables(const PointsView& table, Index inputs,
                                                   double level = 0.95);

}  // namespace mystic
