#include "mystic/uq/factorial.hpp"

#include "mystic/core/require.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>
#include <vector>

namespace mystic {
namespace {

std::size_t different_points(const Points& points) {
  std::set<std::vector<double>> seen;
  for (Index k = 0; k < points.cols(); ++k) {
    const auto point = points.col(k);
    seen.insert(std::vector<double>(point.begin(), point.end()));
  }
  return seen.size();
}

// -1 and 1 for 0 and 1.
Points coded(const Points& points) { return 2.0 * points.array() - 1.0; }

void expect_orthogonal(const Points& points) {
  const Points signs = coded(points);
  const Points products = signs * signs.transpose();
  for (Index i = 0; i < products.rows(); ++i) {
    EXPECT_NEAR(signs.row(i).sum(), 0.0, 1e-12) << i;
    for (Index j = 0; j < i; ++j) EXPECT_NEAR(products(i, j), 0.0, 1e-12) << i << " " << j;
  }
}

TEST(FullFactorial, HasEveryCombinationOfLevelsOnce) {
  const Points points = full_factorial_points({3, 2, 4});
  EXPECT_EQ(points.cols(), 24);
  EXPECT_EQ(different_points(points), 24U);
  const std::set<double> third(points.row(2).begin(), points.row(2).end());
  EXPECT_EQ(third, (std::set<double>{0.0, 1.0 / 3, 2.0 / 3, 1.0}));
  EXPECT_EQ(Points(points.leftCols(4)), (Points{{0, 0.5, 1, 0}, {0, 0, 0, 1}, {0, 0, 0, 0}}));
}

TEST(TwoLevelFactorial, HasEveryCornerAndIsOrthogonal) {
  const Points points = two_level_factorial_points(5);
  EXPECT_EQ(different_points(points), 32U);
  EXPECT_TRUE((points.array() * (1.0 - points.array()) == 0.0).all());
  expect_orthogonal(points);
}

TEST(FractionalFactorial, IsOrthogonalAndKeepsItsDefiningRelation) {
  // 2^(7-4), resolution III: D = AB, E = AC, F = BC, G = ABC.
  const Points points = fractional_factorial_points(3, {{0, 1}, {0, 2}, {1, 2}, {2, 1, 0}});
  ASSERT_EQ(points.rows(), 7);
  ASSERT_EQ(points.cols(), 8);
  expect_orthogonal(points);
  const Points signs = coded(points);
  EXPECT_TRUE((signs.row(0).cwiseProduct(signs.row(1)) - signs.row(3)).isZero());
  EXPECT_TRUE(
      (signs.row(0).cwiseProduct(signs.row(1)).cwiseProduct(signs.row(2)) - signs.row(6)).isZero());
}

TEST(FractionalFactorial, RefusesGeneratorsThatMakeNoNewVariable) {
  const std::vector<std::vector<std::vector<Index>>> wrong{{{0}},    {{}},      {{0, 3}},
                                                           {{0, 0}}, {{-1, 0}}, {{0, 1}, {1, 0}}};
  for (const auto& generators : wrong) {
    EXPECT_THROW((void)fractional_factorial_points(3, generators), InvalidArgument);
  }
  EXPECT_THROW((void)fractional_factorial_points(0, {}), InvalidArgument);
}

// Runs without centres: Box & Behnken (1960), table 4.
TEST(BoxBehnken, HasTheRunsOfItsTableAndNoCorner) {
  const std::vector<std::pair<Index, Index>> runs{{3, 12}, {4, 24}, {5, 40}, {6, 48}, {7, 56}, {8, 112}};
  for (const auto& [dimension, count] : runs) {
    const Points points = box_behnken_points(dimension, {.centres = 0});
    EXPECT_EQ(points.cols(), count) << dimension;
    EXPECT_EQ(static_cast<Index>(different_points(points)), count) << dimension;
    const Index moved = dimension == 6 || dimension == 7 ? 3 : 2;
    for (Index k = 0; k < count; ++k) {
      EXPECT_EQ((points.col(k).array() != 0.5).count(), moved) << dimension << " " << k;
    }
    // Balanced: each variable moves as often, and linear effects are orthogonal.
    expect_orthogonal(points);
    const Vector moves = (points.array() != 0.5).cast<double>().rowwise().sum();
    EXPECT_EQ(moves.minCoeff(), moves.maxCoeff()) << dimension;
    EXPECT_EQ(box_behnken_points(dimension).cols(), count + 3);
    EXPECT_TRUE((box_behnken_points(dimension).rightCols(3).array() == 0.5).all());
  }
}

// The designs of three in a block are those by which each pair meets equally often (7), or all meet (6).
TEST(BoxBehnken, LetsEveryPairOfVariablesMeet) {
  for (const Index dimension : {3, 4, 5, 6, 7}) {
    const Points moves = (box_behnken_points(dimension, {.centres = 0}).array() != 0.5).cast<double>();
    EXPECT_GT((moves * moves.transpose()).minCoeff(), 0.0) << dimension;
  }
  const Points moves = (box_behnken_points(7, {.centres = 0}).array() != 0.5).cast<double>();
  EXPECT_EQ((moves * moves.transpose()).minCoeff(), 8.0);
}

TEST(CentralComposite, HasCornersAxesAndCentres) {
  for (const char* kind : {"circumscribed", "inscribed", "face"}) {
    for (const Index dimension : {2, 3, 5}) {
      const Points points = central_composite_points(dimension, {.axes = kind, .centres = 2});
      const Index corners = Index{1} << dimension;
      ASSERT_EQ(points.cols(), corners + 2 * dimension + 2) << kind;
      EXPECT_EQ(static_cast<Index>(different_points(points)), corners + 2 * dimension + 1);
      expect_orthogonal(points);
      const Points from_centre = coded(points);
      const double corner = from_centre(0, 1);
      const double axis = from_centre(0, corners + 1);
      const bool is_face = kind == std::string("face");
      EXPECT_NEAR(axis / corner, is_face ? 1.0 : std::pow(2.0, static_cast<double>(dimension) / 4),
                  1e-14);
      EXPECT_NEAR(kind == std::string("inscribed") ? axis : corner, 1.0, 1e-15) << kind;
    }
  }
}

// Rotatable: sum of x_i^4 is three times the sum of x_i^2 x_j^2.
TEST(CentralComposite, IsRotatableUnlessToldOtherwise) {
  const Points x = coded(central_composite_points(3));
  EXPECT_NEAR(x.row(0).array().pow(4).sum(),
              3.0 * (x.row(0).array().square() * x.row(1).array().square()).sum(), 1e-12);
  const Points wide = coded(central_composite_points(3, {.alpha = 2.5}));
  EXPECT_NEAR(wide.cwiseAbs().maxCoeff(), 2.5, 1e-15);
}

TEST(Factorials, RefuseBadSizes) {
  EXPECT_THROW((void)full_factorial_points({}), InvalidArgument);
  EXPECT_THROW((void)full_factorial_points({3, 1}), InvalidArgument);
  EXPECT_THROW((void)full_factorial_points(std::vector<Index>(64, 2)), InvalidArgument);
  EXPECT_THROW((void)two_level_factorial_points(0), InvalidArgument);
  EXPECT_THROW((void)two_level_factorial_points(31), InvalidArgument);
  EXPECT_THROW((void)box_behnken_points(2), InvalidArgument);
  EXPECT_THROW((void)box_behnken_points(3, {.centres = -1}), InvalidOptions);
  EXPECT_THROW((void)central_composite_points(1), InvalidArgument);
  EXPECT_THROW((void)central_composite_points(3, {.alpha = std::numeric_limits<double>::quiet_NaN()}),
               InvalidOptions);
  EXPECT_THROW((void)central_composite_points(3, {.axes = "face", .alpha = 1.5}), InvalidOptions);
  EXPECT_THROW((void)central_composite_points(3, {.axes = "inscribed", .alpha = 0.5}), InvalidOptions);
}

}  // namespace
}  // namespace mystic
