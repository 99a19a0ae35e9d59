// What a solver costs per evaluation beyond the cost function itself, beside its peers: NLopt's
// Nelder-Mead and PRAXIS, pagmo's differential evolution.
//
// Rosenbrock's function from (-1.2, ..., -1.2), or in the box [-5, 10]; 7500 evaluations a run (NLopt's
// Nelder-Mead has converged by 7769; the start of a run, some 8 us of ours, is counted in), journal and
// monitors off, one core. Peers that are not installed are left out: MYSTIC_BENCH_NLOPT and
// MYSTIC_BENCH_PAGMO say which are.
//
// The table at the end is the figure to go by: on a shared machine single timings differ by a factor of
// two, so all contenders are timed in turns, round after round, and the medians over the rounds of the
// ratios are printed, with their quartiles.

#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/differential_evolution.hpp"
#include "mystic/solvers/nelder_mead.hpp"
#include "mystic/solvers/nlopt.hpp"
#include "mystic/solvers/powell.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#ifdef MYSTIC_BENCH_NLOPT
#include <nlopt.h>
#endif
#ifdef MYSTIC_BENCH_PAGMO
#include <pagmo/algorithm.hpp>
#include <pagmo/algorithms/de.hpp>
#include <pagmo/population.hpp>
#include <pagmo/problem.hpp>
#endif

#include <algorithm>
#include <ctime>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace mystic;

constexpr Index evaluations = 7500;
constexpr int rounds = 41;

/// Something to be timed.
struct Contender {
  std::string name;
  Index dimension;
  std::string peer;  ///< its time beyond the cost is compared with this contender's; empty: with none
  double bar;        ///< most that it may take of that
  std::function<Index()> run;  ///< returns the evaluations made
};

Vector start(Index dimension) { return Vector::Constant(dimension, -1.2); }
std::string cost_alone(Index dimension) { return fmt::format("cost alone, {}-D", dimension); }

Contender cost_in(Index dimension) {
  return {cost_alone(dimension), dimension, "", 0.0, [dimension] {
            Points points = Points::Random(dimension, 100);
            for (Index i = 0; i < evaluations; ++i) {
              double* const x = points.data() + i % points.cols() * dimension;
              benchmark::DoNotOptimize(x);
              benchmark::ClobberMemory();
              double cost = rosenbrock(Eigen::Map<const Vector>(x, dimension));
              benchmark::DoNotOptimize(cost);
            }
            return evaluations;
          }};
}

Contender ours(std::string name, Index dimension, std::string peer, double bar,
               const Algorithm& algorithm, bool in_box = false) {
  return {std::move(name), dimension, std::move(peer), bar, [algorithm, dimension, in_box] {
            Solver solver(algorithm);
            solver.start(start(dimension))
                .limits({.generations = {}, .evaluations = evaluations, .seconds = {}});
            if (in_box) {
              solver.start(InitialPoints::in_box(1))
                  .bounds(Vector::Constant(dimension, -5.0), Vector::Constant(dimension, 10.0));
            }
            const Result result = solver.solve([](const VectorView& x) { return rosenbrock(x); });
            return result.evaluations;
          }};
}

#ifdef MYSTIC_BENCH_NLOPT
double nlopt_cost(unsigned n, const double* x, double*, void*) {
  return rosenbrock(Eigen::Map<const Vector>(x, static_cast<Index>(n)));
}

Contender nlopts(std::string name, nlopt_algorithm algorithm, Index dimension) {
  return {std::move(name), dimension, "", 0.0, [algorithm, dimension] {
            nlopt_opt solver = nlopt_create(algorithm, static_cast<unsigned>(dimension));
            nlopt_set_min_objective(solver, nlopt_cost, nullptr);
            nlopt_set_maxeval(solver, evaluations);
            Vector x = start(dimension);
            double cost = 0.0;
            nlopt_optimize(solver, x.data(), &cost);
            benchmark::DoNotOptimize(cost);
            const Index made = nlopt_get_numevals(solver);
            nlopt_destroy(solver);
            return made;
          }};
}
#endif

#ifdef MYSTIC_BENCH_PAGMO
struct PagmoCost {
  Index dimension = 10;

  pagmo::vector_double fitness(const pagmo::vector_double& x) const {
    return {rosenbrock(Eigen::Map<const Vector>(x.data(), static_cast<Index>(x.size())))};
  }
  std::pair<pagmo::vector_double, pagmo::vector_double> get_bounds() const {
    const auto n = static_cast<std::size_t>(dimension);
    return {pagmo::vector_double(n, -5.0), pagmo::vector_double(n, 10.0)};
  }
};

Contender pagmos(std::string name, Index dimension, Index population) {
  return {std::move(name), dimension, "", 0.0, [dimension, population] {
            const auto generations = static_cast<unsigned>(evaluations / population - 1);
            constexpr unsigned best1bin = 6;
            const pagmo::algorithm solver(pagmo::de(generations, 0.8, 0.9, best1bin, 0.0, 0.0, 1));
            const pagmo::population first(pagmo::problem(PagmoCost{dimension}),
                                          static_cast<std::size_t>(population), 1);
            const pagmo::population last = solver.evolve(first);
            double cost = last.champion_f()[0];
            benchmark::DoNotOptimize(cost);
            return static_cast<Index>(last.get_problem().get_fevals());
          }};
}
#endif

// Trials outside are drawn anew, as pagmo does: one that the problem rejects would be made for nothing,
// and in many variables most are.
Algorithm in_box(Index population, std::string strategy, std::string outside) {
  return differential_evolution(
      {.population = population, .strategy = std::move(strategy), .outside = std::move(outside)});
}

const std::vector<Contender>& contenders() {
  static const std::string of_nlopt = "NLopt's nelder-mead";
  static const std::string praxis = "NLopt's praxis";
  static const std::string de_10 = "pagmo's de, 10-D, 100";
  static const std::string de_30 = "pagmo's de, 30-D, 300";
  static const std::vector<Contender> all = {
      cost_in(10),
      cost_in(30),
#ifdef MYSTIC_BENCH_NLOPT
      nlopts(of_nlopt, NLOPT_LN_NELDERMEAD, 10),
      nlopts(praxis, NLOPT_LN_PRAXIS, 10),
      // The same on a stack of its own: what the difference costs is two switches and the driver.
      ours("nlopt's on our stack", 10, of_nlopt, 0.0,
           nlopt({.algorithm = "LN_NELDERMEAD", .x_tolerance = 0})),
#endif
#ifdef MYSTIC_BENCH_PAGMO
      pagmos(de_10, 10, 100),
      pagmos(de_30, 30, 300),
#endif
      ours("nelder-mead", 10, of_nlopt, 0.2, nelder_mead()),
      ours("powell", 10, of_nlopt, 0.2, powell()),
      ours("powell beside praxis", 10, praxis, 0.7, powell()),
      ours("differential-evolution", 10, of_nlopt, 0.5, differential_evolution({.population = 100})),
      ours("de unbounded, 10-D, 100", 10, de_10, 0.28, differential_evolution({.population = 100})),
      ours("de unbounded, 30-D, 300", 30, de_30, 0.30, differential_evolution({.population = 300})),
      ours("de, 10-D, 100", 10, de_10, 0.28, in_box(100, "best1bin", "redraw"), true),
      ours("de reflecting, 10-D, 100", 10, de_10, 0.28, in_box(100, "best1bin", "reflect"), true),
      ours("de, 30-D, 300", 30, de_30, 0.30, in_box(300, "best1bin", "redraw"), true),
      ours("de reflecting, 30-D, 300", 30, de_30, 0.30, in_box(300, "best1bin", "reflect"), true),
      ours("de exponential, 30-D, 300", 30, de_30, 0.30, in_box(300, "best1exp", "redraw"), true),
  };
  return all;
}

double nanoseconds_per_evaluation(const Contender& contender) {
  const std::clock_t before = std::clock();  // of this process: others on the machine matter less
  const Index made = contender.run();
  const auto taken = static_cast<double>(std::clock() - before);
  return 1e9 * taken / CLOCKS_PER_SEC / static_cast<double>(made);
}

double quantile(std::vector<double> values, double share) {
  const auto rank = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + rank, values.end());
  return values[static_cast<std::size_t>(rank)];
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

// Place among the contenders; their number where there is none of that name.
std::size_t find_contender(const std::string& name) {
  const auto& all = contenders();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Contender& c) { return c.name == name; });
  return static_cast<std::size_t>(found - all.begin());
}

void print_table() {
  const auto times = time_in_turns();
  fmt::print("\nMedians of {} rounds, contenders in turns; beyond the cost itself:\n", rounds);
  fmt::print("{:<26} {:>14} {:>12} {:>10} {:>18} {:>5}\n", "", "ns/evaluation", "beyond_cost",
             "of peer's", "quartiles", "bar");
  for (std::size_t i = 0; i < times.size(); ++i) {
    const Contender& contender = contenders()[i];
    const auto& cost = times[find_contender(cost_alone(contender.dimension))];
    const std::size_t peer = find_contender(contender.peer);
    std::vector<double> beyond;
    std::vector<double> ratios;
    for (std::size_t round = 0; round < cost.size(); ++round) {
      beyond.push_back(times[i][round] - cost[round]);
      if (peer < times.size()) ratios.push_back(beyond.back() / (times[peer][round] - cost[round]));
    }
    fmt::print("{:<26} {:>14.1f} {:>12.1f}", contender.name, quantile(times[i], 0.5),
               quantile(beyond, 0.5));
    if (!ratios.empty()) {
      fmt::print(" {:>10.3f} {:>18} {:>5}", quantile(ratios, 0.5),
                 fmt::format("[{:.3f}, {:.3f}]", quantile(ratios, 0.25), quantile(ratios, 0.75)),
                 contender.bar);
    } else if (!contender.peer.empty()) {
      fmt::print(" {:>10}", "not built in");
    }
    fmt::print("\n");
  }
}

void register_benchmarks() {
  for (const Contender& contender : contenders()) {
    benchmark::RegisterBenchmark(contender.name.c_str(), [&contender](benchmark::State& state) {
      Index made = 0;
      for (auto _ : state) made += contender.run();
      state.counters["ns_per_evaluation"] = benchmark::Counter(
          static_cast<double>(made) * 1e-9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
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
