// The original's published runs: what it reached, and for how many evaluations. Nelder-Mead's are met
// exactly, Powell's with fewer evaluations, those of differential evolution, which are random, in the
// median over 20 seeds.

#include "mystic/control/terminations.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/differential_evolution.hpp"
#include "mystic/solvers/nelder_mead.hpp"
#include "mystic/solvers/powell.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace mystic::reference_test {
namespace {

using Function = double (*)(const VectorView&);
constexpr double pi = std::numbers::pi;

// Functions that the library does not have, in the original's form.

double branin(const VectorView& x) {
  const double valley = x[1] - 5.1 / (4.0 * pi * pi) * x[0] * x[0] + 5.0 / pi * x[0] - 6.0;
  return valley * valley + 10.0 * (1.0 - 1.0 / (8.0 * pi)) * std::cos(x[0]) + 10.0;
}

double easom(const VectorView& x) {
  const double from = std::pow(x[0] - pi, 2) + std::pow(x[1] - pi, 2);
  return -std::cos(x[0]) * std::cos(x[1]) * std::exp(-from);
}

double goldstein_price(const VectorView& at) {
  const double x = at[0];
  const double y = at[1];
  const double first = 19 - 14 * x + 3 * x * x - 14 * y + 6 * x * y + 3 * y * y;
  const double second = 18 - 32 * x + 12 * x * x + 48 * y - 36 * x * y + 27 * y * y;
  return (1 + std::pow(x + y + 1, 2) * first) * (30 + std::pow(2 * x - 3 * y, 2) * second);
}

double paviani(const VectorView& x) {
  double sum = 0.0;
  double product = 1.0;
  for (const double c : x) {
    sum += std::pow(std::log(c - 2.0), 2) + std::pow(std::log(10.0 - c), 2);
    product *= c;
  }
  return sum - std::pow(product, 0.2);
}

double michalewicz(const VectorView& x) {
  double sum = 0.0;
  for (Index i = 0; i < x.size(); ++i) {
    const auto k = static_cast<double>(i + 1);
    sum -= std::sin(x[i]) * std::pow(std::sin(k * x[i] * x[i] / pi), 20);
  }
  return sum;
}

double schwefel(const VectorView& x) {
  double sum = 0.0;
  for (const double c : x) sum -= c * std::sin(std::sqrt(std::abs(c)));
  return sum;
}

struct KnownRun {
  const char* name;
  Function function;
  std::vector<double> start;
  double nelder_mead_cost;
  Index nelder_mead_evaluations;
  double powell_cost;
  Index powell_evaluations;
};

const std::vector<double> fives(10, 5.0);
const std::vector<double> nines(10, 9.0);
const std::vector<KnownRun> known_runs{
    {"sphere3", sphere, {1, 2, 3}, 2.78161735076e-09, 167, 8.38164711797e-31, 55},
    {"griewank10", griewank, fives, 0.0442877908699, 1569, 0.0466583663339, 510},
    {"zimmermann2", zimmermann, {2.5, 2.5}, 1.1462803319e-05, 219, 0.906066925872, 234},
    {"ackley2", ackley, {3.3, -2.1}, 7.96171132157, 61, 9.54614165494e-12, 314},
    {"ackley5", ackley, {1.1, -0.7, 0.4, 0.9, -1.3}, 3.22275143034, 232, 8.07887090559e-12, 653},
    {"rastrigin2", rastrigin, {3.2, -1.7}, 12.9344325043, 58, 9.94956029858, 54},
    {"schwefel2", schwefel, {400, -300}, -719.52743993, 79, -719.52743993, 42},
    {"branin2", branin, {0, 0}, 0.397887358575, 152, 0.397887357765, 71},
    {"easom2", easom, {2, 2}, -0.999999999348, 68, -1.0, 42},
    {"goldstein2", goldstein_price, {0.5, -0.5}, 3.0000000954, 78, 30.0000159022, 105},
    {"paviani10", paviani, nines, -45.7784696839, 395, -45.7784674455, 243},
    {"michalewicz5", michalewicz, {2, 1.5, 1.2, 1.8, 1.6}, -4.68765808791, 281, -4.29025813867, 227},
};

Result solve(const KnownRun& run, const Algorithm& algorithm, const Termination& termination) {
  Solver solver(algorithm);
  const Eigen::Map<const Vector> x(run.start.data(), static_cast<Index>(run.start.size()));
  return solver.start(x).terminate(termination).solve(run.function);
}

TEST(ReferenceRuns, NelderMeadIsTheOriginalsInCostAndEvaluations) {
  for (const KnownRun& run : known_runs) {
    const Result ours = solve(run, nelder_mead(), candidate_relative_tolerance(1e-4, 1e-4));
    EXPECT_EQ(ours.evaluations, run.nelder_mead_evaluations) << run.name;
    EXPECT_NEAR(ours.best.cost, run.nelder_mead_cost, 1e-9 * std::max(1.0, std::abs(ours.best.cost)))
        << run.name;
  }
}

TEST(ReferenceRuns, PowellReachesTheOriginalsCostForFewerEvaluations) {
  for (const KnownRun& run : known_runs) {
    const Result ours = solve(run, powell(), normalised_change_over_generation(1e-4, 1));
    EXPECT_LE(ours.evaluations, run.powell_evaluations) << run.name;
    RecordProperty(run.name, std::to_string(ours.evaluations));
    EXPECT_NEAR(ours.best.cost, run.powell_cost, 1e-9 * std::max(1.0, std::abs(ours.best.cost)))
        << run.name;
  }
}

struct KnownEvolution {
  const char* name;
  Function function;
  Index dimension;
  double lower;
  double upper;
  Index population;
  double target;
  double tolerance;
  Index evaluations;  ///< of the original's one run with the original's generator
};

const std::vector<KnownEvolution> known_evolutions{
    {"rosenbrock3", rosenbrock, 3, -5, 5, 30, 0, 1e-6, 1825},
    {"rosenbrock10", rosenbrock, 10, -5, 5, 100, 0, 1e-6, 36219},
    {"sphere3", sphere, 3, -5.12, 5.12, 30, 0, 1e-6, 1154},
    {"ackley2", ackley, 2, -30, 30, 20, 0, 1e-6, 1154},
    {"ackley10", ackley, 10, -30, 30, 100, 0, 1e-6, 35655},
    {"zimmermann2", zimmermann, 2, 0, 10, 20, 0, 1e-6, 1904},
};

TEST(ReferenceRuns, DifferentialEvolutionTakesTheOriginalsEvaluationsInTheMedian) {
  constexpr std::uint64_t seeds = 20;
  for (const KnownEvolution& run : known_evolutions) {
    std::vector<Index> evaluations;
    int reached = 0;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
      Solver solver(differential_evolution({.population = run.population}));
      const Result ours = solver
                              .bounds(Vector::Constant(run.dimension, run.lower),
                                      Vector::Constant(run.dimension, run.upper))
                              .seed(seed)
                              .terminate(value_to_reach(run.target, run.tolerance))
                              .limits({.generations = {}, .evaluations = 60000, .seconds = {}})
                              .solve(run.function);
      if (ours.best.cost <= run.target + run.tolerance) ++reached;
      evaluations.push_back(ours.evaluations);
    }
    std::sort(evaluations.begin(), evaluations.end());
    const auto median = static_cast<double>(evaluations[seeds / 2]);
    EXPECT_GE(reached, 18) << run.name << ": others end at a local minimum";
    EXPECT_LE(median, 1.15 * static_cast<double>(run.evaluations)) << run.name;
    RecordProperty(run.name, std::to_string(median / static_cast<double>(run.evaluations)));
  }
}

}  // namespace
}  // namespace mystic::reference_test
