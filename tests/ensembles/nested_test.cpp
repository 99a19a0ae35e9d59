// Searches built out of searches, and searches dealt whole.

#include "mystic/ensembles/nested.hpp"

#include "mystic/control/terminations.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/ensembles/buckshot.hpp"
#include "mystic/ensembles/lattice.hpp"
#include "mystic/maps/threads.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/differential_evolution.hpp"
#include "mystic/solvers/nelder_mead.hpp"
#include "mystic/solvers/powell.hpp"

#include "tests/support/solver_cases.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

MemberRules until_they_agree() { return {.termination = candidate_relative_tolerance(1e-5, 1e-8)}; }

Solver boxed(Solver solver) {
  solver.bounds(Vector::Constant(2, -2.0), Vector::Constant(2, 2.5)).seed(11);
  return solver;
}

TEST(AsSearch, FindsWhatTheEnsembleFinds) {
  const Result flat =
      boxed(Solver(lattice(nelder_mead(), {.starts = 4}))).members(until_they_agree()).solve(rosenbrock);
  Solver nested = boxed(Solver(as_search(lattice(nelder_mead(), {.starts = 4}), until_they_agree())));
  const Result result = nested.limits({.evaluations = 100000}).solve(rosenbrock);
  EXPECT_EQ(result.stop.kind, StopKind::ended);
  EXPECT_EQ(result.stop.reason, flat.stop.reason);
  EXPECT_EQ(result.evaluations, flat.evaluations);
  EXPECT_EQ(result.best.cost, flat.best.cost);
}

TEST(AsSearch, IsAMemberOfAnEnsemble) {
  Solver solver =
      boxed(Solver(buckshot(as_search(buckshot(powell(), {.starts = 3}),
                                      {.termination = normalised_change_over_generation(1e-8, 1)}),
                            {.starts = 2})));
  const Result result = solver.members({.termination = {}, .evaluations = 5000}).solve(rosenbrock);
  EXPECT_EQ(result.members.size(), 2U);
  EXPECT_LT(result.best.cost, 1e-8);
}

TEST(AsSearch, AsksForAllMembersAtOnce) {
  Solver solver = boxed(Solver(as_search(lattice(nelder_mead(), {.starts = 6}), until_they_agree())));
  Problem problem(unnamed_variables(2), make_model(rosenbrock));
  problem.bounds(Vector::Constant(2, -2.0), Vector::Constant(2, 2.5));
  solver.limits({.evaluations = 1000}).begin(problem);
  EXPECT_EQ(solver.ask().cols(), 6);
}

TEST(AsSearch, HonoursTheEvaluationLimitOfItsMembers) {
  Solver solver = boxed(
      Solver(as_search(lattice(nelder_mead(), {.starts = 4}), {.termination = {}, .evaluations = 17})));
  const Result result = solver.limits({.evaluations = 1000}).solve(rosenbrock);
  EXPECT_EQ(result.evaluations, 4 * 17);
  EXPECT_NE(result.stop.reason.find("the limit of 17 evaluations"), std::string::npos);
}

TEST(AsSearch, RefusesMembersThatNothingWouldEnd) {
  EXPECT_THROW(static_cast<void>(as_search(lattice(nelder_mead()), {})), InvalidArgument);
  EXPECT_THROW(static_cast<void>(in_turn(nelder_mead(), {}, powell())), InvalidArgument);
}

TEST(InTurn, TheSecondBeginsAtTheBestOfTheFirst) {
  std::vector<Vector> asked;
  const auto noted = [&](const VectorView& x) {
    asked.emplace_back(x);
    return rosenbrock(x);
  };
  const Algorithm evolution = differential_evolution({.population = 10});
  RecordingMonitor first;
  Solver both = boxed(Solver(in_turn(evolution, {.termination = {}, .generations = 5}, powell())));
  both.on_step(first).limits({.evaluations = 400}).solve(noted);
  const auto& last = first.steps()[5];  // of the first search; Powell asks for its start at once
  ASSERT_GT(asked.size(), static_cast<std::size_t>(last.evaluations));
  EXPECT_EQ(asked[static_cast<std::size_t>(last.evaluations)], last.best);
}

TEST(InTurn, IsOverWhenTheSecondIsByItsOwnRules) {
  Solver solver = boxed(
      Solver(in_turn(differential_evolution({.population = 10}), {.termination = {}, .generations = 5},
                     powell(), {.termination = {}, .generations = 3})));
  const Result result = solver.limits({.evaluations = 100000}).solve(rosenbrock);
  EXPECT_EQ(result.stop.kind, StopKind::ended);
  EXPECT_EQ(result.stop.reason, "the limit of 3 generations");
  EXPECT_EQ(result.generations, 5 + 1 + 3);
}

TEST(InTurn, PolishesDifferentialEvolutionBeyondWhatItReachesAlone) {
  const auto cost = [](const Algorithm& algorithm) {
    return boxed(Solver(algorithm)).limits({.evaluations = 900}).solve(rosenbrock).best.cost;
  };
  const Algorithm evolution = differential_evolution({.population = 20});
  EXPECT_LT(cost(in_turn(evolution, {.termination = {}, .generations = 10}, powell())),
            1e-6 * cost(evolution));
}

TEST(DealtWhole, GivesWhatDealingPointByPointGives) {
  const auto run = [](bool whole, Map* map) {
    Solver solver = boxed(Solver(buckshot(differential_evolution({.population = 6}), {.starts = 5})));
    solver.members({.termination = change_over_generation(1e-3, 10), .evaluations = 400})
        .deal_whole(whole);
    if (map != nullptr) solver.map(*map);
    return solver.solve(rosenbrock);
  };
  const Result apart = run(false, nullptr);
  ThreadsMap threads(2);
  for (Map* map : {static_cast<Map*>(nullptr), static_cast<Map*>(&threads)}) {
    const Result whole = run(true, map);
    EXPECT_EQ(whole.evaluations, apart.evaluations);
    EXPECT_EQ(whole.stop.reason, apart.stop.reason);
    EXPECT_EQ(whole.best.x, apart.best.x);
    EXPECT_EQ(whole.best.cost, apart.best.cost);
    EXPECT_EQ(whole.best.id, apart.best.id);
    ASSERT_EQ(whole.members.size(), apart.members.size());
    for (std::size_t i = 0; i < whole.members.size(); ++i) {
      EXPECT_EQ(whole.members[i].best_cost, apart.members[i].best_cost);
      EXPECT_EQ(whole.members[i].evaluations, apart.members[i].evaluations);
      EXPECT_EQ(whole.members[i].generations, apart.members[i].generations);
      EXPECT_EQ(whole.members[i].stop.reason, apart.members[i].stop.reason);
    }
  }
}

TEST(DealtWhole, RefusesRulesOfTheWhole) {
  Solver solver = boxed(Solver(buckshot(powell(), {.starts = 3})));
  solver.members({.termination = {}, .evaluations = 50}).deal_whole();
  EXPECT_THROW(solver.limits({.evaluations = 100}).solve(sphere), InvalidArgument);
}

}  // namespace
}  // namespace mystic
