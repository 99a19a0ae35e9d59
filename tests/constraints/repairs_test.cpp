#include "mystic/constraints/repairs.hpp"

#include "mystic/constraints/penalties.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/nelder_mead.hpp"

#include "mystic/control/terminations.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

Vector repaired(const Repair& repair, Vector x) {
  repair(x);
  return x;
}

TEST(WithMean, ShiftsAllCoordinatesByTheSame) {
  EXPECT_EQ(repaired(with_mean(5.0), Vector{{1.0, 2.0, 6.0}}), (Vector{{3.0, 4.0, 8.0}}));
}

TEST(WithMean, LeavesAPointThatHasItAlone) {
  EXPECT_EQ(repaired(with_mean(3.0), Vector{{1.0, 2.0, 6.0}}), (Vector{{1.0, 2.0, 6.0}}));
  EXPECT_THROW(static_cast<void>(with_mean(std::nan(""))), InvalidArgument);
}

TEST(Rounded, RoundsHalvesAwayFromZero) {
  EXPECT_EQ(repaired(rounded(), Vector{{0.5, -0.5, 1.49, -2.51}}), (Vector{{1.0, -1.0, 1.0, -3.0}}));
}

TEST(Rounded, TouchesOnlyTheCoordinatesNamed) {
  EXPECT_EQ(repaired(rounded({2, 0}), Vector{{0.7, 0.7, 0.7}}), (Vector{{1.0, 0.7, 1.0}}));
}

TEST(Rounded, RefusesCoordinatesThatAreNotThere) {
  EXPECT_THROW(static_cast<void>(rounded({-1})), InvalidArgument);
  EXPECT_THROW(static_cast<void>(repaired(rounded({3}), Vector::Zero(3))), InvalidArgument);
}

TEST(InOrder, AppliesTheFirstFirst) {
  const Repair twice = [](MutableVectorView x) { x *= 2.0; };
  EXPECT_EQ(repaired(in_order({rounded(), twice}), Vector{{1.3}})[0], 2.0);
  EXPECT_EQ(repaired(in_order({twice, rounded()}), Vector{{1.3}})[0], 3.0);
  EXPECT_EQ(repaired(in_order({}), Vector{{1.3}})[0], 1.3);
  EXPECT_THROW(static_cast<void>(in_order({rounded(), nullptr})), InvalidArgument);
}

// What is reported is the point that was evaluated, so it keeps the rule.
TEST(Repairs, HoldAtTheReportedBest) {
  Problem problem = make_problem(sphere, 3);
  problem.repair(with_mean(5.0));
  Solver solver(nelder_mead());
  const Result result =
      solver.start({1.0, 2.0, 3.0}).terminate(change_over_generation(1e-10, 20)).solve(problem);
  EXPECT_NEAR(result.best.x.mean(), 5.0, 1e-12);
  EXPECT_NEAR(result.best.cost, 75.0, 1e-4);
  EXPECT_EQ(result.best.cost, sphere(result.best.x));
}

// A linear penalty of enough weight is exact: x0 >= 2 moves the minimum of the sphere to (2, 0).
TEST(Penalties, MoveTheMinimumToTheirLimit) {
  Problem problem = make_problem(sphere, 2);
  problem.penalty(linear_inequality([](const VectorView& x) { return 2.0 - x[0]; }, 100.0));
  Solver solver(nelder_mead());
  const Result result =
      solver.start({5.0, 1.0}).terminate(change_over_generation(1e-12, 30)).solve(problem);
  EXPECT_NEAR(result.best.x[0], 2.0, 1e-3);
  EXPECT_NEAR(result.best.x[1], 0.0, 1e-2);
  EXPECT_NEAR(result.best.cost, 4.0, 1e-3);
}

}  // namespace
}  // namespace mystic
