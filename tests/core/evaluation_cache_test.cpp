#include "mystic/core/evaluation_cache.hpp"

#include "mystic/core/callable_model.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/ensembles/buckshot.hpp"
#include "mystic/maps/threads.hpp"
#include "mystic/solvers/differential_evolution.hpp"
#include "mystic/solvers/nelder_mead.hpp"
#include "mystic/solvers/points.hpp"

#include "tests/support/memory_recorder.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <set>

namespace mystic {
namespace {

TEST(EvaluationCache, KnowsPointsByAllTheirBits) {
  EvaluationCache cache;
  Outcome good;
  good.outputs = Vector{{1.0, 2.0}};
  cache.add(Vector{{0.0, 0.1 + 0.2}}, good);
  Outcome found;
  ASSERT_TRUE(cache.find(Vector{{0.0, 0.1 + 0.2}}, found));
  EXPECT_EQ(found.outputs, good.outputs);
  EXPECT_FALSE(cache.find(Vector{{0.0, 0.3}}, found));
  EXPECT_FALSE(cache.find(Vector{{-0.0, 0.1 + 0.2}}, found));
  EXPECT_FALSE(cache.find(Vector{{0.0}}, found));
}

TEST(EvaluationCache, KeepsNoFailure) {
  EvaluationCache cache;
  Outcome failed;
  failed.fail(FailureKind::deadline, "x");
  cache.add(Vector{{1.0}}, failed);
  Outcome found;
  EXPECT_FALSE(cache.find(Vector{{1.0}}, found));
  EXPECT_EQ(cache.size(), 0U);
}

TEST(EvaluationCache, FingerprintsOfNeighboursDiffer) {
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 300; ++i) {
    for (int j = 0; j < 300; ++j) {
      seen.insert(
          EvaluationCache::fingerprint(Vector{{static_cast<double>(i), static_cast<double>(j)}}));
    }
  }
  EXPECT_EQ(seen.size(), 90'000U);
}

/// A problem on a small grid, where searches meet points again.
struct Grid {
  std::atomic<Index> calls = 0;
  Problem problem() {
    std::vector<Variable> variables(2);
    for (std::size_t i = 0; i < 2; ++i) {
      variables[i] = {.name = i == 0 ? "a" : "b", .lower = 0, .upper = 6, .type = VariableType::integer};
    }
    return {variables, make_model([this](const VectorView& x) {
              ++calls;
              return (x[0] - 2) * (x[0] - 2) + (x[1] - 5) * (x[1] - 5);
            })};
  }
};

DifferentialEvolutionOptions small_population() {
  DifferentialEvolutionOptions options;
  options.population = 10;
  return options;
}

class CachedRun : public testing::TestWithParam<bool> {
 protected:
  static Solver solver() {
    Solver made = GetParam() ? Solver(differential_evolution(small_population()))
                             : Solver(buckshot(nelder_mead(), {.starts = 3}));
    made.limits({.evaluations = 120}).seed(4);
    return made;
  }
};

TEST_P(CachedRun, IsTheSameRunWithFewerCalls) {
  Grid grid;
  const Problem problem = grid.problem();
  const Result plain = solver().solve(problem);
  EXPECT_EQ(grid.calls, 120);
  EXPECT_EQ(plain.cached, 0);
  grid.calls = 0;
  EvaluationCache cache;
  const Result cached = solver().cache(cache).solve(problem);
  EXPECT_EQ(cached.best.x, plain.best.x);
  EXPECT_EQ(cached.best.id, plain.best.id);
  EXPECT_EQ(cached.evaluations, 120);
  EXPECT_GT(cached.cached, 20);
  EXPECT_EQ(grid.calls + cached.run.cached, 120);
}

// A batch that asks for one point several times, as populations on a grid do.
TEST(EvaluationCache, MakesEqualPointsOfABatchOnce) {
  Points same(1, 6);
  same << 1, 2, 1, 1, 3, 2;
  for (const Index threads : {0, 2}) {
    std::atomic<int> calls = 0;
    const Problem problem(unnamed_variables(1), make_model([&calls](const VectorView& x) {
                            ++calls;
                            return x[0];
                          }));
    EvaluationCache cache;
    Solver solver(given_points(same));
    std::optional<ThreadsMap> map;
    if (threads > 0) solver.map(map.emplace(threads));
    const Result result = solver.limits({.evaluations = 100}).cache(cache).solve(problem);
    EXPECT_EQ(calls, 3);
    EXPECT_EQ(result.evaluations, 6);
    EXPECT_EQ(result.cached, 3);
    EXPECT_EQ(result.run.cached, 3);
  }
}

// After a kill: the first of two equal points is in the journal, its twin is not yet.
TEST(EvaluationCache, AnswersTheTwinOfAReplayedPoint) {
  Points same(1, 3);
  same << 1, 2, 1;
  Index calls = 0;
  const Problem problem(unnamed_variables(1), make_model([&calls](const VectorView& x) {
                          ++calls;
                          return x[0];
                        }));
  testing_support::MemoryRecorder whole;
  const auto solve = [&](Recorder& recorder) {
    EvaluationCache cache;
    return Solver(given_points(same))
        .limits({.evaluations = 100})
        .cache(cache)
        .recorder(recorder)
        .solve(problem);
  };
  EXPECT_EQ(solve(whole).cached, 1);
  EXPECT_EQ(calls, 2);
  testing_support::MemoryRecorder killed(whole, 2, false);
  EXPECT_EQ(solve(killed).cached, 1);
  EXPECT_EQ(calls, 2);
}

TEST_P(CachedRun, CountsRepetitionsTheSameUnderEveryMap) {
  Grid grid;
  const Problem problem = grid.problem();
  std::set<Index> counts;
  std::set<double> bests;
  for (const Index threads : {0, 1, 2, 5}) {
    for (int again = 0; again < 3; ++again) {
      EvaluationCache cache;
      Solver made = solver();
      std::optional<ThreadsMap> map;
      if (threads > 0) made.map(map.emplace(threads));
      const Result result = made.cache(cache).solve(problem);
      counts.insert(result.cached);
      bests.insert(result.best.cost);
    }
  }
  EXPECT_EQ(counts.size(), 1U);
  EXPECT_EQ(bests.size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Searches, CachedRun, testing::Bool());

}  // namespace
}  // namespace mystic
