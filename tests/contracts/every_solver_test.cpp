// What one may ask of any solver whatever the problem's size: it finds a sphere's minimum within a
// stated budget, survives costs that say nothing, and boxes without room.

#include "tests/support/sized_solvers.hpp"
#include "tests/support/trace.hpp"

#include "mystic/control/terminations.hpp"
#include "mystic/models/functions.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace mystic {
namespace {

using testing_support::sized_solvers;
using testing_support::SizedSolver;
using testing_support::Trace;
using testing_support::traced;
using testing_support::usual_start;

class EverySolver : public testing::TestWithParam<SizedSolver> {
 protected:
  static Result run(Index n, double (*cost)(const VectorView&), const Limits& limits) {
    return GetParam().make(n).limits(limits).solve(cost);
  }
};

// The budgets of docs/rooms/solvers.md.
TEST_P(EverySolver, FindsTheMinimumOfASphereWithinItsBudget) {
  const std::array<Index, 4> sizes{1, 2, 10, 100};
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const double target = sizes[i] < 100 ? 1e-6 : 1e-3;
    Solver solver = GetParam().make(sizes[i]);
    const Result result = solver.terminate(value_to_reach(0.0, target))
                              .limits({.evaluations = GetParam().budget[i]})
                              .solve(sphere);
    EXPECT_LE(result.best.cost, target) << sizes[i] << " variables, " << result.stop.reason;
    EXPECT_LE(result.evaluations, GetParam().budget[i]);
    RecordProperty("evaluations" + std::to_string(sizes[i]), std::to_string(result.evaluations));
  }
}

TEST_P(EverySolver, OfAFlatCostTheFirstPointIsTheBest) {
  for (const Index n : {1, 2, 5}) {
    const Result result =
        run(n, [](const VectorView&) { return 7.0; }, {.generations = {}, .evaluations = 1500});
    EXPECT_EQ(result.best.cost, 7.0);
    EXPECT_EQ(result.best.id.k, 0U);
    EXPECT_EQ(result.failed, 0);
    if (result.stop.kind == StopKind::evaluations) {
      EXPECT_EQ(result.evaluations, 1500) << result.stop.reason;
    } else {
      EXPECT_TRUE(result.stop.kind == StopKind::ended || result.stop.kind == StopKind::converged)
          << result.stop.reason;
      EXPECT_LE(result.evaluations, 1500);
    }
  }
}

TEST_P(EverySolver, ACostThatIsNeverANumberEndsInTooManyFailures) {
  for (const Index n : {1, 2, 5}) {
    const Result result = run(n, [](const VectorView&) { return std::nan(""); }, {.evaluations = 1500});
    EXPECT_EQ(result.stop.kind, StopKind::failures) << result.stop.reason;
    const bool gave_up = result.stop.reason.starts_with("all ");  // before the policy looks, after 20
    EXPECT_TRUE(gave_up ? result.evaluations < 20 : result.evaluations == 20) << result.stop.reason;
    EXPECT_EQ(result.failed, result.evaluations);
    EXPECT_FALSE(result.best.exists());
  }
}

TEST_P(EverySolver, ACostThatIsAlwaysInfiniteEnds) {
  for (const Index n : {1, 2, 5}) {
    const Result result = run(n, [](const VectorView&) { return infinity; }, {.evaluations = 1500});
    EXPECT_LE(result.evaluations, 1500);
    EXPECT_EQ(result.best.cost, infinity);
    EXPECT_EQ(result.failed, 0);
    EXPECT_NE(result.stop.kind, StopKind::failures);
  }
}

TEST_P(EverySolver, ABoxThatIsReversedIsAnError) {
  Vector upper = Vector::Constant(3, 5.0);
  upper[1] = -4.5;
  Solver solver = GetParam().make(3);
  try {
    solver.bounds(Vector::Constant(3, -4.0), upper).limits({.evaluations = 50}).solve(sphere);
    FAIL() << "the second variable has no room";
  } catch (const InvalidArgument& error) {
    EXPECT_NE(std::string(error.what()).find("-4.5"), std::string::npos) << error.what();
  }
}

// Every variable is fixed: there is one point to look at. Who seeks flat places says that it wants room.
TEST_P(EverySolver, InABoxOfOnePointItLooksThereOnly) {
  for (const Index n : {1, 3}) {
    Trace trace;
    const Vector only = usual_start(n);
    Solver solver = GetParam().make(n);
    solver.bounds(only, only).limits({.evaluations = 60});
    if (!GetParam().takes_one_point) {
      EXPECT_THROW(solver.solve(traced(sphere, trace)), InvalidArgument);
      EXPECT_TRUE(trace.points.empty());
      continue;
    }
    const Result result = solver.solve(traced(sphere, trace));
    EXPECT_LE(result.evaluations, 60);
    EXPECT_FALSE(trace.points.empty());
    for (const Vector& x : trace.points) EXPECT_EQ(x, only);
  }
}

// A variable that its bounds fix changes nothing for the others.
TEST_P(EverySolver, FindsTheMinimumBesideAVariableThatIsFixed) {
  Vector lower = Vector::Constant(3, -4.0);
  Vector upper = Vector::Constant(3, 5.0);
  lower[1] = upper[1] = 0.5;
  Solver solver = GetParam().make(3);
  const Result result = solver.bounds(lower, upper)
                            .terminate(value_to_reach(0.25, 1e-5))
                            .limits({.evaluations = 20000})
                            .solve(sphere);
  EXPECT_LE(result.best.cost, 0.25 + 1e-5) << result.stop.reason;
}

INSTANTIATE_TEST_SUITE_P(Solvers, EverySolver, testing::ValuesIn(sized_solvers()),
                         testing_support::name_of_sized);

}  // namespace
}  // namespace mystic
