#include "mystic/models/radial_basis.hpp"

#include "evaluate.hpp"
#include "mystic/core/random.hpp"

#include <gtest/gtest.h>

#include <Eigen/QR>

namespace mystic {
namespace {

const std::vector<std::string> kernels{
    "thin-plate", "multiquadric", "inverse-multiquadric", "gaussian", "linear", "cubic", "quintic"};

/// m points in a box of very different sides.
Points scattered(Index n, Index m, std::uint64_t seed) {
  Random random = stream(seed, SearchPath{});
  Points points(n, m);
  for (Index j = 0; j < m; ++j) {
    for (Index i = 0; i < n; ++i) points(i, j) = std::pow(100.0, i) * (uniform(random) - 0.3);
  }
  return points;
}

template <class Function>
Vector values_of(const Function& function, const Points& points) {
  Vector values(points.cols());
  for (Index j = 0; j < points.cols(); ++j) values[j] = function(points.col(j));
  return values;
}

double wave(const VectorView& x) {
  double sum = 1.0;
  for (Index i = 0; i < x.size(); ++i) sum += std::sin(3.0 * x[i] / std::pow(100.0, i) + double(i));
  return sum;
}

double line(const VectorView& x) { return 2.0 - 3.0 * x[0] + 0.01 * x.tail(x.size() - 1).sum(); }

TEST(RadialBasis, GoesThroughEveryPoint) {
  for (const std::string& kernel : kernels) {
    for (const Index n : {1, 2, 3}) {
      const Points points = scattered(n, 40, 5);
      const Vector values = values_of(wave, points);
      const RadialBasis surface = RadialBasis::fit(points, values, {.kernel = kernel});
      EXPECT_LT((values_of(surface, points) - values).lpNorm<Eigen::Infinity>(), 1e-10) << kernel << n;
    }
  }
}

TEST(RadialBasis, ReproducesPolynomialsOfItsDegree) {
  const auto bent = [](const VectorView& x) {
    return line(x) + 0.5 * x[0] * x[0] - 0.2 * x[0] * x[1] + 1e-4 * x[1] * x[1];
  };
  const Points points = scattered(2, 30, 7);
  const Points elsewhere = scattered(2, 50, 8);
  for (const std::string& kernel : kernels) {
    const RadialBasis one = RadialBasis::fit(points, values_of(line, points),
                                             {.kernel = kernel, .degree = kernel == "quintic" ? 2 : 1});
    EXPECT_LT((values_of(one, elsewhere) - values_of(line, elsewhere)).lpNorm<Eigen::Infinity>(), 1e-9)
        << kernel;
    const RadialBasis two =
        RadialBasis::fit(points, values_of(bent, points), {.kernel = kernel, .degree = 2});
    EXPECT_LT((values_of(two, elsewhere) - values_of(bent, elsewhere)).lpNorm<Eigen::Infinity>(), 1e-9)
        << kernel;
    const RadialBasis constant = RadialBasis::fit(
        points, Vector::Constant(30, 4.5),
        {.kernel = kernel, .degree = kernel == "linear" || kernel == "multiquadric" ? 0 : 2});
    EXPECT_LT((values_of(constant, elsewhere).array() - 4.5).abs().maxCoeff(), 1e-11) << kernel;
  }
}

// Inside the box, on grids each twice as fine. Of the Gaussian the width stays: with a width that
// shrinks with the distance of the points it does not converge.
TEST(RadialBasis, ConvergesOnASmoothFunction) {
  const auto smooth = [](const VectorView& x) { return std::sin(5.0 * x[0]) + std::cos(3.0 * x[1]); };
  const auto grid = [](Index k, double low, double high) {
    Points points(2, k * k);
    for (Index i = 0; i < k * k; ++i) {
      const double step = (high - low) / static_cast<double>(k - 1);
      points.col(i) << low + step * static_cast<double>(i % k), low + step * static_cast<double>(i / k);
    }
    return points;
  };
  const Points between = grid(13, 0.21, 0.79);
  for (const std::string& kernel : kernels) {
    double before = infinity;
    for (const Index k : {4, 7, 13}) {
      const RadialBasis surface =
          RadialBasis::fit(grid(k, 0.0, 1.0), values_of(smooth, grid(k, 0.0, 1.0)),
                           {.kernel = kernel,
                            .width = kernel == "gaussian" ? std::optional<double>(0.25) : std::nullopt});
      const double error =
          (values_of(surface, between) - values_of(smooth, between)).lpNorm<Eigen::Infinity>();
      EXPECT_LT(error, 0.5 * before) << kernel << k;
      before = error;
    }
    EXPECT_LT(before, kernel == "linear" ? 1e-2 : 5e-3) << kernel;
  }
}

TEST(RadialBasis, HasTheGradientOfItsValue) {
  for (const std::string& kernel : kernels) {
    for (const Index n : {1, 2, 3}) {
      const Points points = scattered(n, 25, 11);
      const RadialBasis surface = RadialBasis::fit(points, values_of(wave, points), {.kernel = kernel});
      const Points elsewhere = scattered(n, 5, 12);
      for (const auto& column : elsewhere.colwise()) {
        const Vector at = column;
        const Vector slope = surface.gradient(at);
        for (Index i = 0; i < n; ++i) {
          const double side = std::pow(100.0, i);
          const Vector step = 1e-6 * side * Vector::Unit(n, i);
          const double difference =
              (surface.value(at + step) - surface.value(at - step)) / (2e-6 * side);
          EXPECT_NEAR(slope[i] * side, difference * side, 1e-5) << kernel << n << i;
        }
      }
    }
  }
}

// At a point of the fit no kernel divides by its distance 0.
TEST(RadialBasis, HasAFiniteGradientAtItsPoints) {
  const Points points = scattered(2, 20, 13);
  for (const std::string& kernel : kernels) {
    const RadialBasis surface = RadialBasis::fit(points, values_of(wave, points), {.kernel = kernel});
    for (const auto& column : points.colwise()) {
      EXPECT_TRUE(surface.gradient(Vector(column)).allFinite()) << kernel;
    }
  }
}

// Kernel values by hand: two points at 0 and 1 (the unit box), width 1, no polynomial.
TEST(RadialBasis, SolvesTheTwoPointSystemByHand) {
  const RadialBasis surface =
      RadialBasis::fit(Points{{10.0, 12.0}}, Vector{{1.0, 0.0}}, {.kernel = "gaussian", .width = 1.0});
  const double k = std::exp(-1.0);
  const double w = 1.0 / (1.0 - k * k);
  EXPECT_NEAR(surface.value(Vector{{11.0}}), (w - k * w) * std::exp(-0.25), 1e-14);
  EXPECT_NEAR(surface.value(Vector{{13.0}}), w * std::exp(-2.25) - k * w * std::exp(-0.25), 1e-14);
}

TEST(RadialBasis, DoesNotDependOnTheUnitsOfItsVariables) {
  const Points points = scattered(2, 30, 15);
  const Vector values = values_of(wave, points);
  const Points elsewhere = scattered(2, 10, 16);
  const Eigen::DiagonalMatrix<double, 2> unit(1000.0, 0.25);
  for (const std::string& kernel : kernels) {
    const RadialBasis metres = RadialBasis::fit(points, values, {.kernel = kernel});
    const RadialBasis others = RadialBasis::fit(unit * points, values, {.kernel = kernel});
    EXPECT_LT((values_of(metres, elsewhere) - values_of(others, unit * elsewhere)).norm(), 1e-9)
        << kernel;
  }
}

TEST(RadialBasis, DoesNotDependOnTheOrderOfItsPoints) {
  const Points points = scattered(2, 30, 17);
  const Vector values = values_of(wave, points);
  const RadialBasis one = RadialBasis::fit(points, values);
  const RadialBasis other = RadialBasis::fit(points.rowwise().reverse(), values.reverse());
  EXPECT_EQ(one.value(Vector{{0.1, 20.0}}), other.value(Vector{{0.1, 20.0}}));
}

TEST(RadialBasis, MergesPointsThatAreThereTwice) {
  const Points points = scattered(2, 20, 19);
  const Vector values = values_of(wave, points);
  Points more(2, 23);
  more << points, points.leftCols(3);
  Vector more_values(23);
  more_values << values, values.head(3);
  const RadialBasis once = RadialBasis::fit(points, values);
  const RadialBasis twice = RadialBasis::fit(more, more_values);
  EXPECT_EQ(twice.size(), 20);
  EXPECT_EQ(once.value(Vector{{0.3, 11.0}}), twice.value(Vector{{0.3, 11.0}}));
  more_values[22] += 1e-6;
  EXPECT_THROW(RadialBasis::fit(more, more_values), InvalidArgument);
  EXPECT_NO_THROW(RadialBasis::fit(more, more_values, {.smoothing = 0.1}));
}

// The smoothed surface minimises sum of squared misses + smoothing * roughness. Giving each value k
// times is the same as k-fold weight, hence as a k-th of the smoothing.
TEST(RadialBasis, SmoothsWithTheWeightOfItsPoints) {
  const Points points = scattered(2, 20, 21);
  const Vector values = values_of(wave, points);
  Points twice(2, 40);
  twice << points, points;
  Vector twice_values(40);
  twice_values << values.array() + 0.1, values.array() - 0.1;
  const RadialBasis heavy = RadialBasis::fit(twice, twice_values, {.smoothing = 0.5});
  const RadialBasis light = RadialBasis::fit(points, values, {.smoothing = 0.25});
  const Points elsewhere = scattered(2, 10, 22);
  EXPECT_LT((values_of(heavy, elsewhere) - values_of(light, elsewhere)).norm(), 1e-12);
}

TEST(RadialBasis, TendsToTheLeastSquaresPlaneAsSmoothingGrows) {
  const Points points = scattered(2, 40, 23);
  const Vector values = values_of(wave, points);
  Eigen::MatrixXd plane(40, 3);
  plane << Vector::Ones(40), points.transpose();
  const Vector fitted = plane * plane.colPivHouseholderQr().solve(values);
  double before = infinity;
  for (const double smoothing : {0.0, 1.0, 1e3, 1e9}) {
    const RadialBasis surface = RadialBasis::fit(points, values, {.smoothing = smoothing});
    const double distance = (values_of(surface, points) - fitted).norm();
    EXPECT_LT(distance, before);
    before = distance;
  }
  EXPECT_LT(before, 1e-6);
}

TEST(RadialBasis, RefusesWhatItCannotLayASurfaceThrough) {
  const Points points = scattered(2, 10, 25);
  const Vector values = values_of(wave, points);
  const auto refused = [](const Points& at, const Vector& y, const RadialBasisOptions& options,
                          const std::string& text) {
    try {
      RadialBasis::fit(at, y, options);
      ADD_FAILURE() << "took it: " << text;
    } catch (const InvalidArgument& error) {
      EXPECT_NE(std::string(error.what()).find(text), std::string::npos) << error.what();
    }
  };
  refused(points, values.head(9), {}, "9 values for 10 points");
  refused(Points(2, 0), Vector(), {}, "too few");
  refused(points.leftCols(2), values.head(2), {}, "2 different points are too few");
  refused(points.leftCols(5), values.head(5), {.kernel = "quintic"}, "needs 6");
  Points on_line(2, 5);
  on_line << 0, 1, 2, 3, 4, 1, 3, 5, 7, 9;
  refused(on_line, values.head(5), {}, "on a line");
  refused(Points::Zero(2, 3), Vector::Zero(3), {}, "1 different points are too few");
  Vector bad = values;
  bad[3] = std::nan("");
  refused(points, bad, {}, "not finite");
  Points far = points;
  far(0, 0) = infinity;
  refused(far, values, {}, "not finite");
  refused(points, values, {.kernel = "cubic", .degree = 0}, "at least 1 for the kernel cubic");
  refused(points, values, {.kernel = "spline"}, "kernel");
  refused(points, values, {.smoothing = -1.0}, "smoothing");
  refused(scattered(1, 60, 27), values_of(wave, scattered(1, 60, 27)),
          {.kernel = "gaussian", .width = 1e4}, "singular");
  const RadialBasis surface = RadialBasis::fit(points, values);
  EXPECT_THROW(static_cast<void>(surface.value(Vector{{1}})), InvalidArgument);
  EXPECT_THROW(static_cast<void>(surface.gradient(Vector{{1, 2, 3}})), InvalidArgument);
}

TEST(RadialBasisModel, GivesTheValueOfEachColumn) {
  const Points points = scattered(2, 10, 29);
  const RadialBasis surface = RadialBasis::fit(points, values_of(wave, points));
  const RadialBasisModel model(surface, {"a", "b"}, "load");
  EXPECT_EQ(model.outputs(), std::vector<std::string>{"load"});
  const auto outcomes = evaluate(model, scattered(2, 3, 30));
  for (Index j = 0; j < 3; ++j) {
    EXPECT_EQ(outcomes[static_cast<std::size_t>(j)].outputs[0],
              surface.value(scattered(2, 3, 30).col(j)));
  }
  EXPECT_THROW(RadialBasisModel(surface, {"a"}), InvalidArgument);
}

}  // namespace
}  // namespace mystic
