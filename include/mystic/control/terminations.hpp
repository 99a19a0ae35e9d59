#pragma once

#include "mystic/core/termination.hpp"

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace mystic {

// The stock conditions; docs/terminations.md has them as a table. Every `window` counts steps: a window
// of w compares the best cost now with the one w steps ago, so it cannot hold before generation w.
// (mystic's `generations = g` compares entries g - 1 steps apart: for its behaviour pass window = g
// - 1.) Costs that are infinite or NaN hold nothing: nothing has been found yet. All throw
// InvalidArgument for a tolerance that is negative or not finite, or a window below 1.

/// |best cost - target| <= tolerance. Unit of the cost.
[[nodiscard]] Termination value_to_reach(double target = 0.0, double tolerance = 0.005);

/// best cost `window` steps ago - best cost now <= tolerance. Unit of the cost.
[[nodiscard]] Termination change_over_generation(double tolerance = 1e-6, Index window = 29);

/// 2 (before - now) <= tolerance (|before| + |now|) + 1e-20, `window` steps apart. No unit.
[[nodiscard]] Termination normalised_change_over_generation(double tolerance = 1e-4, Index window = 9);

/// |best cost - target| <= cost_tolerance, or best cost `window` steps ago - best cost now <=
/// change_tolerance. Unit of the cost. (mystic's VTRChangeOverGeneration.)
[[nodiscard]] Termination value_to_reach_or_change(double cost_tolerance = 0.005,
                                                   double change_tolerance = 1e-6, Index window = 29,
                                                   double target = 0.0);

/// With a target: |best cost - target| <= |tolerance * target|: a target of 0 must be met exactly.
/// Without: best cost `window` steps ago - best cost now <= 0; `tolerance` then decides nothing.
/// `tolerance` has no unit.
[[nodiscard]] Termination normalised_cost_target(std::optional<double> target = {},
                                                 double tolerance = 1e-6, Index window = 29);

/// Every member of the population lies within `x_tolerance` of the best in each coordinate, and its cost
/// within `cost_tolerance` of the best's. Both are absolute, despite the name, which is mystic's.
/// Never holds for a search without a population of at least two.
[[nodiscard]] Termination candidate_relative_tolerance(double x_tolerance = 1e-4,
                                                       double cost_tolerance = 1e-4);

/// |x_ij - best_i| <= |tolerance * best_i| for every member j of the population and every coordinate i:
/// relative, so a coordinate whose best is 0 must be 0 in all. `tolerance` has no unit. Never holds for
/// a search without a population of at least two.
[[nodiscard]] Termination population_spread(double tolerance = 1e-6);

/// sum_i |best_i now - best_i `window` steps ago| <= tolerance: the best point has come to rest, in the
/// 1-norm. Unit of the variables.
[[nodiscard]] Termination solution_improvement(double tolerance = 1e-5, Index window = 29);

/// A number of generations after generation 0, or more.
[[nodiscard]] Termination generations_reached(Index generations);

/// A number of evaluations, or more; looked at after each step: overshoots by up to a step, where
/// Limits::evaluations is exact.
[[nodiscard]] Termination evaluations_reached(Index evaluations);

/// seconds <= running time, by the run's own clock (Solver::clock), from the run's start, all sessions
/// of the run together; looked at after each step, where Limits::seconds ends a run in the midst of one.
/// The run's stop has the kind `seconds`, is recorded, and is repeated on resume unless the time was
/// raised. Of solve() and step() only; not for the members of an ensemble.
/// @param seconds  > 0; s
[[nodiscard]] Termination seconds_reached(double seconds);

/// A stop was requested; looked at after each step, so that the step is whole, where Solver::stop_token
/// ends a run at once. The run's stop has the kind `interrupted`; it is forgotten on resume.
[[nodiscard]] Termination interrupted(std::stop_token token);

/// Holds when `condition` does: what mystic calls When.
[[nodiscard]] Termination when(Termination condition);
/// Holds when `holds(progress)` does; `text` says what that is, for the reason.
[[nodiscard]] Termination when(std::function<bool(const Progress&)> holds, std::string text);

/// Holds when any does; the reason lists all that do, in the order given.
[[nodiscard]] Termination any_of(std::vector<Termination> conditions);

/// Holds when all do; the reason lists them in the order given.
[[nodiscard]] Termination all_of(std::vector<Termination> conditions);

/// Holds when `condition` does not: also while that cannot say anything yet, as before its window.
/// @throws InvalidArgument for a condition by time or interrupt: what has not come yet cannot be
/// replayed
[[nodiscard]] Termination not_(Termination condition);

}  // namespace mystic
