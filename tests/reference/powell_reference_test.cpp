#include "recorded_run.hpp"

#include "tests/support/trace.hpp"

#include "mystic/control/monitors.hpp"
#include "mystic/control/terminations.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/powell.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace mystic::reference_test {
namespace {

constexpr double rounding = 1e-12;
const char* const recorded_file = "rosenbrock3_powell.json";

// mystic's NormalizedChangeOverGeneration(1e-4, generations = 2): one step apart.
Termination stop_of_the_original() { return normalised_change_over_generation(1e-4, 1); }

Result solve_like(const RecordedRun& recorded, testing_support::Trace& trace, RecordingMonitor& steps) {
  Solver solver(powell());
  solver.start(recorded.start).terminate(stop_of_the_original()).on_step(steps);
  return solver.solve(testing_support::traced(rosenbrock, trace));
}

TEST(PowellReference, ReachesTheOriginalsMinimumInItsGenerations) {
  const RecordedRun recorded = read_run(recorded_file);
  testing_support::Trace trace;
  RecordingMonitor steps;
  const Result result = solve_like(recorded, trace, steps);
  EXPECT_EQ(result.generations, 13);
  EXPECT_EQ(result.best.cost, 7.896694876488633e-27);
  EXPECT_EQ(result.best.cost, recorded.step_costs.back());
  EXPECT_EQ(result.stop.kind, StopKind::converged);
}

// What ours leaves out of the original's evaluations, exactly: in each line search, the first one (step
// 0, the origin, whose cost is known) and the first one after bracketing (the bracket's middle once
// more). So what is left out comes in pairs, and nothing else differs.
TEST(PowellReference, LeavesOutOnlyTheOriginalsTwoRepetitionsPerLineSearch) {
  const RecordedRun recorded = read_run(recorded_file);
  testing_support::Trace trace;
  RecordingMonitor steps;
  solve_like(recorded, trace, steps);

  std::size_t ours = 0;
  std::size_t left_out = 0;
  std::size_t line_began = 0;
  double best_cost = infinity;
  double best_cost_before = infinity;  // without the last evaluation, which may be an extrapolated point
  for (std::size_t theirs = 0; theirs < recorded.points.size(); ++theirs) {
    const Vector& point = recorded.points[theirs];
    if (ours < trace.points.size() && relative_difference(trace.points[ours], point) <= rounding) {
      EXPECT_NEAR(trace.costs[ours], recorded.costs[theirs],
                  rounding * std::max(1.0, recorded.costs[theirs]));
      ++ours;
    } else if (left_out++ % 2 == 0) {
      EXPECT_TRUE(recorded.costs[theirs] == best_cost || recorded.costs[theirs] == best_cost_before)
          << "evaluation " << theirs << " is no line's origin";
      line_began = theirs;
    } else {
      const auto first = recorded.points.begin() + static_cast<std::ptrdiff_t>(line_began);
      const auto last = recorded.points.begin() + static_cast<std::ptrdiff_t>(theirs);
      EXPECT_TRUE(std::any_of(first, last, [&](const Vector& before) { return before == point; }))
          << "evaluation " << theirs << " was not made before on this line";
    }
    best_cost_before = best_cost;
    best_cost = std::min(best_cost, recorded.costs[theirs]);
  }
  EXPECT_EQ(ours, trace.points.size());
  EXPECT_EQ(left_out % 2, 0U);
  EXPECT_GE(left_out / 2, 3U * 13U);  // a line per variable and generation, and the extrapolations
  EXPECT_EQ(trace.points.size() + left_out, recorded.points.size());
}

// The original reports a generation after the extrapolation that follows its sweep; its cost is the one
// at which ours begins the next sweep, hence never above what ours reports.
TEST(PowellReference, ReportsTheOriginalsStepsBeforeTheirExtrapolation) {
  const RecordedRun recorded = read_run(recorded_file);
  testing_support::Trace trace;
  RecordingMonitor steps;
  solve_like(recorded, trace, steps);
  ASSERT_EQ(steps.steps().size(), recorded.step_costs.size());
  EXPECT_EQ(steps.steps().front().best_cost, recorded.step_costs.front());
  for (std::size_t i = 1; i < recorded.step_costs.size(); ++i) {
    EXPECT_GE(steps.steps()[i].best_cost, recorded.step_costs[i]) << "generation " << i;
    EXPECT_LE(steps.steps()[i].best_cost, recorded.step_costs[i - 1]) << "generation " << i;
    EXPECT_TRUE(std::any_of(trace.points.begin(), trace.points.end(),
                            [&](const Vector& point) {
                              return relative_difference(point, recorded.step_points[i]) <= rounding;
                            }))
        << "generation " << i;
  }
  EXPECT_EQ(steps.steps().back().best_cost, recorded.step_costs.back());
}

TEST(PowellReference, WithBoundsReachesTheSameMinimumAsTheOriginal) {
  Solver solver(powell({.first_step = 0.5}));  // times the width 2: the original's unit steps
  solver.start({0.8, 1.2, 0.7})
      .bounds(Vector::Zero(3), Vector::Constant(3, 2.0))
      .terminate(stop_of_the_original());
  const Result result = solver.solve(rosenbrock);
  EXPECT_EQ(result.generations, 13);
  EXPECT_NEAR(result.best.cost / 7.89669487649e-27, 1.0, 1e-11);
}

TEST(PowellReference, LongerWindowStopsWhereTheOriginalStops) {
  Solver solver(powell());
  solver.start({0.8, 1.2, 0.7}).terminate(normalised_change_over_generation(1e-4, 9));
  const Result result = solver.solve(rosenbrock);
  EXPECT_EQ(result.generations, 21);
  EXPECT_NEAR(result.best.cost / 6.07731045811e-27, 1.0, 1e-11);
}

}  // namespace
}  // namespace mystic::reference_test
