#pragma once

#include "mystic/core/options.hpp"
#include "mystic/core/point.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mystic {

struct MorrisOptions {
  static constexpr std::string_view title = "MorrisOptions";

  Index trajectories = 10;
  Index levels = 4;
  std::string grid = "ends";
  Index candidates = 0;
  std::vector<Index> groups;
  std::uint64_t seed = 0;

  [[nodiscard]] std::string broken_rules() const;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("trajectories", self.trajectories, Range{.lower = 1, .upper = 1e6},
          "walks of one step for each group of variables");
    field("levels", self.levels, Range{.lower = 2, .upper = 1e6}, "p, values of a variable; even");
    field("grid", self.grid, Choices{{"ends", "centres"}},
          "ends: levels j / (p - 1), of which 0 and 1 are two; centres: levels (j + 1/2) / p, for laws "
          "whose "
          "support has no ends");
    field("candidates", self.candidates, Range{.lower = 0, .upper = 1e5},
          "random walks to choose the widest spread ones from; 0: no choice");
    field("groups", self.groups, Range{.lower = 0},
          "for each variable the number of its group, from 0 without gaps; empty: each by itself");
    field("seed", self.seed, Range{.lower = 0}, "seed of the plan; 0 is a seed like any other");
  }
};

/// What step number s of trajectory t moved.
struct MorrisStep {
  Index group = 0;    ///< the variable, where there are no groups
  int direction = 0;  ///< +1 or -1, the same for all variables of the group
};

/// Walks over the grid: trajectory t has columns t (g + 1) to t (g + 1) + g of `points`, and steps
/// t g to t g + g - 1: step t g + s leads from column t (g + 1) + s to the next.
struct MorrisPlan {
  Points points;  ///< n x r (g + 1)
  std::vector<MorrisStep> steps;
  Index trajectories = 0;
  Index groups = 0;
  double delta = 0.0;  ///< length of each step in each variable of its group

  [[nodiscard]] Index column(Index trajectory, Index step) const {
    return trajectory * (groups + 1) + step;
  }
  [[nodiscard]] const MorrisStep& step(Index trajectory, Index step) const {
    return steps[static_cast<std::size_t>(trajectory * groups + step)];
  }
};

/// The plan of Morris (1991), doi:10.1080/00401706.1991.10484804: random walks on the grid of p levels,
/// each group moves once, in random order, by p / 2 levels: delta = p / (2 (p - 1)), or 1/2 on the grid
/// of centres. Groups: Campolongo, Cariboni & Saltelli (2007), doi:10.1016/j.envsoft.2006.10.004; here
/// all variables of a group move the same way.
///
/// With candidates, their spread is made large: sqrt of the sum over pairs of walks of the squares of
/// d, d the sum of the distances of all points of one walk to all of the other (their eq. 10-11). In
/// place of trying all choices, walks are exchanged one by one while that helps (as Ruano et al. 2012
/// build up from parts), from the first `trajectories` candidates and from a greedy choice. Time:
/// candidates^2 (g + 1)^2 n / 2.
///
/// Extendable without candidates: walk t depends on its number and the seed only.
///
/// @throws InvalidArgument if dimension is below 1 or groups do not fit it; InvalidOptions
[[nodiscard]] MorrisPlan morris_plan(Index dimension, const MorrisOptions& options = {});

/// The spread that candidates are chosen by; 0 for one trajectory.
[[nodiscard]] double spread(const MorrisPlan& plan);

}  // namespace mystic
