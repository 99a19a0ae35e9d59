#pragma once

#include "mystic/core/options.hpp"
#include "mystic/core/point.hpp"

#include <vector>

namespace mystic {

struct PickFreezeOptions {
  static constexpr std::string_view title = "PickFreezeOptions";

  bool second_order = false;
  std::vector<Index> groups;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("second_order", self.second_order, Anything{},
          "also B with variables from A: m (2 + 2 g) points in place of m (2 + g), g groups");
    field("groups", self.groups, Range{.lower = 0},
          "for each variable the number of its group, from 0 without gaps; empty: each by itself");
  }
};

/// The points of a pick-and-freeze study of n variables in g groups, m points a block: blocks A, B,
/// then A with group 0, 1, ... from B, then, for the second order, B with group 0, 1, ... from A.
/// Saltelli et al. (2010), doi:10.1016/j.cpc.2009.09.018; the second order: Saltelli (2002).
struct PickFreeze {
  Points points;  ///< n x m (2 + g), or n x m (2 + 2 g)
  Index base_count = 0;
  Index groups = 0;
  bool has_second_order = false;

  /// First columns of the blocks: block b of an m-vector `outputs` is outputs.segment(first, m).
  [[nodiscard]] Index first_of_a() const { return 0; }
  [[nodiscard]] Index first_of_b() const { return base_count; }
  [[nodiscard]] Index first_of_a_with_b(Index group) const { return base_count * (2 + group); }
  /// Only with second order.
  [[nodiscard]] Index first_of_b_with_a(Index group) const { return base_count * (2 + groups + group); }
};

/// @param base  2n x m: a column has a point of A over a point of B; any independent design of 2n
///              variables, best a Sobol' sequence. More columns keep what the first gave, in other
///              places.
/// @throws InvalidArgument if base has an odd number of rows, no column, or a number that is not
///         finite, or groups do not fit n variables; InvalidOptions
[[nodiscard]] PickFreeze pick_freeze(const PointsView& base, const PickFreezeOptions& options = {});

}  // namespace mystic
