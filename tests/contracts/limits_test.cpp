// Limits are exact, whatever a search asks for at once; points outside the bounds cost nothing.

#include "tests/support/adversarial_map.hpp"
#include "tests/support/solver_cases.hpp"
#include "tests/support/trace.hpp"

#include "mystic/control/terminations.hpp"
#include "mystic/ensembles/buckshot.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/nelder_mead.hpp"
#include "mystic/solvers/powell.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

using testing_support::AdversarialMap;
using testing_support::Arrival;
using testing_support::box_problem;
using testing_support::same;
using testing_support::SolverCase;
using testing_support::Trace;
using testing_support::traced;

class SolverLimits : public testing::TestWithParam<SolverCase> {};

TEST_P(SolverLimits, EvaluationsAreMadeExactly) {
  for (Index most = 1; most <= 60; ++most) {
    Trace trace;
    Solver solver = GetParam().make();
    solver.limits({.generations = {}, .evaluations = most, .seconds = {}});
    const Result result = solver.solve(box_problem(traced(rosenbrock, trace)));
    EXPECT_EQ(static_cast<Index>(trace.points.size()), most);
    EXPECT_EQ(result.evaluations, most);
    EXPECT_EQ(result.stop.kind, StopKind::evaluations);
    EXPECT_EQ(result.run.speculative, 0);
    EXPECT_EQ(result.best.cost, *std::min_element(trace.costs.begin(), trace.costs.end()));
  }
}

TEST_P(SolverLimits, ALargerLimitBeginsWithTheSameEvaluations) {
  Trace all;
  Solver solver = GetParam().make();
  solver.limits({.generations = {}, .evaluations = 60, .seconds = {}});
  solver.solve(box_problem(traced(rosenbrock, all)));
  for (std::size_t most = 1; most < 60; ++most) {
    Trace trace;
    solver.limits({.generations = {}, .evaluations = static_cast<Index>(most), .seconds = {}});
    solver.solve(box_problem(traced(rosenbrock, trace)));
    ASSERT_TRUE(std::equal(trace.points.begin(), trace.points.end(), all.points.begin())) << most;
  }
}

TEST_P(SolverLimits, GenerationsAreMadeExactly) {
  for (const Index most : {0, 1, 2, 7}) {
    Solver solver = GetParam().make();
    RecordingMonitor monitor;
    solver.limits({.generations = most, .evaluations = {}, .seconds = {}}).on_step(monitor);
    const Result result = solver.solve(box_problem(rosenbrock));
    EXPECT_EQ(result.generations, most);
    EXPECT_EQ(result.stop.kind, StopKind::generations);
    EXPECT_EQ(static_cast<Index>(monitor.steps().size()), most + 1) << "generation 0 is seen as well";
  }
}

TEST_P(SolverLimits, PointsOutsideTheBoundsAreNeitherCalledNorCounted) {
  Trace trace;
  Problem problem = box_problem(traced(rosenbrock, trace));
  const Vector upper{{0.9, 0.8, 1.5}};  // the minimum lies outside
  problem.bounds(Vector::Constant(3, -2.0), upper);
  Solver solver = GetParam().make();
  const Result result =
      solver.limits({.generations = {}, .evaluations = 300, .seconds = {}}).solve(problem);
  EXPECT_EQ(static_cast<Index>(trace.points.size()), result.evaluations);
  for (const Vector& x : trace.points) {
    EXPECT_TRUE((x.array() >= -2.0).all() && (x.array() <= upper.array()).all()) << x.transpose();
  }
}

TEST_P(SolverLimits, ACostThatIsNeverFiniteEndsAtTheLimit) {
  Solver solver = GetParam().make();
  solver.limits({.generations = {}, .evaluations = 2000, .seconds = {}})
      .terminate(any_of({candidate_relative_tolerance(), change_over_generation(),
                         normalised_change_over_generation(), value_to_reach()}));
  const Result result = solver.solve(box_problem([](const VectorView&) { return infinity; }));
  if (GetParam().gives_up) {
    EXPECT_EQ(result.stop.kind, StopKind::ended);
    EXPECT_LE(result.evaluations, 2000);
  } else {
    EXPECT_EQ(result.stop.kind, StopKind::evaluations);
    EXPECT_EQ(result.evaluations, 2000);
  }
  EXPECT_EQ(result.failed, 0);
  EXPECT_EQ(result.best.cost, infinity);
}

using SingleLimits = SolverLimits;

// No limit of evaluations would ever stop it, and nothing could interrupt it.
TEST_P(SingleLimits, ASearchThatIsAlwaysRejectedEnds) {
  Problem problem = box_problem(rosenbrock);
  problem.repair([](MutableVectorView x) { x[0] = 3.0; });
  Solver solver = GetParam().make();
  const Result result =
      solver.limits({.generations = {}, .evaluations = 10, .seconds = {}}).solve(problem);
  EXPECT_EQ(result.stop.kind, StopKind::ended);
  if (!GetParam().gives_up) {
    EXPECT_NE(result.stop.reason.find("outside the bounds"), std::string::npos) << result.stop.reason;
  }
  EXPECT_EQ(result.evaluations, 0);
  EXPECT_FALSE(result.best.exists());
}

TEST_P(SolverLimits, WithoutAnyItIsRefused) {
  Solver solver = GetParam().make();
  try {
    solver.solve(box_problem(rosenbrock));
    FAIL() << "nothing would ever stop it";
  } catch (const InvalidArgument& error) {
    EXPECT_NE(std::string(error.what()).find("limits"), std::string::npos) << error.what();
  }
}

INSTANTIATE_TEST_SUITE_P(Solvers, SolverLimits, testing::ValuesIn(testing_support::all_solvers()),
                         testing_support::name_of_case);

INSTANTIATE_TEST_SUITE_P(Solvers, SingleLimits, testing::ValuesIn(testing_support::single_solvers()),
                         testing_support::name_of_case);

class MemberLimits : public testing::TestWithParam<SolverCase> {};

TEST_P(MemberLimits, EachMemberMakesItsEvaluations) {
  Solver solver = GetParam().make();
  solver.members({.termination = {}, .generations = {}, .evaluations = 23});
  const Result result = solver.solve(box_problem(rosenbrock));
  ASSERT_EQ(result.members.size(), 5U);
  for (const MemberResult& member : result.members) {
    EXPECT_EQ(member.evaluations, 23);
    EXPECT_EQ(member.stop.kind, StopKind::evaluations);
  }
  EXPECT_EQ(result.evaluations, 5 * 23);
  EXPECT_EQ(result.stop.kind, StopKind::evaluations);
}

TEST_P(MemberLimits, TheRunsBestIsTheBestMembers) {
  Solver solver = GetParam().make();
  solver.members({.termination = {}, .generations = {}, .evaluations = 40});
  const Result result = solver.solve(box_problem(rosenbrock));
  double least = infinity;
  for (const MemberResult& member : result.members) least = std::min(least, member.best_cost);
  EXPECT_EQ(result.best.cost, least);
  EXPECT_EQ(result.members.at(result.best.id.path[0]).best_cost, least);
}

// No round beyond the limit is ever needed, so no member goes there while another is waited for.
TEST_P(MemberLimits, NoMemberRunsBeyondTheEnsemblesGenerations) {
  const Problem problem = box_problem(rosenbrock);
  const auto evaluations = [&](Map* map) {
    Solver solver = GetParam().make();
    if (map != nullptr) solver.map(*map);
    return solver.limits({.generations = 4, .evaluations = {}, .seconds = {}}).solve(problem);
  };
  AdversarialMap starving(Arrival::oldest_starved, 3);
  const Result starved = evaluations(&starving);
  EXPECT_TRUE(same(starved, evaluations(nullptr)));
  EXPECT_EQ(starved.run.speculative, 0);
}

INSTANTIATE_TEST_SUITE_P(Ensembles, MemberLimits, testing::ValuesIn(testing_support::ensembles()),
                         testing_support::name_of_case);

TEST(EnsembleLead, IsBoundedWhileOneMemberIsWaitedFor) {
  AdversarialMap map(Arrival::oldest_waits_longest, 4);
  Index most_made = 0;
  Solver solver(buckshot(nelder_mead(), {.starts = 4}));
  solver.map(map)
      .bounds(Vector::Constant(2, -1.0), Vector::Constant(2, 1.0))
      .limits({.generations = 3000, .evaluations = {}, .seconds = {}})
      .watch([&](const Activity& now) {
        if (now.generations == 0) most_made = std::max(most_made, now.made);
      });
  const Result result = solver.solve(sphere);
  EXPECT_EQ(result.generations, 3000);
  EXPECT_GT(most_made, 3 * 1000) << "the others go on meanwhile";
  EXPECT_LT(most_made, 3 * 4 * 1000) << "but not without end";
}

TEST(FirstPoint, OutsideTheBoundsIsMovedToThem) {
  for (const SolverCase& by : testing_support::single_solvers()) {
    Trace trace;
    Solver solver = by.make();
    solver.start({-7.0, 0.5, 9.0}).limits({.generations = {}, .evaluations = 1, .seconds = {}});
    solver.solve(box_problem(traced(rosenbrock, trace)));
    EXPECT_EQ(trace.points.at(0), (Vector{{-2.0, 0.5, 2.0}})) << by.name;
  }
}

TEST(SolverDoor, RefusesLimitsThatMakeNoSense) {
  const Problem problem = box_problem(rosenbrock);
  const auto refused = [&](const Limits& limits) {
    Solver solver(powell());
    solver.start({0.0, 0.0, 0.0}).clock([] { return 0.0; }).limits(limits);
    EXPECT_THROW(solver.solve(problem), InvalidArgument);
  };
  refused({.generations = -1, .evaluations = {}, .seconds = {}});
  refused({.generations = {}, .evaluations = 0, .seconds = {}});
  refused({.generations = {}, .evaluations = {}, .seconds = 0.0});
  refused({.generations = {}, .evaluations = {}, .seconds = std::nan("")});
}

TEST(SolverDoor, RefusesALimitOfSecondsWithoutAClock) {
  Solver solver(powell());
  solver.start({0.0, 0.0, 0.0}).limits({.generations = {}, .evaluations = {}, .seconds = 1.0});
  EXPECT_THROW(solver.solve(box_problem(rosenbrock)), InvalidArgument);
}

TEST(SolverDoor, RefusesAStartOfAnotherSizeOrOneThatIsNotFinite) {
  const auto refused = [](std::initializer_list<double> x) {
    Solver solver(powell());
    solver.start(x).limits({.generations = 1, .evaluations = {}, .seconds = {}});
    EXPECT_THROW(solver.solve(box_problem(rosenbrock)), InvalidArgument);
  };
  refused({0.0, 0.0});
  refused({0.0, std::nan(""), 0.0});
  refused({0.0, infinity, 0.0});
}

}  // namespace
}  // namespace mystic
