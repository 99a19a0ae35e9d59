// What a solver costs per evaluation beyond the cost function itself, beside NLopt's Nelder-Mead.
//
// Rosenbrock's function in 10 variables from (-1.2, ..., -1.2), 7500 evaluations a run (NLopt's search
// has converged by 7769; the start of a run, some 8 us of ours, is counted in), journal and monitors
// off, one core. Define MYSTIC_BENCH_NLOPT and link nlopt to have the comparison.
//
// The table at the end is the figure to go by: on a shared machine single timings differ by a factor of
// two, so all contenders are timed in turns, round after round, and the medians over the rounds of the
// ratios are printed.

#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/differential_evolution.hpp"
#include "mystic/solvers/nelder_mead.hpp"
#include "mystic/solvers/powell.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#ifdef MYSTIC_BENCH_NLOPT
#include <nlopt.h>
#endif

#include <algorithm>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

namespace {

using namespace mystic;

constexpr Index dimension = 10;
constexpr Index evaluations = 7500;
constexpr int rounds = 41;

/// Makes `evaluations` evaluations.
struct Contender {
  std::string name;
  double bar;  ///< most that it may take of NLopt's time beyond the cost; 0: none
  std::function<void()> run;
};

Vector start() { return Vector::Constant(dimension, -1.2); }

void evaluate_cost() {
  Points points = Points::Random(dimension, 100);
  for (Index i = 0; i < evaluations; ++i) {
    double* const x = points.data() + i % points.cols() * dimension;
    benchmark::DoNotOptimize(x);
    benchmark::ClobberMemory();
    double cost = rosenbrock(Eigen::Map<const Vector>(x, dimension));
    benchmark::DoNotOptimize(cost);
  }
}

Contender contender(double bar, const Algorithm& algorithm) {
  return {algorithm.name, bar, [algorithm] {
            Solver solver(algorithm);
            solver.start(start()).limits({.generations = {}, .evaluations = evaluations, .seconds = {}});
            Result result = solver.solve([](const VectorView& x) { return rosenbrock(x); });
            benchmark::DoNotOptimize(result.best.cost);
          }};
}

#ifdef MYSTIC_BENCH_NLOPT
double nlopt_cost(unsigned n, const double* x, double*, void*) {
  return rosenbrock(Eigen::Map<const Vector>(x, static_cast<Index>(n)));
}

void run_nlopt() {
  nlopt_opt solver = nlopt_create(NLOPT_LN_NELDERMEAD, dimension);
  nlopt_set_min_objective(solver, nlopt_cost, nullptr);
  nlopt_set_maxeval(solver, evaluations);
  Vector x = start();
  double cost = 0.0;
  nlopt_optimize(solver, x.data(), &cost);
  benchmark::DoNotOptimize(cost);
  nlopt_destroy(solver);
}
#endif

const std::vector<Contender>& contenders() {
  static const std::vector<Contender> all = {
      {"cost alone", 0.0, evaluate_cost},
#ifdef MYSTIC_BENCH_NLOPT
      {"NLopt's nelder-mead", 0.0, run_nlopt},
#endif
      contender(0.2, nelder_mead()),
      contender(0.2, powell()),
      contender(0.5, differential_evolution({.population = 100})),
  };
  return all;
}

double nanoseconds_per_evaluation(const Contender& contender) {
  const std::clock_t before = std::clock();  // of this process: others on the machine matter less
  contender.run();
  const auto taken = static_cast<double>(std::clock() - before);
  return 1e9 * taken / CLOCKS_PER_SEC / static_cast<double>(evaluations);
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Nanoseconds per evaluation: a row per contender, a column per round.
std::vector<std::vector<double>> time_in_turns() {
  std::vector<std::vector<double>> times(contenders().size());
  for (int round = -1; round < rounds; ++round) {  // the first warms up
    for (std::size_t i = 0; i < times.size(); ++i) {
      const double time = nanoseconds_per_evaluation(contenders()[i]);
      if (round >= 0) times[i].push_back(time);
    }
  }
  return times;
}

void print_table() {
  const auto times = time_in_turns();
  fmt::print("\nMedians of {} rounds, contenders in turns; beyond the cost itself:\n", rounds);
  fmt::print("{:<24} {:>14} {:>14} {:>16} {:>6}\n", "", "ns/evaluation", "beyond_cost", "of NLopt's",
             "bar");
  for (std::size_t i = 0; i < times.size(); ++i) {
    std::vector<double> beyond;
    std::vector<double> ratios;
    for (std::size_t round = 0; round < times[i].size(); ++round) {
      beyond.push_back(times[i][round] - times[0][round]);
      ratios.push_back(beyond.back() / (times[1][round] - times[0][round]));
    }
#ifdef MYSTIC_BENCH_NLOPT
    const std::string ratio = i == 0 ? "" : fmt::format("{:.3f}", median(ratios));
#else
    const std::string ratio = "not built in";
#endif
    const double bar = contenders()[i].bar;
    fmt::print("{:<24} {:>14.1f} {:>14.1f} {:>16} {:>6}\n", contenders()[i].name, median(times[i]),
               median(beyond), ratio, bar > 0 ? fmt::format("{}", bar) : "");
  }
}

void register_benchmarks() {
  for (const Contender& contender : contenders()) {
    benchmark::RegisterBenchmark(contender.name.c_str(), [&contender](benchmark::State& state) {
      for (auto _ : state) contender.run();
      const double made = static_cast<double>(state.iterations()) * static_cast<double>(evaluations);
      state.counters["ns_per_evaluation"] =
          benchmark::Counter(made * 1e-9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
    });
  }
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  register_benchmarks();
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  print_table();
}
