// The stationary points of the table, against derivatives that are not the table's: of Himmelblau's
// function and the six-hump camel differentiated by hand, of all by differences.

#include "mystic/models/functions.hpp"

#include <gtest/gtest.h>

#include <Eigen/Dense>

#include <map>

namespace mystic {
namespace {

using Vector2 = Eigen::Vector2d;
using Matrix2 = Eigen::Matrix2d;

Vector gradient(const TestFunction& function, const Vector& at) {
  constexpr double h = 2e-4;  // of fourth order: off by h^4 / 30 of the fifth derivative
  Vector slope(at.size());
  for (Index i = 0; i < at.size(); ++i) {
    const auto odd = [&](double length) {
      const Vector step = length * Vector::Unit(at.size(), i);
      return function(at + step) - function(at - step);
    };
    slope[i] = (8.0 * odd(h) - odd(2.0 * h)) / (12.0 * h);
  }
  return slope;
}

Eigen::MatrixXd hessian(const TestFunction& function, const Vector& at) {
  constexpr double h = 1e-4;
  Eigen::MatrixXd curvature(at.size(), at.size());
  for (Index i = 0; i < at.size(); ++i) {
    const Vector step = h * Vector::Unit(at.size(), i);
    curvature.col(i) = (gradient(function, at + step) - gradient(function, at - step)) / (2.0 * h);
  }
  return 0.5 * (curvature + curvature.transpose());
}

Index negative_eigenvalues(const Eigen::MatrixXd& matrix) {
  const Vector eigenvalues = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(matrix).eigenvalues();
  return (eigenvalues.array() < 0.0).count();
}

std::map<Index, int> kinds(const TestFunction& function) {
  std::map<Index, int> count;
  for (const KnownStationaryPoint& point : function.stationary) ++count[point.index];
  return count;
}

TEST(StationaryPoints, HaveNoSlopeTheirValueAndTheirIndex) {
  int rows = 0;
  for (const TestFunction& function : test_functions()) {
    rows += function.stationary.empty() ? 0 : 1;
    for (const KnownStationaryPoint& point : function.stationary) {
      const Vector at = point.at.vector(static_cast<Index>(point.at.size()));
      const double scale = std::max(1.0, hessian(function, at).norm());
      EXPECT_LT(gradient(function, at).norm(), 2e-11 * scale) << function.name << ' ' << at.transpose();
      EXPECT_NEAR(function(at), point.value, 1e-13 * scale) << function.name << ' ' << at.transpose();
      if (function.name == "oscillating-half-well") continue;  // its other half has another Hessian
      EXPECT_EQ(negative_eigenvalues(hessian(function, at)), point.index)
          << function.name << ' ' << at.transpose();
    }
  }
  EXPECT_GE(rows, 8);
}

TEST(StationaryPoints, AreDistinctInTheBoxAndStartWithTheMinimum) {
  for (const TestFunction& function : test_functions()) {
    if (function.stationary.empty()) continue;
    const auto n = static_cast<Index>(function.stationary.front().at.size());
    EXPECT_EQ(function.stationary.front().index, 0) << function.name;
    for (std::size_t i = 0; i < function.stationary.size(); ++i) {
      const Vector at = function.stationary[i].at.vector(n);
      EXPECT_GE(function.stationary[i].value, function.minimum_value(n)) << function.name;
      EXPECT_TRUE((at.array() >= function.lower_bounds(n).array()).all()) << function.name;
      EXPECT_TRUE((at.array() <= function.upper_bounds(n).array()).all()) << function.name;
      for (std::size_t j = 0; j < i; ++j) {
        EXPECT_GT((at - function.stationary[j].at.vector(n)).norm(), 0.01) << function.name << i << j;
      }
    }
  }
}

// As many as there can be (Bezout), and as many of each kind as the surface's shape asks for: on a
// surface that rises to infinity all around, minima - saddles + maxima = 1 (Morse).
TEST(StationaryPoints, AreAllThereWhereTheTableSaysSo) {
  EXPECT_EQ(kinds(test_function("himmelblau")), (std::map<Index, int>{{0, 4}, {1, 4}, {2, 1}}));
  EXPECT_EQ(kinds(test_function("six-hump-camel")), (std::map<Index, int>{{0, 6}, {1, 7}, {2, 2}}));
  EXPECT_EQ(kinds(test_function("double-wells")),
            (std::map<Index, int>{{0, 8}, {1, 12}, {2, 6}, {3, 1}}));
  for (const TestFunction& function : test_functions()) {
    if (!function.stationary_is_complete) continue;
    Index sum = 0;
    for (const KnownStationaryPoint& point : function.stationary) sum += point.index % 2 == 0 ? 1 : -1;
    EXPECT_EQ(sum, 1) << function.name;
  }
}

/// Newton's step at each point: what is still to go, to first order.
template <class Gradient, class Hessian>
double longest_newton_step(std::string_view name, const Gradient& slope, const Hessian& curvature) {
  double longest = 0.0;
  for (const KnownStationaryPoint& point : test_function(name).stationary) {
    const double x = point.at[0];
    const double y = point.at[1];
    const Vector2 step = curvature(x, y).inverse() * slope(x, y);
    longest = std::max(longest, step.norm());
  }
  return longest;
}

TEST(StationaryPoints, OfHimmelblauHaveAllTheDigitsOfADouble) {
  const auto slope = [](double x, double y) {
    const double u = x * x + y - 11.0;
    const double v = x + y * y - 7.0;
    return Vector2(4.0 * x * u + 2.0 * v, 2.0 * u + 4.0 * y * v);
  };
  const auto curvature = [](double x, double y) {
    return Matrix2{{12.0 * x * x + 4.0 * y - 42.0, 4.0 * (x + y)},
                   {4.0 * (x + y), 12.0 * y * y + 4.0 * x - 26.0}};
  };
  EXPECT_LT(longest_newton_step("himmelblau", slope, curvature), 2e-15);
}

TEST(StationaryPoints, OfTheSixHumpCamelHaveAllTheDigitsOfADouble) {
  const auto slope = [](double x, double y) {
    const double xx = x * x;
    return Vector2((8.0 - 8.4 * xx + 2.0 * xx * xx) * x + y, x + (16.0 * y * y - 8.0) * y);
  };
  const auto curvature = [](double x, double y) {
    const double xx = x * x;
    return Matrix2{{8.0 - 25.2 * xx + 10.0 * xx * xx, 1.0}, {1.0, 48.0 * y * y - 8.0}};
  };
  EXPECT_LT(longest_newton_step("six-hump-camel", slope, curvature), 4e-15);
}

TEST(StationaryPoints, OfTheDoubleWellsAreExact) {
  const TestFunction& wells = test_function("double-wells");
  for (const KnownStationaryPoint& point : wells.stationary) {
    EXPECT_EQ(wells(point.at.vector(3)), point.value);
    // A quartic's difference of third order has no error but its own h^2: q(t+h) - q(t-h) = 2 q'h + q'''
    // h^3 / 3, and with steps that are powers of two nothing is rounded.
    for (Index i = 0; i < 3; ++i) {
      const auto odd = [&](double h) {
        const Vector step = h * Vector::Unit(3, i);
        return wells(point.at.vector(3) + step) - wells(point.at.vector(3) - step);
      };
      EXPECT_EQ(8.0 * odd(0.125) - odd(0.25), 0.0) << point.at.vector(3).transpose() << ' ' << i;
    }
  }
}

}  // namespace
}  // namespace mystic
