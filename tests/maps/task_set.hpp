#pragma once

#include "probe_model.hpp"

#include "mystic/core/map.hpp"
#include "mystic/core/padded_points.hpp"

#include <cstddef>
#include <functional>
#include <vector>

namespace mystic::maps_test {

/// Tasks for a ProbeModel with all they point to; value i, unless told otherwise, for task i.
class TaskSet {
 public:
  explicit TaskSet(Index tasks, Act act = Act::answer, double seconds = 0.0, Index points_each = 1);

  [[nodiscard]] Index size() const { return static_cast<Index>(tasks_.size()); }
  Task& operator[](Index i) { return tasks_[static_cast<std::size_t>(i)]; }
  [[nodiscard]] const Outcome& outcome(Index i) const { return outcomes_[static_cast<std::size_t>(i)]; }
  void set_act(Index i, Act act) { points_.column(i)[0] = static_cast<double>(act); }

  void submit_all(Map& map);
  /// Takes tasks back until all are, for at most `seconds`; returns how often each came.
  std::vector<int> collect(Map& map, double seconds = 20.0);
  /// Both.
  std::vector<int> compute(Map& map);

 private:
  PaddedPoints points_;
  std::vector<Outcome> outcomes_;
  std::vector<Task> tasks_;
};

/// One run: rank 0, and every map of one process, calls `steer` between begin() and end(); a
/// computing rank serves.
void run(Map& map, const Model& model, const std::function<void()>& steer);

}  // namespace mystic::maps_test
