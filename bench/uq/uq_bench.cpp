// What uncertainty quantification costs where the model costs next to nothing: Sobol' indices, Monte
// Carlo, a Sobol' sequence, Latin hypercubes; tasks that OpenTURNS and SciPy have too. Beside them, in
// turns: compare.py, which calls this program with --once TASK.

#include "ishigami.hpp"

#include "mystic/uq/inputs.hpp"
#include "mystic/uq/latin_hypercube.hpp"
#include "mystic/uq/laws.hpp"
#include "mystic/uq/monte_carlo_study.hpp"
#include "mystic/uq/point_quality.hpp"
#include "mystic/uq/quantiles.hpp"
#include "mystic/uq/sobol_indices.hpp"
#include "mystic/uq/sobol_sequence.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <ctime>
#include <functional>
#include <numbers>
#include <string>
#include <vector>

namespace {

using namespace mystic;

/// What a run found: names and numbers, to be compared with what peers find.
using Findings = std::vector<std::pair<std::string, double>>;

struct Task {
  std::string name;
  Index size;                                                ///< of a whole run
  Index small;                                               ///< of one that only shows that it works
  std::function<std::function<Findings()>(Index size)> run;  ///< what is timed gives what is not
};

std::function<Findings()> sobol_indices_of_ishigami(Index rows) {
  Inputs inputs;
  for (const char* name : {"x1", "x2", "x3"}) {
    inputs.add(name, laws::Uniform{.lower = -std::numbers::pi, .upper = std::numbers::pi});
  }
  const SobolStudy study = sobol_indices(make_batch_model(bench::ishigami), inputs,
                                         {.samples = rows, .seed = 1, .keep_points = false});
  return [indices = study.outputs.front().indices] {
    Findings found;
    for (std::size_t i = 0; i < 3; ++i) {
      found.emplace_back(fmt::format("S{}", i + 1), indices.inputs[i].first.value);
      found.emplace_back(fmt::format("ST{}", i + 1), indices.inputs[i].total.value);
    }
    return found;
  };
}

/// Deflection of a cantilever's tip, F L^3 / (3 K), by force, length and stiffness.
Vector deflection(const PointsView& points) {
  Vector tip(points.cols());
  const double* point = points.data();
  for (double& y : tip) {
    y = point[0] * point[1] * point[1] * point[1] / (3.0 * point[2]);
    point += points.outerStride();
  }
  return tip;
}

std::function<Findings()> monte_carlo(Index samples) {
  Inputs inputs;
  inputs.add("F", laws::Normal{.mean = 30.0, .sd = 3.0})
      .add("L", laws::Uniform{.lower = 2.5, .upper = 2.6})
      .add("K", laws::Normal{.mean = 200.0, .sd = 10.0});
  const MonteCarloStudy study =
      monte_carlo_study(make_batch_model(deflection), inputs, {.samples = samples, .seed = 1});
  const Eigen::Map<const Vector> outputs(study.answers.outputs.data(), study.answers.outputs.size());
  const auto quantiles = quantiles_within(outputs, {0.05, 0.5, 0.95});
  const Moments& moments = study.moments.front();
  const Estimate mean = moments.mean_within();
  const Estimate sd = moments.sd_within();
  return [=] {
    return Findings{{"mean", mean.value},
                    {"sd", sd.value},
                    {"skewness", moments.skewness()},
                    {"kurtosis", moments.excess_kurtosis()},
                    {"q05", quantiles[0].value},
                    {"q50", quantiles[1].value},
                    {"q95", quantiles[2].value}};
  };
}

std::function<Findings()> sequence(Index count, const char* scramble) {
  const bool plain = std::string(scramble) == "none";
  auto points = std::make_shared<const Points>(
      sobol_points(10, count, {.scramble = scramble, .seed = 1, .skip = plain ? 1 : 0}));
  return [points] { return Findings{{"mean of x10", points->row(9).mean()}}; };
}

std::function<Findings()> hypercube(Index swaps, const char* criterion) {
  const Points points =
      latin_hypercube_points(10, 100, {.criterion = criterion, .swaps = swaps, .seed = 1});
  return [points] {
    const double discrepancy = centred_discrepancy(points);
    return Findings{{"phi50", spacing_criterion(points, 50.0)}, {"CD2", discrepancy * discrepancy}};
  };
}

const std::vector<Task>& tasks() {
  using namespace std::placeholders;
  static const std::vector<Task> all = {
      {"sobol-indices", Index{1} << 20U, Index{1} << 10U, sobol_indices_of_ishigami},
      {"monte-carlo", 10'000'000, 10'000, monte_carlo},
      {"sobol-sequence-plain", 10'000'000, 10'000, [](Index count) { return sequence(count, "none"); }},
      {"sobol-sequence-linear", 10'000'000, 10'000,
       [](Index count) { return sequence(count, "linear"); }},
      {"sobol-sequence-owen", 10'000'000, 10'000, [](Index count) { return sequence(count, "owen"); }},
      {"lhs-maximin", 20'000, 100, [](Index swaps) { return hypercube(swaps, "maximin"); }},
      {"lhs-discrepancy", 20'000, 100, [](Index swaps) { return hypercube(swaps, "discrepancy"); }},
  };
  return all;
}

/// One line of JSON: the processor's seconds, and what was found.
int once(const std::string& name, Index size) {
  for (const Task& task : tasks()) {
    if (task.name != name) continue;
    const std::clock_t before = std::clock();
    const auto findings = task.run(size > 0 ? size : task.size);
    const double seconds = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    std::string text;
    for (const auto& [what, value] : findings()) text += fmt::format(", \"{}\": {}", what, value);
    fmt::print("{{\"seconds\": {}{}}}\n", seconds, text);
    return 0;
  }
  fmt::print(stderr, "uq_bench: there is no task '{}'; there are:", name);
  for (const Task& task : tasks()) fmt::print(stderr, " {}", task.name);
  fmt::print(stderr, "\n");
  return 1;
}

void register_benchmarks() {
  for (const Task& task : tasks()) {
    for (const auto& [suffix, size] : {std::pair("small", task.small), std::pair("whole", task.size)}) {
      benchmark::RegisterBenchmark(fmt::format("{}/{}", task.name, suffix).c_str(),
                                   [&task, size = size](benchmark::State& state) {
                                     for (auto _ : state) benchmark::DoNotOptimize(task.run(size));
                                   })
          ->Unit(benchmark::kMillisecond);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc >= 3 && std::string(argv[1]) == "--once")
    return once(argv[2], argc > 3 ? std::stol(argv[3]) : 0);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  register_benchmarks();
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
