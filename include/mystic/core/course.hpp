#pragma once

#include "mystic/core/termination.hpp"

#include <optional>
#include <span>
#include <vector>

namespace mystic {

/// The steps of one search (or ensemble) as its termination sees them: a sliding window of best
/// costs. Allocates nothing after its construction.
class Course {
 public:
  explicit Course(std::optional<Termination> termination);

  /// Notes one more step; `began_at`, if it is less, takes the place of the last cost noted.
  void add(double best_cost, double began_at = infinity) {
    if (filled_ > 0 && began_at < costs_[filled_ - 1]) costs_[filled_ - 1] = began_at;
    if (filled_ == costs_.size()) make_room();
    costs_[filled_++] = best_cost;
    ++steps_;
  }
  /// Generations so far: steps after generation 0; -1 before the first step.
  [[nodiscard]] Index generations() const { return steps_ - 1; }
  [[nodiscard]] std::span<const double> best_costs() const;
  /// What the termination says of a step that add() has noted.
  [[nodiscard]] Verdict judge(const Progress& progress) const;

 private:
  void make_room();

  std::optional<Termination> termination_;
  std::vector<double> costs_;  // the window and as much again; shifted to the front when full
  std::size_t window_ = 1;
  std::size_t filled_ = 0;
  Index steps_ = 0;
};

}  // namespace mystic
