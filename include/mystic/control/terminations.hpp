#pragma once

#include "mystic/core/termination.hpp"

#include <vector>

namespace mystic {

// The stock conditions. Every `window` counts steps: a window of w compares the best cost now with
// the one w steps ago, so it cannot hold before generation w. (mystic's `generations = g` compares
// entries g - 1 steps apart: for its behaviour pass window = g - 1.)

/// |best cost - target| <= tolerance. Unit of the cost.
[[nodiscard]] Termination value_to_reach(double target = 0.0, double tolerance = 0.005);

/// best cost `window` steps ago - best cost now <= tolerance. Unit of the cost.
[[nodiscard]] Termination change_over_generation(double tolerance = 1e-6, Index window = 29);

/// 2 (before - now) <= tolerance (|before| + |now|) + 1e-20, `window` steps apart. No unit.
[[nodiscard]] Termination normalised_change_over_generation(double tolerance = 1e-4, Index window = 9);

/// Every member of the population lies within `x_tolerance` of the best in each coordinate, and its cost
/// within `cost_tolerance` of the best's. Both are absolute, despite the name, which is mystic's.
/// Never holds for a search without a population of at least two.
[[nodiscard]] Termination candidate_relative_tolerance(double x_tolerance = 1e-4,
                                                       double cost_tolerance = 1e-4);

/// A number of generations after generation 0.
[[nodiscard]] Termination generations_reached(Index generations);

/// A number of evaluations, looked at after each step: overshoots by up to a step, where
/// Limits::evaluations is exact.
[[nodiscard]] Termination evaluations_reached(Index evaluations);

/// Holds when any does; the reason lists all that do, in the order given.
[[nodiscard]] Termination any_of(std::vector<Termination> conditions);

/// Holds when all do; the reason lists them in the order given.
[[nodiscard]] Termination all_of(std::vector<Termination> conditions);

}  // namespace mystic
