// What one evaluation of an external model costs: work directory, template, command with its output
// caught, extraction, removal; against posix_spawn and waitpid with the same files.
//
//   models_bench --benchmark_min_time=3
//
// 2026-11-21, two cores of a virtual machine, GCC 12 -O2, three runs, medians over the rounds:
//
//                         bare / us             evaluation / us       ratio
//   /bin/true, 1 thread   2072, 1843, 1255      2203, 2027, 1447      1.12, 1.10, 1.20
//   /bin/true, 2 threads  1815, 1846, 1477      2063, 1939, 1645      1.13, 1.12, 1.11
//   30 ms,     1 thread   33078, 32183, 32242   33316, 32572, 32463   1.011, 1.011, 1.009
//   30 ms,     2 threads  33673, 32722, 32723   33989, 32795, 32989   1.007, 1.001, 1.009
//
// Promised: at most 1.3 for a program that does nothing, 1.05 for one of 30 ms, by one thread and by
// two.

#include "bare_evaluation.hpp"

#include <mystic/models/external_model.hpp>

#include <memory>
#include <mutex>

namespace {

using namespace mystic::bench;

const mystic::Supervisor supervisor;

mystic::ExternalModelOptions options_for(const Arguments& program) {
  mystic::ExternalModelOptions options;
  options.inputs = {"length", "width"};
  options.templates = {{.text = "length = @length@\nwidth = @width@\nload = 1000\n", .to = "input"}};
  options.command = program;
  // The program prints nothing: how often it says "done" is a number all the same.
  options.outputs = {{.name = "y", .after = "done", .reduce = "count"}};
  options.outputs.push_back(options.outputs.front());
  options.outputs.back().name = "warnings";
  options.outputs.back().file = "stderr";
  return options;
}

bool evaluate_model(const mystic::ExternalModel& model) {
  alignas(64) const double x[8] = {1.25, 0.75};
  const std::stop_token stop;
  mystic::Outcome outcome;
  outcome.outputs.resize(2);
  const mystic::PointsMap point(x, 2, 1, Eigen::OuterStride<>(8));
  model.evaluate({.first = {}, .points = point, .stop = stop}, {&outcome, 1});
  return outcome.ok() && outcome.outputs[0] == 0.0;
}

void compare_with_bare(benchmark::State& state, const Arguments& program, int per_round) {
  static std::mutex making;
  const Evaluation evaluation(program, state.thread_index());
  std::unique_ptr<const mystic::ExternalModel> model;
  {
    const std::lock_guard lock(making);
    const mystic::Surroundings surroundings{.scratch = "/tmp",
                                            .environment = mystic::current_environment(environ)};
    model =
        std::make_unique<const mystic::ExternalModel>(options_for(program), surroundings, supervisor);
  }
  compare(
      state, per_round, [&] { return evaluate(evaluation, run_bare); },
      [&] { return evaluate_model(*model); }, "evaluation_us");
}

void do_nothing(benchmark::State& state) { compare_with_bare(state, {"/bin/true"}, 10); }
void sleep_30_ms(benchmark::State& state) { compare_with_bare(state, {"/bin/sleep", "0.03"}, 3); }

}  // namespace

BENCHMARK(do_nothing)->UseRealTime()->Unit(benchmark::kMillisecond)->Threads(1)->Threads(2);
BENCHMARK(sleep_30_ms)->UseRealTime()->Unit(benchmark::kMillisecond)->Threads(1)->Threads(2);
