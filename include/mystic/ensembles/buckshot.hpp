#pragma once

#include "mystic/core/conductor.hpp"
#include "mystic/ensembles/rules.hpp"

namespace mystic {

struct BuckshotOptions {
  static constexpr std::string_view title = "buckshot";

  Index starts = 8;
  EnsembleRules rules;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("starts", self.starts, Range{.lower = 1, .upper = 1e6},
          "members: searches that begin at points drawn uniformly in the box");
    EnsembleRules::describe(self.rules, field);
  }
};

/// Many searches from random starts, driven at once: every point that any of them wants goes to the
/// one map. Needs two finite bounds for every variable. A start, if given, is the first member's.
/// @throws InvalidOptions
[[nodiscard]] Ensemble buckshot(Algorithm member, const BuckshotOptions& options = {});

}  // namespace mystic
