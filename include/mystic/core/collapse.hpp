#pragma once

#include "mystic/core/options.hpp"
#include "mystic/core/point.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mystic {

// Dimensions that a search no longer uses: parameters that stand still or go together, parts of their
// ranges where nothing is to be found. Each rule is a plain function that says of a
// history what has collapsed, for whoever goes on in fewer dimensions; control/collapse.hpp has them as
// terminations. A mask names what is not to be
// looked at, as what has been dealt with already.

/// Parameter `parameter` (from 0) has come to rest at `value`.
struct CollapsedAt {
  Index parameter = 0;
  double value = 0.0;  ///< the target, or where it stands now; unit of the parameter
  bool operator==(const CollapsedAt&) const = default;
};

/// x[second] = x[first] + offset; first < second.
struct CollapsedAs {
  Index first = 0;
  Index second = 0;
  double offset = 0.0;  ///< 0 unless offsets were allowed; unit of the parameters
  bool operator==(const CollapsedAs&) const = default;
};

/// Nothing worth the name was found where lower <= x[parameter] <= upper (infinite: as far as it goes).
struct CollapsedRange {
  Index parameter = 0;
  double lower = -infinity;
  double upper = infinity;
  bool operator==(const CollapsedRange&) const = default;
};

/// All that has collapsed, of each kind in the order of its parameters.
struct Collapse {
  std::vector<CollapsedAt> at;
  std::vector<CollapsedAs> as;
  std::vector<CollapsedRange> ranges;

  [[nodiscard]] bool empty() const { return at.empty() && as.empty() && ranges.empty(); }
};

/// "x[2] at 3.5; x[4] = x[1] + 0.25; x[0] not in [-inf, 2]".
[[nodiscard]] std::string to_string(const Collapse& collapse);

struct CollapseAtOptions {
  static constexpr std::string_view title = "collapse-at";

  std::optional<double> target;
  double tolerance = 1e-4;
  Index window = 49;
  std::vector<Index> mask = {};  ///< parameters not to look at

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("target", self.target, Range{.open_below = true, .open_above = true},
          "value that the parameter must keep to; none: any");
    field("tolerance", self.tolerance, Range{.lower = 0, .open_above = true},
          "furthest from the target, or, without one, between the extremes; unit of the parameter");
    field("window", self.window, Range{.lower = 1, .upper = 1e6},
          "generations looked back (mystic's `generations` less 1)");
  }
};

struct CollapseAsOptions {
  static constexpr std::string_view title = "collapse-as";

  bool offset = false;
  double tolerance = 1e-4;
  Index window = 49;
  std::vector<std::pair<Index, Index>> mask = {};  ///< pairs not to look at, in either order

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("offset", self.offset, Anything{}, "whether two parameters may keep a constant difference");
    field("tolerance", self.tolerance, Range{.lower = 0, .open_above = true},
          "largest difference of the two, or, with an offset, between the extremes of it");
    field("window", self.window, Range{.lower = 1, .upper = 1e6},
          "generations looked back (mystic's `generations` less 1)");
  }
};

struct CollapseCostOptions {
  static constexpr std::string_view title = "collapse-cost";

  double limit = 1.0;
  Index samples = 50;
  bool clip = false;
  Index window = 499;
  std::vector<CollapsedRange> mask = {};  ///< ranges that are known: their samples are left out

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("limit", self.limit, Range{.lower = 0, .open_below = true, .open_above = true},
          "how much dearer than the cheapest sample makes a sample dear; unit of the cost");
    field("samples", self.samples, Range{.lower = 1, .upper = 1e6},
          "least number of dear samples side by side");
    field("clip", self.clip, Anything{},
          "whether a range ends at its outermost sample where no cheap one lies beyond; else it goes on "
          "for ever");
    field("window", self.window, Range{.lower = 1, .upper = 1e6}, "generations looked back");
  }
};

/// Parameters i, beside those of the mask, for which
///
///     max_k x_ik - min_k x_ik <= tolerance,   or with a target   max_k |x_ik - target| <= tolerance
///
/// over all points k of the history. What it says of the parameter is the target, or x_i of the newest.
/// @param history  n x k, newest last, k >= 1; `window` plays no part here
/// @throws InvalidOptions, InvalidArgument if there is no point or the mask names no parameter
[[nodiscard]] std::vector<CollapsedAt> collapsed_at(const PointsView& history,
                                                    const CollapseAtOptions& options = {});

/// Pairs i < j, beside those of the mask, for which
///
///     max_k |x_jk - x_ik| <= tolerance,   or with offsets   max_k (x_jk - x_ik) - min_k (...) <=
///     tolerance
///
/// The offset is that of the newest point; 0 unless offsets are allowed. Of m parameters that coincide
/// it names all m (m - 1) / 2 pairs.
[[nodiscard]] std::vector<CollapsedAs> collapsed_as(const PointsView& history,
                                                    const CollapseAsOptions& options = {});

/// Of each parameter the ranges in which only dear samples lie: with the samples sorted by the
/// parameter, runs of at least `samples` neighbours of which each costs
///
///     cost >= min_k cost_k + limit
///
/// A range reaches from the first to the last sample of its run, and to infinity where the run is the
/// first or the last, unless `clip`. Samples of equal x are one place: it is dear if all of them are.
/// Samples whose cost is not finite are dear, if any is finite. Masked ranges are not reported again.
/// @param samples  n x k, in any order; @param costs  k
[[nodiscard]] std::vector<CollapsedRange> collapsed_cost(const PointsView& samples,
                                                         const VectorView& costs,
                                                         const CollapseCostOptions& options = {});

}  // namespace mystic
