#include "mystic/uq/pick_freeze.hpp"

#include "draws.hpp"
#include "large_points.hpp"
#include "mystic/core/require.hpp"
#include "variable_groups.hpp"

namespace mystic {

PickFreeze pick_freeze(const PointsView& base, const PickFreezeOptions& options) {
  validate(options);
  require(base.rows() >= 2 && base.rows() % 2 == 0,
          "pick_freeze: the base has {} rows; must be two for each variable", base.rows());
  require(base.allFinite(), "pick_freeze: the base must be finite");
  const Index dimension = base.rows() / 2;
  const auto groups = variables_of_groups("pick_freeze", options.groups, dimension);
  PickFreeze plan;
  plan.rows = base.cols();
  plan.groups = static_cast<Index>(groups.size());
  plan.has_second_order = options.second_order;
  require_size("pick_freeze", dimension, plan.rows);
  require_size("pick_freeze", dimension * plan.width(), plan.rows);
  plan.points = large_points(dimension, plan.rows * plan.width());
  for (Index row = 0; row < plan.rows; ++row) {
    const auto a = base.col(row).head(dimension);
    const auto b = base.col(row).tail(dimension);
    plan.points.col(plan.column(row, PickFreeze::a)) = a;
    plan.points.col(plan.column(row, PickFreeze::b)) = b;
    for (Index group = 0; group < plan.groups; ++group) {
      auto mixed = plan.points.col(plan.column(row, plan.a_with_b(group)));
      mixed = a;
      for (const Index i : groups[static_cast<std::size_t>(group)]) mixed[i] = b[i];
      if (!options.second_order) continue;
      auto reverse = plan.points.col(plan.column(row, plan.b_with_a(group)));
      reverse = b;
      for (const Index i : groups[static_cast<std::size_t>(group)]) reverse[i] = a[i];
    }
  }
  return plan;
}

PickFreezeOutputs blocks_of(const PickFreeze& plan, const VectorView& output) {
  const Index width = plan.width();
  const Index rows = output.size() / width;
  require(rows * width == output.size() && rows <= plan.rows,
          "blocks_of: {} outputs are not whole rows of {} points, at most {} of them", output.size(),
          width, plan.rows);
  const auto by_row = output.reshaped(width, rows);
  PickFreezeOutputs blocks{by_row.row(PickFreeze::a),
                           by_row.row(PickFreeze::b),
                           by_row.middleRows(plan.a_with_b(0), plan.groups).transpose(),
                           {}};
  if (plan.has_second_order) {
    blocks.b_a = by_row.middleRows(plan.b_with_a(0), plan.groups).transpose();
  }
  return blocks;
}

}  // namespace mystic
