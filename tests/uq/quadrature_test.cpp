#include "mystic/uq/quadrature.hpp"

#include "mystic/core/require.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <set>

namespace mystic {
namespace {

double integral(const Quadrature& rule, const std::vector<int>& powers) {
  double sum = 0.0;
  for (Index k = 0; k < rule.weights.size(); ++k) {
    double product = rule.weights[k];
    for (std::size_t i = 0; i < powers.size(); ++i) {
      product *= std::pow(rule.nodes(static_cast<Index>(i), k), powers[i]);
    }
    sum += product;
  }
  return sum;
}

double exact(const std::vector<int>& powers) {
  double product = 1.0;
  for (const int power : powers) product /= power + 1;
  return product;
}

// Every vector of powers with at most this sum.
void for_each_power(std::size_t dimension, int degree,
                    const std::function<void(const std::vector<int>&)>& see) {
  std::vector<int> powers(dimension, 0);
  const std::function<void(std::size_t, int)> descend = [&](std::size_t i, int left) {
    if (i == dimension) {
      see(powers);
      return;
    }
    for (powers[i] = 0; powers[i] <= left; ++powers[i]) descend(i + 1, left - powers[i]);
  };
  descend(0, degree);
}

TEST(GaussLegendre, IsExactToDegreeTwiceItsNodesLessOneAndNotBeyond) {
  for (const Index count : {1, 2, 3, 5, 8, 13, 20}) {
    const Quadrature rule = gauss_legendre(count);
    const int degree = 2 * static_cast<int>(count) - 1;
    for (int power = 0; power <= degree; ++power) {
      EXPECT_NEAR(integral(rule, {power}), exact({power}), 1e-14) << count << " " << power;
    }
    // The error at the next degree is (n!)^4 / ((2n)!^2 (2n + 1)): visible for few nodes.
    if (count <= 8) {
      EXPECT_GT(std::abs(integral(rule, {degree + 1}) - exact({degree + 1})), 1e-12) << count;
    }
  }
}

// Abramowitz & Stegun, table 25.4, n = 3: sqrt(3/5), 5/9, 8/9 on [-1, 1].
TEST(GaussLegendre, HasTheNodesOfTheTables) {
  const Quadrature rule = gauss_legendre(3);
  EXPECT_NEAR(rule.nodes(0, 0), 0.5 - 0.5 * std::sqrt(0.6), 1e-15);
  EXPECT_EQ(rule.nodes(0, 1), 0.5);
  EXPECT_NEAR(rule.nodes(0, 2), 0.5 + 0.5 * std::sqrt(0.6), 1e-15);
  EXPECT_NEAR(rule.weights[0], 5.0 / 18, 1e-15);
  EXPECT_NEAR(rule.weights[1], 8.0 / 18, 1e-15);
}

TEST(GaussLegendre, StaysInTheOpenIntervalWithManyNodes) {
  const Quadrature rule = gauss_legendre(300);
  EXPECT_TRUE((rule.nodes.array() > 0.0).all() && (rule.nodes.array() < 1.0).all());
  EXPECT_TRUE((rule.weights.array() > 0.0).all());
  EXPECT_NEAR(integral(rule, {599}), 1.0 / 600, 1e-14);
}

TEST(NestedRules, AreExactToTheirDegreeAndKeepTheirNodes) {
  for (const Index count : {1, 2, 3, 4, 7, 15, 31}) {
    const Quadrature open = fejer(count);
    const Quadrature closed = clenshaw_curtis(count + (count > 1 ? 2 : 0));
    const int odd = count % 2 == 1 ? 1 : 0;
    for (int power = 0; power <= static_cast<int>(count) - 1 + odd; ++power) {
      EXPECT_NEAR(integral(open, {power}), exact({power}), 1e-14) << count << " " << power;
      EXPECT_NEAR(integral(closed, {power}), exact({power}), 1e-14) << count << " " << power;
    }
    EXPECT_TRUE((open.nodes.array() > 0.0).all() && (open.nodes.array() < 1.0).all());
    EXPECT_TRUE((open.weights.array() > 0.0).all() && (closed.weights.array() > 0.0).all());
  }
  const Quadrature coarse = clenshaw_curtis(9);
  const Quadrature fine = clenshaw_curtis(17);
  const Quadrature open = fejer(7);
  for (Index k = 0; k < 9; ++k) EXPECT_NEAR(coarse.nodes(0, k), fine.nodes(0, 2 * k), 1e-15);
  for (Index k = 0; k < 7; ++k) EXPECT_NEAR(open.nodes(0, k), coarse.nodes(0, k + 1), 1e-15);
  // Simpson's rule.
  EXPECT_NEAR(clenshaw_curtis(3).weights[1], 2.0 / 3, 1e-15);
}

TEST(GaussProduct, IsExactInEachVariable) {
  const Quadrature rule = gauss_product({2, 4, 1});
  ASSERT_EQ(rule.nodes.cols(), 8);
  EXPECT_NEAR(integral(rule, {3, 7, 1}), exact({3, 7, 1}), 1e-15);
  EXPECT_GT(std::abs(integral(rule, {4, 7, 1}) - exact({4, 7, 1})), 1e-5);
  EXPECT_GT(std::abs(integral(rule, {3, 7, 2}) - exact({3, 7, 2})), 1e-5);
}

TEST(Smolyak, IsExactForAllPolynomialsOfItsTotalDegree) {
  for (const char* rule : {"fejer", "clenshaw-curtis", "gauss"}) {
    for (const Index dimension : {1, 2, 4}) {
      for (const Index level : {0, 1, 3}) {
        const Quadrature grid = smolyak_grid(dimension, {.level = level, .rule = rule});
        EXPECT_NEAR(grid.weights.sum(), 1.0, 1e-13);
        for_each_power(static_cast<std::size_t>(dimension), 2 * static_cast<int>(level) + 1,
                       [&](const std::vector<int>& powers) {
                         EXPECT_NEAR(integral(grid, powers), exact(powers), 1e-13)
                             << rule << " " << dimension << " " << level;
                       });
        // x^2 ... beyond: the level says no more than it keeps.
        std::vector<int> beyond(static_cast<std::size_t>(dimension), 0);
        for (Index i = 0; i < std::min(dimension, level + 1); ++i)
          beyond[static_cast<std::size_t>(i)] = 2;
        if (dimension > level) {
          EXPECT_GT(std::abs(integral(grid, beyond) - exact(beyond)), 1e-6)
              << rule << dimension << level;
        }
      }
    }
  }
}

// Clenshaw-Curtis grids have 1, 5, 13, 29, 65 nodes in 2 variables, 1, 7, 25, 69 in 3 (Novak & Ritter);
// of those 7 the centre has the weight 1 - 3 + 3 * 2/3 = 0, and is left out.
TEST(Smolyak, HasTheKnownNumbersOfNodesEachOnce) {
  const std::vector<std::pair<Index, std::vector<Index>>> known{{2, {1, 5, 13, 29, 65}},
                                                                {3, {1, 6, 25, 69}}};
  for (const auto& [dimension, counts] : known) {
    for (std::size_t level = 0; level < counts.size(); ++level) {
      const Quadrature grid =
          smolyak_grid(dimension, {.level = static_cast<Index>(level), .rule = "clenshaw-curtis"});
      EXPECT_EQ(grid.weights.size(), counts[level]) << dimension << " " << level;
      std::set<std::vector<double>> seen;
      for (Index k = 0; k < grid.nodes.cols(); ++k) {
        seen.insert(std::vector<double>(grid.nodes.col(k).begin(), grid.nodes.col(k).end()));
      }
      EXPECT_EQ(static_cast<Index>(seen.size()), counts[level]);
    }
  }
  EXPECT_EQ(smolyak_grid(10, {.level = 2, .rule = "fejer"}).nodes.cols(), 241);
}

TEST(Smolyak, StaysInTheOpenCubeButForClenshawAndCurtis) {
  for (const char* rule : {"fejer", "gauss"}) {
    const Quadrature grid = smolyak_grid(3, {.level = 4, .rule = rule});
    EXPECT_TRUE((grid.nodes.array() > 0.0).all() && (grid.nodes.array() < 1.0).all()) << rule;
  }
  EXPECT_EQ(smolyak_grid(3, {.level = 1, .rule = "clenshaw-curtis"}).nodes.minCoeff(), 0.0);
}

TEST(Quadratures, RefuseWhatTheyCannotGive) {
  EXPECT_THROW((void)gauss_legendre(0), InvalidArgument);
  EXPECT_THROW((void)gauss_legendre(501), InvalidArgument);
  EXPECT_THROW((void)fejer(0), InvalidArgument);
  EXPECT_THROW((void)clenshaw_curtis(0), InvalidArgument);
  EXPECT_THROW((void)gauss_product({}), InvalidArgument);
  EXPECT_THROW((void)gauss_product({3, 0}), InvalidArgument);
  EXPECT_THROW((void)product_rule({Quadrature{}}), InvalidArgument);
  EXPECT_THROW((void)smolyak_grid(0), InvalidArgument);
  EXPECT_THROW((void)smolyak_grid(100, {.level = 8}), InvalidArgument);
  EXPECT_THROW((void)smolyak_grid(2, {.level = -1}), InvalidOptions);
  EXPECT_THROW((void)smolyak_grid(2, {.rule = "simpson"}), InvalidOptions);
}

}  // namespace
}  // namespace mystic
