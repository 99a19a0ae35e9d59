#pragma once

#include "mystic/core/algorithm.hpp"
#include "mystic/core/collapse.hpp"

#include <memory>
#include <vector>

namespace mystic {

struct CollapsingOptions {
  static constexpr std::string_view title = "collapsing";

  std::optional<double> target;
  double tolerance = 1e-4;
  Index window = 49;
  bool pairs = false;
  double improvement = 1e-9;
  Index patience = 49;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("target", self.target, Range{.open_below = true, .open_above = true},
          "value at which a parameter that keeps near it is frozen; none: the value it has");
    field("tolerance", self.tolerance, Range{.lower = 0, .open_above = true},
          "furthest from the target, or between the extremes, or between two parameters; unit of the "
          "parameters");
    field("window", self.window, Range{.lower = 1, .upper = 1e6},
          "steps over which the best point must have kept to it");
    field("pairs", self.pairs, Anything{}, "whether parameters that coincide are tied together too");
    field("improvement", self.improvement, Range{.lower = 0, .open_above = true},
          "a fall of the best cost by more than this, relative to 1 + |cost|, is an improvement");
    field("patience", self.patience, Range{.lower = 1, .upper = 1e6},
          "steps without improvement after which what was frozen is released, as a test: if that "
          "improves the cost, the parameters that moved were frozen wrongly and are never frozen again; "
          "if not, the search ends");
  }
};

/// What a collapsing search has done, in order.
struct CollapseEvent {
  Index step = 0;       ///< of the whole search
  bool undone = false;  ///< false: frozen or tied; true: released, for it was wrong
  Collapse collapse;
};

/// `inner` in fewer and fewer dimensions: parameters that have come to rest, at a finite cost, are
/// frozen (and pairs that coincide tied), and the search begins anew in those that are left: from the
/// best point, and with its population where it takes one (Algorithm::takes_population: differential
/// evolution). When the reduced search improves no more, all is released as a test; candidates of a
/// population are then spread anew along what was frozen, over its bounds or, without two, as far from
/// the best point as that is from 0 (1 where it is 0).
///
/// The first search begins as the whole was told to, with all of its initial points. A step's population
/// is reported while nothing is frozen: candidates that agree in a subspace have not converged.
/// Conditions on the cost hold as ever, also before the test. Bounds of a tied parameter hold as the
/// problem's mode says.
/// @param events  takes what was frozen and released; may be null
/// @throws InvalidOptions
[[nodiscard]] Algorithm collapsing(Algorithm inner, const CollapsingOptions& options = {},
                                   std::shared_ptr<std::vector<CollapseEvent>> events = nullptr);

}  // namespace mystic
