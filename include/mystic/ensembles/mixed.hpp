#pragma once

#include "mystic/core/conductor.hpp"
#include "mystic/ensembles/rules.hpp"

namespace mystic {

struct MixedOptions {
  static constexpr std::string_view title = "mixed";

  Index buckshot = 4;
  Index lattice = 4;
  Index sparsity = 4;
  Index candidates = 1000;
  EnsembleRules rules;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("buckshot", self.buckshot, Range{.lower = 0, .upper = 1e6}, "members with random starts");
    field("lattice", self.lattice, Range{.lower = 0, .upper = 1e6},
          "members from the centres of equal cells");
    field("sparsity", self.sparsity, Range{.lower = 0, .upper = 1e6},
          "members from the largest gaps between all others");
    field("candidates", self.candidates, Range{.lower = 1, .upper = 1e7},
          "for sparsity: random points of which the farthest is refined into the next start");
    EnsembleRules::describe(self.rules, field);
  }
};

/// One ensemble with starts of several kinds: first those of the lattice, then random ones, then those
/// in the gaps that are left. Needs two finite bounds for every variable. A start, if given, is one
/// member more, the first.
/// @throws InvalidOptions if there is no member
[[nodiscard]] Ensemble mixed(Algorithm member, const MixedOptions& options = {});

}  // namespace mystic
