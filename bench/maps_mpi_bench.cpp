// Throughput of the mpi map with tasks that cost next to nothing:
//
//   mpirun --oversubscribe --allow-run-as-root -np 3 maps_mpi_bench [TASKS] [REPEATS]
//
// One line per deal and stock, median of the repeats. A driver keeps as many tasks under way as
// mystic's does (twice the workers), and once a thousand, for the limit of the map itself.

#include "mystic/core/padded_points.hpp"
#include "mystic/maps/mpi.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
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

struct Tasks {
  explicit Tasks(std::size_t size) : points(8, static_cast<Index>(size)), outcomes(size), tasks(size) {
    for (std::size_t i = 0; i < size; ++i) {
      const auto column = static_cast<Index>(i);
      std::fill_n(points.column(column), 8, 1.5);
      tasks[i] = {.first = {{}, i},
                  .points = points.column(column),
                  .dimension = 8,
                  .stride = points.stride(),
                  .outcomes = {&outcomes[i], 1},
                  .position = column,
                  .of = static_cast<Index>(size)};
    }
  }
  PaddedPoints points;
  std::vector<Outcome> outcomes;
  std::vector<Task> tasks;
};

// Seconds for `count` tasks, at most `tasks` of them under way.
double seconds_for(Map& map, Tasks& tasks, std::size_t count) {
  const auto start = std::chrono::steady_clock::now();
  std::size_t submitted = 0;
  for (Task& task : tasks.tasks) {
    if (submitted++ < count) map.submit(task);
  }
  for (std::size_t back = 0; back < count;) {
    Task* const task = map.wait(std::chrono::milliseconds(100));
    if (task == nullptr) continue;
    ++back;
    if (submitted++ < count) map.submit(*task);
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void measure(mpi::Session& session, const MpiOptions& options, Index under_way, std::size_t count,
             int repeats) {
  const Square model;
  const Evaluator evaluator(model);
  MpiMap map(session, options);
  if (!map.steers()) {
    map.serve(evaluator);
    return;
  }
  Tasks tasks(static_cast<std::size_t>(under_way));
  map.begin(evaluator);
  seconds_for(map, tasks, 1000);
  std::vector<double> seconds;
  for (int i = 0; i < repeats; ++i) seconds.push_back(seconds_for(map, tasks, count));
  map.end();
  std::sort(seconds.begin(), seconds.end());
  const double median = seconds[seconds.size() / 2];
  std::printf("%-14s prefetch %td, %4td under way: %9.0f tasks/s (%.2f us each; best %.0f)\n",
              map.name().c_str(), options.prefetch, under_way, static_cast<double>(count) / median,
              1e6 * median / static_cast<double>(count), static_cast<double>(count) / seconds[0]);
}

}  // namespace

int main(int argc, char** argv) {
  mpi::Session session;
  const auto count = static_cast<std::size_t>(argc > 1 ? std::atol(argv[1]) : 100000);
  const int repeats = argc > 2 ? std::atoi(argv[2]) : 5;
  const Index driver = 2 * std::max(1, session.size() - 1);
  for (const Index prefetch : {1, 2, 8}) {
    for (const Index under_way : {driver, Index{1000}}) {
      measure(session, {.prefetch = prefetch}, under_way, count, repeats);
    }
  }
  measure(session, {.deal = "equalportion", .prefetch = 2}, 1000, count, repeats);
}
