#include "reduction.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mystic {

Reduction::Reduction(Index dimension) : of_(static_cast<std::size_t>(dimension)) { list_free(); }

void Reduction::list_free() {
  free_.clear();
  for (Index i = 0; i < dimension(); ++i) {
    if (of_[static_cast<std::size_t>(i)].free) free_.push_back(i);
  }
}

Points Reduction::reduced(const PointsView& points) const {
  Points free(free_count(), points.cols());
  for (Index i = 0; i < free_count(); ++i) {
    free.row(i) = points.row(free_[static_cast<std::size_t>(i)]);
  }
  return free;
}

Points Reduction::expanded(const PointsView& points) const {
  Points all(dimension(), points.cols());
  for (Index i = 0; i < free_count(); ++i) all.row(free_[static_cast<std::size_t>(i)]) = points.row(i);
  for (Index i = 0; i < dimension(); ++i) {
    const Parameter& parameter = of_[static_cast<std::size_t>(i)];
    if (parameter.free) continue;
    all.row(i).setConstant(parameter.value);
    // Only free parameters are followed, so their rows are there.
    if (parameter.follows >= 0) all.row(i) += all.row(parameter.follows);
  }
  return all;
}

Start Reduction::restrict(const Start& whole) const {
  Start start;
  start.lower = reduced(whole.lower);
  start.upper = reduced(whole.upper);
  start.arena = whole.arena;
  start.rounded = whole.rounded;
  return start;
}

Collapse Reduction::apply(const Collapse& collapse, const Vector& best) {
  Index left = free_count();
  Collapse done;
  for (const CollapsedAt& at : collapse.at) {
    Parameter& parameter = of_[static_cast<std::size_t>(at.parameter)];
    if (!parameter.free || left == 1) continue;
    parameter = {.free = false, .follows = -1, .value = at.value};
    // What followed it now stands still with it.
    for (Index i = 0; i < dimension(); ++i) {
      Parameter& other = of_[static_cast<std::size_t>(i)];
      if (other.follows == at.parameter) other = {.free = false, .follows = -1, .value = best[i]};
    }
    done.at.push_back(at);
    --left;
  }
  for (const CollapsedAs& as : collapse.as) {
    Parameter& second = of_[static_cast<std::size_t>(as.second)];
    if (!second.free || !of_[static_cast<std::size_t>(as.first)].free) continue;
    const bool followed = std::ranges::any_of(
        of_, [&](const Parameter& other) { return !other.free && other.follows == as.second; });
    if (followed) continue;
    second = {.free = false, .follows = as.first, .value = as.offset};
    done.as.push_back(as);
  }
  list_free();
  applied_.at.insert(applied_.at.end(), done.at.begin(), done.at.end());
  applied_.as.insert(applied_.as.end(), done.as.begin(), done.as.end());
  return done;
}

Collapse Reduction::release() {
  for (Parameter& parameter : of_) {
    parameter = {.free = true, .follows = -1, .value = 0.0, .forbidden = parameter.forbidden};
  }
  list_free();
  return std::exchange(applied_, {});
}

Collapse Reduction::forbid_moved(const Collapse& released, const Vector& before, const Vector& now,
                                 double tolerance) {
  Collapse wrong;
  for (const CollapsedAt& at : released.at) {
    if (std::abs(now[at.parameter] - before[at.parameter]) <= tolerance) continue;
    of_[static_cast<std::size_t>(at.parameter)].forbidden = true;
    wrong.at.push_back(at);
  }
  for (const CollapsedAs& as : released.as) {
    if (std::abs(now[as.second] - now[as.first] - as.offset) <= tolerance) continue;
    of_[static_cast<std::size_t>(as.second)].forbidden = true;
    wrong.as.push_back(as);
  }
  return wrong;
}

std::vector<Index> Reduction::not_to_freeze() const {
  std::vector<Index> mask;
  for (Index i = 0; i < dimension(); ++i) {
    const Parameter& parameter = of_[static_cast<std::size_t>(i)];
    if (!parameter.free || parameter.forbidden) mask.push_back(i);
  }
  return mask;
}

std::vector<Index> Reduction::free_to_tie(const std::vector<CollapsedAt>& frozen) const {
  std::vector<bool> out(of_.size(), false);
  for (const Index i : not_to_freeze()) out[static_cast<std::size_t>(i)] = true;
  for (const CollapsedAt& at : frozen) out[static_cast<std::size_t>(at.parameter)] = true;
  std::vector<Index> left;
  for (Index i = 0; i < dimension(); ++i) {
    if (!out[static_cast<std::size_t>(i)]) left.push_back(i);
  }
  return left;
}

}  // namespace mystic
