#include "recorded_run.hpp"

#include "tests/support/trace.hpp"

#include "mystic/control/monitors.hpp"
#include "mystic/control/terminations.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/nelder_mead.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace mystic::reference_test {
namespace {

constexpr double rounding = 1e-12;

struct RunOfOurs {
  testing_support::Trace trace;
  RecordingMonitor steps;
  Result result;
};

void solve_like(const RecordedRun& recorded, bool adaptive, RunOfOurs& ours) {
  Solver solver(nelder_mead({.adaptive = adaptive}));
  solver.start(recorded.start).terminate(candidate_relative_tolerance(1e-4, 1e-4)).on_step(ours.steps);
  if (recorded.lower.size() > 0) solver.bounds(recorded.lower, recorded.upper);
  ours.result = solver.solve(testing_support::traced(rosenbrock, ours.trace));
}

void expect_same(const RecordedRun& recorded, const RunOfOurs& ours) {
  EXPECT_EQ(ours.result.generations, recorded.generations);
  EXPECT_EQ(ours.result.evaluations, recorded.evaluations);
  EXPECT_EQ(ours.result.best.cost, recorded.step_costs.back());
  ASSERT_EQ(ours.trace.points.size(), recorded.points.size());
  for (std::size_t i = 0; i < recorded.points.size(); ++i) {
    EXPECT_LE(relative_difference(ours.trace.points[i], recorded.points[i]), rounding)
        << "evaluation " << i;
    EXPECT_NEAR(ours.trace.costs[i], recorded.costs[i], rounding * std::max(1.0, recorded.costs[i]))
        << i;
  }
  const auto& steps = ours.steps.steps();
  ASSERT_EQ(steps.size(), recorded.step_points.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    EXPECT_LE(relative_difference(steps[i].best, recorded.step_points[i]), rounding)
        << "generation " << i;
    EXPECT_NEAR(steps[i].best_cost, recorded.step_costs[i],
                rounding * std::max(1.0, recorded.step_costs[i]));
  }
}

TEST(NelderMeadReference, EvaluatesEveryPointOfTheOriginal) {
  const RecordedRun recorded = read_run("rosenbrock3_nelder_mead.json");
  RunOfOurs ours;
  solve_like(recorded, false, ours);
  expect_same(recorded, ours);
  EXPECT_EQ(ours.result.generations, 120);
  EXPECT_EQ(ours.result.evaluations, 215);
  EXPECT_EQ(ours.result.best.cost, 1.400759544790854e-10);
}

TEST(NelderMeadReference, AdaptiveEvaluatesEveryPointOfTheOriginal) {
  const RecordedRun recorded = read_run("rosenbrock3_nelder_mead_adaptive.json");
  RunOfOurs ours;
  solve_like(recorded, true, ours);
  expect_same(recorded, ours);
  EXPECT_EQ(ours.result.generations, 127);
}

TEST(NelderMeadReference, BoundedEvaluatesEveryPointOfTheOriginal) {
  const RecordedRun recorded = read_run("rosenbrock3_nelder_mead_bounded.json");
  ASSERT_GT(recorded.lower.size(), 0);
  RunOfOurs ours;
  solve_like(recorded, false, ours);
  expect_same(recorded, ours);
  EXPECT_EQ(ours.result.evaluations, 196);
}

// Further published runs of the original, of which only the ends are known (six digits and more).
struct KnownEnd {
  const char* name;
  Termination termination;
  Index generations;
  Index evaluations;
  double cost;
};

TEST(NelderMeadReference, StopsWhereTheOriginalStops) {
  const std::vector<KnownEnd> ends = {
      {"tight tolerance", candidate_relative_tolerance(1e-8, 1e-8), 173, 309, 1.65094152123e-18},
      {"change over 30 entries", change_over_generation(1e-6, 29), 128, 230, 3.74624544591e-11},
      {"value to reach", value_to_reach(0.0, 1e-6), 99, 177, 9.62311761139e-07},
  };
  for (const KnownEnd& end : ends) {
    Solver solver(nelder_mead());
    solver.start({0.8, 1.2, 0.7}).terminate(end.termination);
    const Result result = solver.solve(rosenbrock);
    EXPECT_EQ(result.generations, end.generations) << end.name;
    EXPECT_EQ(result.evaluations, end.evaluations) << end.name;
    EXPECT_NEAR(result.best.cost / end.cost, 1.0, 1e-9) << end.name;
  }
}

}  // namespace
}  // namespace mystic::reference_test
