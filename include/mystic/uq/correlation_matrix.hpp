#pragma once

#include "mystic/core/options.hpp"
#include "mystic/uq/law.hpp"

#include <string>
#include <vector>

namespace mystic {

/// What a number in a correlation matrix measures.
enum class CorrelationKind {
  normal,    ///< of the normal law behind a normal copula, taken as it is
  pearson,   ///< of the inputs themselves: hangs on their laws (Nataf)
  spearman,  ///< of their ranks
  kendall,   ///< share of pairs that rise together less share of those that do not
};

/// Refuses what is no correlation matrix: not square, not symmetric, ones missing on the diagonal,
/// numbers outside [-1, 1], or not positive definite; that with the nearest that is, and where it
/// differs most.
/// @throws InvalidArgument
void require_correlation(const Points& matrix);

/// The correlation matrix nearest to a symmetric matrix, in Frobenius' norm, with no eigenvalue below
/// `least`. Source: Higham (2002), doi:10.1093/imanum/22.3.329, algorithm 3.3.
[[nodiscard]] Points nearest_correlation(const Points& matrix, double least = 1e-8);

/// The correlation of the normal copula that gives n inputs this correlation: 2 sin(pi rho / 6) from
/// Spearman's, sin(pi tau / 2) from Kendall's; from Pearson's by solving the Nataf equation for each
/// pair, with Gauss quadrature (Liu & Der Kiureghian 1986, doi:10.1016/0266-8920(86)90033-0).
/// @param matrix  n x n
/// @param laws    n; read only for CorrelationKind::pearson, then with finite variances
/// @throws InvalidArgument if it is no correlation matrix, or what comes out is none, or no normal
///         copula gives two laws the correlation asked for: then with the range that there is
[[nodiscard]] Points normal_correlation(const Points& matrix, CorrelationKind kind,
                                        const std::vector<Law>& laws = {});

}  // namespace mystic
