// Differential evolution as a whole: its strategies, both ways of replacement, bounds, initial points.

#include "mystic/solvers/differential_evolution.hpp"

#include "tests/core/error_text.hpp"
#include "tests/support/trace.hpp"

#include "mystic/control/monitors.hpp"
#include "mystic/control/terminations.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace mystic {
namespace {

using core_test::error_text;
using testing_support::Trace;
using testing_support::traced;

const std::vector<std::string> strategies{
    "best1bin", "best1exp", "rand1bin", "rand1exp", "rand-to-best1bin",     "rand-to-best1exp",
    "best2bin", "best2exp", "rand2bin", "rand2exp", "current-to-pbest1bin", "current-to-pbest1exp"};
const std::vector<std::string> replacements{"synchronous", "immediate"};

Limits evaluations(Index most) { return {.generations = {}, .evaluations = most, .seconds = {}}; }

// For every strategy and way of replacement.
template <class Check>
void for_all(const Check& check) {
  for (const std::string& strategy : strategies) {
    for (const std::string& replacement : replacements) {
      SCOPED_TRACE(strategy + " " + replacement);
      check(DifferentialEvolutionOptions{
          .population = 24, .strategy = strategy, .weight = 0.6, .replacement = replacement});
    }
  }
}

template <class Function>
Trace path_in_box(Function function, const DifferentialEvolutionOptions& options, double centre = 0.0) {
  Trace trace;
  Solver solver(differential_evolution(options));
  solver.bounds(Vector::Constant(3, centre - 4.0), Vector::Constant(3, centre + 4.0), BoundsMode::clip)
      .seed(3)
      .limits(evaluations(400))
      .solve(traced(function, trace));
  return trace;
}

TEST(DifferentialEvolutionStrategies, FindTheMinimum) {
  for_all([](const DifferentialEvolutionOptions& options) {
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
      Solver solver(differential_evolution(options));
      const Result result = solver.bounds(Vector::Constant(4, -5.0), Vector::Constant(4, 3.0))
                                .seed(seed)
                                .terminate(value_to_reach(0.0, 1e-6))
                                .limits(evaluations(40000))
                                .solve(sphere);
      EXPECT_LE(result.best.cost, 1e-6) << seed;
    }
  });
}

TEST(DifferentialEvolutionStrategies, OnlyRankCosts) {
  const auto monotone = [](const VectorView& x) { return std::cbrt(rosenbrock(x)) - 7.0; };
  for_all([&](const DifferentialEvolutionOptions& options) {
    EXPECT_EQ(path_in_box(monotone, options).points, path_in_box(rosenbrock, options).points);
  });
}

TEST(DifferentialEvolutionStrategies, FollowAShiftOfTheBox) {
  for_all([](const DifferentialEvolutionOptions& options) {
    const auto shifted = [](const VectorView& x) { return rosenbrock(x.array() - 64.0); };
    const Trace here = path_in_box(rosenbrock, options);
    const Trace there = path_in_box(shifted, options, 64.0);
    for (std::size_t i = 0; i < 400; ++i) {
      const auto from = (there.points[i].array() - 64.0 - here.points[i].array()).eval();
      ASSERT_LT(from.abs().maxCoeff(), 1e-9) << i;
    }
  });
}

TEST(DifferentialEvolutionStrategies, DifferFromEachOther) {
  std::set<std::vector<double>> paths;
  for_all([&](const DifferentialEvolutionOptions& options) {
    paths.insert(path_in_box(rosenbrock, options).costs);
  });
  EXPECT_EQ(paths.size(), strategies.size() * replacements.size());
}

// Drives a search by hand, and holds its population as the algorithm does.
class ByHand {
 public:
  explicit ByHand(const DifferentialEvolutionOptions& options)
      : problem_(make_problem(sphere, 3)), solver_(differential_evolution(options)) {
    problem_.bounds(Vector::Constant(3, -1.0), Vector::Constant(3, 2.0)).bounds_mode(BoundsMode::clip);
    solver_.seed(2).limits(evaluations(100000)).begin(problem_);
    population = solver_.ask();
    solver_.tell(costs());
  }

  [[nodiscard]] Vector costs() const { return population.colwise().squaredNorm().transpose(); }
  Points ask() { return solver_.ask(); }
  void tell(const Points& trials, Index first_target) {
    const Vector trial_costs = trials.colwise().squaredNorm().transpose();
    const Vector before = costs();
    for (Index i = 0; i < trials.cols(); ++i) {
      if (trial_costs[i] < before[first_target + i]) population.col(first_target + i) = trials.col(i);
    }
    solver_.tell(trial_costs);
  }

  // Whether x + 1/4 (from `leader` or base) + 1/4 (a - b) explains the trial.
  [[nodiscard]] bool leads_to(const VectorView& trial, Index target, Index leader) const {
    const Vector towards =
        population.col(target) + 0.25 * (population.col(leader) - population.col(target));
    return explains(trial, target, towards);
  }
  [[nodiscard]] bool explains(const VectorView& trial, Index target, const Vector& base) const {
    for (Index a = 0; a < population.cols(); ++a) {
      for (Index b = 0; b < population.cols(); ++b) {
        if (a == b || a == target || b == target) continue;
        const Vector mutant = base + 0.25 * (population.col(a) - population.col(b));
        if ((mutant.cwiseMax(-1.0).cwiseMin(2.0) - trial).norm() < 1e-13) return true;
      }
    }
    return false;
  }

  Points population;

 private:
  Problem problem_;
  Solver solver_;
};

TEST(ImmediateReplacement, LetsTheNextTrialSeeTheWinner) {
  ByHand run({.population = 8, .weight = 0.25, .crossover = 1.0, .replacement = "immediate"});
  bool best_was_replaced_within_a_generation = false;
  for (Index i = 0; i < 40; ++i) {
    const Points trial = run.ask();
    ASSERT_EQ(trial.cols(), 1) << "one evaluation at a time";
    Index best = 0;
    run.costs().minCoeff(&best);
    EXPECT_TRUE(run.explains(trial.col(0), i % 8, run.population.col(best))) << i;
    const double before = run.costs().minCoeff();
    run.tell(trial, i % 8);
    best_was_replaced_within_a_generation |= i % 8 != 7 && run.costs().minCoeff() < before;
  }
  EXPECT_TRUE(best_was_replaced_within_a_generation) << "else nothing was tested";
}

TEST(SynchronousReplacement, MakesAllTrialsOfTheLastGeneration) {
  ByHand run({.population = 8, .weight = 0.25, .crossover = 1.0});
  for (int generation = 0; generation < 5; ++generation) {
    const Points trials = run.ask();
    ASSERT_EQ(trials.cols(), 8) << "one batch";
    Index best = 0;
    run.costs().minCoeff(&best);
    for (Index target = 0; target < 8; ++target) {
      EXPECT_TRUE(run.explains(trials.col(target), target, run.population.col(best)));
    }
    run.tell(trials, 0);
  }
}

TEST(CurrentToPBest, TakesItsLeadersFromTheBestShare) {
  for (const double share : {0.01, 0.25, 0.5}) {
    ByHand run({.population = 8,
                .strategy = "current-to-pbest1bin",
                .weight = 0.25,
                .crossover = 1.0,
                .best_share = share});
    const auto leaders = std::max<std::size_t>(1, static_cast<std::size_t>(std::round(share * 8)));
    std::set<Index> seen;
    for (int generation = 0; generation < 6; ++generation) {
      const Vector costs = run.costs();
      std::vector<Index> order(8);
      std::iota(order.begin(), order.end(), 0);
      std::sort(order.begin(), order.end(), [&](Index i, Index j) { return costs[i] < costs[j]; });
      const Points trials = run.ask();
      for (Index target = 0; target < 8; ++target) {
        std::vector<Index> explaining;
        for (std::size_t rank = 0; rank < leaders; ++rank) {
          if (run.leads_to(trials.col(target), target, order[rank])) {
            explaining.push_back(static_cast<Index>(rank));
          }
        }
        EXPECT_FALSE(explaining.empty()) << "share " << share << ", target " << target;
        if (explaining.size() == 1) seen.insert(explaining.front());
      }
      run.tell(trials, 0);
    }
    EXPECT_EQ(seen.size(), leaders) << "each of them at times";
  }
}

TEST(DifferentialEvolutionBounds, EveryTrialBroughtInsideIsEvaluatedWhereItLies) {
  for (const std::string outside : {"reflect", "midpoint", "redraw"}) {
    for (const std::string& replacement : replacements) {
      RecordingMonitor steps;
      Trace trace;
      Solver solver(differential_evolution(
          {.population = 12, .weight = 1.5, .replacement = replacement, .outside = outside}));
      solver
          .bounds(Vector::Constant(3, 0.5), Vector::Constant(3, 2.0))  // rejects what is outside
          .limits(evaluations(600))
          .on_step(steps)
          .solve(traced(sphere, trace));
      for (std::size_t i = 1; i < steps.steps().size(); ++i) {
        EXPECT_EQ(steps.steps()[i].evaluations, static_cast<Index>(12 * (i + 1))) << outside;
      }
      for (const Vector& x : trace.points) {
        EXPECT_TRUE((x.array() >= 0.5).all() && (x.array() <= 2.0).all()) << outside;
      }
    }
  }
}

// The problem would move them to the bounds; the solver's rule comes first.
TEST(DifferentialEvolutionBounds, RejectedTrialsAreNotEvaluatedWhateverTheProblemsMode) {
  for (const std::string& replacement : replacements) {
    Trace trace;
    Solver solver(differential_evolution(
        {.population = 12, .weight = 1.5, .replacement = replacement, .outside = "reject"}));
    const Result result =
        solver.bounds(Vector::Constant(2, 0.5), Vector::Constant(2, 2.0), BoundsMode::clip)
            .limits({.generations = 40, .evaluations = {}, .seconds = {}})
            .solve(traced(sphere, trace));
    for (const Vector& x : trace.points) {
      EXPECT_TRUE((x.array() > 0.5).all() && (x.array() < 2.0).all()) << replacement;
    }
    EXPECT_EQ(result.generations, 40);
    EXPECT_LT(result.evaluations, 12 * 41);
    EXPECT_GT(result.evaluations, 12 * 10);
  }
}

TEST(DifferentialEvolutionBounds, ASearchWhoseEveryTrialIsRejectedEnds) {
  for (const std::string& replacement : replacements) {
    Solver solver(differential_evolution({.population = 4,
                                          .weight = 2.0,
                                          .crossover = 1.0,
                                          .replacement = replacement,
                                          .outside = "reject"}));
    const Result result = solver.bounds(Vector::Constant(60, -1.0), Vector::Constant(60, 1.0))
                              .limits(evaluations(100))
                              .solve(sphere);
    EXPECT_EQ(result.stop.kind, StopKind::ended);
    EXPECT_EQ(result.stop.reason, "the last 100000 points that it proposed lie outside the bounds");
    EXPECT_EQ(result.evaluations, 4);
  }
}

TEST(DifferentialEvolutionBounds, RedrawNeedsTwoBoundsOrNone) {
  Solver solver(differential_evolution({.outside = "redraw"}));
  solver.start({1.0, 1.0})
      .bounds(Vector{{-infinity, 0.0}}, Vector::Constant(2, infinity))
      .limits(evaluations(100));
  EXPECT_THROW(solver.solve(sphere), InvalidArgument);
  solver.bounds(Vector{{-infinity, 0.0}}, Vector{{infinity, 2.0}});
  EXPECT_EQ(solver.solve(sphere).evaluations, 100);
}

TEST(DifferentialEvolutionInitialPoints, AreItsFirstCandidatesAndItDrawsTheRest) {
  Trace trace;
  const Points points{{0.5, -0.5, 0.25}, {0.125, 0.0, 1.0}};
  Solver solver(differential_evolution({.population = 10}));
  solver.bounds(Vector::Constant(2, -1.0), Vector::Constant(2, 1.0))
      .start(InitialPoints::given(points))
      .limits(evaluations(10))
      .solve(traced(sphere, trace));
  std::set<double> seen;
  for (std::size_t j = 0; j < 10; ++j) {
    if (j < 3) {
      EXPECT_EQ(trace.points[j], points.col(static_cast<Index>(j)));
    }
    seen.insert(trace.points[j][0]);
  }
  EXPECT_EQ(seen.size(), 10U) << "the others differ";
}

TEST(DifferentialEvolutionInitialPoints, AreAtMostItsPopulation) {
  Solver solver(differential_evolution({.population = 4}));
  solver.bounds(Vector::Zero(2), Vector::Ones(2)).limits(evaluations(10));
  EXPECT_EQ(solver.start(InitialPoints::in_box(4)).solve(sphere).evaluations, 10);
  EXPECT_THROW(solver.start(InitialPoints::in_box(5)).solve(sphere), InvalidArgument);
}

TEST(DifferentialEvolutionOptionsTest, APopulationHasEnoughDonorsForItsStrategy) {
  for (const std::string& strategy : strategies) {
    const Index least = strategy.starts_with("rand2") ? 6 : strategy.starts_with("best2") ? 5 : 4;
    EXPECT_NO_THROW(
        static_cast<void>(differential_evolution({.population = least, .strategy = strategy})));
    EXPECT_THROW(
        static_cast<void>(differential_evolution({.population = least - 1, .strategy = strategy})),
        InvalidOptions);
  }
  EXPECT_EQ(error_text([] {
              static_cast<void>(differential_evolution({.population = 5, .strategy = "rand2exp"}));
            }),
            "differential-evolution:\n  population = 5 is too small for rand2exp: a target and its 5 "
            "donors differ, so 6 at least");
}

}  // namespace
}  // namespace mystic
