#pragma once

#include "mystic/core/conductor.hpp"
#include "mystic/ensembles/rules.hpp"

namespace mystic {

struct ResidualOptions {
  static constexpr std::string_view title = "residual";

  Index starts = 8;
  Index candidates = 1000;
  EnsembleRules rules;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("starts", self.starts, Range{.lower = 1, .upper = 1e6},
          "members: searches that begin where a surrogate is expected to be wrong");
    field("candidates", self.candidates, Range{.lower = 1, .upper = 1e7},
          "random points of which the one with the largest expected error becomes the next start");
    EnsembleRules::describe(self.rules, field);
  }
};

/// Searches that start where a surrogate of the surface errs most. What is known are its errors at some
/// points (from a comparison, say, or of a surface fitted without that point). The error expected
/// at x is the inverse-square-distance mean of the |errors| (Shepard 1968, doi:10.1145/800186.810616)
/// times the distance to the nearest known point or start, in the box scaled to unit widths: it grows
/// with both.
///
/// @param known   n x m points, m >= 1
/// @param errors  m, of the surrogate there; finite; the sign does not matter
/// @throws InvalidOptions, InvalidArgument
[[nodiscard]] Ensemble residual(Algorithm member, const Points& known, const VectorView& errors,
                                const ResidualOptions& options = {});

}  // namespace mystic
