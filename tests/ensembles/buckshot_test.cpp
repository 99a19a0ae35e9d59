#include "mystic/ensembles/buckshot.hpp"

#include "tests/support/starts_of.hpp"
#include "tests/support/trace.hpp"

#include "mystic/control/terminations.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/nelder_mead.hpp"
#include "mystic/solvers/powell.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace mystic {
namespace {

using testing_support::Trace;
using testing_support::traced;

Start whole(Index dimension, std::uint64_t seed) {
  return {Vector(), Vector::Constant(dimension, -3.0), Vector::Constant(dimension, 5.0),
          stream(seed, SearchPath{}), nullptr};
}

std::vector<Vector> starts(Index count, Start start) {
  return testing_support::starts_of(buckshot(powell(), {.starts = count}), start);
}

TEST(BuckshotStarts, LieInTheBoxAndDiffer) {
  const auto points = starts(500, whole(3, 1));
  ASSERT_EQ(points.size(), 500U);
  std::set<double> firsts;
  for (const Vector& x : points) {
    EXPECT_TRUE((x.array() >= -3.0).all() && (x.array() <= 5.0).all());
    firsts.insert(x[0]);
  }
  EXPECT_EQ(firsts.size(), 500U);
}

TEST(BuckshotStarts, AreUniformInEachCoordinate) {
  constexpr Index count = 4000;
  const auto points = starts(count, whole(2, 1));
  for (Index i = 0; i < 2; ++i) {
    int quarters[4] = {};
    for (const Vector& x : points) ++quarters[static_cast<int>((x[i] + 3.0) / 2.0)];
    for (const int quarter : quarters) EXPECT_NEAR(quarter, count / 4, 4 * std::sqrt(count * 3.0 / 16));
  }
}

TEST(BuckshotStarts, DependOnTheSeed) {
  EXPECT_EQ(starts(4, whole(3, 7)), starts(4, whole(3, 7)));
  EXPECT_NE(starts(4, whole(3, 7)), starts(4, whole(3, 8)));
}

TEST(BuckshotStarts, BeginWithTheUsersAndAreOtherwiseTheSame) {
  Start given = whole(2, 3);
  given.x = Vector{{0.5, 0.25}};
  const auto with = starts(4, given);
  const auto without = starts(4, whole(2, 3));
  EXPECT_EQ(with.front(), given.x);
  EXPECT_TRUE(std::equal(with.begin() + 1, with.end(), without.begin() + 1));
}

TEST(BuckshotStarts, StayTheSameWhenMoreAreAskedFor) {
  const auto few = starts(3, whole(2, 3));
  const auto many = starts(9, whole(2, 3));
  EXPECT_TRUE(std::equal(few.begin(), few.end(), many.begin()));
}

TEST(Buckshot, NeedsABox) {
  Solver solver(buckshot(powell()));
  solver.bounds(Vector::Zero(2), Vector{{1.0, infinity}}).members({.termination = {}, .generations = 1});
  EXPECT_THROW(solver.solve(sphere), InvalidArgument);
  EXPECT_THROW(static_cast<void>(buckshot(powell(), {.starts = 0})), InvalidOptions);
}

// Member i of an ensemble is the search that a solver of its own would be from that start.
TEST(Buckshot, MembersAreTheirSearchesOnTheirOwn) {
  Trace together;
  Solver ensemble(buckshot(nelder_mead(), {.starts = 3}));
  ensemble.bounds(Vector::Constant(2, -3.0), Vector::Constant(2, 5.0))
      .seed(4)
      .members({.termination = change_over_generation(1e-8, 5)});
  const Result result = ensemble.solve(rosenbrock);
  const auto points = starts(3, whole(2, 4));
  for (std::size_t i = 0; i < 3; ++i) {
    Solver alone(nelder_mead());
    alone.start(points[i])
        .bounds(Vector::Constant(2, -3.0), Vector::Constant(2, 5.0))
        .terminate(change_over_generation(1e-8, 5));
    const Result single = alone.solve(rosenbrock);
    EXPECT_EQ(result.members[i].best_cost, single.best.cost);
    EXPECT_EQ(result.members[i].evaluations, single.evaluations);
    EXPECT_EQ(result.members[i].generations, single.generations);
    EXPECT_EQ(result.members[i].stop.reason, single.stop.reason);
  }
}

TEST(Buckshot, TakesTurnsStepByStep) {
  Trace trace;
  Solver ensemble(buckshot(nelder_mead(), {.starts = 4}));
  ensemble.bounds(Vector::Constant(2, -3.0), Vector::Constant(2, 5.0))
      .seed(4)
      .limits({.generations = 0, .evaluations = {}, .seconds = {}});
  const Result result = ensemble.solve(traced(rosenbrock, trace));
  EXPECT_EQ(trace.points, starts(4, whole(2, 4)));
  EXPECT_EQ(result.evaluations, 4);
}

TEST(Buckshot, EndsWithTheReasonOfItsBestMember) {
  Solver ensemble(buckshot(powell(), {.starts = 3}));
  ensemble.bounds(Vector::Constant(2, -3.0), Vector::Constant(2, 5.0))
      .members({.termination = value_to_reach(0.0, 1e-3), .generations = 50});
  const Result result = ensemble.solve(sphere);
  EXPECT_EQ(result.stop.kind, StopKind::converged);
  const std::string best =
      fmt::format("all 3 members stopped; the best, member {}: ", result.best.id.path[0]);
  EXPECT_EQ(result.stop.reason.rfind(best, 0), 0U) << result.stop.reason;
}

TEST(Buckshot, FindsTheGlobalMinimumOfRastriginForMostSeeds) {
  int found = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Solver ensemble(buckshot(powell(), {.starts = 16}));
    ensemble.bounds(Vector::Constant(2, -5.12), Vector::Constant(2, 5.12))
        .seed(seed)
        .members({.termination = normalised_change_over_generation(1e-6, 2), .generations = 60});
    const Result result = ensemble.solve(rastrigin);
    found += result.best.cost < 1e-6 ? 1 : 0;
  }
  EXPECT_GE(found, 15) << "of 20";
}

}  // namespace
}  // namespace mystic
