// The original's published runs of differential evolution, all of them. Each was one run of a random
// search; ours are 20, and each may take as many evaluations as the original's one did.

#include "known_runs.hpp"

#include "mystic/control/terminations.hpp"
#include "mystic/solvers/differential_evolution.hpp"

#include <gtest/gtest.h>

#include <numbers>
#include <vector>

namespace mystic::reference_test {
namespace {

struct EvolutionRun {
  const char* function;  // the original's name of it
  Index dimension;
  double lower;
  double upper;
  DifferentialEvolutionOptions options;
  Reached reached;
  bool bounded = true;  // false: the box is only where the first candidates are drawn
};

const DifferentialEvolutionOptions of_20{.population = 20};
const DifferentialEvolutionOptions of_30{.population = 30};
const DifferentialEvolutionOptions of_40{.population = 40};
const DifferentialEvolutionOptions of_50{.population = 50};
const DifferentialEvolutionOptions of_100{.population = 100};

const std::vector<EvolutionRun> evolution_runs{
    {"rosen", 3, -5, 5, of_30, {5.1165520952e-10, 2695}},
    {"rosen", 3, -5, 5, of_30, {1e-6, 1825}},
    {"rosen", 3, -5, 5, of_30, {1e-6, 2130}, false},
    {"rosen", 3, -5, 5, {.population = 30, .replacement = "immediate"}, {1e-6, 1601}},
    {"rosen", 10, -5, 5, of_100, {6.63226310337e-08, 41119}},
    {"rosen", 10, -5, 5, of_100, {1e-6, 36219}},
    {"griewangk", 10, -400, 400, of_100, {0.150197546516, 60000}},  // the original: 999409
    {"griewangk",
     10,
     -400,
     400,
     {.population = 100, .strategy = "rand1exp", .weight = 1.0, .crossover = 0.3},
     {1e-5, 242607}},
    {"zimmermann", 2, 0, 5, of_20, {1.19760479116, 1246}},
    {"zimmermann", 2, 0, 10, of_20, {1e-6, 1904}},
    {"corana", 4, -1000, 1000, of_40, {0.0, 3311}},
    {"fosc3d", 2, -2, 2, of_20, {-4.50106974252, 1025}},
    {"ackley", 2, -30, 30, of_20, {1e-6, 1154}},
    {"ackley", 10, -30, 30, of_100, {1e-6, 35655}},
    {"rastrigin", 2, -5.12, 5.12, of_20, {0.994959057093, 8011}},
    {"schwefel", 2, -500, 500, of_20, {-719.52743993, 1308}},
    {"branins", 2, -5, 15, of_20, {0.39788735773, 1060}},
    {"easom", 2, -10, 10, of_20, {-1.0, 1381}},
    {"goldstein", 2, -2, 2, of_20, {3.0, 1243}},
    {"paviani", 10, 2.001, 9.999, of_100, {-45.7784696341, 17804}},
    {"michal", 5, 0, std::numbers::pi, of_50, {-4.64589536586, 6274}},
    {"peaks", 2, -3, 3, of_20, {-6.55113333284, 1226}},
    {"step", 5, -5.12, 5.12, of_50, {1.0, 1273}},
    {"sphere", 3, -5.12, 5.12, of_30, {1e-6, 1154}},
    {"chebyshev8cost",
     9,
     -100,
     100,
     {.population = 90, .strategy = "best1exp", .weight = 0.9, .crossover = 1.0},
     {0.01, 30330},
     false},
};

// The original's generator was lucky here: with its settings, ours finds these in 13, 2 and 22 % of 200
// seeds. With better ones it is the rule.
const DifferentialEvolutionOptions thorough{
    .population = 20, .strategy = "rand1exp", .weight = 0.5, .crossover = 0.5};
const std::vector<EvolutionRun> lucky_runs{
    {"nmin51", 2, -5, 5, thorough, {-3.30686864748, 4249}},
    {"rastrigin", 10, -5.12, 5.12, thorough, {3.97983622841, 50682}},
    {"shekel", 2, -65.536, 65.536, thorough, {0.0, 7956}},
};

constexpr int seeds = 20;

// The evaluations until the cost is the original's, for each seed that needs no more than `most` times
// those of the original.
std::vector<Index> successes(const EvolutionRun& run, const char* replacement, double most) {
  DifferentialEvolutionOptions options = run.options;
  options.replacement = replacement;
  const double enough = run.reached.cost + 1e-9 * std::abs(run.reached.cost) + 1e-12;
  std::vector<Index> evaluations;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const Vector lower = Vector::Constant(run.dimension, run.lower);
    const Vector upper = Vector::Constant(run.dimension, run.upper);
    Solver solver(differential_evolution(options));
    solver.seed(seed)
        .terminate(when([&](const Progress& now) { return now.best_cost() <= enough; }, "as good"))
        .limits(
            {.evaluations = static_cast<Index>(most * static_cast<double>(run.reached.evaluations))});
    if (run.bounded) {
      solver.bounds(lower, upper);
    } else {
      Random random = stream(seed, SearchPath{}.child(77));
      solver.start(
          InitialPoints::given(InitialPoints::in_box(options.population).draw(random, lower, upper)));
    }
    const Result result = solver.solve(original(run.function));
    if (result.best.cost <= enough) evaluations.push_back(result.evaluations);
  }
  return evaluations;
}

std::string about(const EvolutionRun& run) {
  return std::string(run.function) + " to " + std::to_string(run.reached.cost) + " within " +
         std::to_string(run.reached.evaluations);
}

TEST(KnownRuns, ImmediateEvolutionReachesTheOriginalsCostWithinItsEvaluationsForMostSeeds) {
  for (const EvolutionRun& run : evolution_runs) {
    EXPECT_GT(successes(run, "immediate", 1.0).size(), seeds / 2) << about(run);
  }
}

TEST(KnownRuns, SynchronousEvolutionReachesItWithinASeventhMoreForMostSeeds) {
  for (const EvolutionRun& run : evolution_runs) {
    if (run.options.replacement == "immediate") continue;
    EXPECT_GT(successes(run, "synchronous", 8.0 / 7.0).size(), seeds / 2) << about(run);
  }
}

TEST(KnownRuns, WhereTheOriginalWasLuckyOtherSettingsReachItsCostForMostSeeds) {
  for (const EvolutionRun& run : lucky_runs) {
    EXPECT_GT(successes(run, "immediate", 1.0).size(), seeds / 2) << about(run);
  }
}

}  // namespace
}  // namespace mystic::reference_test
