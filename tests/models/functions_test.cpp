#include "mystic/models/functions.hpp"

#include "evaluate.hpp"

#include <gtest/gtest.h>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_real_distribution.hpp>

#include <limits>
#include <numbers>

namespace mystic {
namespace {

/// Some sizes that the function takes.
std::vector<Index> sizes_of(const TestFunction& function) {
  std::vector<Index> sizes;
  for (const Index n : {1, 2, 3, 7, 10}) {
    if (function.takes(n)) sizes.push_back(n);
  }
  return sizes;
}

Vector random_point(boost::random::mt19937_64& rng, const Vector& centre, double radius) {
  boost::random::uniform_real_distribution<double> uniform(-radius, radius);
  Vector point = centre;
  for (double& coordinate : point) coordinate += uniform(rng);
  return point;
}

TEST(TestFunctions, HaveExactlyTheirMinimumThere) {
  for (const TestFunction& function : test_functions()) {
    for (const Index n : sizes_of(function)) {
      EXPECT_EQ(function.function(function.minimum_at(n)), function.minimum) << function.name << n;
    }
  }
}

TEST(TestFunctions, AreNowhereBelowTheirMinimum) {
  boost::random::mt19937_64 rng(3);
  for (const TestFunction& function : test_functions()) {
    for (const Index n : sizes_of(function)) {
      for (const double radius : {1e-6, 1e-2, 1.0, function.upper}) {
        for (int draw = 0; draw < 300; ++draw) {
          const Vector x = random_point(rng, function.minimum_at(n), radius);
          const double value = function.function(x);
          EXPECT_GE(value, function.minimum) << function.name << ' ' << n << ' ' << radius;
          // Closer by, Griewank's 1 - cos is lost in rounding.
          if (radius >= 1e-2) {
            EXPECT_GT(value, function.minimum) << function.name << ' ' << n;
          }
        }
      }
    }
  }
}

TEST(TestFunctions, HaveTheirMinimumInTheirBox) {
  for (const TestFunction& function : test_functions()) {
    const Vector minimum = function.minimum_at(sizes_of(function).front());
    EXPECT_TRUE((minimum.array() > function.lower && minimum.array() < function.upper).all())
        << function.name;
  }
}

TEST(TestFunctions, HaveNoSlopeAtTheirMinimumWhereSmooth) {
  for (const TestFunction& function : test_functions()) {
    const bool has_kink = function.name == "ackley" || function.name == "zimmermann";
    for (const Index n : sizes_of(function)) {
      for (Index i = 0; i < n; ++i) {
        const Vector step = 1e-4 * Vector::Unit(n, i);
        const Vector at = function.minimum_at(n);
        const double ahead = function.function(at + step);
        const double behind = function.function(at - step);
        if (has_kink) {
          EXPECT_GT(ahead + behind, 1e-4) << function.name << " has a gradient after all";
        } else {
          EXPECT_NEAR((ahead - behind) / 2e-4, 0.0, 1e-4) << function.name << ' ' << i;
        }
      }
    }
  }
}

// Values recorded from the original mystic.
TEST(TestFunctions, GiveTheRecordedValues) {
  EXPECT_DOUBLE_EQ(rosenbrock(Vector{{0.8, 1.2, 0.7}}), 86.19999999999997);
  EXPECT_DOUBLE_EQ(rosenbrock(Vector::Zero(10)), 9.0);
  EXPECT_DOUBLE_EQ(zimmermann(Vector{{2.5, 2.5}}), 4.0);
  EXPECT_DOUBLE_EQ(zimmermann(Vector{{7.0, 2.0}}), 0.0);
  EXPECT_DOUBLE_EQ(zimmermann(Vector{{8.0, 3.0}}), 1000.0);
  EXPECT_DOUBLE_EQ(zimmermann(Vector{{-1.0, 2.0}}), 100.0);
  // Where runs of the original ended: all 12 digits of the value, at 8 digits of the point.
  EXPECT_NEAR(ackley(Vector{{2.9731105, -1.9821705}}), 7.96171132157, 1e-10);
  EXPECT_NEAR(rastrigin(Vector{{2.9848705, -1.9899001}}), 12.9344325043, 1e-5);
  const Vector griewank_end{{1.325081e-05, 4.4384055, 5.4332761, -1.3245023e-05, 7.0072706,
                             2.9099679e-05, -9.6517308e-07, 8.8503252, -1.0203565e-05, 3.072895e-05}};
  EXPECT_NEAR(griewank(griewank_end), 0.0442877908699, 1e-10);
}

TEST(TestFunctions, AgreeWithTheFormulasOfThePapers) {
  boost::random::mt19937_64 rng(5);
  constexpr double pi = std::numbers::pi;
  for (const Index n : {1, 2, 5}) {
    for (int draw = 0; draw < 100; ++draw) {
      const Vector x = random_point(rng, Vector::Zero(n), 6.0);
      const double mean_square = x.squaredNorm() / static_cast<double>(n);
      const double mean_cosine = (2.0 * pi * x.array()).cos().mean();
      const double as_published = -20.0 * std::exp(-0.2 * std::sqrt(mean_square)) -
                                  std::exp(mean_cosine) + 20.0 + std::numbers::e;
      EXPECT_NEAR(ackley(x), as_published, 1e-13);
      EXPECT_NEAR(rastrigin(x),
                  10.0 * static_cast<double>(n) +
                      (x.array().square() - 10.0 * (2.0 * pi * x.array()).cos()).sum(),
                  1e-12);
    }
  }
}

TEST(Zimmermann, HasItsLocalMinimumWhereStornPutsIt) {
  boost::random::mt19937_64 rng(7);
  const Vector local{{2.35477650, 5.94832200}};
  EXPECT_NEAR(zimmermann(local), 0.69690150, 1e-6);
  for (int draw = 0; draw < 500; ++draw) {
    EXPECT_GT(zimmermann(random_point(rng, local, 0.01)), zimmermann(local) - 1e-5);
  }
}

TEST(TestFunctions, RefuseAWrongNumberOfVariables) {
  EXPECT_THROW(rosenbrock(Vector::Ones(1)), InvalidArgument);
  EXPECT_THROW(zimmermann(Vector::Ones(3)), InvalidArgument);
  EXPECT_THROW(zimmermann(Vector::Ones(1)), InvalidArgument);
  for (const TestFunction& function : test_functions()) {
    EXPECT_THROW(function.function(Vector()), InvalidArgument) << function.name;
    EXPECT_THROW(static_cast<void>(function.minimum_at(0)), InvalidArgument) << function.name;
    EXPECT_FALSE(function.takes(0)) << function.name;
  }
  EXPECT_THROW(static_cast<void>(find_test_function("zimmermann")->minimum_at(3)), InvalidArgument);
}

TEST(TestFunctions, GiveNaNWhereAVariableIsNaN) {
  for (const TestFunction& function : test_functions()) {
    for (Index i = 0; i < 2; ++i) {
      Vector x = function.minimum_at(2);
      x[i] = std::numeric_limits<double>::quiet_NaN();
      EXPECT_TRUE(std::isnan(function.function(x))) << function.name << i;
    }
  }
}

TEST(TestFunctions, AreFoundByTheirNames) {
  for (const TestFunction& function : test_functions()) {
    EXPECT_EQ(find_test_function(function.name), &function);
  }
  EXPECT_EQ(find_test_function("rosenbrok"), nullptr);
  EXPECT_EQ(test_functions().size(), 6U);
}

TEST(FunctionModel, GivesTheFunctionOfEachColumnAsCost) {
  const FunctionModel model(*find_test_function("rosenbrock"));
  EXPECT_TRUE(model.inputs().empty());
  EXPECT_EQ(model.outputs(), std::vector<std::string>{"cost"});
  const auto outcomes = evaluate(model, Points{{1.0, 0.0, 0.8}, {1.0, 0.0, 1.2}, {1.0, 0.0, 0.7}});
  EXPECT_EQ(outcomes[0].outputs[0], 0.0);
  EXPECT_EQ(outcomes[1].outputs[0], 2.0);
  EXPECT_DOUBLE_EQ(outcomes[2].outputs[0], 86.19999999999997);
}

TEST(FunctionModel, RefusesNamesForMoreOrFewerVariablesThanTheFunctionTakes) {
  const TestFunction& zimmermann_row = *find_test_function("zimmermann");
  EXPECT_NO_THROW(FunctionModel(zimmermann_row, {"x", "y"}));
  EXPECT_THROW(FunctionModel(zimmermann_row, {"x", "y", "z"}), InvalidArgument);
  EXPECT_THROW(FunctionModel(*find_test_function("rosenbrock"), {"x"}), InvalidArgument);
}

}  // namespace
}  // namespace mystic
