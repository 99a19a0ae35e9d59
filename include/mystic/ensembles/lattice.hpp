#pragma once

#include "mystic/core/conductor.hpp"
#include "mystic/ensembles/rules.hpp"

#include <string>
#include <vector>

namespace mystic {

struct LatticeOptions {
  static constexpr std::string_view title = "lattice";

  Index starts = 8;
  std::vector<Index> bins;
  EnsembleRules rules;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("starts", self.starts, Range{.lower = 1, .upper = 1e6},
          "members: searches that begin at the centres of equal cells of the box; its prime factors are "
          "shared out over the variables as evenly as they go (a prime number cuts only one)");
    field("bins", self.bins, Range{.lower = 1, .upper = 1e6},
          "cells along each variable, in their order; their product, at most 1e6, takes the place of "
          "`starts`");
    EnsembleRules::describe(self.rules, field);
  }

  /// Whether the cells of `bins` are too many: for validate().
  [[nodiscard]] std::string broken_rules() const;
};

/// Cells along each of `dimension` variables whose product is `cells`: the prime factors, largest first,
/// each given to the variable with the fewest cells, the first of several.
[[nodiscard]] std::vector<Index> share_out(Index cells, Index dimension);

/// Searches from the centres of a regular grid of cells. Needs two finite bounds for every variable. A
/// start, if given, is one member more, the first.
/// @throws InvalidOptions; at the start InvalidArgument if `bins` has not one entry per variable
[[nodiscard]] Ensemble lattice(Algorithm member, const LatticeOptions& options = {});

}  // namespace mystic
