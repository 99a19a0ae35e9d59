// What a map costs per task and per batch, with a model that costs next to nothing.
//
// Each iteration submits a batch of tasks of one point, waits for all and takes them back, as a
// solver with a population does; "time" is per batch, "per_task" its share. Compare: an OpenMP loop
// with a dynamic schedule, the cheapest way to share out a batch that is known beforehand.

#include "mystic/maps/serial.hpp"
#include "mystic/maps/openmp.hpp"
#include "mystic/maps/threads.hpp"

#include <benchmark/benchmark.h>

#include <boost/align/aligned_allocator.hpp>

#include <memory>
#include <vector>

namespace {

using namespace mystic;

class Square final : public Model {
 public:
  [[nodiscard]] const std::vector<std::string>& inputs() const override { return inputs_; }
  [[nodiscard]] const std::vector<std::string>& outputs() const override { return outputs_; }
  void evaluate(const Question& question, std::span<Outcome> outcomes) const override {
    for (Index j = 0; j < question.points.cols(); ++j) {
      outcomes[static_cast<std::size_t>(j)].outputs[0] = question.points.col(j).squaredNorm();
    }
  }

 private:
  std::vector<std::string> inputs_;
  std::vector<std::string> outputs_{"y"};
};

constexpr Index dimension = 8;

// Tasks of one point each, with all they point to.
struct Batch {
  explicit Batch(std::size_t size)
      : points(size * static_cast<std::size_t>(dimension), 1.5), outcomes(size), tasks(size) {
    for (std::size_t i = 0; i < size; ++i) {
      tasks[i] = {.first = {{}, i},
                  .points = points.data() + i * static_cast<std::size_t>(dimension),
                  .dimension = dimension,
                  .stride = dimension,
                  .outcomes = {&outcomes[i], 1},
                  .position = static_cast<Index>(i),
                  .of = static_cast<Index>(size)};
    }
  }
  std::vector<double, boost::alignment::aligned_allocator<double, 64>> points;
  std::vector<Outcome> outcomes;
  std::vector<Task> tasks;
};

std::unique_ptr<Map> make_map(char kind, Index threads) {
  if (kind == 't') return std::make_unique<ThreadsMap>(threads);
  if (kind == 'o') return std::make_unique<OpenMPMap>(threads);
  return std::make_unique<SerialMap>();
}

void share_out(benchmark::State& state, char kind) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const std::unique_ptr<Map> map = make_map(kind, state.range(1));
  const Square model;
  const Evaluator evaluator(model);
  Batch batch(size);
  map->begin(evaluator);
  for (auto _ : state) {
    for (Task& task : batch.tasks) map->submit(task);
    for (std::size_t back = 0; back < size;) {
      if (map->wait(std::chrono::milliseconds(100)) != nullptr) ++back;
    }
  }
  map->end();
  state.counters["per_task"] =
      benchmark::Counter(static_cast<double>(size),
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void serial(benchmark::State& state) { share_out(state, 's'); }
void threads(benchmark::State& state) { share_out(state, 't'); }
void openmp(benchmark::State& state) { share_out(state, 'o'); }

void bare_openmp_loop(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const int team = static_cast<int>(state.range(1));
  const Square model;
  const Evaluator evaluator(model);
  Batch batch(size);
  for (auto _ : state) {
#pragma omp parallel for schedule(dynamic, 1) num_threads(team)
    for (std::size_t i = 0; i < size; ++i) evaluator.run(batch.tasks[i], {});
  }
  state.counters["per_task"] =
      benchmark::Counter(static_cast<double>(size),
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

const std::vector<std::vector<std::int64_t>> sizes{{1, 40, 10000}, {1, 2}};

BENCHMARK(serial)->ArgNames({"tasks", "workers"})->ArgsProduct({{1, 40, 10000}, {1}})->UseRealTime();
BENCHMARK(threads)->ArgNames({"tasks", "workers"})->ArgsProduct(sizes)->UseRealTime();
BENCHMARK(openmp)->ArgNames({"tasks", "workers"})->ArgsProduct(sizes)->UseRealTime();
BENCHMARK(bare_openmp_loop)->ArgNames({"tasks", "workers"})->ArgsProduct(sizes)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
