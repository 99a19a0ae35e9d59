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
#include "mystic/solvers/until_flat.hpp"

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

TEST(AsSearch, RejectedPointsAreNoEvaluationsOfItsMembers) {
  int calls = 0;
  const auto counted = [&calls](const VectorView& x) {
    ++calls;
    return rosenbrock(x);
  };
  Solver solver(as_search(lattice(powell(), {.starts = 4}), {.evaluations = 30}));
  solver.bounds(Vector::Constant(2, 1.8), Vector::Constant(2, 2.0)).limits({.evaluations = 1000});
  const Result result = solver.solve(counted);
  EXPECT_EQ(calls, 4 * 30);
  EXPECT_EQ(result.evaluations, 4 * 30);
}

// Asked after each round: every member that runs has ended one step more.
TEST(AsSearch, AsksItsConductorOnceARound) {
  struct Watching final : Conductor {
    std::vector<Index> generations;
    void begin(Start&, Directions& directions) override {
      directions.add = {{powell(), Vector{{-1.0, 2.0}}}, {nelder_mead(), Vector{{0.5, 1.0}}}};
    }
    [[nodiscard]] bool listens() const override { return true; }
    void round(std::span<const MemberStanding> members, Directions&) override {
      if (generations.empty()) generations.assign(members.size(), -1);
      for (std::size_t i = 0; i < members.size(); ++i) {
        EXPECT_TRUE(members[i].ended || members[i].generations == generations[i] + 1);
        generations[i] = members[i].generations;
      }
    }
  };
  const Ensemble watched{"watched", [] { return std::make_unique<Watching>(); }};
  Solver solver = boxed(Solver(as_search(watched, {.generations = 6})));
  const Result result = solver.limits({.evaluations = 5000}).solve(rosenbrock);
  EXPECT_EQ(result.generations, 6);
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

// A limit that falls within a sweep, of which no step was reported any more.
TEST(InTurn, TheSecondBeginsAtTheBestPointEvenIfNoStepReportedIt) {
  std::vector<double> costs;
  const auto noted = [&](const VectorView& x) { return costs.emplace_back(rosenbrock(x)); };
  for (const Index most : {5, 12, 25, 33}) {
    costs.clear();
    Solver both = boxed(Solver(in_turn(powell(), {.evaluations = most}, nelder_mead())));
    both.start({-1.5, 1.5}).limits({.evaluations = most + 1}).solve(noted);
    ASSERT_EQ(costs.size(), static_cast<std::size_t>(most + 1));
    EXPECT_EQ(costs.back(), *std::min_element(costs.begin(), costs.end() - 1)) << most;
  }
}

TEST(InTurn, GivesThePointsToBeginWithToTheFirst) {
  std::vector<Vector> asked;
  const auto noted = [&](const VectorView& x) {
    asked.emplace_back(x);
    return rosenbrock(x);
  };
  const Points points{{0.25, 1.0, 0.0}, {0.5, 0.0, 1.0}};
  Solver solver =
      boxed(Solver(in_turn(differential_evolution({.population = 8}), {.generations = 2}, powell())));
  solver.start(InitialPoints::given(points)).limits({.evaluations = 3}).solve(noted);
  ASSERT_EQ(asked.size(), 3U);
  for (Index i = 0; i < 3; ++i) EXPECT_EQ(asked[static_cast<std::size_t>(i)], points.col(i));
}

TEST(InTurn, EndsWhereTheFirstHasFoundNothingToBeginAt) {
  Solver solver = boxed(Solver(in_turn(differential_evolution({.population = 8}), {.generations = 2},
                                       powell(), {.generations = 3})));
  const Result result =
      solver.limits({.evaluations = 1000}).solve([](const VectorView&) { return infinity; });
  EXPECT_EQ(result.stop.kind, StopKind::ended);
  EXPECT_EQ(result.stop.reason,
            "differential-evolution found no point with a finite cost, where powell could begin");
}

// Of Powell's lines many points lie outside so small a box.
TEST(InTurn, RejectedPointsAreNoEvaluationsOfItsParts) {
  int calls = 0;
  const auto counted = [&calls](const VectorView& x) {
    ++calls;
    return rosenbrock(x);
  };
  for (const Index most : {1, 20, 60}) {
    calls = 0;
    Solver solver(in_turn(powell(), {.evaluations = most}, nelder_mead(), {.evaluations = 1}));
    solver.start({1.9, 1.9}).bounds(Vector::Constant(2, 1.8), Vector::Constant(2, 2.0));
    solver.limits({.evaluations = 1000}).solve(counted);
    EXPECT_EQ(calls, most + 1);
  }
}

// Of a generation of ten trials, some outside, exactly so many are made as the limit allows.
TEST(InTurn, ALimitWithinABatchIsExactWhereSomeOfItIsRejected) {
  for (Index most = 11; most < 40; most += 3) {
    int calls = 0;
    const auto counted = [&calls](const VectorView& x) {
      ++calls;
      return rosenbrock(x);
    };
    const auto evolution = differential_evolution({.population = 10, .weight = 1.5});
    Solver solver =
        boxed(Solver(in_turn(evolution, {.evaluations = most}, powell(), {.evaluations = 1})));
    solver.limits({.evaluations = 1000}).solve(counted);
    EXPECT_EQ(calls, most + 1);
  }
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

Result dealt(bool whole, const Algorithm& member, Index starts, std::uint64_t seed,
             double (*cost)(const VectorView&)) {
  Solver solver = boxed(Solver(buckshot(member, {.starts = starts})));
  return solver.seed(seed).members({.evaluations = 60}).deal_whole(whole).solve(cost);
}

TEST(DealtWhole, OfEqualBestsTheEarlierEvaluationIsTheBest) {
  const auto steps = [](const VectorView& x) { return std::floor(4.0 * x.squaredNorm()); };
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Result points = dealt(false, nelder_mead(), 6, seed, steps);
    const Result whole = dealt(true, nelder_mead(), 6, seed, steps);
    EXPECT_EQ(whole.best.id, points.best.id) << seed;
    EXPECT_EQ(whole.best.x, points.best.x) << seed;
  }
}

TEST(DealtWhole, TooManyFailuresEndItInFailureToo) {
  const auto faulty = [](const VectorView& x) { return x[0] > -1.0 ? std::nan("") : x.squaredNorm(); };
  const Result whole = dealt(true, nelder_mead(), 30, 1, faulty);
  EXPECT_EQ(whole.stop.kind, StopKind::failures);
  EXPECT_NE(whole.stop.reason.find("more than the share of 0.5"), std::string::npos);
}

Search beginning_above_10(Start start) {
  require(start.x[0] > 10.0, "this search needs a start above 10");
  co_return "never";
}

TEST(DealtWhole, ASearchThatCannotBeginIsAnErrorAndNoFailure) {
  const Algorithm picky{"picky", beginning_above_10};
  EXPECT_THROW(static_cast<void>(dealt(true, picky, 3, 1, sphere)), Error);
}

TEST(DealtWhole, MembersThatAreNotRunEndAsTheWholeDid) {
  std::stop_source stop;
  stop.request_stop();
  Solver solver = boxed(Solver(buckshot(nelder_mead(), {.starts = 3})));
  const Result result =
      solver.members({.evaluations = 60}).deal_whole().stop_token(stop.get_token()).solve(sphere);
  EXPECT_EQ(result.stop.kind, StopKind::interrupted);
  for (const MemberResult& member : result.members) EXPECT_EQ(member.stop.kind, StopKind::interrupted);
}

TEST(DealtWhole, RefusesRulesOfTheWhole) {
  Solver solver = boxed(Solver(buckshot(powell(), {.starts = 3})));
  solver.members({.termination = {}, .evaluations = 50}).deal_whole();
  EXPECT_THROW(solver.limits({.evaluations = 100}).solve(sphere), InvalidArgument);
}

// What a search within a search refuses, the whole refuses.
TEST(Nested, HandsOnWhichVariablesAreRounded) {
  std::vector<Variable> variables = unnamed_variables(2);
  variables[1].type = VariableType::integer;
  Problem problem(variables, make_model(sphere));
  problem.bounds(Vector::Constant(2, -2.0), Vector::Constant(2, 2.0));
  const MemberRules few{.termination = {}, .evaluations = 30};
  const Algorithm flat = until_flat(nelder_mead());
  for (const Algorithm& algorithm :
       {as_search(buckshot(flat, {.starts = 2}), few), in_turn(flat, few, powell()),
        in_turn(powell(), few, flat), as_search(buckshot(in_turn(flat, few, powell())), few)}) {
    Solver solver(algorithm);
    solver.start({1.0, 1.0}).limits({.evaluations = 200});
    EXPECT_THROW(solver.solve(problem), InvalidArgument) << algorithm.name;
  }
}

}  // namespace
}  // namespace mystic
