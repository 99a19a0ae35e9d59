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

}  // namespace

Termination value_to_reach(double target, double tolerance) {
  require_tolerance("value_to_reach", tolerance);
  require(std::isfinite(target), "value_to_reach: target = {} must be finite", target);
  const auto condition = [target, tolerance](const Progress& p) -> Verdict {
    if (!(std::abs(p.best_cost() - target) <= tolerance)) return std::nullopt;
    return fmt::format("best cost {} is within {} of {}", p.best_cost(), tolerance, target);
  };
  return Termination({}, condition, fmt::format("the best cost is within {} of {}", tolerance, target));
}

Termination change_over_generation(double tolerance, Index window) {
  require_tolerance("change_over_generation", tolerance);
  require_window("change_over_generation", window);
  const auto condition = [tolerance, window](const Progress& p) -> Verdict {
    const auto before = cost_before(p, window);
    // inf - inf is NaN and goes on: nothing has been found yet.
    if (!before || !(*before - p.best_cost() <= tolerance)) return std::nullopt;
    return fmt::format("best cost fell by at most {} over {} generations", tolerance, window);
  };
  return Termination(
      {.costs = window}, condition,
      fmt::format("the best cost falls by at most {} over {} generations", tolerance, window));
}

Termination normalised_change_over_generation(double tolerance, Index window) {
  require_tolerance("normalised_change_over_generation", tolerance);
  require_window("normalised_change_over_generation", window);
  const auto condition = [tolerance, window](const Progress& p) -> Verdict {
    const auto before = cost_before(p, window);
    if (!before || !std::isfinite(p.best_cost())) return std::nullopt;
    const double now = p.best_cost();
    const double scale = std::abs(*before) + std::abs(now);
    if (!(2.0 * (*before - now) <= tolerance * scale + 1e-20)) return std::nullopt;
    if (std::isinf(scale)) return std::nullopt;  // the search has only just found a finite cost
    return fmt::format("best cost fell by at most {} of itself over {} generations", tolerance, window);
  };
  return Termination(
      {.costs = window}, condition,
      fmt::format("the best cost falls by at most {} of itself over {} generations", tolerance, window));
}

Termination candidate_relative_tolerance(double x_tolerance, double cost_tolerance) {
  require_tolerance("candidate_relative_tolerance (x)", x_tolerance);
  require_tolerance("candidate_relative_tolerance (cost)", cost_tolerance);
  const auto condition = [x_tolerance, cost_tolerance](const Progress& p) -> Verdict {
    if (p.population.cols() < 2) return std::nullopt;
    // The cheap test first: costs differ for most of a search's life.
    const double best = p.best_cost();
    if (!((p.population_costs.array() - best).abs() <= cost_tolerance).all()) return std::nullopt;
    for (Index j = 0; j < p.population.cols(); ++j) {
      if (!((p.population.col(j) - p.best).array().abs() <= x_tolerance).all()) return std::nullopt;
    }
    return fmt::format("all candidates lie within {} of the best, their costs within {}", x_tolerance,
                       cost_tolerance);
  };
  return Termination({}, condition,
                     fmt::format("all candidates lie within {} of the best, their costs within {}",
                                 x_tolerance, cost_tolerance));
}

Termination generations_reached(Index generations) {
  require(generations >= 0, "generations_reached: {} must be at least 0", generations);
  const auto condition = [generations](const Progress& p) -> Verdict {
    if (p.generations < generations) return std::nullopt;
    return fmt::format("{} generations", p.generations);
  };
  return Termination({}, condition, fmt::format("{} generations are made", generations));
}

Termination evaluations_reached(Index evaluations) {
  require(evaluations >= 1, "evaluations_reached: {} must be at least 1", evaluations);
  const auto condition = [evaluations](const Progress& p) -> Verdict {
    if (p.evaluations < evaluations) return std::nullopt;
    return fmt::format("{} evaluations", p.evaluations);
  };
  return Termination({}, condition, fmt::format("{} evaluations are made", evaluations));
}

Termination value_to_reach_or_change(double cost_tolerance, double change_tolerance, Index window,
                                     double target) {
  return any_of(
      {value_to_reach(target, cost_tolerance), change_over_generation(change_tolerance, window)});
}

Termination normalised_cost_target(std::optional<double> target, double tolerance, Index window) {
  require_tolerance("normalised_cost_target", tolerance);
  require_window("normalised_cost_target", window);
  if (!target) return change_over_generation(0.0, window);
  require(std::isfinite(*target), "normalised_cost_target: target = {} must be finite", *target);
  return value_to_reach(*target, std::abs(tolerance * *target));
}

Termination population_spread(double tolerance) {
  require_tolerance("population_spread", tolerance);
  const auto condition = [tolerance](const Progress& p) -> Verdict {
    if (p.population.cols() < 2 || !std::isfinite(p.best_cost())) return std::nullopt;
    for (Index j = 0; j < p.population.cols(); ++j) {
      const auto distance = (p.population.col(j) - p.best).array().abs();
      if (!(distance <= tolerance * p.best.array().abs()).all()) return std::nullopt;
    }
    return fmt::format("all candidates lie within {} of the best's coordinates", tolerance);
  };
  return Termination({}, condition,
                     fmt::format("all candidates lie within {} of the best's coordinates", tolerance));
}

Termination solution_improvement(double tolerance, Index window) {
  require_tolerance("solution_improvement", tolerance);
  require_window("solution_improvement", window);
  const auto condition = [tolerance, window](const Progress& p) -> Verdict {
    const Index known = p.best_points.cols();
    if (known <= window || !std::isfinite(p.best_cost())) return std::nullopt;
    const double moved =
        (p.best_points.col(known - 1) - p.best_points.col(known - 1 - window)).lpNorm<1>();
    if (!(moved <= tolerance)) return std::nullopt;
    return fmt::format("the best point moved by {} over {} generations, at most {}", moved, window,
                       tolerance);
  };
  return Termination(
      {.points = window}, condition,
      fmt::format("the best point moves by at most {} over {} generations", tolerance, window));
}

Termination seconds_reached(double seconds) {
  require(seconds > 0.0 && std::isfinite(seconds), "seconds_reached: {} s must be positive", seconds);
  const auto condition = [seconds](const Progress& p) -> Verdict {
    if (!(p.outside.seconds >= seconds)) return std::nullopt;
    return fmt::format("{} s have passed", seconds);
  };
  return Termination({.seconds = seconds}, condition, fmt::format("{} s have passed", seconds));
}

Termination interrupted(std::stop_token token) {
  require(token.stop_possible(), "interrupted: nobody can request a stop of this token");
  const auto condition = [token = std::move(token)](const Progress& p) -> Verdict {
    if (!p.outside.interrupts || !token.stop_requested()) return std::nullopt;
    return "interrupted";
  };
  return Termination({.interrupts = true}, condition, "it is interrupted");
}

}  // namespace mystic
