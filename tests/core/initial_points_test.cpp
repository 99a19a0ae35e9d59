#include "mystic/core/initial_points.hpp"

#include "tests/support/trace.hpp"

#include "mystic/core/solver.hpp"
#include "mystic/ensembles/buckshot.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/powell.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

using testing_support::Trace;
using testing_support::traced;

const Vector unbounded = Vector::Constant(2, infinity);

Points drawn(const InitialPoints& by, std::uint64_t seed = 1) {
  Random random = stream(seed, SearchPath{});
  return by.draw(random, -unbounded, unbounded);
}

TEST(InitialPointsGiven, AreMovedIntoTheBounds) {
  Random random;
  const Points points{{1.0, -7.0, 0.0}, {9.0, 2.0, 0.5}};
  const Points inside =
      InitialPoints::given(points).draw(random, Vector::Constant(2, -1.0), Vector{{3.0, infinity}});
  EXPECT_EQ(inside, (Points{{1.0, -1.0, 0.0}, {9.0, 2.0, 0.5}}));
}

TEST(InitialPointsAround, AreThePointItselfAndOthersWithinTheRadius) {
  const Points points = drawn(InitialPoints::around(Vector{{20.0, 0.0}}, 0.1, 1000));
  EXPECT_EQ(points.col(0), (Vector{{20.0, 0.0}}));
  const auto from = (points.colwise() - points.col(0)).array();
  EXPECT_LE(from.row(0).abs().maxCoeff(), 2.0);
  EXPECT_LE(from.row(1).abs().maxCoeff(), 0.1) << "0 has no relative neighbourhood";
  // Uniform in [-a, a]: variance a^2 / 3; of 999 the estimate is within 4 x 0.0283 of it, relatively.
  EXPECT_NEAR(from.row(0).square().sum() / 999.0, 4.0 / 3.0, 0.15);
  EXPECT_NEAR(from.row(1).square().sum() / 999.0, 0.01 / 3.0, 0.0004);
}

TEST(InitialPointsInBox, FillItAndNeedIt) {
  Random random = stream(1, SearchPath{});
  const Vector lower{{-1.0, 100.0}};
  const Vector upper{{1.0, 101.0}};
  const Points points = InitialPoints::in_box(4000).draw(random, lower, upper);
  const Points share = (points.colwise() - lower).array().colwise() / (upper - lower).array();
  EXPECT_TRUE((share.array() >= 0.0).all() && (share.array() <= 1.0).all());
  for (Index i = 0; i < 2; ++i) {
    for (const double quantile : {0.1, 0.5, 0.9}) {
      const auto below = (share.row(i).array() < quantile).count();
      const double deviation = std::sqrt(quantile * (1.0 - quantile) / 4000.0);
      EXPECT_NEAR(static_cast<double>(below) / 4000.0, quantile, 4.0 * deviation);
    }
  }
  EXPECT_THROW(static_cast<void>(InitialPoints::in_box(2).draw(random, lower, unbounded)),
               InvalidArgument);
}

TEST(InitialPointsMultinormal, HaveTheMeanAndTheCovariance) {
  const Vector mean{{3.0, -1.0}};
  const Points covariance{{4.0, 1.5}, {1.5, 1.0}};
  constexpr Index count = 20000;
  const Points points = drawn(InitialPoints::multinormal(mean, covariance, count));
  const Points from = points.colwise() - mean;
  EXPECT_LT((from.rowwise().mean()).cwiseAbs().maxCoeff(), 4.0 * 2.0 / std::sqrt(count));
  const Points estimate = from * from.transpose() / static_cast<double>(count);
  // Standard error of a covariance of normal numbers: sqrt((c_ii c_jj + c_ij^2) / count) <= 0.04.
  EXPECT_LT((estimate - covariance).cwiseAbs().maxCoeff(), 0.16) << estimate;
}

TEST(InitialPoints, AreTheSameForASeedAndOthersForAnother) {
  for (const InitialPoints& by :
       {InitialPoints::around(Vector{{2.0, 3.0}}, 0.1, 5),
        InitialPoints::multinormal(Vector::Zero(2), Points::Identity(2, 2), 5)}) {
    EXPECT_EQ(drawn(by, 4), drawn(by, 4));
    EXPECT_NE(drawn(by, 4), drawn(by, 5));
  }
}

TEST(InitialPoints, AreRefusedWhenTheyMakeNoSense) {
  const Vector x{{1.0, 2.0}};
  EXPECT_THROW(static_cast<void>(InitialPoints::given(Points(2, 0))), InvalidArgument);
  EXPECT_THROW(static_cast<void>(InitialPoints::given(Points{{1.0, std::nan("")}})), InvalidArgument);
  EXPECT_THROW(static_cast<void>(InitialPoints::around(x, -0.1, 3)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(InitialPoints::around(x, std::nan(""), 3)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(InitialPoints::around(x, 0.1, 0)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(InitialPoints::in_box(0)), InvalidArgument);
  const auto normal = [&](const Points& covariance) {
    static_cast<void>(InitialPoints::multinormal(x, covariance, 3));
  };
  EXPECT_THROW(normal(Points::Identity(3, 3)), InvalidArgument);
  EXPECT_THROW(normal(Points{{1.0, 0.5}, {0.4, 1.0}}), InvalidArgument) << "not symmetric";
  EXPECT_THROW(normal(Points{{1.0, 2.0}, {2.0, 1.0}}), InvalidArgument) << "not definite";
}

TEST(InitialPoints, TheFirstIsTheStartOfASearchThatTakesOne) {
  const auto path = [](const std::function<void(Solver&)>& begin) {
    Trace trace;
    Solver solver(powell());
    begin(solver);
    solver.limits({.generations = {}, .evaluations = 30, .seconds = {}}).solve(traced(sphere, trace));
    return trace.points;
  };
  const Points points{{1.0, 5.0}, {2.0, 6.0}};
  const auto from_x = path([](Solver& solver) { solver.start({1.0, 2.0}); });
  EXPECT_EQ(path([&](Solver& solver) { solver.start(InitialPoints::given(points)); }), from_x);
  EXPECT_EQ(path([&](Solver& solver) { solver.start({7.0, 7.0}).start(InitialPoints::given(points)); }),
            from_x)
      << "they take the place of an earlier start";
  EXPECT_EQ(path([&](Solver& solver) {
              solver.start(InitialPoints::around(Vector{{7.0, 7.0}}, 0.1, 2)).start({1.0, 2.0});
            }),
            from_x)
      << "and the other way round";
}

TEST(InitialPoints, AreTheStartsOfTheFirstMembersOfAnEnsemble) {
  const Points points{{1.0, -2.0}, {2.0, 0.5}};
  const auto starts = [&](Index members) {
    Trace trace;
    Solver solver(buckshot(powell(), {.starts = members}));
    solver.start(InitialPoints::given(points))
        .bounds(Vector::Constant(2, -3.0), Vector::Constant(2, 3.0))
        .members({.termination = {}, .generations = 0, .evaluations = {}})
        .solve(traced(sphere, trace));
    return trace.points;
  };
  const auto three = starts(3);
  ASSERT_EQ(three.size(), 3U);
  EXPECT_EQ(three[0], points.col(0));
  EXPECT_EQ(three[1], points.col(1));
  EXPECT_NE(three[2], points.col(1));
  EXPECT_THROW(starts(1), InvalidArgument) << "two points for one member";
}

TEST(InitialPoints, HaveTheDimensionOfTheProblem) {
  Solver solver(powell());
  solver.start(InitialPoints::given(Points::Ones(2, 3)))
      .bounds(Vector::Zero(3), Vector::Ones(3))
      .limits({.generations = {}, .evaluations = 10, .seconds = {}});
  EXPECT_THROW(solver.solve(sphere), InvalidArgument);
}

}  // namespace
}  // namespace mystic
