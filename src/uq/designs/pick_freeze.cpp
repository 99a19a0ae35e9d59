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
  require((base.array() * 0.0).sum() == 0.0, "pick_freeze: the base must be finite");
  const Index dimension = base.rows() / 2;
  const auto groups = variables_of_groups("pick_freeze", options.groups, dimension);
  PickFreeze plan;
  plan.rows = base.cols();
  plan.groups = static_cast<Index>(groups.size());
  plan.has_second_order = options.second_order;
  require_size("pick_freeze", dimension, plan.rows);
  require_size("pick_freeze", dimension * plan.width(), plan.rows);
  plan.points = large_points(dimension, plan.rows * plan.width());
  double* point = plan.points.data();
  const auto put = [&point, dimension](const double* from, const double* other,
                                       const std::vector<Index>* mixed) {
    for (Index i = 0; i < dimension; ++i) point[i] = from[i];
    if (mixed != nullptr) {
      for (const Index i : *mixed) point[i] = other[i];
    }
    point += dimension;
  };
  for (Index row = 0; row < plan.rows; ++row) {
    const double* const a = base.col(row).data();
    const double* const b = a + dimension;
    put(a, b, nullptr);
    put(b, a, nullptr);
    for (const auto& group : groups) put(a, b, &group);
    if (!plan.has_second_order) continue;
    for (const auto& group : groups) put(b, a, &group);
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
  PickFreezeOutputs blocks{Vector(rows), Vector(rows), large_points(rows, plan.groups), {}};
  blocks.a = by_row.row(PickFreeze::a).transpose();
  blocks.b = by_row.row(PickFreeze::b).transpose();
  blocks.a_b = by_row.middleRows(plan.a_with_b(0), plan.groups).transpose();
  if (plan.has_second_order) {
    blocks.b_a = large_points(rows, plan.groups);
    blocks.b_a = by_row.middleRows(plan.b_with_a(0), plan.groups).transpose();
  }
  return blocks;
}

}  // namespace mystic
