#include "mystic/control/terminations.hpp"

#include <algorithm>
#include <cmath>

namespace mystic {
namespace {

// The best cost `window` steps before the newest, or nothing while there is none.
std::optional<double> cost_before(const Progress& progress, Index window) {
  const auto known = static_cast<Index>(progress.best_costs.size());
  if (known <= window) return std::nullopt;
  return progress.best_costs[static_cast<std::size_t>(known - 1 - window)];
}

void require_tolerance(const char* name, double tolerance) {
  require(tolerance >= 0.0 && std::isfinite(tolerance), "{}: tolerance = {} must be at least 0", name,
          tolerance);
}

void require_window(const char* name, Index window) {
  require(window >= 1, "{}: window = {} must be at least 1", name, window);
}

Index widest(const std::vector<Termination>& conditions) {
  Index window = 0;
  for (const Termination& condition : conditions) window = std::max(window, condition.window());
  return window;
}

}  // namespace

Termination value_to_reach(double target, double tolerance) {
  require_tolerance("value_to_reach", tolerance);
  require(std::isfinite(target), "value_to_reach: target = {} must be finite", target);
  return Termination(0, [target, tolerance](const Progress& p) -> Verdict {
    if (!(std::abs(p.best_cost() - target) <= tolerance)) return std::nullopt;
    return fmt::format("best cost {} is within {} of {}", p.best_cost(), tolerance, target);
  });
}

Termination change_over_generation(double tolerance, Index window) {
  require_tolerance("change_over_generation", tolerance);
  require_window("change_over_generation", window);
  return Termination(window, [tolerance, window](const Progress& p) -> Verdict {
    const auto before = cost_before(p, window);
    // inf - inf is NaN and goes on: nothing has been found yet.
    if (!before || !(*before - p.best_cost() <= tolerance)) return std::nullopt;
    return fmt::format("best cost fell by at most {} over {} generations", tolerance, window);
  });
}

Termination normalised_change_over_generation(double tolerance, Index window) {
  require_tolerance("normalised_change_over_generation", tolerance);
  require_window("normalised_change_over_generation", window);
  return Termination(window, [tolerance, window](const Progress& p) -> Verdict {
    const auto before = cost_before(p, window);
    if (!before || !std::isfinite(p.best_cost())) return std::nullopt;
    const double now = p.best_cost();
    const double scale = std::abs(*before) + std::abs(now);
    if (!(2.0 * (*before - now) <= tolerance * scale + 1e-20)) return std::nullopt;
    if (std::isinf(scale)) return std::nullopt;  // the search has only just found a finite cost
    return fmt::format("best cost fell by at most {} of itself over {} generations", tolerance, window);
  });
}

Termination candidate_relative_tolerance(double x_tolerance, double cost_tolerance) {
  require_tolerance("candidate_relative_tolerance (x)", x_tolerance);
  require_tolerance("candidate_relative_tolerance (cost)", cost_tolerance);
  return Termination(0, [x_tolerance, cost_tolerance](const Progress& p) -> Verdict {
    if (p.population.cols() < 2) return std::nullopt;
    // The cheap test first: costs differ for most of a search's life.
    const double best = p.best_cost();
    if (!((p.population_costs.array() - best).abs() <= cost_tolerance).all()) return std::nullopt;
    for (Index j = 0; j < p.population.cols(); ++j) {
      if (!((p.population.col(j) - p.best).array().abs() <= x_tolerance).all()) return std::nullopt;
    }
    return fmt::format("all candidates lie within {} of the best, their costs within {}", x_tolerance,
                       cost_tolerance);
  });
}

Termination generations_reached(Index generations) {
  require(generations >= 0, "generations_reached: {} must be at least 0", generations);
  return Termination(0, [generations](const Progress& p) -> Verdict {
    if (p.generations < generations) return std::nullopt;
    return fmt::format("{} generations", p.generations);
  });
}

Termination evaluations_reached(Index evaluations) {
  require(evaluations >= 1, "evaluations_reached: {} must be at least 1", evaluations);
  return Termination(0, [evaluations](const Progress& p) -> Verdict {
    if (p.evaluations < evaluations) return std::nullopt;
    return fmt::format("{} evaluations", p.evaluations);
  });
}

namespace {

std::string joined(const std::vector<std::string>& reasons) {
  return fmt::format("{}", fmt::join(reasons, "; "));
}

}  // namespace

Termination any_of(std::vector<Termination> conditions) {
  require(!conditions.empty(), "any_of: there are no conditions");
  const Index window = widest(conditions);
  return Termination(window, [conditions = std::move(conditions)](const Progress& p) -> Verdict {
    std::vector<std::string> reasons;
    for (const Termination& condition : conditions) {
      if (Verdict verdict = condition(p)) reasons.push_back(std::move(*verdict));
    }
    if (reasons.empty()) return std::nullopt;
    return joined(reasons);
  });
}

Termination all_of(std::vector<Termination> conditions) {
  require(!conditions.empty(), "all_of: there are no conditions");
  const Index window = widest(conditions);
  return Termination(window, [conditions = std::move(conditions)](const Progress& p) -> Verdict {
    std::vector<std::string> reasons;
    for (const Termination& condition : conditions) {
      Verdict verdict = condition(p);
      if (!verdict) return std::nullopt;
      reasons.push_back(std::move(*verdict));
    }
    return joined(reasons);
  });
}

}  // namespace mystic
