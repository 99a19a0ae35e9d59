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

/// The points of a pick-and-freeze study of n variables in g groups, m rows. A row has width() points:
/// of A, of B, of A with group 0, 1, ... from B, then, for the second order, of B with group 0, 1, ...
/// from A. Row after row: a study of the first rows has the first columns.
/// Saltelli et al. (2010), doi:10.1016/j.cpc.2009.09.018; the second order: Saltelli (2002).
struct PickFreeze {
  Points points;  ///< n x m width()
  Index rows = 0;
  Index groups = 0;
  bool has_second_order = false;

  /// Points of a row: 2 + g, or 2 + 2 g.
  [[nodiscard]] Index width() const { return 2 + groups * (has_second_order ? 2 : 1); }
  /// Of `points`. Blocks of a row: a, b, a_with_b(0), ..., b_with_a(0), ...
  [[nodiscard]] Index column(Index row, Index block) const { return row * width() + block; }

  static constexpr Index a = 0;
  static constexpr Index b = 1;
  [[nodiscard]] Index a_with_b(Index group) const { return 2 + group; }
  /// Only with second order.
  [[nodiscard]] Index b_with_a(Index group) const { return 2 + groups + group; }
};

/// What a model gave at the points of a pick-and-freeze design of N rows and k inputs (or groups of
/// inputs): at the rows of A and of B, and at those of A with input i taken from B. NaN or infinite:
/// failed.
struct PickFreezeOutputs {
  Vector a;    ///< N
  Vector b;    ///< N
  Points a_b;  ///< N x k; column i: A with input i from B
  Points b_a;  ///< N x k; column i: B with input i from A. Empty: no second order
};

/// @param base  2n x m: a column has a point of A over a point of B; any independent design of 2n
///              variables, best a Sobol' sequence. More columns keep what the first gave, at the same
///              places.
/// @throws InvalidArgument if base has an odd number of rows, no column, or a number that is not
///         finite, or groups do not fit n variables; InvalidOptions
[[nodiscard]] PickFreeze pick_freeze(const PointsView& base, const PickFreezeOptions& options = {});

/// The outputs of a plan, sorted by block.
/// @param output  one number for each point of the plan, or for those of its first rows
/// @throws InvalidArgument if it is not of whole rows, or of more than the plan has
[[nodiscard]] PickFreezeOutputs blocks_of(const PickFreeze& plan, const VectorView& output);

}  // namespace mystic
