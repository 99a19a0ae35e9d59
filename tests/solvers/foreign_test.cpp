#include "mystic/solvers/foreign.hpp"

#include "tests/support/adversarial_map.hpp"
#include "tests/support/random_descent.hpp"
#include "tests/support/trace.hpp"

#include "mystic/control/monitors.hpp"
#include "mystic/control/terminations.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/maps/threads.hpp"
#include "mystic/models/functions.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

using testing_support::AdversarialMap;
using testing_support::Arrival;
using testing_support::random_descent;
using testing_support::Trace;
using testing_support::traced;

Limits evaluations(Index most) { return {.generations = {}, .evaluations = most, .seconds = {}}; }

struct Enough {};

double bowl(const VectorView& x) { return x.size() == 1 ? sphere(x) : rosenbrock(x); }

// What the same solver asks when nobody stands between it and the function.
Trace direct_path(const Vector& start, std::uint64_t seed, std::size_t most) {
  Trace trace;
  Random random = stream(seed, SearchPath{});
  const auto cost = [&](const Vector& x) {
    if (trace.points.size() == most) throw Enough();
    return traced(bowl, trace)(x);
  };
  const auto costs = [&](const Points& points) {
    Vector answers(points.cols());
    for (Index j = 0; j < points.cols(); ++j) answers[j] = cost(points.col(j));
    return answers;
  };
  EXPECT_THROW(random_descent(start, {cost, costs, [&] { return uniform(random); }}), Enough);
  return trace;
}

TEST(ForeignPath, IsThatOfTheSameSolverCalledDirectly) {
  for (const Index n : {1, 2, 7}) {
    const Vector start = Vector::LinSpaced(n, -1.2, 1.0);
    const Trace direct = direct_path(start, 11, 700);
    ThreadsMap threads(3);
    AdversarialMap disordered(Arrival::random, 4, 2);
    for (Map* map :
         {static_cast<Map*>(nullptr), static_cast<Map*>(&threads), static_cast<Map*>(&disordered)}) {
      RecordingMonitor monitor;
      Solver solver(testing_support::foreign_random_descent());
      solver.start(start).seed(11).limits(evaluations(700)).on_evaluation(monitor);
      if (map != nullptr) solver.map(*map);
      solver.solve(make_problem(bowl, n));
      ASSERT_EQ(monitor.evaluations().size(), direct.points.size());
      for (std::size_t i = 0; i < direct.points.size(); ++i) {
        ASSERT_EQ(monitor.evaluations()[i].x, direct.points[i]) << i;
        ASSERT_EQ(monitor.evaluations()[i].cost, direct.costs[i]) << i;
      }
    }
  }
}

TEST(ForeignBatch, IsSharedOutByTheMap) {
  AdversarialMap map(Arrival::random, 6, 1);
  Solver solver(foreign("batches", [](ForeignProblem& problem) {
    return fmt::format("{}", problem.costs(Points::Random(2, 6)).size());
  }));
  const Result result = solver.start({0.0, 0.0}).limits(evaluations(100)).map(map).solve(sphere);
  EXPECT_EQ(map.most_under_way(), 6);
  EXPECT_EQ(result.stop.reason, "6");
}

TEST(ForeignBatch, OfNoPointsIsAnsweredWithNoCosts) {
  Solver solver(foreign("nothing", [](ForeignProblem& problem) {
    return fmt::format("{} costs", problem.costs(Points(2, 0)).size());
  }));
  const Result result = solver.start({0.0, 0.0}).limits(evaluations(9)).solve(sphere);
  EXPECT_EQ(result.stop.reason, "0 costs");
  EXPECT_EQ(result.evaluations, 0);
}

TEST(ForeignReason, IsTheSearchs) {
  Solver solver(foreign("three", [](ForeignProblem& problem) {
    double sum = 0.0;
    for (const double x : {3.0, 1.0, 2.0}) sum += problem.cost(Vector::Constant(1, x));
    return fmt::format("the sum of three is {}", sum);
  }));
  const Result result = solver.start({0.0}).limits(evaluations(9)).solve(sphere);
  EXPECT_EQ(result.stop.kind, StopKind::ended);
  EXPECT_EQ(result.stop.reason, "the sum of three is 14");
  EXPECT_EQ(result.evaluations, 3);
  EXPECT_EQ(result.best.cost, 1.0);
}

// Asks for 1, 1, 4, 1, 1 points in two variables.
std::string ask_ten_in_five(ForeignProblem& problem) {
  double x = 9.0;
  const auto next = [&] { return Vector::Constant(2, x -= 1.0); };
  static_cast<void>(problem.cost(next()) + problem.cost(next()));
  Points four(2, 4);
  for (Index j = 0; j < 4; ++j) four.col(j) = next();
  static_cast<void>(problem.costs(four));
  static_cast<void>(problem.cost(next()) + problem.cost(next()));
  return "asked";
}

std::vector<Index> counts_at_steps(const ForeignOptions& options) {
  RecordingMonitor monitor;
  Solver solver(foreign("five", ask_ten_in_five, options));
  solver.start({0.0, 0.0}).limits(evaluations(99)).on_step(monitor).solve(sphere);
  std::vector<Index> counts;
  for (const auto& step : monitor.steps()) {
    counts.push_back(step.evaluations);
    EXPECT_EQ(step.best_cost, sphere(step.best));
    EXPECT_EQ(step.best, Vector::Constant(2, 9.0 - static_cast<double>(step.evaluations)))
        << "each point is better than those before it";
  }
  return counts;
}

TEST(ForeignGenerations, CountWholeQuestionsAndLeaveNothingOut) {
  using Counts = std::vector<Index>;
  EXPECT_EQ(counts_at_steps({}), (Counts{1, 6, 8}));
  EXPECT_EQ(counts_at_steps({.evaluations_per_step = 1}), (Counts{1, 2, 6, 7, 8}));
  EXPECT_EQ(counts_at_steps({.evaluations_per_step = 6}), (Counts{1, 7, 8}));
  EXPECT_EQ(counts_at_steps({.evaluations_per_step = 100}), (Counts{1, 8}));
}

TEST(ForeignGenerations, AreTheFunctionsOwnWhereItReportsThem) {
  RecordingMonitor monitor;
  Solver solver(foreign("reports",
                        [](ForeignProblem& problem) {
                          for (const double x : {5.0, 4.0, 6.0, 3.0}) {
                            const double cost = problem.cost(Vector::Constant(1, x));
                            if (x != 4.0) problem.step_done(Vector::Constant(1, x), cost);
                          }
                          return std::string("reported");
                        },
                        {.reports_steps = true}));
  solver.start({0.0}).limits(evaluations(99)).on_step(monitor).solve(sphere);
  ASSERT_EQ(monitor.steps().size(), 3U);
  EXPECT_EQ(monitor.steps()[1].best, Vector::Constant(1, 6.0)) << "though it knew a better one";
  EXPECT_EQ(monitor.steps()[1].best_cost, 36.0);
  EXPECT_EQ(monitor.steps()[1].evaluations, 3);
}

TEST(ForeignGenerations, HaveTheBestPointSoFar) {
  RecordingMonitor monitor;
  Solver solver(testing_support::foreign_random_descent());
  solver.start({-1.2, 1.0}).limits(evaluations(200)).on_step(monitor).on_evaluation(monitor);
  solver.solve(rosenbrock);
  ASSERT_GT(monitor.steps().size(), 50U);
  double least = infinity;
  std::size_t next = 0;
  for (const auto& step : monitor.steps()) {
    for (; next < static_cast<std::size_t>(step.evaluations); ++next) {
      least = std::min(least, monitor.evaluations()[next].cost);
    }
    EXPECT_EQ(step.best_cost, least);
    EXPECT_EQ(rosenbrock(step.best), least);
  }
}

TEST(ForeignGenerations, AreJudgedByTerminations) {
  Solver solver(testing_support::foreign_random_descent());
  solver.start({-1.2, 1.0}).terminate(value_to_reach(0.0, 1e-3));
  const Result result = solver.solve(rosenbrock);
  EXPECT_EQ(result.stop.kind, StopKind::converged);
  EXPECT_LE(result.best.cost, 1e-3);
}

TEST(ForeignStart, LiesInsideTheBounds) {
  Solver solver(foreign("looks", [](ForeignProblem& problem) {
    return fmt::format("{} {} {} {}", problem.start()[0], problem.start()[1], problem.lower()[0],
                       problem.has_box());
  }));
  solver.start({-7.0, 9.0}).bounds(Vector{{-2.0, 0.0}}, Vector{{2.0, infinity}});
  EXPECT_EQ(solver.limits(evaluations(9)).solve(sphere).stop.reason, "-2 9 -2 false");
}

TEST(ForeignStart, IsEmptyWhereThereIsNone) {
  Solver solver(foreign("looks", [](ForeignProblem& problem) {
    return fmt::format("{} of {}", problem.start().size(), problem.dimension());
  }));
  solver.bounds(Vector{{-2.0, 0.0}}, Vector{{2.0, 3.0}});
  EXPECT_EQ(solver.limits(evaluations(9)).solve(sphere).stop.reason, "0 of 2");
}

TEST(ForeignDoor, RefusesWhatMakesNoSense) {
  const auto ends = [](ForeignProblem&) { return std::string(); };
  EXPECT_THROW(static_cast<void>(foreign("none", nullptr)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(foreign("small", ends, {.stack_size = 100})), InvalidOptions);
  EXPECT_THROW(
      static_cast<void>(foreign("both", ends, {.reports_steps = true, .evaluations_per_step = 3})),
      InvalidOptions);
  const auto thrown_by = [](const ForeignFunction& function) {
    Solver solver(foreign("wrong", function));
    EXPECT_THROW(solver.start({0.0, 0.0}).limits(evaluations(9)).solve(sphere), InvalidArgument);
  };
  thrown_by([](ForeignProblem& p) { return fmt::format("{}", p.cost(Vector::Zero(3))); });
  thrown_by([](ForeignProblem& p) { return fmt::format("{}", p.costs(Points::Zero(1, 2)).size()); });
  thrown_by([](ForeignProblem& p) {
    p.step_done(Vector::Zero(2), 0.0);
    return std::string("though it said it would not");
  });
}

}  // namespace
}  // namespace mystic
