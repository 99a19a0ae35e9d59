#include "external_fixture.hpp"

#include "mystic/core/evaluator.hpp"
#include "mystic/core/solver.hpp"

#include <cmath>

namespace mystic {
namespace {

/// A code that can only move its state by a limited distance in x: it needs one near the point. Without
/// a state it starts at 0.
ExternalModelOptions walker(const ExternalModelOptions& shell) {
  ExternalModelOptions options = shell;
  options.templates = {{.text = "@x:%.9f@ @y:%.9f@\n", .to = "in.txt"}};
  options.command = {
      "sh", "-c",
      "old=0; [ -f state ] && read old < state; read x y < in.txt; echo run >> ../count; "
      "awk -v o=$old -v x=$x 'BEGIN {d = x - o; if (d < 0) d = -d; exit d > 1.01 ? 7 : 0}' "
      "|| exit 7; echo $x > state; echo y=$(awk -v x=$x -v y=$y 'BEGIN {print x * x + y}')"};
  options.state = {"state"};
  return options;
}

/// A search of three steps, one point each.
Search three_steps(Start) {
  for (const double x : {0.5, 2.5, 3.0}) {
    const Vector point{{x, 1.0}};
    const double cost = co_await mystic::evaluate(point);
    co_await step_done(point, cost);
  }
  co_return "done";
}

class Approach : public ExternalModelTest {
 protected:
  [[nodiscard]] Outcome walk(double from, double to, Index most) const {
    const ExternalModel tested = model(walker(shell("")));
    const Vector start{{from, 0.0}};
    const Points x{{to}, {1.0}};
    Outcome outcome;
    outcome.outputs.resize(1);
    const std::stop_token stop;
    const PointsMap point(x.data(), 2, 1, Eigen::OuterStride<>(2));
    tested.approach(start, {.first = {}, .points = point, .stop = stop}, most, outcome);
    return outcome;
  }
};

TEST_F(Approach, ReachesAPointThatFailsFromScratch) {
  const Outcome scratch = evaluate(model(walker(shell(""))), Points{{3.0}, {1.0}})[0];
  ASSERT_FALSE(scratch.ok());
  EXPECT_EQ(scratch.failure->kind, FailureKind::exit_status);
  const Outcome walked = walk(0.5, 3.0, 20);
  ASSERT_TRUE(walked.ok()) << walked.failure->text;
  EXPECT_EQ(walked.outputs[0], 10.0);
  EXPECT_NE(walked.note.find("walked from [0.5, 0] in"), std::string::npos) << walked.note;
}

TEST_F(Approach, GivesUpWhenItsRunsAreUsedUp) {
  const Outcome short_of = walk(0.5, 9.0, 4);
  ASSERT_FALSE(short_of.ok());
  EXPECT_EQ(short_of.attempts, 4);
  EXPECT_NE(short_of.failure->text.find("in 4 runs"), std::string::npos) << short_of.failure->text;
}

TEST_F(Approach, DoesNotWalkFromAPointThatFails) {
  const Outcome nowhere = walk(5.0, 6.0, 50);
  ASSERT_FALSE(nowhere.ok());
  EXPECT_EQ(nowhere.attempts, 1);
}

// The state of the run before lies in the directory; it is no result of this one.
TEST_F(Approach, DoesNotTakeTheStateOfTheRunBeforeForAResult) {
  ExternalModelOptions options = walker(shell(""));
  options.command[2] = "read x y < in.txt; case $x in 0.5*) echo y=4 > state;; esac";
  options.outputs[0].file = "state";
  const ExternalModel tested = model(options);
  const Points x{{3.0}, {1.0}};
  Outcome outcome;
  outcome.outputs.resize(1);
  const std::stop_token stop;
  const PointsMap point(x.data(), 2, 1, Eigen::OuterStride<>(2));
  tested.approach(Vector{{0.5, 1.0}}, {.first = {}, .points = point, .stop = stop}, 8, outcome);
  ASSERT_FALSE(outcome.ok()) << outcome.outputs;
  EXPECT_EQ(outcome.failure->kind, FailureKind::missing_output);
  EXPECT_NE(outcome.failure->text.find("nothing wrote it"), std::string::npos) << outcome.failure->text;
}

TEST_F(Approach, IsWhatThePolicyOfARunDoesAboutPointsNearGoodOnes) {
  const auto external =
      std::make_shared<const ExternalModel>(walker(shell("")), surroundings(), *supervisor_);
  const Problem problem({{.name = "x", .lower = 0, .upper = 10}, {.name = "y", .lower = 0, .upper = 10}},
                        external);
  // Steps of one search: only what an earlier batch has found good can be walked from.
  const Algorithm steps{"steps", three_steps};
  const auto solve = [&](Index continuation) {
    FailurePolicy policy;
    policy.continuation = continuation;
    policy.abort_above = 1.0;
    return Solver(steps).limits({.evaluations = 10}).policy(policy).solve(problem);
  };
  EXPECT_EQ(solve(0).failed, 2);
  EXPECT_EQ(solve(20).failed, 0);
}

}  // namespace
}  // namespace mystic
