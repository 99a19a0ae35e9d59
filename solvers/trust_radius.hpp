#pragma once

#include "mystic/core/point.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <deque>

namespace mystic {

/// How far a quadratic model of a surface is believed: less after steps whose change of cost it had
/// wrong, more after those that it had right.
class TrustRadius {
 public:
  /// @param most   longest step, and the first
  /// @param least  steps no longer than this say nothing of the model
  TrustRadius(double most, double least) : most_(most), least_(least), radius_(most) {}

  /// A step of that length is taken from `cost`, which should change by so much.
  void expect(double cost, double length, double change) {
    cost_ = cost;
    length_ = length;
    change_ = change;
  }

  /// The cost after that step says how long the next one may be.
  double after(double cost) {
    if (length_ > least_) {
      const double error = std::abs(cost - cost_ - change_);
      if (error > 0.75 * std::abs(change_)) {
        radius_ = 0.5 * std::min(radius_, length_);
      } else if (error < 0.25 * std::abs(change_)) {
        radius_ = std::min(most_, 1.5 * radius_);
      }
    }
    return radius_;
  }

 private:
  double most_;
  double least_;
  double radius_;
  double cost_ = 0.0;
  double length_ = 0.0;
  double change_ = 0.0;
};

/// Whether a search gets anywhere: the distance that it has made over the last steps, against its way.
class Headway {
 public:
  [[nodiscard]] bool none_to(const Vector& u) {
    places_.push_back(u);
    if (places_.size() <= steps) return false;
    double way = 0.0;
    for (std::size_t i = 1; i < places_.size(); ++i) way += (places_[i] - places_[i - 1]).norm();
    const double made = (places_.back() - places_.front()).norm();
    places_.pop_front();
    return made < 0.3 * way;
  }

 private:
  static constexpr std::size_t steps = 20;
  std::deque<Vector> places_;
};

}  // namespace mystic
