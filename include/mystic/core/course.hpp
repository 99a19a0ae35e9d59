#pragma once

#include "mystic/core/recent_points.hpp"
#include "mystic/core/termination.hpp"

#include <optional>
#include <span>
#include <vector>

namespace mystic {

/// The steps of one search (or ensemble) as its termination sees them: a sliding window of best
/// costs and, if the termination asks for it, of best points. Allocates nothing after its construction.
class Course {
 public:
  /// `dimension`: n; needed only for a termination that looks at best points.
  explicit Course(std::optional<Termination> termination, Index dimension = 0);

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
  /// Notes the best point (n doubles) of the step that add() has noted, if anybody wants to know.
  void add_point(const double* best) { points_.add(best); }
  /// n x k; k = 0 where the termination asks for none.
  [[nodiscard]] PointsMap best_points() const { return points_.view(); }
  /// What the termination says of a step that add() has noted: `converged` where it holds by itself,
  /// `seconds` or `interrupted` where it holds only because of `outside`.
  [[nodiscard]] std::optional<Stop> judge(Progress progress, const Outside& outside = {}) const;

 private:
  void make_room();

  std::optional<Termination> termination_;
  std::vector<double> costs_;  // the window and as much again; shifted to the front when full
  std::size_t window_ = 1;
  std::size_t filled_ = 0;
  RecentPoints points_;
  Index steps_ = 0;
};

}  // namespace mystic
