#include "mystic/uq/pick_freeze.hpp"

#include "mystic/core/require.hpp"
#include "mystic/uq/sobol_sequence.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace mystic {
namespace {

TEST(PickFreeze, TakesExactlyOneVariableFromTheOtherMatrix) {
  const Points base = sobol_points(6, 5, {.seed = 2});
  const PickFreeze plan = pick_freeze(base, {.second_order = true});
  ASSERT_EQ(plan.points.rows(), 3);
  ASSERT_EQ(plan.points.cols(), 5 * 8);
  const Points a = plan.points.middleCols(plan.first_of_a(), 5);
  const Points b = plan.points.middleCols(plan.first_of_b(), 5);
  EXPECT_EQ(a, base.topRows(3));
  EXPECT_EQ(b, base.bottomRows(3));
  for (Index group = 0; group < 3; ++group) {
    const Points ab = plan.points.middleCols(plan.first_of_a_with_b(group), 5);
    const Points ba = plan.points.middleCols(plan.first_of_b_with_a(group), 5);
    for (Index i = 0; i < 3; ++i) {
      EXPECT_EQ(Points(ab.row(i)), Points(i == group ? b.row(i) : a.row(i))) << group << i;
      EXPECT_EQ(Points(ba.row(i)), Points(i == group ? a.row(i) : b.row(i))) << group << i;
    }
  }
}

TEST(PickFreeze, MovesAGroupTogetherAndLeavesOutTheSecondOrderUnlessAsked) {
  const Points base = sobol_points(8, 3, {.seed = 2});
  const PickFreeze plan = pick_freeze(base, {.groups = {1, 0, 1, 0}});
  ASSERT_EQ(plan.groups, 2);
  ASSERT_EQ(plan.points.cols(), 3 * 4);
  const Points mixed = plan.points.middleCols(plan.first_of_a_with_b(1), 3);
  for (const Index i : {0, 1, 2, 3}) {
    EXPECT_EQ(Points(mixed.row(i)), Points(base.row(i % 2 == 0 ? 4 + i : i))) << i;
  }
}

TEST(PickFreeze, RefusesBasesAndGroupsThatDoNotFit) {
  const Points base = sobol_points(6, 5);
  EXPECT_THROW((void)pick_freeze(base.topRows(5)), InvalidArgument);
  EXPECT_THROW((void)pick_freeze(base.leftCols(0)), InvalidArgument);
  EXPECT_THROW((void)pick_freeze(base, {.groups = {0, 1}}), InvalidArgument);
  EXPECT_THROW((void)pick_freeze(base, {.groups = {0, 2, 2}}), InvalidArgument);
  EXPECT_THROW((void)pick_freeze(base, {.groups = {0, 1, 3}}), InvalidArgument);
  EXPECT_THROW((void)pick_freeze(base, {.groups = {0, 1, -1}}), InvalidOptions);
  Points broken = base;
  broken(2, 3) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW((void)pick_freeze(broken), InvalidArgument);
}

}  // namespace
}  // namespace mystic
