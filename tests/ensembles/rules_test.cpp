// What the searches of an ensemble have to do with each other.

#include "mystic/ensembles/buckshot.hpp"

#include "mystic/control/terminations.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/nelder_mead.hpp"
#include "mystic/solvers/powell.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace mystic {
namespace {

// Four minima of the same depth at (+-1, +-1).
double four_wells(const VectorView& x) { return (x.array().square() - 1.0).square().sum(); }

Solver wells(const BuckshotOptions& options, std::uint64_t seed = 3) {
  Solver solver(buckshot(nelder_mead(), options));
  solver.bounds(Vector::Constant(2, -2.0), Vector::Constant(2, 2.0))
      .seed(seed)
      .members({.termination = candidate_relative_tolerance(1e-6, 1e-9)});
  return solver;
}

Index count_reasons(const Result& result, std::string_view part) {
  return std::ranges::count_if(result.members, [&](const MemberResult& member) {
    return member.stop.reason.find(part) != std::string::npos;
  });
}

TEST(EnsembleRules, TogetherLimitsHowManySearchesAreUnderWay) {
  Solver solver = wells({.starts = 9, .rules = {.together = 2}});
  Index most = 0;
  solver.watch([&](const Activity& now) { most = std::max(most, now.members_running); });
  const Result result = solver.solve(four_wells);
  EXPECT_EQ(result.members.size(), 9U);
  EXPECT_LE(most, 2);
  for (const MemberResult& member : result.members) EXPECT_LT(member.best_cost, 1e-8);
}

TEST(EnsembleRules, WithoutLimitAndTogetherTheMembersEndAlike) {
  const Result all = wells({.starts = 6}).solve(four_wells);
  const Result few = wells({.starts = 6, .rules = {.together = 1}}).solve(four_wells);
  ASSERT_EQ(few.members.size(), all.members.size());
  EXPECT_EQ(few.evaluations, all.evaluations);
  EXPECT_EQ(few.best.cost, all.best.cost);
}

TEST(EnsembleRules, TheFirstThatConvergesEndsAllOthers) {
  const Result result = wells({.starts = 8, .rules = {.until = "first"}}).solve(four_wells);
  EXPECT_EQ(result.stop.kind, StopKind::converged);
  EXPECT_NE(result.stop.reason.find("has converged"), std::string::npos) << result.stop.reason;
  EXPECT_LT(result.evaluations, wells({.starts = 8}).solve(four_wells).evaluations);
  EXPECT_LT(result.best.cost, 1e-8);
}

TEST(EnsembleRules, NothingNewEndsAfterThatManyKnownMinimaInARow) {
  const Result result =
      wells({.starts = 1000, .rules = {.together = 4, .until = "nothing-new", .patience = 12}})
          .solve(four_wells);
  EXPECT_EQ(result.stop.reason, "12 members in a row found no minimum beside the 4 known");
  EXPECT_LT(result.members.size(), 100U);
}

TEST(EnsembleRules, DuplicatesEndEarlyAndSaveEvaluations) {
  const BuckshotOptions ended{.starts = 30, .rules = {.distance = 0.05, .near_better = "end"}};
  const Result result = wells(ended).solve(four_wells);
  EXPECT_GE(count_reasons(result, "near the better member"), 20);
  EXPECT_LT(result.evaluations, wells({.starts = 30}).solve(four_wells).evaluations * 3 / 4);
  EXPECT_LT(result.best.cost, 1e-8);
}

TEST(EnsembleRules, NoDuplicateEndsTheSearchItDuplicates) {
  // Every well that a search of the free ensemble found is still found.
  const Result result =
      wells({.starts = 30, .rules = {.distance = 0.05, .near_better = "end"}}).solve(four_wells);
  const Index converged = std::ranges::count_if(result.members, [](const MemberResult& member) {
    return member.stop.kind == StopKind::converged;
  });
  EXPECT_GE(converged, 4);
}

TEST(EnsembleRules, ARestartTakesThePlaceOfADuplicate) {
  const Result result =
      wells({.starts = 10, .rules = {.distance = 0.05, .near_better = "restart"}}).solve(four_wells);
  const Index ended = count_reasons(result, "near the better member");
  EXPECT_GE(ended, 3);
  EXPECT_EQ(static_cast<Index>(result.members.size()), 10 + std::min<Index>(ended, 10));
}

TEST(EnsembleRules, SharingMovesTheWorstSearchToTheBestPoint) {
  // One deep well far from most starts: without sharing most searches end elsewhere.
  const auto deep = [](const VectorView& x) {
    return four_wells(x) - 5.0 * std::exp(-8.0 * (x - Vector{{1.0, 1.0}}).squaredNorm());
  };
  const auto deepest = [&](Index every) {
    const Result result = wells({.starts = 8, .rules = {.share_every = every}}).solve(deep);
    return std::ranges::count_if(result.members,
                                 [](const MemberResult& member) { return member.best_cost < -4.9; });
  };
  EXPECT_GT(deepest(4), deepest(0));
}

TEST(EnsembleRules, OutOfRangeAreRefused) {
  EXPECT_THROW(static_cast<void>(buckshot(powell(), {.rules = {.until = "sometimes"}})), InvalidOptions);
  EXPECT_THROW(static_cast<void>(buckshot(powell(), {.rules = {.distance = 0.0}})), InvalidOptions);
}

}  // namespace
}  // namespace mystic
