#pragma once

#include "mystic/core/options.hpp"
#include "mystic/core/point.hpp"

#include <string>
#include <vector>

namespace mystic {

/// An integral over the unit cube is nearly sum_k weights[k] f(node k). The weights add up to 1; those
/// of a sparse grid may be negative.
struct Quadrature {
  Points nodes;    ///< n x m
  Vector weights;  ///< m
};

/// Gauss and Legendre's rule on (0, 1): exact for polynomials to degree 2 count - 1, no node an end.
/// Nodes ascend. By the eigenvalues of the Jacobi matrix: Golub & Welsch (1969), doi:10.2307/2004418.
/// @param count  1 to 500
/// @throws InvalidArgument
[[nodiscard]] Quadrature gauss_legendre(Index count);

/// Fejer's second rule on (0, 1): the inner nodes of Clenshaw and Curtis for count + 1 intervals, no
/// node an end; exact to degree count - 1 (count, if odd). Rules of 2^j - 1 nodes are nested.
/// @param count  1 to 4095
/// @throws InvalidArgument
[[nodiscard]] Quadrature fejer(Index count);

/// Clenshaw and Curtis' rule on [0, 1], ends included; exact to degree count - 1 (count, if odd). One
/// node: the middle. Rules of 2^j + 1 nodes are nested.
/// @param count  1 to 4097
/// @throws InvalidArgument
[[nodiscard]] Quadrature clenshaw_curtis(Index count);

/// All combinations of the nodes of one rule for each variable, the first changing fastest.
/// @param rules  each with nodes 1 x m_i
/// @throws InvalidArgument if there is none, one has not one variable or as many nodes as weights, or
/// there
///         are more than 2^31 nodes
[[nodiscard]] Quadrature product_rule(const std::vector<Quadrature>& rules);

/// Gauss and Legendre's rule for each variable, counts[i] nodes for variable i.
[[nodiscard]] Quadrature gauss_product(const std::vector<Index>& counts);

struct SmolyakOptions {
  static constexpr std::string_view title = "SmolyakOptions";

  Index level = 2;
  std::string rule = "fejer";

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("level", self.level, Range{.lower = 0, .upper = 10},
          "exact for all polynomials of total degree 2 level + 1; 0: the middle alone");
    field("rule", self.rule, Choices{{"fejer", "clenshaw-curtis", "gauss"}},
          "fejer: nested, no ends; clenshaw-curtis: nested, fewer nodes, but 0 and 1 are among them; "
          "gauss: not "
          "nested");
  }
};

/// The sparse grid of Smolyak (1963), as a combination of product rules:
///
///     sum over |l| from max(0, L - n + 1) to L of (-1)^(L-|l|) binomial(n - 1, L - |l|) U_l1 x ... x
///     U_ln
///
/// with U_0 the middle, and in level l > 0: fejer 2^(l+1) - 1, clenshaw-curtis 2^l + 1, gauss l + 1
/// nodes. Source: Wasilkowski & Wozniakowski (1995), doi:10.1006/jcom.1995.1001; exactness: Novak &
/// Ritter (1999), doi:10.1007/s003659900119. Nodes that several products share stand once; those with
/// weight 0 are left out. Where weights are negative, so may be an estimated variance: know it.
///
/// @throws InvalidArgument if dimension is not in [1, 10 000], or the products have more than 10^8
/// nodes; InvalidOptions
[[nodiscard]] Quadrature smolyak_grid(Index dimension, const SmolyakOptions& options = {});

}  // namespace mystic
