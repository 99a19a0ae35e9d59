#include "mystic/uq/quadrature.hpp"

#include "mystic/core/require.hpp"

#include <Eigen/Eigenvalues>

#include <cmath>
#include <numbers>

namespace mystic {
namespace {

constexpr Index most_nodes = Index{1} << 31U;

// Node j of the points cos(pi j / n), ascending on [0, 1], and exactly symmetric: sin^2(pi j / (2 n)).
double chebyshev_node(Index j, Index intervals) {
  if (2 * j == intervals) return 0.5;
  if (2 * j > intervals) return 1.0 - chebyshev_node(intervals - j, intervals);
  const double sine =
      std::sin(std::numbers::pi * static_cast<double>(j) / static_cast<double>(2 * intervals));
  return sine * sine;
}

}  // namespace

Quadrature gauss_legendre(Index count) {
  require(count >= 1 && count <= 500, "gauss_legendre: count = {} is not in [1, 500]", count);
  // Legendre's three-term recurrence on [-1, 1]: diagonal 0, beside it k / sqrt(4 k^2 - 1).
  const Vector diagonal = Vector::Zero(count);
  Vector beside(count - 1);
  for (Index k = 1; k < count; ++k) {
    const auto number = static_cast<double>(k);
    beside[k - 1] = number / std::sqrt(4.0 * number * number - 1.0);
  }
  Eigen::SelfAdjointEigenSolver<Points> solver;
  solver.computeFromTridiagonal(diagonal, beside);
  require<Error>(solver.info() == Eigen::Success, "gauss_legendre: no eigenvalues for {} nodes", count);
  const Vector on_both_sides = solver.eigenvalues();
  const Vector squares = solver.eigenvectors().row(0).cwiseAbs2();
  // The rule is symmetric; what is not, is rounding.
  const Vector symmetric = (on_both_sides - on_both_sides.reverse()) / 2.0;
  Quadrature rule;
  rule.nodes = ((symmetric.array() + 1.0) / 2.0).matrix().transpose();
  rule.weights = (squares + squares.reverse()) / 2.0;
  rule.weights /= rule.weights.sum();
  return rule;
}

// Waldvogel (2006), doi:10.1007/s10543-006-0045-4, eq. (1.5), halved for an interval of length 1.
Quadrature fejer(Index count) {
  require(count >= 1 && count <= 4095, "fejer: count = {} is not in [1, 4095]", count);
  const Index intervals = count + 1;
  Quadrature rule{.nodes = Points(1, count), .weights = Vector(count)};
  for (Index j = 1; j <= count; ++j) {
    const double angle = std::numbers::pi * static_cast<double>(j) / static_cast<double>(intervals);
    double sum = 0.0;
    for (Index k = 1; k <= intervals / 2; ++k) {
      const auto odd = static_cast<double>(2 * k - 1);
      sum += std::sin(odd * angle) / odd;
    }
    rule.nodes(0, j - 1) = chebyshev_node(j, intervals);
    rule.weights[j - 1] = 2.0 * std::sin(angle) * sum / static_cast<double>(intervals);
  }
  rule.weights /= rule.weights.sum();
  return rule;
}

// Waldvogel (2006), eq. (1.6), halved likewise.
Quadrature clenshaw_curtis(Index count) {
  require(count >= 1 && count <= 4097, "clenshaw_curtis: count = {} is not in [1, 4097]", count);
  if (count == 1) return {.nodes = Points::Constant(1, 1, 0.5), .weights = Vector::Ones(1)};
  const Index intervals = count - 1;
  Quadrature rule{.nodes = Points(1, count), .weights = Vector(count)};
  for (Index j = 0; j < count; ++j) {
    const double angle = std::numbers::pi * static_cast<double>(j) / static_cast<double>(intervals);
    double sum = 1.0;
    for (Index k = 1; k <= intervals / 2; ++k) {
      const auto even = static_cast<double>(2 * k);
      const double factor = 2 * k == intervals ? 1.0 : 2.0;
      sum -= factor / (even * even - 1.0) * std::cos(even * angle);
    }
    const double ends = j == 0 || j == intervals ? 1.0 : 2.0;
    rule.nodes(0, j) = chebyshev_node(j, intervals);
    rule.weights[j] = ends * sum / static_cast<double>(2 * intervals);
  }
  rule.weights /= rule.weights.sum();
  return rule;
}

Quadrature product_rule(const std::vector<Quadrature>& rules) {
  require(!rules.empty(), "product_rule: no rule; must be one for each variable");
  Index count = 1;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const Index nodes = rules[i].nodes.cols();
    require(
        rules[i].nodes.rows() == 1 && nodes >= 1 && rules[i].weights.size() == nodes,
        "product_rule: rule {} has {} variables, {} nodes and {} weights; must be one variable, and a "
        "weight for each node",
        i, rules[i].nodes.rows(), nodes, rules[i].weights.size());
    require(nodes <= most_nodes / count, "product_rule: more than 2^31 nodes");
    count *= nodes;
  }
  Quadrature product{.nodes = Points(static_cast<Index>(rules.size()), count),
                     .weights = Vector::Ones(count)};
  for (Index k = 0; k < count; ++k) {
    Index rest = k;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const Index node = rest % rules[i].nodes.cols();
      rest /= rules[i].nodes.cols();
      product.nodes(static_cast<Index>(i), k) = rules[i].nodes(0, node);
      product.weights[k] *= rules[i].weights[node];
    }
  }
  return product;
}

Quadrature gauss_product(const std::vector<Index>& counts) {
  std::vector<Quadrature> rules;
  for (const Index count : counts) rules.push_back(gauss_legendre(count));
  return product_rule(rules);
}

}  // namespace mystic
