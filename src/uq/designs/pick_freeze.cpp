#include "mystic/uq/pick_freeze.hpp"

#include "draws.hpp"
#include "mystic/core/require.hpp"
#include "variable_groups.hpp"

namespace mystic {

PickFreeze pick_freeze(const PointsView& base, const PickFreezeOptions& options) {
  validate(options);
  require(base.rows() >= 2 && base.rows() % 2 == 0,
          "pick_freeze: the base has {} rows; must be two for each variable", base.rows());
  require(base.allFinite(), "pick_freeze: the base must be finite");
  const Index dimension = base.rows() / 2;
  const Index count = base.cols();
  const auto groups = variables_of_groups("pick_freeze", options.groups, dimension);
  PickFreeze plan;
  plan.base_count = count;
  plan.groups = static_cast<Index>(groups.size());
  plan.has_second_order = options.second_order;
  const Index blocks = 2 + plan.groups * (options.second_order ? 2 : 1);
  require_size("pick_freeze", dimension, count);
  require_size("pick_freeze", dimension * blocks, count);
  const auto a = base.topRows(dimension);
  const auto b = base.bottomRows(dimension);
  plan.points.resize(dimension, count * blocks);
  plan.points.middleCols(plan.first_of_a(), count) = a;
  plan.points.middleCols(plan.first_of_b(), count) = b;
  for (Index group = 0; group < plan.groups; ++group) {
    auto mixed = plan.points.middleCols(plan.first_of_a_with_b(group), count);
    mixed = a;
    for (const Index i : groups[static_cast<std::size_t>(group)]) mixed.row(i) = b.row(i);
    if (!options.second_order) continue;
    auto reverse = plan.points.middleCols(plan.first_of_b_with_a(group), count);
    reverse = b;
    for (const Index i : groups[static_cast<std::size_t>(group)]) reverse.row(i) = a.row(i);
  }
  return plan;
}

}  // namespace mystic
