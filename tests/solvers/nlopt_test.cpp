#include "mystic/solvers/nlopt.hpp"

#include "nlopt_direct.hpp"
#include "tests/support/adversarial_map.hpp"
#include "tests/support/faulty.hpp"

#include "mystic/control/monitors.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/ensembles/buckshot.hpp"
#include "mystic/maps/threads.hpp"
#include "mystic/models/functions.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

using testing_support::AdversarialMap;
using testing_support::Arrival;
using testing_support::call_nlopt_directly;
using testing_support::Trace;

Limits evaluations(Index most) { return {.generations = {}, .evaluations = most, .seconds = {}}; }

std::vector<std::string> names() {
  std::vector<std::string> all;
  NloptOptions options;
  NloptOptions::describe(options, [&](std::string_view name, const auto&, const auto& domain, auto) {
    if constexpr (std::is_same_v<std::decay_t<decltype(domain)>, Choices>) {
      if (name == "algorithm") all.assign(domain.words.begin(), domain.words.end());
    }
  });
  return all;
}

bool needs_two_variables(const std::string& name) {
  return name == "LN_PRAXIS" || name == "LN_NEWUOA_BOUND";
}

// Rosenbrock's valley, and a bowl in one variable; where it fails, +inf stands for that.
double valley(const VectorView& x) { return x.size() == 1 ? sphere(x) + 0.5 * x[0] : rosenbrock(x); }

class Nlopt : public testing::TestWithParam<std::string> {
 protected:
  static NloptOptions options() {
    NloptOptions chosen;
    chosen.algorithm = GetParam();
    return chosen;
  }
  static Solver solver_of(const NloptOptions& chosen, Index n) {
    Solver solver(nlopt(chosen));
    solver.start(start(n)).seed(17);
    return solver;
  }
  static Vector start(Index n) { return Vector::LinSpaced(n, -1.2, 0.9); }
  // The best lies at a bound; -1.2 is a quarter off the lower one.
  static Problem box(std::shared_ptr<const Model> model, Index n) {
    Problem problem(unnamed_variables(n), std::move(model));
    problem.bounds(Vector::Constant(n, -1.5), Vector::Constant(n, 0.95));
    return problem;
  }
  // NEWUOA_BOUND thinks for milliseconds between evaluations.
  static Index enough() { return GetParam() == "LN_NEWUOA_BOUND" ? 60 : 400; }
  static std::vector<Index> dimensions() {
    return needs_two_variables(GetParam()) ? std::vector<Index>{2, 4} : std::vector<Index>{1, 2, 4};
  }
};

void expect_the_path(const Trace& direct, const std::vector<RecordingMonitor::EvaluationEntry>& ours) {
  ASSERT_EQ(ours.size(), direct.points.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    ASSERT_EQ(ours[i].x, direct.points[i]) << i;
    ASSERT_EQ(ours[i].cost, direct.costs[i]) << i;
  }
}

TEST_P(Nlopt, GoesThePathOfNLoptCalledDirectlyUnderEveryMap) {
  const auto fails_at_times = [](const VectorView& x) {
    return testing_support::bits_of(x) % 9 == 0 ? infinity : valley(x);
  };
  std::vector<NloptOptions> variants{options()};
  if (GetParam().starts_with("LD_"))
    variants.push_back({.algorithm = GetParam(), .differences = "central"});
  for (const bool fails : {false, true}) {
    if (fails && GetParam().starts_with("LD_")) continue;  // see FailedNeighbour
    const auto cost = [&](const VectorView& x) { return fails ? fails_at_times(x) : valley(x); };
    for (const NloptOptions& chosen : variants) {
      for (const Index n : dimensions()) {
        const Problem problem = box(make_model(cost), n);
        const Trace direct =
            call_nlopt_directly({chosen, start(n), problem.lower(), problem.upper(),
                                 stream(17, SearchPath{}), static_cast<std::size_t>(enough())},
                                cost);
        ASSERT_GT(direct.points.size(), 5U);
        ThreadsMap threads(2);
        AdversarialMap disordered(Arrival::last_come, 3, 2);
        for (Map* map :
             {static_cast<Map*>(nullptr), static_cast<Map*>(&threads), static_cast<Map*>(&disordered)}) {
          RecordingMonitor monitor;
          Solver solver = solver_of(chosen, n);
          if (map != nullptr) solver.map(*map);
          const Result result =
              solver.limits(evaluations(enough())).on_evaluation(monitor).solve(problem);
          expect_the_path(direct, monitor.evaluations());
          EXPECT_EQ(result.best.cost, *std::min_element(direct.costs.begin(), direct.costs.end()));
        }
      }
    }
  }
}

TEST_P(Nlopt, FindsTheBottomOfABowl) {
  const Index n = 2;
  const Vector bottom{{0.3, -0.4}};
  const auto bowl = [&](const VectorView& x) {
    const Vector d = x - bottom;
    return 2.0 + d[0] * d[0] + 3.0 * d[1] * d[1] + d[0] * d[1];
  };
  Solver solver = solver_of(options(), n);
  const Result result = solver.limits(evaluations(8000)).solve(box(make_model(bowl), n));
  const double tolerance = GetParam() == "GN_ESCH" || GetParam() == "GN_ISRES" ? 0.05 : 1e-4;
  EXPECT_LT((result.best.x - bottom).norm(), tolerance) << result.stop.reason;
}

// Stopped at every point of its way: under AddressSanitizer nothing may be left of NLopt's memory.
TEST_P(Nlopt, CanBeStoppedAnywhere) {
  for (Index most = 1; most <= (enough() < 100 ? 12 : 45); ++most) {
    Solver solver = solver_of(options(), 3);
    const Result result = solver.limits(evaluations(most)).solve(box(make_model(rosenbrock), 3));
    EXPECT_EQ(result.evaluations, most);
    EXPECT_EQ(result.stop.kind, StopKind::evaluations);
  }
}

TEST_P(Nlopt, LivesWithPointsThatFail) {
  const auto wall = [](const VectorView& x) { return x[0] > 0.2 || x[1] < -1.3 ? infinity : valley(x); };
  const auto nowhere = [](const VectorView&) { return infinity; };
  for (const bool everywhere : {false, true}) {
    Solver solver = solver_of(options(), 3);
    const auto model = everywhere ? make_model(nowhere) : make_model(wall);
    const Result result = solver.limits(evaluations(900)).solve(box(model, 3));
    EXPECT_EQ(result.best.cost < infinity, !everywhere);
    if (!everywhere) {
      EXPECT_LE(result.best.cost, valley(start(3)));
      EXPECT_LE(result.best.x[0], 0.2);
    }
  }
}

// What is proposed, before the problem's own mode sees it.
TEST_P(Nlopt, HoldsStillInAVariableWhoseBoundsAreOne) {
  std::vector<Vector> proposed;
  Problem problem(unnamed_variables(3), make_model(sphere));
  problem.bounds(Vector{{-2.0, 0.7, -2.0}}, Vector{{2.0, 0.7, 2.0}});
  problem.repair([&](MutableVectorView x) { proposed.emplace_back(x); });
  Solver solver(nlopt(options()));
  solver.start({1.0, 0.7, -1.0}).limits(evaluations(120)).solve(problem);
  EXPECT_GT(proposed.size(), 5U);
  for (const Vector& x : proposed) EXPECT_EQ(x[1], 0.7);
}

// Members take turns in one thread, where NLopt has one generator for all of them.
TEST_P(Nlopt, MembersOfAnEnsembleDoNotDisturbEachOther) {
  const auto run = [](Map* map) {
    RecordingMonitor monitor;
    Solver solver(buckshot(nlopt(options()), {.starts = 4}));
    solver.seed(3).limits(evaluations(enough())).on_evaluation(monitor);
    if (map != nullptr) solver.map(*map);
    solver.members({.termination = {}, .generations = {}, .evaluations = 90});
    solver.solve(box(make_model(rosenbrock), 3));
    return monitor;
  };
  const RecordingMonitor in_place = run(nullptr);
  AdversarialMap map(Arrival::random, 5, 8);
  const RecordingMonitor disordered = run(&map);
  ASSERT_EQ(in_place.evaluations().size(), disordered.evaluations().size());
  for (std::size_t i = 0; i < in_place.evaluations().size(); ++i) {
    ASSERT_EQ(in_place.evaluations()[i].id, disordered.evaluations()[i].id) << i;
    ASSERT_EQ(in_place.evaluations()[i].x, disordered.evaluations()[i].x) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Algorithms, Nlopt, testing::ValuesIn(names()),
                         [](const auto& given) { return given.param; });

}  // namespace
}  // namespace mystic
