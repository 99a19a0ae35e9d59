#pragma once

#include "mystic/core/conductor.hpp"
#include "mystic/ensembles/rules.hpp"

#include <functional>
#include <string>
#include <vector>

namespace mystic {

/// Where the searches of an ensemble start: at most `count` points, one after the other.
struct Starts {
  Index count = 1;
  /// The next point. `taken`: n x m, the starts so far and the minima found.
  std::function<Vector(Start& whole, const PointsView& taken)> next;
};

/// An ensemble of one algorithm from those starts; the starts that the user gives come before them all,
/// or with `replaces_first` in the place of the first.
/// @param starts  made anew for each run, once the box is known
[[nodiscard]] Ensemble ensemble_of(const std::string& name, Algorithm member,
                                   std::function<Starts(Start& whole)> starts,
                                   const EnsembleRules& rules, bool replaces_first = false);

/// @throws InvalidArgument unless every variable has two finite bounds
void require_box(const Start& whole, std::string_view ensemble);

/// The largest difference in a coordinate, as a share of the widths of the box; `whole` has one.
[[nodiscard]] double distance_in_box(const Start& whole, const VectorView& a, const VectorView& b);

}  // namespace mystic
