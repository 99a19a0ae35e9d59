// What NLopt's algorithms make of their options, derivatives included.

#include "tests/support/adversarial_map.hpp"

#include "mystic/control/monitors.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/nlopt.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

using testing_support::AdversarialMap;
using testing_support::Arrival;

Limits evaluations(Index most) { return {.generations = {}, .evaluations = most, .seconds = {}}; }

const std::vector<std::string> locals{"LN_SBPLX",  "LN_NELDERMEAD", "LN_BOBYQA",
                                      "LN_COBYLA", "LN_PRAXIS",     "LN_NEWUOA_BOUND"};

template <class Function>
Result solved(const NloptOptions& options, Function function, RecordingMonitor& monitor,
              Index most = 3000) {
  Problem problem(unnamed_variables(2), make_model(std::move(function)));
  problem.bounds(Vector::Constant(2, -2.0), Vector::Constant(2, 2.0));
  Solver solver(nlopt(options));
  return solver.start({-1.2, 1.0}).limits(evaluations(most)).on_evaluation(monitor).solve(problem);
}

Result solved(const NloptOptions& options, Index most = 3000) {
  RecordingMonitor monitor;
  return solved(options, rosenbrock, monitor, most);
}

std::string refusal(const NloptOptions& options) {
  try {
    static_cast<void>(nlopt(options));
  } catch (const InvalidOptions& error) {
    return error.what();
  }
  return "";
}

TEST(NloptOptionsRules, RefuseWhatAnAlgorithmDoesNotKnow) {
  EXPECT_EQ(refusal({.algorithm = "LN_SBPLX", .population = 5}),
            "nlopt:\n  population means nothing to LN_SBPLX");
  EXPECT_EQ(refusal({.algorithm = "GN_CRS2_LM", .initial_step = 0.1}),
            "nlopt:\n  initial_step means nothing to GN_CRS2_LM");
  EXPECT_EQ(refusal({.algorithm = "LN_BOBYQA", .differences = "central", .difference_step = 0.1}),
            "nlopt:\n  differences means nothing to LN_BOBYQA\n  difference_step means nothing to "
            "LN_BOBYQA");
  EXPECT_EQ(refusal({.algorithm = "GN_ESCH", .cost_tolerance = 0.1}),
            "nlopt:\n  cost_tolerance means nothing to GN_ESCH");
  EXPECT_NE(refusal({.algorithm = "LN_COBYLA", .x_tolerance = 0}).find("for ever"), std::string::npos);
  EXPECT_NE(refusal({.algorithm = "LN_SUBPLEX"}).find("LN_SBPLX | "), std::string::npos);
}

TEST(NloptTolerances, EndTheSearchEachByItself) {
  for (const std::string& name : locals) {
    const Result by_x = solved({.algorithm = name, .x_tolerance = 0.1});
    const Result by_cost = solved({.algorithm = name, .x_tolerance = 1e-12, .cost_tolerance = 0.9});
    const Result finer = solved({.algorithm = name, .x_tolerance = 1e-5});
    EXPECT_EQ(by_x.stop.kind, StopKind::ended) << name;
    EXPECT_EQ(by_cost.stop.kind, StopKind::ended) << name;
    EXPECT_LT(by_x.evaluations, finer.evaluations) << name;
    EXPECT_LT(by_cost.evaluations, finer.evaluations) << name;
    EXPECT_EQ(by_x.stop.reason.find(name + ": "), 0U) << by_x.stop.reason;
    EXPECT_EQ(by_cost.stop.reason, name + ": the cost changes by no more than 0.9 of itself");
  }
}

TEST(NloptInitialStep, IsTheDistanceOfTheSecondPoint) {
  for (const std::string name : {"LN_SBPLX", "LN_NELDERMEAD", "LN_BOBYQA", "LN_COBYLA"}) {
    RecordingMonitor monitor;
    solved({.algorithm = name, .initial_step = 0.125}, rosenbrock, monitor, 9);
    const Vector step = monitor.evaluations()[1].x - monitor.evaluations()[0].x;
    EXPECT_NEAR(step.norm(), 0.125, 1e-12) << name << " " << step.transpose();
  }
}

TEST(NloptPopulation, ChangesTheWayOfTheAlgorithmsThatHaveOne) {
  for (const std::string name : {"GN_CRS2_LM", "GN_ISRES", "GN_ESCH"}) {
    RecordingMonitor usual;
    RecordingMonitor small;
    solved({.algorithm = name}, rosenbrock, usual, 100);
    solved({.algorithm = name, .population = 7}, rosenbrock, small, 100);
    EXPECT_NE(usual.evaluations()[99].x, small.evaluations()[99].x) << name;
  }
}

TEST(NloptDerivatives, AreAskedForAllAtOnce) {
  for (const auto& [differences, together] : {std::pair("forward", 4), std::pair("central", 7)}) {
    AdversarialMap map(Arrival::random, 9, 1);
    Solver solver(nlopt({.algorithm = "LD_LBFGS", .differences = differences}));
    solver.start({-1.2, 1.0, 0.4}).limits(evaluations(60)).map(map).solve(rosenbrock);
    EXPECT_EQ(map.most_under_way(), together) << differences;
  }
}

// At 0.5, 0.5 the neighbours are 0.5 +- step; of a parabola central differences are exact, forward ones
// are off by the step times the curvature.
TEST(NloptDerivatives, LieTheirStepApart) {
  for (const bool is_central : {false, true}) {
    RecordingMonitor monitor;
    Solver solver(nlopt({.algorithm = "LD_MMA",
                         .differences = is_central ? "central" : "forward",
                         .difference_step = 0.25}));
    solver.start({0.5, 4.0}).limits(evaluations(is_central ? 5 : 3)).on_evaluation(monitor);
    solver.solve(sphere);
    std::vector<Vector> asked;
    for (const auto& evaluation : monitor.evaluations()) asked.push_back(evaluation.x);
    const std::vector<Vector> forward{Vector{{0.5, 4.0}}, Vector{{0.75, 4.0}}, Vector{{0.5, 5.0}}};
    const std::vector<Vector> central{Vector{{0.5, 4.0}}, Vector{{0.25, 4.0}}, Vector{{0.75, 4.0}},
                                      Vector{{0.5, 3.0}}, Vector{{0.5, 5.0}}};
    EXPECT_EQ(asked, is_central ? central : forward);
  }
}

TEST(NloptDerivatives, TurnInwardsAtABound) {
  RecordingMonitor monitor;
  Solver solver(nlopt({.algorithm = "LD_SLSQP", .difference_step = 0.25}));
  solver.start({1.0, 0.5}).bounds(Vector{{-1.0, 0.4}}, Vector{{1.0, 0.6}}).on_evaluation(monitor);
  solver.limits(evaluations(2)).solve(sphere);
  EXPECT_EQ(monitor.evaluations()[1].x, (Vector{{0.75, 0.5}}));
  EXPECT_TRUE((monitor.evaluations().back().x.array() == Vector{{0.75, 0.5}}.array()).all())
      << "no neighbour of the second lies inside";
}

// A neighbour that fails is left out: the slope of |x| to one side is all that is left.
TEST(NloptDerivatives, GoOnWithoutANeighbourThatFails) {
  RecordingMonitor monitor;
  const auto fails_beyond = [](const VectorView& x) { return x[0] > 0.5 ? infinity : sphere(x); };
  Solver solver(nlopt({.algorithm = "LD_LBFGS", .differences = "central"}));
  solver.start({0.5, 1.0}).limits(evaluations(200)).on_evaluation(monitor);
  const Result result = solver.solve(make_problem(fails_beyond, 2));
  EXPECT_LT(result.best.cost, 1e-6) << result.stop.reason;
}

TEST(NloptDoor, SaysWhatIsMissing) {
  const auto message = [](const std::string& name, const std::function<void(Solver&)>& set) {
    Solver solver(nlopt({.algorithm = name}));
    set(solver);
    try {
      solver.limits(evaluations(9)).solve(sphere);
    } catch (const InvalidArgument& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_EQ(message("GN_DIRECT_L", [](Solver& solver) { solver.start({1.0, 2.0}); }),
            "nlopt: GN_DIRECT_L needs two finite bounds for every variable");
  EXPECT_EQ(message("LN_PRAXIS", [](Solver& solver) { solver.start({1.0}); }),
            "nlopt: LN_PRAXIS needs at least 2 variables, not 1");
  EXPECT_EQ(message("LN_SBPLX",
                    [](Solver& solver) {
                      solver.bounds(Vector::Constant(2, 0.0), Vector::Constant(2, infinity));
                    }),
            "nlopt: give it a start, or two finite bounds for every variable");
}

// A variable whose bounds are one is none to choose: NLopt takes it out.
TEST(NloptDoor, CountsTheVariablesThatTheBoundsLeaveFree) {
  const auto message = [](const std::string& name, const Vector& upper) {
    Solver solver(nlopt({.algorithm = name}));
    solver.start(Vector{{1.0, 2.0}}.cwiseMin(upper))
        .bounds(Vector{{1.0, 0.0}}, upper)
        .limits(evaluations(60));
    try {
      solver.solve(sphere);
    } catch (const InvalidArgument& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  for (const std::string name : {"LN_PRAXIS", "LN_NEWUOA_BOUND"}) {
    EXPECT_EQ(message(name, Vector{{1.0, 4.0}}),
              "nlopt: " + name + " needs at least 2 variables, not 1: the bounds fix 1 of 2");
    EXPECT_EQ(message(name, Vector{{3.0, 4.0}}), "");
  }
  EXPECT_EQ(message("LN_SBPLX", Vector{{1.0, 4.0}}), "") << "one will do";
}

TEST(NloptDimension, OfTheAlgorithmsThatTakeDerivativesHasNoRoundedVariable) {
  std::vector<Variable> variables = unnamed_variables(2);
  variables[1].type = VariableType::integer;
  const auto message = [&variables](const std::string& algorithm) {
    Problem problem(variables, make_model(sphere));
    problem.bounds(Vector{{0.0, 2.0}}, Vector{{4.0, 4.0}});
    Solver solver(nlopt({.algorithm = algorithm}));
    try {
      solver.limits(evaluations(20)).solve(problem);
    } catch (const InvalidArgument& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  for (const std::string name : {"LD_LBFGS", "LD_SLSQP", "LD_MMA"}) {
    EXPECT_EQ(message(name), "nlopt: " + name +
                                 ": 'x1' is not real: differences along it are rounded away, so that "
                                 "every place looks flat");
  }
  EXPECT_EQ(message("LN_SBPLX"), "");
}

TEST(NloptStart, IsDrawnInTheBoxWhereThereIsNone) {
  std::vector<Vector> first;
  for (const std::uint64_t seed : {1U, 2U, 1U}) {
    RecordingMonitor monitor;
    Solver solver(nlopt({}));
    solver.bounds(Vector{{-2.0, 5.0}}, Vector{{-1.0, 7.0}}).seed(seed).on_evaluation(monitor);
    solver.limits(evaluations(1)).solve(sphere);
    first.push_back(monitor.evaluations()[0].x);
    EXPECT_TRUE(first.back()[0] > -2.0 && first.back()[0] < -1.0 && first.back()[1] > 5.0 &&
                first.back()[1] < 7.0);
  }
  EXPECT_NE(first[0], first[1]);
  EXPECT_EQ(first[0], first[2]);
}

}  // namespace
}  // namespace mystic
