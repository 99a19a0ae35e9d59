#include "mystic/core/course.hpp"

#include <algorithm>

namespace mystic {

Course::Course(std::optional<Termination> termination)
    : termination_(std::move(termination)),
      window_(termination_ ? static_cast<std::size_t>(termination_->window()) + 1 : 1) {
  costs_.resize(window_ + std::max<std::size_t>(window_, 64));
}

void Course::make_room() {
  std::copy(costs_.end() - static_cast<std::ptrdiff_t>(window_ - 1), costs_.end(), costs_.begin());
  filled_ = window_ - 1;
}

std::span<const double> Course::best_costs() const {
  const std::size_t seen = std::min(filled_, window_);
  return {costs_.data() + (filled_ - seen), seen};
}

Verdict Course::judge(const Progress& progress) const {
  if (!termination_) return std::nullopt;
  return (*termination_)(progress);
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
  }
  return "unknown";
}

}  // namespace mystic
