#include "mystic/models/functions.hpp"

#include "evaluate.hpp"

#include <gtest/gtest.h>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_real_distribution.hpp>

#include <limits>
#include <numbers>
#include <set>

namespace mystic {
namespace {

/// Some sizes that the function takes.
std::vector<Index> sizes_of(const TestFunction& function) {
  std::vector<Index> sizes;
  for (const Index n : {1, 2, 3, 4, 5, 6, 7, 9, 10, 17}) {
    if (function.takes(n) && (function.most_dimension > 0 || n < 4 || n == 7)) sizes.push_back(n);
  }
  return sizes;
}

Vector random_point(boost::random::mt19937_64& rng, const Vector& centre, double radius) {
  boost::random::uniform_real_distribution<double> uniform(-radius, radius);
  Vector point = centre;
  for (double& coordinate : point) coordinate += uniform(rng);
  return point;
}

TEST(TestFunctions, HaveTheirMinimumThere) {
  for (const TestFunction& function : test_functions()) {
    ASSERT_FALSE(sizes_of(function).empty()) << function.name;
    for (const Index n : sizes_of(function)) {
      EXPECT_NEAR(function(function.minimum_at(n)), function.minimum_value(n), function.rounding)
          << function.name << n;
    }
  }
}

// Within the box: some fall for ever outside.
TEST(TestFunctions, AreNowhereBelowTheirMinimum) {
  boost::random::mt19937_64 rng(3);
  for (const TestFunction& function : test_functions()) {
    for (const Index n : sizes_of(function)) {
      const Vector lower = function.lower_bounds(n);
      const Vector upper = function.upper_bounds(n);
      const double minimum = function.minimum_value(n);
      for (const double radius : {1e-6, 1e-2, 1.0, (upper - lower).maxCoeff()}) {
        for (int draw = 0; draw < 100; ++draw) {
          const Vector x =
              random_point(rng, function.minimum_at(n), radius).cwiseMin(upper).cwiseMax(lower);
          const double value = function(x);
          EXPECT_GE(value, minimum - function.rounding) << function.name << ' ' << n << ' ' << radius;
          // Closer by, the rise is lost in rounding.
          if (radius >= 1e-2 && function.shape != Shape::flat) {
            EXPECT_GT(value, minimum) << function.name << ' ' << n;
          }
        }
      }
    }
  }
}

TEST(TestFunctions, HaveTheirMinimumInTheirBox) {
  for (const TestFunction& function : test_functions()) {
    for (const Index n : sizes_of(function)) {
      const Vector minimum = function.minimum_at(n);
      EXPECT_TRUE((minimum.array() > function.lower_bounds(n).array()).all()) << function.name;
      EXPECT_TRUE((minimum.array() < function.upper_bounds(n).array()).all()) << function.name;
    }
  }
}

TEST(TestFunctions, HaveNoSlopeAtTheirMinimumWhereSmooth) {
  for (const TestFunction& function : test_functions()) {
    for (const Index n : sizes_of(function)) {
      for (Index i = 0; i < n; ++i) {
        const Vector step = 1e-5 * Vector::Unit(n, i);
        const Vector at = function.minimum_at(n);
        const double ahead = function(at + step) - function.minimum_value(n);
        const double behind = function(at - step) - function.minimum_value(n);
        if (function.shape == Shape::smooth) {
          EXPECT_NEAR((ahead - behind) / 2e-5, 0.0, 2e-5) << function.name << ' ' << i;
        } else if (function.shape == Shape::kinked) {
          EXPECT_GT(ahead + behind, 1e-5) << function.name << " has a gradient after all";
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

// As above, of the functions without a recorded value. What tells ours from the paper's is that runs of
// the original end below the band of the Chebyshev polynomials, and at the half-well's edge.
TEST(TestFunctions, GiveTheValuesAtTheEndsOfRunsOfTheOriginal) {
  const auto near = [](std::string_view name, const Vector& x, double value, double tolerance) {
    EXPECT_NEAR(test_function(name)(x), value, tolerance) << name;
  };
  near("oscillating-half-well", Vector{{0.00018598957, -8.9067865e-05}}, -3.99999953356, 1e-11);
  near("oscillating-half-well", Vector{{-0.7350362, 0.86003789}}, -1.98694132649, 1e-10);
  near("schwefel", Vector{{420.96878, -302.5249}}, -719.52743993, 1e-7);
  near("branin", Vector{{3.1416057, 2.2749845}}, 0.397887358575, 1e-11);
  near("goldstein-price", Vector{{-0.5999295, -0.39994916}}, 30.0000159022, 1e-8);
  near("peaks", Vector{{0.29643761, 0.3201581}}, -0.0649358625897, 1e-11);
  near("peaks", Vector{{-1.3474221, 0.20441575}}, -3.04984935401, 1e-9);
  near("foxholes-from-zero", Vector{{-31.999973, -31.99999}}, 3.8617090278e-28, 1e-29);
  near("michalewicz", Vector{{2.2028536, 1.570786, 1.2849686, 1.9230654, 1.7204719}}, -4.68765808791,
       1e-9);
  near("different-powers", Vector{{6.1626169e-07, -9.5541768e-06}}, 3.80650591864e-13, 1e-18);
  const Vector stuck{{177.63687, 100.82686, -244.7418, -129.01558, 50.697905, 32.825585, 24.046562,
                      1.2062459, -2.0387187}};
  near("chebyshev-8-jump", stuck, 620.804717389, 1e-3);
  EXPECT_GT(std::abs(test_function("chebyshev-8")(stuck) - 620.804717389), 100.0);
  const Vector found{{128.20962, 0.1022781, -256.09367, 0.053433325, 159.78313, -0.31104409, -31.915707,
                      0.167262, 1.0440175}};
  near("chebyshev-8-jump", found, 0.00747021390844, 1e-5);
}

// T_m(cos a) = cos(m a).
TEST(Chebyshev, HasItsMinimumAtTheCoefficientsOfTheChebyshevPolynomial) {
  for (const Index m : {2, 4, 6, 8, 16}) {
    const Vector c = test_function(fmt::format("chebyshev-{}", m)).minimum_at(m + 1);
    for (const double angle : {0.0, 0.3, 1.1, 2.0, 3.0}) {
      double value = 0.0;
      for (const double coefficient : c) value = value * std::cos(angle) + coefficient;
      EXPECT_NEAR(value, std::cos(static_cast<double>(m) * angle), 1e-9) << m << ' ' << angle;
    }
  }
  const Vector eight{{128, 0, -256, 0, 160, 0, -32, 0, 1}};
  EXPECT_EQ(test_function("chebyshev-8").minimum_at(9), eight);
}

TEST(Chebyshev, CostsNothingWithinTheBandAndTheSquareOfTheDistanceOutside) {
  const TestFunction& band = test_function("chebyshev-2");
  const TestFunction& jump = test_function("chebyshev-2-jump");
  // p = 0 lies in the band, and T_2(1.2) = 1.88 below the two ends.
  EXPECT_NEAR(band(Vector::Zero(3)), 2.0 * 1.88 * 1.88, 1e-12);
  // p = 3 lies above at 61 points, p = -3 below; the figure of the original is the distance to +1.
  EXPECT_NEAR(band(Vector{{0, 0, 3}}), 61.0 * 4.0, 1e-12);
  EXPECT_NEAR(band(Vector{{0, 0, -3}}), 61.0 * 4.0 + 2.0 * 4.88 * 4.88, 1e-12);
  EXPECT_NEAR(jump(Vector{{0, 0, -3}}), 61.0 * 16.0 + 2.0 * 4.88 * 4.88, 1e-12);
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
  for (const TestFunction& function : test_functions()) {
    for (Index n = 0; n <= 18; ++n) {
      if (function.takes(n)) continue;
      EXPECT_THROW(function(Vector::Ones(n)), InvalidArgument) << function.name << n;
      EXPECT_THROW(static_cast<void>(function.minimum_at(n)), InvalidArgument) << function.name << n;
      EXPECT_THROW(static_cast<void>(function.minimum_value(n)), InvalidArgument) << function.name << n;
      EXPECT_THROW(static_cast<void>(function.lower_bounds(n)), InvalidArgument) << function.name << n;
      EXPECT_THROW(static_cast<void>(function.upper_bounds(n)), InvalidArgument) << function.name << n;
    }
    EXPECT_FALSE(function.takes(0)) << function.name;
  }
}

TEST(TestFunctions, GiveNaNWhereAVariableIsNaN) {
  for (const TestFunction& function : test_functions()) {
    const Index n = sizes_of(function).back();
    for (Index i = 0; i < n; ++i) {
      Vector x = function.minimum_at(n);
      x[i] = std::numeric_limits<double>::quiet_NaN();
      EXPECT_TRUE(std::isnan(function(x))) << function.name << i;
    }
  }
}

// Infinite, or NaN where infinities meet or a sine is asked for; never a number that could pass for
// good.
TEST(TestFunctions, AreNotBelowTheirMinimumWhereAVariableIsInfinite) {
  for (const TestFunction& function : test_functions()) {
    if (function.name == "step") continue;  // falls for ever
    for (const Index n : sizes_of(function)) {
      for (const double far : {infinity, -infinity}) {
        const double value = function(Vector::Constant(n, far));
        EXPECT_FALSE(value < function.minimum_value(n)) << function.name << n << ": " << value;
      }
    }
  }
}

TEST(TestFunctions, AreFoundByTheirNames) {
  std::set<std::string_view> names;
  for (const TestFunction& function : test_functions()) {
    EXPECT_EQ(find_test_function(function.name), &function);
    EXPECT_EQ(&test_function(function.name), &function);
    EXPECT_TRUE(names.insert(function.name).second) << function.name << " is there twice";
    EXPECT_FALSE(function.formula.empty() || function.source.empty() || function.text.empty())
        << function.name;
  }
  EXPECT_EQ(find_test_function("rosenbrok"), nullptr);
  EXPECT_THROW(test_function("rosenbrok"), InvalidArgument);
}

TEST(TestFunctions, SayTheirBoxAndMinimumInWords) {
  EXPECT_EQ(test_function("branin").box_text(), "[-5, 10] x [0, 15]");
  EXPECT_EQ(test_function("branin").minimum_text(), "0.397887358 at (3.14159265, 2.275)");
  EXPECT_EQ(test_function("walled-step").minimum_text(), "30 - 6 n at (-5.06, ..., -5.06)");
  EXPECT_EQ(test_function("rosenbrock").sizes_text(), "2 or more");
  EXPECT_EQ(test_function("michalewicz").sizes_text(), "1 to 10");
  EXPECT_EQ(test_function("corana").sizes_text(), "4");
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
