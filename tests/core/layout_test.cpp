#include "mystic/core/layout.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

TEST(BalancedLayout, GivesTheFirstRanksOneMore) {
  const BalancedLayout layout(10, 4);
  EXPECT_EQ(layout.first(0), 0);
  EXPECT_EQ(layout.first(1), 3);
  EXPECT_EQ(layout.first(2), 6);
  EXPECT_EQ(layout.first(3), 8);
  EXPECT_EQ(layout.first(4), 10);
}

TEST(BalancedLayout, PartitionsEveryCountAmongEveryNumberOfRanks) {
  for (Index count = 0; count <= 40; ++count) {
    for (Index ranks = 1; ranks <= 13; ++ranks) {
      const BalancedLayout layout(count, ranks);
      EXPECT_EQ(layout.first(0), 0);
      EXPECT_EQ(layout.first(ranks), count);
      for (Index rank = 0; rank < ranks; ++rank) {
        const Index share = layout.first(rank + 1) - layout.first(rank);
        EXPECT_TRUE(share == count / ranks || share == count / ranks + 1);
        for (Index index = layout.first(rank); index < layout.first(rank + 1); ++index) {
          EXPECT_EQ(layout.owner(index), rank) << index << " of " << count << " on " << ranks;
        }
      }
    }
  }
}

TEST(BalancedLayout, RefusesNoRanksAndNegativeCounts) {
  EXPECT_THROW(BalancedLayout(3, 0), InvalidArgument);
  EXPECT_THROW(BalancedLayout(-1, 2), InvalidArgument);
}

}  // namespace
}  // namespace mystic
