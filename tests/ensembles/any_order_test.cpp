// Promise 1 for ensembles whose members begin, end and are replaced as they go: whatever their rules and
// limits, the order in which outcomes arrive decides nothing.

#include "tests/support/adversarial_map.hpp"
#include "tests/support/solver_cases.hpp"

#include "mystic/control/terminations.hpp"
#include "mystic/ensembles/buckshot.hpp"
#include "mystic/ensembles/search_all.hpp"
#include "mystic/ensembles/sparsity.hpp"
#include "mystic/solvers/differential_evolution.hpp"
#include "mystic/solvers/nelder_mead.hpp"
#include "mystic/solvers/powell.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

using testing_support::AdversarialMap;
using testing_support::Arrival;
using testing_support::observe;
using testing_support::ObservedRun;
using testing_support::SolverCase;

double four_wells(const VectorView& x) { return (x.array().square() - 1.0).square().sum(); }

Problem two_wells_each_way() {
  Problem problem(unnamed_variables(2), make_model(four_wells));
  problem.bounds(Vector::Constant(2, -2.0), Vector::Constant(2, 2.0));
  return problem;
}

const std::vector<std::pair<Arrival, Index>> disorders{
    {Arrival::first_come, 1}, {Arrival::last_come, 4},      {Arrival::random, 3},
    {Arrival::random, 20},    {Arrival::oldest_starved, 6}, {Arrival::oldest_waits_longest, 4}};

void expect_the_same_in_any_order(const SolverCase& by, const std::string& about) {
  const Problem problem = two_wells_each_way();
  const auto nothing = [](Solver&) {};
  const ObservedRun in_place = observe(by, problem, nothing);
  for (const auto& [arrival, workers] : disorders) {
    AdversarialMap map(arrival, workers, 5);
    const ObservedRun disordered = observe(by, problem, [&](Solver& solver) { solver.map(map); });
    EXPECT_TRUE(testing_support::same(in_place, disordered))
        << about << ", arrival " << static_cast<int>(arrival) << ", " << workers << " workers";
  }
}

template <class T>
const T& one_of(Random& random, const std::vector<T>& choices) {
  return choices[static_cast<std::size_t>(uniform_index(random, static_cast<Index>(choices.size())))];
}

// Of each draw the case tells all; a failure names the draw.
SolverCase drawn(std::uint64_t draw) {
  Random random = stream(draw, SearchPath{});
  const Algorithm member =
      one_of<Algorithm>(random, {nelder_mead(), powell(), differential_evolution({.population = 5})});
  EnsembleRules rules;
  rules.together = one_of<Index>(random, {0, 0, 1, 3});
  rules.until = one_of<std::string>(random, {"all", "first", "nothing-new"});
  rules.patience = one_of<Index>(random, {2, 5});
  rules.distance = one_of<double>(random, {0.01, 0.05});
  rules.near_better = one_of<std::string>(random, {"go-on", "end", "restart"});
  rules.share_every = one_of<Index>(random, {0, 0, 4});
  const Index starts = one_of<Index>(random, {3, 6, 12});
  MemberRules of_members{.termination = candidate_relative_tolerance(1e-5, 1e-8)};
  if (member.name != "nelder-mead") of_members.termination = change_over_generation(1e-8, 4);
  if (uniform(random) < 0.5) of_members.evaluations = one_of<Index>(random, {20, 60});
  Limits limits;
  if (uniform(random) < 0.5) limits.generations = one_of<Index>(random, {7, 40, 90});
  if (uniform(random) < 0.6) limits.evaluations = 50 + uniform_index(random, 500);
  return {"Draw" + std::to_string(draw), true, true, [=] {
            Solver solver(draw % 3 == 0
                              ? sparsity(member, {.starts = starts, .candidates = 50, .rules = rules})
                              : buckshot(member, {.starts = starts, .rules = rules}));
            solver.members(of_members).limits(limits).seed(draw);
            return solver;
          }};
}

TEST(AnyOrder, IsOfNoConsequenceToEnsemblesOfAnyRulesAndLimits) {
  for (std::uint64_t draw = 0; draw < 150; ++draw) {
    expect_the_same_in_any_order(drawn(draw), "draw " + std::to_string(draw));
  }
}

// Their searches end without a step now and then, and then a round is no step of the whole.
TEST(AnyOrder, IsOfNoConsequenceToASearchForAllWithLimits) {
  for (const Index generations : {1, 20, 60, 100}) {
    for (const Index evaluations : {300, 100000}) {
      const SolverCase by{
          "SearchAll", true, true, [=] {
            Solver solver(
                search_all(std::make_shared<StationaryPoints>(), {.starts = 1, .patience = 100}));
            solver.seed(3).limits({.generations = generations, .evaluations = evaluations});
            return solver;
          }};
      expect_the_same_in_any_order(by, std::to_string(generations) + " generations");
    }
  }
}

// Of searches that have run ahead of the limit nothing is known.
TEST(AnyOrder, IsOfNoConsequenceToWhatASearchForAllHasFoundWhereItIsCut) {
  const auto found_within = [](Index most, Map* map) {
    auto found = std::make_shared<StationaryPoints>();
    Solver solver(search_all(found));
    if (map != nullptr) solver.map(*map);
    solver.seed(3).limits({.evaluations = most}).solve(two_wells_each_way());
    return *found;
  };
  for (Index most = 100; most < 2500; most += 160) {
    const StationaryPoints in_place = found_within(most, nullptr);
    for (const auto& [arrival, workers] : disorders) {
      AdversarialMap map(arrival, workers, 5);
      const StationaryPoints disordered = found_within(most, &map);
      ASSERT_EQ(in_place.points.size(), disordered.points.size()) << most;
      for (std::size_t i = 0; i < in_place.points.size(); ++i) {
        EXPECT_EQ(in_place.points[i].point.x, disordered.points[i].point.x);
        EXPECT_EQ(in_place.points[i].by, disordered.points[i].by);
      }
    }
  }
}

TEST(AnyOrder, ALimitOfEvaluationsIsExactWhereMembersAreEndedByOthers) {
  for (Index most = 50; most < 400; most += 7) {
    AdversarialMap map(Arrival::last_come, 4);
    Solver solver(
        buckshot(nelder_mead(), {.starts = 12, .rules = {.distance = 0.05, .near_better = "end"}}));
    const Result result = solver.members({.termination = candidate_relative_tolerance(1e-6, 1e-9)})
                              .limits({.evaluations = most})
                              .seed(3)
                              .map(map)
                              .solve(two_wells_each_way());
    const bool limited = result.stop.kind == StopKind::evaluations;
    EXPECT_TRUE(!limited || result.evaluations == most) << result.evaluations << " of " << most;
  }
}

}  // namespace
}  // namespace mystic
