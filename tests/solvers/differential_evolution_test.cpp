#include "mystic/solvers/differential_evolution.hpp"

#include "tests/support/trace.hpp"

#include "mystic/control/monitors.hpp"
#include "mystic/control/terminations.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

namespace mystic {
namespace {

using testing_support::Trace;
using testing_support::traced;

Limits evaluations(Index most) { return {.generations = {}, .evaluations = most, .seconds = {}}; }

// The first two generations of a run, seen from outside.
struct Generations {
  Points parents;
  Points trials;
};

Generations first_two(const DifferentialEvolutionOptions& options, std::uint64_t seed) {
  Solver solver(differential_evolution(options));
  Problem problem = make_problem(sphere, 4);
  problem.bounds(Vector::Constant(4, -1.0), Vector::Constant(4, 1.0)).bounds_mode(BoundsMode::clip);
  solver.seed(seed).limits(evaluations(10000)).begin(problem);
  Generations seen;
  seen.parents = solver.ask();
  Vector costs(seen.parents.cols());
  for (Index j = 0; j < costs.size(); ++j) costs[j] = sphere(seen.parents.col(j));
  solver.tell(costs);
  seen.trials = solver.ask();
  return seen;
}

TEST(DifferentialEvolution, ChangesAtLeastOneCoordinateOfEveryTrial) {
  for (const char* strategy : {"best1bin", "rand1bin"}) {
    std::set<Index> changed;
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      const auto seen = first_two({.population = 12, .strategy = strategy, .crossover = 0.0}, seed);
      for (Index j = 0; j < 12; ++j) {
        const auto differs = (seen.trials.col(j).array() != seen.parents.col(j).array()).eval();
        EXPECT_EQ(differs.count(), 1) << "with CR = 0 it is exactly one";
        for (Index i = 0; i < 4; ++i) {
          if (differs[i]) changed.insert(i);
        }
      }
    }
    EXPECT_EQ(changed.size(), 4U) << "any of them";
  }
}

TEST(DifferentialEvolution, TakesCoordinatesFromTheMutantAtItsRate) {
  Index changed = 0;
  Index all = 0;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const auto seen = first_two({.population = 40, .weight = 0.1, .crossover = 0.6}, seed);
    changed += (seen.trials.array() != seen.parents.array()).count();
    all += seen.trials.size();
  }
  const double expected = 0.25 + 0.75 * 0.6;  // one of four always, the others at the rate
  EXPECT_NEAR(static_cast<double>(changed) / static_cast<double>(all), expected, 0.04);
}

// With CR = 1 a trial is its whole mutant: base + weight (donor - donor), and no other candidate
// explains it.
TEST(DifferentialEvolution, MutatesTheBaseOfItsStrategyByOneDifference) {
  const auto is_mutant_of = [](const Points& parents, const Vector& trial, Index base, Index target) {
    for (Index a = 0; a < parents.cols(); ++a) {
      for (Index b = 0; b < parents.cols(); ++b) {
        if (a == b || a == target || b == target) continue;
        const Vector mutant = parents.col(base) + 0.25 * (parents.col(a) - parents.col(b));
        if ((mutant.cwiseMax(-1.0).cwiseMin(1.0) - trial).norm() < 1e-14) return true;
      }
    }
    return false;
  };
  for (const bool from_best : {true, false}) {
    const auto seen = first_two({.population = 8,
                                 .strategy = from_best ? "best1bin" : "rand1bin",
                                 .weight = 0.25,
                                 .crossover = 1.0},
                                3);
    Index best = 0;
    seen.parents.colwise().squaredNorm().minCoeff(&best);
    std::set<Index> bases;
    for (Index j = 0; j < 8; ++j) {
      for (Index base = 0; base < 8; ++base) {
        if (is_mutant_of(seen.parents, seen.trials.col(j), base, j)) bases.insert(base);
      }
      EXPECT_TRUE(!from_best || is_mutant_of(seen.parents, seen.trials.col(j), best, j)) << j;
    }
    EXPECT_EQ(bases.size() > 1, !from_best);
  }
}

class Population : public Monitor {
 public:
  explicit Population(std::function<void(const Progress&)> look) : look_(std::move(look)) {}
  void step(const Progress& progress) override { look_(progress); }

 private:
  std::function<void(const Progress&)> look_;
};

TEST(DifferentialEvolution, KeepsItsPopulationInTheBoxInEveryMode) {
  for (const BoundsMode mode : {BoundsMode::reject, BoundsMode::clip, BoundsMode::redraw}) {
    Index seen = 0;
    Population monitor([&](const Progress& p) {
      EXPECT_EQ(p.population.cols(), 15);
      EXPECT_TRUE((p.population.array() >= 0.5).all() && (p.population.array() <= 2.0).all());
      ++seen;
    });
    Solver solver(differential_evolution({.population = 15}));
    solver.bounds(Vector::Constant(3, 0.5), Vector::Constant(3, 2.0), mode)
        .limits(evaluations(600))
        .on_step(monitor)
        .solve(sphere);  // the minimum in the box is its corner: trials are pulled out of it
    EXPECT_GT(seen, 10);
  }
}

TEST(DifferentialEvolution, KeepsTheRepairedPointsAsCandidates) {
  Population monitor([](const Progress& p) {
    EXPECT_TRUE((p.population.array() == p.population.array().round()).all());
    for (Index j = 0; j < p.population.cols(); ++j)
      EXPECT_EQ(p.population_costs[j], sphere(p.population.col(j)));
  });
  std::vector<Variable> variables = unnamed_variables(3);
  for (Variable& variable : variables) {
    variable.lower = -9.0;
    variable.upper = 9.0;
    variable.type = VariableType::integer;
  }
  Solver solver(differential_evolution({.population = 20}));
  const Result result =
      solver.limits(evaluations(2000))
          .on_step(monitor)
          .solve(Problem(variables, make_model([](const VectorView& x) { return sphere(x); })));
  EXPECT_EQ(result.best.x, Vector::Zero(3));
}

TEST(DifferentialEvolution, ReplacesAParentOnlyByABetterTrial) {
  Points before;
  Vector costs_before;
  Population monitor([&](const Progress& p) {
    for (Index j = 0; j < costs_before.size(); ++j) {
      EXPECT_LE(p.population_costs[j], costs_before[j]);
      if (p.population_costs[j] == costs_before[j]) {
        EXPECT_EQ(p.population.col(j), before.col(j)) << "a tie keeps the parent";
      }
      EXPECT_EQ(p.population_costs[j], std::floor(sphere(p.population.col(j))));
    }
    EXPECT_EQ(p.best_cost(), p.population_costs.minCoeff());
    before = p.population;
    costs_before = p.population_costs;
  });
  Solver solver(differential_evolution({.population = 10}));
  solver.bounds(Vector::Constant(2, -5.0), Vector::Constant(2, 5.0))
      .limits(evaluations(300))
      .on_step(monitor)
      .solve([](const VectorView& x) { return std::floor(sphere(x)); });
}

TEST(DifferentialEvolution, BeginsWithTheStartInABox) {
  Trace trace;
  Solver solver(differential_evolution({.population = 30}));
  solver.start({0.25, 0.5})
      .bounds(Vector::Constant(2, -1.0), Vector::Constant(2, 3.0))
      .limits(evaluations(30))
      .solve(traced(sphere, trace));
  EXPECT_EQ(trace.points[0], (Vector{{0.25, 0.5}}));
  double least = infinity;
  double most = -infinity;
  for (const Vector& x : trace.points) {
    least = std::min(least, x.minCoeff());
    most = std::max(most, x.maxCoeff());
  }
  EXPECT_LT(least, -0.5) << "the others are all over the box";
  EXPECT_GT(most, 2.5);
}

TEST(DifferentialEvolution, BeginsAroundTheStartWithoutABox) {
  Trace trace;
  Solver solver(differential_evolution({.population = 50, .radius = 0.1}));
  solver.start({20.0, 0.0}).limits(evaluations(50)).solve(traced(sphere, trace));
  for (const Vector& x : trace.points) {
    EXPECT_LE(std::abs(x[0] - 20.0), 2.0);
    EXPECT_LE(std::abs(x[1]), 0.1) << "0 has no relative neighbourhood";
  }
}

TEST(DifferentialEvolution, FindsTheMinimumFromEverySeed) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    for (const char* strategy : {"best1bin", "rand1bin"}) {
      const auto solve = [&](double (*function)(const VectorView&), Index n, double half_width) {
        Solver solver(differential_evolution({.population = 40, .strategy = strategy, .weight = 0.7}));
        return solver.bounds(Vector::Constant(n, -half_width), Vector::Constant(n, half_width))
            .seed(seed)
            .terminate(value_to_reach(0.0, 1e-8))
            .limits(evaluations(60000))
            .solve(function)
            .best.cost;
      };
      EXPECT_LE(solve(sphere, 5, 5.0), 1e-8) << strategy << seed;
      EXPECT_LE(solve(rosenbrock, 3, 2.0), 1e-8) << strategy << seed;
      EXPECT_LE(solve(ackley, 3, 30.0), 1e-8) << strategy << seed;
    }
  }
}

TEST(DifferentialEvolution, NeedsABoxOrAStartAndOptionsInRange) {
  Solver solver(differential_evolution());
  solver.bounds(Vector::Zero(2), Vector{{1.0, infinity}}).limits(evaluations(10));
  EXPECT_THROW(solver.solve(sphere), InvalidArgument);
  try {
    static_cast<void>(
        differential_evolution({.population = 3, .strategy = "best3bin", .weight = 0, .crossover = 7}));
    FAIL();
  } catch (const InvalidOptions& error) {
    EXPECT_STREQ(error.what(),
                 "differential-evolution:"
                 "\n  population = 3 is not in [4, 1000000]"
                 "\n  strategy = best3bin is not in best1bin | best1exp | rand1bin | rand1exp | "
                 "rand-to-best1bin | rand-to-best1exp | best2bin | best2exp | rand2bin | rand2exp | "
                 "current-to-pbest1bin | current-to-pbest1exp"
                 "\n  weight = 0 is not in (0, 2]"
                 "\n  crossover = 7 is not in [0, 1]");
  }
}

}  // namespace
}  // namespace mystic
