#pragma once

#include "mystic/core/conductor.hpp"
#include "mystic/ensembles/rules.hpp"

namespace mystic {

struct SparsityOptions {
  static constexpr std::string_view title = "sparsity";

  Index starts = 8;
  Index candidates = 1000;
  EnsembleRules rules;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("starts", self.starts, Range{.lower = 1, .upper = 1e6},
          "members: searches that begin in the largest gaps");
    field(
        "candidates", self.candidates, Range{.lower = 1, .upper = 1e7},
        "random points of which the one farthest from all known points is refined into the next start");
    EnsembleRules::describe(self.rules, field);
  }
};

/// Searches that start where least is known: each start is the point of the box farthest from the known
/// points, the starts before it and the minima found so far (found by random candidates and a pattern
/// search on the distance). The distance is Euclidean in the box scaled to unit widths.
///
/// @param known  n x m points that are known already; m = 0: none, then the first start is random
/// @throws InvalidOptions
[[nodiscard]] Ensemble sparsity(Algorithm member, const SparsityOptions& options = {},
                                const Points& known = {});

/// The point of the box [lower, upper] farthest from all columns of `known`, as described above.
[[nodiscard]] Vector largest_gap(Random& random, const VectorView& lower, const VectorView& upper,
                                 const PointsView& known, Index candidates);

}  // namespace mystic
