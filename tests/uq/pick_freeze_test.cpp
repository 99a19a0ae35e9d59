#include "mystic/uq/pick_freeze.hpp"

#include "mystic/core/require.hpp"
#include "mystic/uq/sobol_sequence.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace mystic {
namespace {

// Column j of a block is its point of row j.
Points block(const PickFreeze& plan, Index number) {
  Points points(plan.points.rows(), plan.rows);
  for (Index row = 0; row < plan.rows; ++row) {
    points.col(row) = plan.points.col(plan.column(row, number));
  }
  return points;
}

TEST(PickFreeze, TakesExactlyOneVariableFromTheOtherMatrix) {
  const Points base = sobol_points(6, 5, {.seed = 2});
  const PickFreeze plan = pick_freeze(base, {.second_order = true});
  ASSERT_EQ(plan.points.rows(), 3);
  ASSERT_EQ(plan.width(), 8);
  ASSERT_EQ(plan.points.cols(), 5 * 8);
  const Points a = block(plan, PickFreeze::a);
  const Points b = block(plan, PickFreeze::b);
  EXPECT_EQ(a, base.topRows(3));
  EXPECT_EQ(b, base.bottomRows(3));
  for (Index group = 0; group < 3; ++group) {
    const Points ab = block(plan, plan.a_with_b(group));
    const Points ba = block(plan, plan.b_with_a(group));
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
  const Points mixed = block(plan, plan.a_with_b(1));
  for (const Index i : {0, 1, 2, 3}) {
    EXPECT_EQ(Points(mixed.row(i)), Points(base.row(i % 2 == 0 ? 4 + i : i))) << i;
  }
}

TEST(PickFreeze, KeepsItsPointsAtTheirPlacesWhenRowsAreAdded) {
  for (const bool second_order : {false, true}) {
    const PickFreezeOptions options{.second_order = second_order, .groups = {0, 0, 1}};
    const PickFreeze few = pick_freeze(sobol_points(6, 5, {.seed = 3}), options);
    const PickFreeze many = pick_freeze(sobol_points(6, 9, {.seed = 3}), options);
    EXPECT_EQ(many.points.leftCols(few.points.cols()), few.points);
  }
}

TEST(PickFreeze, SortsTheOutputsOfAllRowsOrOfTheFirst) {
  const PickFreeze plan = pick_freeze(sobol_points(6, 5), {.second_order = true});
  const Vector output = Vector::LinSpaced(40, 0.0, 39.0);
  for (const Index rows : {5, 2}) {
    const PickFreezeOutputs blocks = blocks_of(plan, output.head(8 * rows));
    ASSERT_EQ(blocks.a.size(), rows);
    ASSERT_EQ(blocks.b_a.rows(), rows);
    for (Index row = 0; row < rows; ++row) {
      EXPECT_EQ(blocks.a[row], output[plan.column(row, PickFreeze::a)]);
      EXPECT_EQ(blocks.b[row], output[plan.column(row, PickFreeze::b)]);
      for (Index group = 0; group < 3; ++group) {
        EXPECT_EQ(blocks.a_b(row, group), output[plan.column(row, plan.a_with_b(group))]);
        EXPECT_EQ(blocks.b_a(row, group), output[plan.column(row, plan.b_with_a(group))]);
      }
    }
  }
  EXPECT_THROW((void)blocks_of(plan, output.head(17)), InvalidArgument);
  EXPECT_THROW((void)blocks_of(plan, Vector::Zero(48)), InvalidArgument);
  EXPECT_EQ(blocks_of(pick_freeze(sobol_points(6, 5)), output.head(25)).b_a.size(), 0);
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
