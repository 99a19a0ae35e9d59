#include "mystic/control/monitors.hpp"
#include "mystic/control/terminations.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/nelder_mead.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

// `count` steps and evaluations with costs first, first - 1, ...
RecordingMonitor record(Index count, double first) {
  RecordingMonitor monitor;
  for (Index i = 0; i < count; ++i) {
    const double cost = first - static_cast<double>(i);
    const Vector x = Vector::Constant(2, cost);
    monitor.add(RecordingMonitor::StepEntry{i, 3 * i, x, cost, {}});
    monitor.add(RecordingMonitor::EvaluationEntry{
        EvaluationId{SearchPath{}, static_cast<std::uint64_t>(i)}, x, cost});
  }
  return monitor;
}

std::vector<double> costs_of(const RecordingMonitor& monitor) {
  std::vector<double> costs;
  for (const auto& entry : monitor.steps()) costs.push_back(entry.best_cost);
  return costs;
}

TEST(RecordingMonitor, CutsPartsOfStepsAndOfEvaluations) {
  const RecordingMonitor whole = record(5, 9.0);
  EXPECT_EQ(costs_of(whole.slice_steps(1, 3)), (std::vector<double>{8.0, 7.0}));
  EXPECT_TRUE(whole.slice_steps(1, 3).evaluations().empty());
  EXPECT_EQ(whole.slice_evaluations(4, 5).evaluations().front().cost, 5.0);
  EXPECT_TRUE(whole.slice_evaluations(4, 5).steps().empty());
  EXPECT_TRUE(whole.slice_steps(5, 5).steps().empty());
  EXPECT_EQ(whole.slice_steps(0, 5).steps(), whole.steps());
  EXPECT_THROW(static_cast<void>(whole.slice_steps(0, 6)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(whole.slice_steps(3, 2)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(whole.slice_evaluations(-1, 2)), InvalidArgument);
}

TEST(RecordingMonitor, JoinsRecordsBehindAndBefore) {
  RecordingMonitor joined = record(2, 9.0);
  joined.extend(record(1, 5.0)).prepend(record(1, 20.0));
  EXPECT_EQ(costs_of(joined), (std::vector<double>{20.0, 9.0, 8.0, 5.0}));
  EXPECT_EQ(joined.evaluations().size(), 4U);
  EXPECT_EQ(joined.evaluations().back().cost, 5.0);
  joined.extend(joined);
  EXPECT_EQ(costs_of(joined), (std::vector<double>{20.0, 9.0, 8.0, 5.0, 20.0, 9.0, 8.0, 5.0}));
}

TEST(RecordingMonitor, PartsJoinedAgainAreTheWhole) {
  const RecordingMonitor whole = record(7, 9.0);
  for (Index at = 0; at <= 7; ++at) {
    RecordingMonitor parts = whole.slice_steps(0, at);
    EXPECT_EQ(parts.extend(whole.slice_steps(at, 7)).steps(), whole.steps()) << at;
  }
}

TEST(RecordingMonitor, ScalesCostsButNoFailures) {
  RecordingMonitor monitor = record(2, 4.0);
  monitor.add(RecordingMonitor::EvaluationEntry{{}, Vector::Zero(2), infinity});
  const RecordingMonitor negative = monitor.scaled(-0.5);
  EXPECT_EQ(costs_of(negative), (std::vector<double>{-2.0, -1.5}));
  EXPECT_EQ(negative.evaluations()[0].cost, -2.0);
  EXPECT_EQ(negative.evaluations()[2].cost, infinity);
  EXPECT_EQ(negative.steps()[0].best, monitor.steps()[0].best);
  EXPECT_EQ(negative.scaled(-2.0).steps(), monitor.steps());
  EXPECT_THROW(static_cast<void>(monitor.scaled(0.0)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(monitor.scaled(std::nan(""))), InvalidArgument);
}

TEST(RecordingMonitor, KnowsTheFirstOfItsCheapest) {
  RecordingMonitor monitor;
  EXPECT_THROW(static_cast<void>(monitor.best_step()), InvalidArgument);
  EXPECT_THROW(static_cast<void>(monitor.best_evaluation()), InvalidArgument);
  for (const double cost : {std::nan(""), 3.0, 1.0, 2.0, 1.0}) {
    const auto k = static_cast<Index>(monitor.steps().size());
    monitor.add(RecordingMonitor::StepEntry{k, k, Vector::Zero(1), cost, {}});
    monitor.add(RecordingMonitor::EvaluationEntry{
        EvaluationId{SearchPath{}, static_cast<std::uint64_t>(k)}, Vector::Zero(1), cost});
  }
  EXPECT_EQ(monitor.best_step().generation, 2);
  EXPECT_EQ(monitor.best_evaluation().id.k, 2U);
}

Result solve(RecordingMonitor& monitor, Index generations) {
  Solver solver(nelder_mead({}));
  solver.start({-1.2, 1.0}).on_step(monitor).on_evaluation(monitor);
  solver.limits({.generations = generations, .evaluations = {}, .seconds = {}});
  return solver.solve(rosenbrock);
}

TEST(RecordingMonitor, CountsOnFromAFormerRun) {
  RecordingMonitor former;
  const Result first = solve(former, 9);
  RecordingMonitor monitor;
  monitor.continue_from(former);
  const Result second = solve(monitor, 4);
  ASSERT_EQ(monitor.steps().size(), 15U);
  for (std::size_t i = 0; i < 15; ++i) {
    EXPECT_EQ(monitor.steps()[i].generation, static_cast<Index>(i));
  }
  EXPECT_EQ(monitor.slice_steps(0, 10).steps(), former.steps());
  EXPECT_EQ(monitor.steps()[9].evaluations, first.evaluations);
  EXPECT_EQ(monitor.steps()[14].evaluations, first.evaluations + second.evaluations);
  EXPECT_EQ(static_cast<Index>(monitor.evaluations().size()), first.evaluations + second.evaluations);
  EXPECT_THROW(monitor.continue_from(former), InvalidArgument);
}

TEST(RecordingMonitor, PutsItsIdIntoEveryStep) {
  RecordingMonitor left(3);
  RecordingMonitor right(7);
  RecordingMonitor nameless;
  solve(left, 2);
  solve(right, 1);
  solve(nameless, 1);
  std::vector<std::optional<Index>> ids;
  for (const auto& entry : left.extend(right).extend(nameless).steps()) ids.push_back(entry.id);
  EXPECT_EQ(ids, (std::vector<std::optional<Index>>{3, 3, 3, 7, 7, {}, {}}));
}

}  // namespace
}  // namespace mystic
