// Promise 3: a failure is a status. Searches rank failed points last, and too many of them end the run.

#include "tests/support/faulty.hpp"
#include "tests/support/solver_cases.hpp"
#include "tests/support/trace.hpp"

#include "mystic/core/outcome.hpp"
#include "mystic/models/functions.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace mystic {
namespace {

using testing_support::box_problem;
using testing_support::FaultyRosenbrock;
using testing_support::observe;
using testing_support::ObservedRun;
using testing_support::SolverCase;

class Failures : public testing::TestWithParam<SolverCase> {};

FailurePolicy abort_above(double share, Index after) {
  FailurePolicy policy;
  policy.abort_above = share;
  policy.abort_after = after;
  return policy;
}

double always_throws(const VectorView&) { throw std::runtime_error("no licence"); }

TEST_P(Failures, OfEveryEvaluationEndTheRunAsSoonAsThePolicySays) {
  for (const Index after : {1, 20, 33}) {
    const ObservedRun run = observe(GetParam(), box_problem(always_throws), [&](Solver& solver) {
      solver.policy(abort_above(0.5, after))
          .limits({.generations = {}, .evaluations = 500, .seconds = {}});
    });
    EXPECT_EQ(run.result.stop.kind, StopKind::failures);
    EXPECT_EQ(run.result.evaluations, after);
    EXPECT_EQ(run.result.failed, after);
    EXPECT_FALSE(run.result.best.exists());
    EXPECT_EQ(run.result.best.cost, infinity);
  }
}

TEST_P(Failures, AreAllToleratedWhenThePolicySaysNever) {
  const ObservedRun run = observe(GetParam(), box_problem(always_throws), [&](Solver& solver) {
    solver.policy(abort_above(1.0, 1)).limits({.generations = {}, .evaluations = 300, .seconds = {}});
  });
  EXPECT_EQ(run.result.stop.kind, StopKind::evaluations);
  EXPECT_EQ(run.result.failed, 300);
  for (const auto& step : run.steps) EXPECT_EQ(step.best_cost, infinity);
}

TEST_P(Failures, AreCountedOnePerFailedCall) {
  const ObservedRun run = observe(GetParam(), box_problem(FaultyRosenbrock(5)), [](Solver& solver) {
    solver.policy(abort_above(1.0, 1)).limits({.generations = {}, .evaluations = 200, .seconds = {}});
  });
  Index failed = 0;
  for (const auto& evaluation : run.evaluations) {
    const bool fails = testing_support::bits_of(evaluation.x) % 5 == 0;
    EXPECT_EQ(evaluation.cost == infinity, fails);
    failed += fails ? 1 : 0;
  }
  EXPECT_GT(failed, 10);
  EXPECT_EQ(run.result.failed, failed);
}

// A number in place of a failure (0, say) would win; one that is NaN would poison the search.
TEST_P(Failures, AreNeverTheBest) {
  const auto is_beyond = [](const VectorView& x) { return x[0] >= 0.5 || (x[2] > 0.6 && x[2] < 0.75); };
  for (const double answer : {std::nan(""), -1e9}) {
    const auto function = [answer, is_beyond](const VectorView& x) {
      if (!is_beyond(x)) return rosenbrock(x);
      if (std::isnan(answer)) return answer;
      throw std::runtime_error("beyond the model");
    };
    const ObservedRun run = observe(GetParam(), box_problem(function), [](Solver& solver) {
      solver.policy(abort_above(1.0, 1)).limits({.generations = {}, .evaluations = 600, .seconds = {}});
    });
    EXPECT_GT(run.result.failed, 0);
    EXPECT_FALSE(is_beyond(run.result.best.x));
    EXPECT_TRUE(std::isfinite(run.result.best.cost));
    for (std::size_t i = 1; i < run.steps.size(); ++i) {
      EXPECT_LE(run.steps[i].best_cost, run.steps[i - 1].best_cost);
    }
    EXPECT_LT(run.result.best.cost, 5.0) << "the search goes on beside them";
  }
}

INSTANTIATE_TEST_SUITE_P(Solvers, Failures, testing::ValuesIn(testing_support::all_solvers()),
                         testing_support::name_of_case);

// A sweep of Powell's is one step of many evaluations; each may be an hour of a simulation.
TEST(FailuresInPlace, EndTheRunBeforeAnotherEvaluationIsMade) {
  for (const SolverCase& by : testing_support::single_solvers()) {
    if (by.name.find("Evolution") != std::string::npos) continue;  // asks for a generation at once
    int calls = 0;
    const auto function = [&calls](const VectorView& x) {
      if (++calls > 6) throw std::runtime_error("no licence left");
      return rosenbrock(x);
    };
    const ObservedRun run = observe(by, box_problem(function), [](Solver& solver) {
      solver.policy(abort_above(0.4, 5)).limits({.generations = {}, .evaluations = 500, .seconds = {}});
    });
    EXPECT_EQ(run.result.stop.kind, StopKind::failures) << by.name;
    EXPECT_EQ(run.result.run.speculative, 0) << by.name;
    EXPECT_EQ(calls, run.result.evaluations) << by.name;
  }
}

TEST(FailurePolicyAtTheDoor, ListsAllThatIsBroken) {
  Solver solver = testing_support::single_solvers().front().make();
  FailurePolicy policy;
  policy.abort_above = 1.5;
  policy.retries = -1;
  try {
    solver.policy(policy);
    FAIL();
  } catch (const InvalidOptions& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("abort_above = 1.5 is not in [0, 1]"), std::string::npos) << text;
    EXPECT_NE(text.find("retries = -1 is not in [0, 1000]"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace mystic
