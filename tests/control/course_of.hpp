#pragma once

#include "mystic/core/termination.hpp"

#include <algorithm>
#include <vector>

namespace mystic::control_test {

/// How a search stands after steps with these best costs, as `condition` sees it.
class CourseOf {
 public:
  explicit CourseOf(std::vector<double> best_costs) : best_costs_(std::move(best_costs)) {}

  CourseOf& population(Points points, Vector costs) {
    population_ = std::move(points);
    costs_ = std::move(costs);
    best_ = population_.col(0);
    return *this;
  }
  /// The best point after each step, newest last.
  CourseOf& points(Points history) {
    history_ = std::move(history);
    best_ = history_.rightCols(1);
    return *this;
  }
  CourseOf& outside(const Outside& outside) {
    outside_ = outside;
    return *this;
  }
  CourseOf& evaluations(Index count) {
    evaluations_ = count;
    return *this;
  }

  [[nodiscard]] Verdict operator()(const Termination& condition) const {
    const auto window = static_cast<std::size_t>(condition.window()) + 1;
    const std::size_t seen = std::min(best_costs_.size(), window);
    const Index points = condition.needs().points;
    const Index known = points > 0 ? std::min(history_.cols(), points + 1) : 0;
    return condition({.generations = static_cast<Index>(best_costs_.size()) - 1,
                      .evaluations = evaluations_,
                      .failed = 0,
                      .best_costs = {best_costs_.data() + best_costs_.size() - seen, seen},
                      .best = best_,
                      .population = population_,
                      .population_costs = costs_,
                      .best_points = history_.rightCols(known),
                      .outside = outside_});
  }
  [[nodiscard]] bool stops(const Termination& condition) const { return (*this)(condition).has_value(); }

 private:
  std::vector<double> best_costs_;
  Vector best_ = Vector::Zero(2);
  Points population_;
  Points history_ = Points(2, 0);
  Outside outside_;
  Vector costs_;
  Index evaluations_ = 0;
};

}  // namespace mystic::control_test
