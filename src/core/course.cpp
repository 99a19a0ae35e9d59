#include "mystic/core/course.hpp"

#include <algorithm>

namespace mystic {

Course::Course(std::optional<Termination> termination, Index dimension)
    : termination_(std::move(termination)),
      window_(termination_ ? static_cast<std::size_t>(termination_->window()) + 1 : 1) {
  costs_.resize(window_ + std::max<std::size_t>(window_, 64));
  if (termination_ && termination_->needs().points > 0) {
    points_ = RecentPoints(dimension, termination_->needs().points + 1);
  }
}

void Course::make_room() {
  std::copy(costs_.end() - static_cast<std::ptrdiff_t>(window_ - 1), costs_.end(), costs_.begin());
  filled_ = window_ - 1;
}

std::span<const double> Course::best_costs() const {
  const std::size_t seen = std::min(filled_, window_);
  return {costs_.data() + (filled_ - seen), seen};
}

std::optional<Stop> Course::judge(Progress progress, const Outside& outside) const {
  if (!termination_) return std::nullopt;
  const auto ask = [&](const Outside& seen, StopKind kind) -> std::optional<Stop> {
    progress.outside = seen;
    Verdict verdict = (*termination_)(progress);
    if (!verdict) return std::nullopt;
    return Stop{kind, std::move(*verdict)};
  };
  auto stop = ask({}, StopKind::converged);
  if (!termination_->needs().from_outside()) return stop;
  if (!stop) stop = ask({.seconds = outside.seconds}, StopKind::seconds);
  if (!stop) stop = ask(outside, StopKind::interrupted);
  return stop;
}

std::string_view name_of(StopKind kind) {
  switch (kind) {
    case StopKind::converged:
      return "converged";
    case StopKind::ended:
      return "ended";
    case StopKind::generations:
      return "generations";
    case StopKind::evaluations:
      return "evaluations";
    case StopKind::seconds:
      return "seconds";
    case StopKind::interrupted:
      return "interrupted";
    case StopKind::failures:
      return "failures";
    case StopKind::monitor:
      return "monitor";
  }
  return "unknown";
}

}  // namespace mystic
