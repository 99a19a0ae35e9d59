#include "mystic/uq/copula.hpp"

#include "mystic/core/require.hpp"
#include "mystic/uq/correlation.hpp"
#include "mystic/uq/correlation_matrix.hpp"
#include "mystic/uq/law.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <ostream>
#include <string>
#include <vector>

namespace mystic {
namespace {

Points pair_matrix(double r) {
  Points matrix = Points::Identity(2, 2);
  matrix(0, 1) = matrix(1, 0) = r;
  return matrix;
}

// Kendall's tau of Frank's copula: D1(t) = (1 / t) integral of x / (e^x - 1) over [0, t], by Simpson.
double frank_tau(double theta) {
  const auto integrand = [](double x) { return x == 0.0 ? 1.0 : x / std::expm1(x); };
  double sum = integrand(0.0) + integrand(theta);
  for (int i = 1; i < 1000; ++i) sum += (i % 2 == 0 ? 2.0 : 4.0) * integrand(theta * i / 1000.0);
  return 1.0 - 4.0 / theta * (1.0 - sum / 3000.0);
}

struct Case {
  std::string name;
  Copula copula;
  double tau;  // of the first two inputs
};
void PrintTo(const Case& row, std::ostream* stream) { *stream << row.name; }

std::vector<Case> cases() {
  const auto elliptical = [](double r) { return 2.0 * std::asin(r) / std::numbers::pi; };
  Points three = Points::Identity(3, 3);
  three(0, 1) = three(1, 0) = -0.5;
  three(0, 2) = three(2, 0) = 0.3;
  three(1, 2) = three(2, 1) = 0.4;
  return {{"Normal", normal_copula(pair_matrix(0.7)), elliptical(0.7)},
          {"NormalOfThree", normal_copula(three), elliptical(-0.5)},
          {"Student", student_copula(pair_matrix(-0.4), 3.0), elliptical(-0.4)},
          {"StudentOfThree", student_copula(three, 1.5), elliptical(-0.5)},
          {"Clayton", clayton_copula(2, 2.0), 0.5},
          {"ClaytonOfFour", clayton_copula(4, 0.5), 0.2},
          {"ClaytonStrong", clayton_copula(3, 30.0), 30.0 / 32.0},
          {"Frank", frank_copula(5.0), frank_tau(5.0)},
          {"FrankNegative", frank_copula(-8.0), -frank_tau(8.0)},
          {"FrankWeak", frank_copula(1e-3), frank_tau(1e-3)},
          {"Gumbel", gumbel_copula(2.5), 0.6},
          {"GumbelOfOne", gumbel_copula(1.0), 0.0},
          {"GumbelStrong", gumbel_copula(40.0), 1.0 - 1.0 / 40.0}};
}

class AnyCopula : public testing::TestWithParam<Case> {};

Points joined(const Copula& copula, Index count, std::uint64_t seed) {
  Random random = stream(seed, SearchPath{});
  Points points(copula.dimension(), count);
  for (double& u : points.reshaped()) u = open_uniform(random);
  for (auto column : points.colwise()) copula.join(column);
  return points;
}

TEST_P(AnyCopula, HasTheKendallsTauOfItsFormula) {
  const Points points = joined(GetParam().copula, 20000, 1);
  const Vector first = points.row(0);
  for (Index other = 1; other < points.rows(); ++other) {
    if (other > 1 && GetParam().name.find("Clayton") == std::string::npos) continue;
    const Vector second = points.row(other);
    EXPECT_NEAR(kendall(first, second).value, GetParam().tau, 0.015) << other;
  }
}

// Kolmogorov's distance of 20000 numbers; 0.0138 has a chance of 1e-3.
TEST_P(AnyCopula, LeavesEachInputUniform) {
  const Points points = joined(GetParam().copula, 20000, 2);
  for (Index input = 0; input < points.rows(); ++input) {
    Vector sorted = points.row(input);
    std::sort(sorted.begin(), sorted.end());
    double distance = 0.0;
    for (Index i = 0; i < sorted.size(); ++i) {
      const double below = static_cast<double>(i) / 20000.0;
      distance = std::max({distance, std::abs(sorted[i] - below), std::abs(sorted[i] - below - 5e-5)});
    }
    EXPECT_LT(distance, 0.0138) << input;
  }
}

TEST_P(AnyCopula, PartsWhatItJoined) {
  Random random = stream(3, SearchPath{});
  for (int i = 0; i < 200; ++i) {
    Vector u(GetParam().copula.dimension());
    for (double& value : u) value = 0.01 + 0.98 * uniform(random);
    Vector there = u;
    GetParam().copula.join(there);
    if (there.maxCoeff() > 1.0 - 1e-7) continue;  // what rounding has taken does not come back
    GetParam().copula.part(there);
    EXPECT_NEAR((there - u).cwiseAbs().maxCoeff(), 0.0, 1e-7) << u.transpose();
  }
}

TEST_P(AnyCopula, StaysInTheOpenCubeAtItsCorners) {
  for (const double first : {1e-300, 1e-12, 0.5, 1.0 - 0x1p-53}) {
    for (const double second : {1e-300, 1e-12, 0.5, 1.0 - 0x1p-53}) {
      Vector u = Vector::Constant(GetParam().copula.dimension(), second);
      u[0] = first;
      GetParam().copula.join(u);
      EXPECT_TRUE((u.array() > 0.0).all() && (u.array() < 1.0).all())
          << first << " " << second << ": " << u.transpose();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Copulas, AnyCopula, testing::ValuesIn(cases()),
                         [](const auto& row) { return row.param.name; });

TEST(Copula, RefusesParametersThatItHasNot) {
  EXPECT_THROW(static_cast<void>(student_copula(pair_matrix(0.2), 0.0)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(clayton_copula(1, 1.0)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(clayton_copula(2, -1.0)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(frank_copula(0.0)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(gumbel_copula(0.9)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(normal_copula(Points::Identity(1, 1))), InvalidArgument);
}

std::string refusal(const Points& matrix) {
  try {
    require_correlation(matrix);
  } catch (const InvalidArgument& error) {
    return error.what();
  }
  return "";
}

TEST(CorrelationMatrix, IsRefusedWithTheReason) {
  EXPECT_EQ(refusal(pair_matrix(1.2)), "correlation matrix: 1.2 at [1, 0] is not in [-1, 1]");
  Points matrix = pair_matrix(0.5);
  matrix(0, 1) = 0.4;
  EXPECT_EQ(refusal(matrix), "correlation matrix: is not symmetric: 0.5 at [1, 0], 0.4 at [0, 1]");
  matrix = pair_matrix(0.5);
  matrix(1, 1) = 2.0;
  EXPECT_EQ(refusal(matrix), "correlation matrix: 2 at [1, 1] must be 1");
  EXPECT_EQ(refusal(Points::Ones(2, 3)), "correlation matrix: 2 x 3 is not square");
  EXPECT_EQ(refusal(pair_matrix(0.99)), "");
}

// Higham's example (2002, section 4): the nearest has 0.7607 and 0.1573.
TEST(CorrelationMatrix, ThatIsNotPositiveDefiniteIsRefusedWithTheNearest) {
  Points matrix = Points::Ones(3, 3);
  matrix(0, 2) = matrix(2, 0) = 0.0;
  const Points nearest = nearest_correlation(matrix);
  EXPECT_NEAR(nearest(0, 1), 0.7607, 1e-4);
  EXPECT_NEAR(nearest(0, 2), 0.1573, 1e-4);
  EXPECT_EQ(refusal(nearest), "");
  const std::string text = refusal(matrix);
  EXPECT_NE(text.find("is not positive definite"), std::string::npos) << text;
  EXPECT_NE(text.find("[1, 0.760"), std::string::npos) << text;
}

TEST(NormalCorrelation, ComesFromRanksByTheFormulas) {
  EXPECT_NEAR(normal_correlation(pair_matrix(0.5), CorrelationKind::kendall)(0, 1), std::sqrt(0.5),
              1e-15);
  EXPECT_NEAR(normal_correlation(pair_matrix(-0.2), CorrelationKind::spearman)(0, 1),
              -2.0 * std::sin(std::numbers::pi / 30.0), 1e-15);
  EXPECT_EQ(normal_correlation(pair_matrix(0.3), CorrelationKind::normal)(1, 0), 0.3);
}

TEST(Theta, GivesKendallsTauBack) {
  for (const double tau : {1e-4, 0.05, 0.21, 0.22, 0.5, 0.9}) {
    EXPECT_NEAR(frank_tau(frank_theta(tau)), tau, 1e-11) << tau;
    EXPECT_EQ(frank_theta(-tau), -frank_theta(tau)) << tau;
    const double clayton = clayton_theta(tau);
    EXPECT_NEAR(clayton / (clayton + 2.0), tau, 1e-15) << tau;
    EXPECT_NEAR(1.0 - 1.0 / gumbel_theta(tau), tau, 1e-15) << tau;
  }
  EXPECT_EQ(frank_theta(0.0), 0.0);
  EXPECT_EQ(gumbel_theta(0.0), 1.0);
}

TEST(Theta, OfATauThatTheFamilyCannotHaveIsRefused) {
  EXPECT_THROW(static_cast<void>(clayton_theta(0.0)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(clayton_theta(-0.1)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(gumbel_theta(-0.1)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(gumbel_theta(1.0)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(frank_theta(-1.0)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(frank_theta(std::nan(""))), InvalidArgument);
}

}  // namespace
}  // namespace mystic
