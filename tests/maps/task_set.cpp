#include "task_set.hpp"

#include <chrono>

namespace mystic::maps_test {

TaskSet::TaskSet(Index tasks, Act act, double seconds, Index points_each)
    : points_(3, tasks * points_each), outcomes_(static_cast<std::size_t>(tasks * points_each)),
      tasks_(static_cast<std::size_t>(tasks)) {
  for (Index j = 0; j < tasks * points_each; ++j) {
    points_.column(j)[0] = static_cast<double>(act);
    points_.column(j)[1] = seconds;
    points_.column(j)[2] = static_cast<double>(j);
  }
  for (Index i = 0; i < tasks; ++i) {
    (*this)[i] = {.first = {SearchPath().child(7), static_cast<std::uint64_t>(i * points_each)},
                  .points = points_.column(i * points_each),
                  .dimension = 3,
                  .stride = points_.stride(),
                  .outcomes = {&outcomes_[static_cast<std::size_t>(i * points_each)],
                               static_cast<std::size_t>(points_each)},
                  .position = i,
                  .of = tasks};
  }
}

void TaskSet::submit_all(Map& map) {
  for (Task& task : tasks_) map.submit(task);
}

std::vector<int> TaskSet::collect(Map& map, double seconds) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + std::chrono::duration<double>(seconds);
  std::vector<int> times(tasks_.size(), 0);
  for (std::size_t back = 0; back < tasks_.size() && Clock::now() < deadline;) {
    const Task* const task = map.wait(std::chrono::milliseconds(50));
    if (task == nullptr) continue;
    ++times.at(static_cast<std::size_t>(task - tasks_.data()));
    ++back;
  }
  return times;
}

std::vector<int> TaskSet::compute(Map& map) {
  submit_all(map);
  return collect(map);
}

void run(Map& map, const Model& model, const std::function<void()>& steer) {
  const Evaluator evaluator(model, {}, true);
  if (!map.steers()) {
    map.serve(evaluator);
    return;
  }
  map.begin(evaluator);
  steer();
  map.end();
}

}  // namespace mystic::maps_test
