#include "mystic/constraints/penalties.hpp"

#include "mystic/core/require.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

double first(const VectorView& x) { return x[0]; }

double at(const Penalty& penalty, double value) { return penalty(Vector::Constant(1, value)); }

TEST(InequalityPenalty, IsNothingUpToTheLimit) {
  for (const double kept : {-3.0, -0.0, 0.0}) {
    EXPECT_EQ(at(quadratic_inequality(first, 7.0), kept), 0.0);
    EXPECT_EQ(at(linear_inequality(first, 7.0), kept), 0.0);
  }
}

TEST(InequalityPenalty, GrowsBeyondIt) {
  EXPECT_EQ(at(quadratic_inequality(first, 7.0), 3.0), 63.0);
  EXPECT_EQ(at(linear_inequality(first, 7.0), 3.0), 21.0);
  EXPECT_EQ(at(quadratic_inequality(first), 1.0), 100.0) << "the default weight";
}

TEST(EqualityPenalty, GrowsOnBothSides) {
  for (const double off : {-3.0, 3.0}) {
    EXPECT_EQ(at(quadratic_equality(first, 7.0), off), 63.0);
    EXPECT_EQ(at(linear_equality(first, 7.0), off), 21.0);
  }
  EXPECT_EQ(at(quadratic_equality(first), 0.0), 0.0);
  EXPECT_EQ(at(linear_equality(first), 0.0), 0.0);
}

// A condition that could not be computed is not kept.
TEST(Penalties, AreNaNWhereTheirConditionIs) {
  const double nan = std::nan("");
  EXPECT_TRUE(std::isnan(at(quadratic_inequality(first), nan)));
  EXPECT_TRUE(std::isnan(at(linear_inequality(first), nan)));
  EXPECT_TRUE(std::isnan(at(quadratic_equality(first), nan)));
  EXPECT_TRUE(std::isnan(at(linear_equality(first), nan)));
}

TEST(Penalties, RefuseNoConditionAndWeightsThatAreNoNumbers) {
  EXPECT_THROW(static_cast<void>(linear_equality(nullptr)), InvalidArgument);
  for (const double weight : {-1.0, std::nan(""), infinity}) {
    EXPECT_THROW(static_cast<void>(quadratic_inequality(first, weight)), InvalidArgument) << weight;
    EXPECT_THROW(static_cast<void>(linear_inequality(first, weight)), InvalidArgument) << weight;
    EXPECT_THROW(static_cast<void>(quadratic_equality(first, weight)), InvalidArgument) << weight;
    EXPECT_THROW(static_cast<void>(linear_equality(first, weight)), InvalidArgument) << weight;
  }
}

}  // namespace
}  // namespace mystic
