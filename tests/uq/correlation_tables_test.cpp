#include "mystic/uq/correlation_tables.hpp"

#include "mystic/core/random.hpp"
#include "mystic/core/require.hpp"
#include "mystic/uq/correlation.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace mystic {
namespace {

// Two inputs over two outputs.
Points four_by_ten() {
  Points table(4, 10);
  table << 0.3, 1.2, 2.2, 2.9, 4.1, 5.5, 5.5, 7.0, 8.25, 9.5,  //
      2.0, -1.0, 0.5, 3.5, 1.0, 2.5, -2.0, 0.0, 4.0, 1.5,      //
      1.0, 0.4, 2.6, 5.0, 3.1, 6.4, 3.0, 5.2, 9.8, 7.0,        //
      3.0, 1.5, -2.0, 0.25, 4.0, 2.5, -1.0, 6.0, 2.0, 0.5;
  return table;
}

// Below the diagonal, row by row.
using Below = std::array<double, 6>;
void expect_table(const Points& found, const Below& below) {
  auto expected = below.begin();
  for (Index i = 0; i < 4; ++i) {
    EXPECT_EQ(found(i, i), 1.0);
    for (Index j = 0; j < i; ++j) {
      EXPECT_NEAR(found(i, j), *expected++, 1e-13) << i << j;
      EXPECT_EQ(found(j, i), found(i, j)) << i << j;
    }
  }
}

// numpy.corrcoef of values and of scipy.stats.rankdata; partial: corrcoef of the residuals that
// numpy.linalg.lstsq leaves of both on what is held.
TEST(CorrelationTables, AreNumPys) {
  const CorrelationTables found = correlation_tables(four_by_ten(), 2);
  expect_table(found.pearson.value, Below{0.17254530140161276, 0.8452761760780206, 0.6254976396420027,
                                          0.1399899124317115, 0.12967877520492707, 0.104907222363174});
  expect_table(found.spearman.value,
               Below{0.17021355223041806, 0.8936211492096949, 0.5757575757575757, 0.09726488698881035,
                     0.13939393939393938, 0.17575757575757575});
  expect_table(found.partial.value,
               Below{0.17254530140161273, 0.9594359970743489, 0.9113338879775275, 0.12042217807611613,
                     0.10819638589145572, -0.3029285248019729});
  expect_table(found.rank_partial.value,
               Below{0.17021355223041806, 0.9875017815138557, 0.9578962206733311, 0.0753629367131038,
                     0.12525111015075352, 0.27700165224902723});
  expect_table(correlation_tables(four_by_ten(), 4).partial.value,
               Below{-0.8693302845599307, 0.9631940915959774, 0.919772742870525, 0.3226283011734593,
                     0.3190920814231274, -0.3029285248019729});
  EXPECT_EQ(correlation_tables(four_by_ten(), 0).partial.value, found.pearson.value);
}

void expect_same(const Estimate& one, const CorrelationTable& table, Index i, Index j) {
  EXPECT_NEAR(table.value(i, j), one.value, 1e-13);
  EXPECT_NEAR(table.lower(i, j), one.interval.lower, 1e-12);
  EXPECT_NEAR(table.upper(j, i), one.interval.upper, 1e-12);
}

TEST(CorrelationTables, HaveTheIntervalsOfEachByItself) {
  const Points table = four_by_ten();
  const CorrelationTables found = correlation_tables(table, 2, 0.9);
  expect_same(pearson(table.row(3).transpose(), table.row(2).transpose(), 0.9), found.pearson, 3, 2);
  expect_same(spearman(table.row(3).transpose(), table.row(0).transpose(), 0.9), found.spearman, 3, 0);
  const InputCorrelations by_input = input_correlations(table.topRows(2), table.row(2).transpose(), 0.9);
  expect_same(by_input.inputs[1].pcc, found.partial, 1, 2);
  expect_same(by_input.inputs[0].prcc, found.rank_partial, 2, 0);
  EXPECT_EQ(found.partial.lower(1, 1), 1.0);
}

TEST(CorrelationTables, LeaveOutObservationsThatFailedOfAllTables) {
  Points table = four_by_ten();
  table(3, 2) = not_known;
  table(0, 9) = infinity;
  Points left(4, 8);
  left << table.leftCols(2), table.middleCols(3, 6);
  const CorrelationTables found = correlation_tables(table, 2);
  const CorrelationTables clean = correlation_tables(left, 2);
  EXPECT_EQ(found.asked, 10);
  EXPECT_EQ(found.ok, 8);
  EXPECT_EQ(found.pearson.value, clean.pearson.value);
  EXPECT_EQ(found.rank_partial.upper, clean.rank_partial.upper);
}

// Outputs may follow from each other, or not vary: what is said of the others stays.
TEST(CorrelationTables, AreNotKnownOnlyWhereTheyDoNotExist) {
  Points table = four_by_ten();
  table.row(3) = -2.0 * table.row(2);
  CorrelationTables found = correlation_tables(table, 2);
  EXPECT_NEAR(found.partial.value(2, 3), -1.0, 1e-14);
  EXPECT_NEAR(found.partial.value(0, 3), -0.9594359970743489, 1e-13);
  table.row(3).setConstant(0.1);
  found = correlation_tables(table, 2);
  EXPECT_TRUE(std::isnan(found.pearson.value(3, 3)));
  EXPECT_TRUE(std::isnan(found.partial.value(0, 3)));
  EXPECT_NEAR(found.partial.value(0, 2), 0.9594359970743489, 1e-13);
  table.row(1) = 3.0 * table.row(0);
  found = correlation_tables(table, 2);
  EXPECT_TRUE(std::isnan(found.partial.value(0, 2))) << "one input follows from the other";
  EXPECT_FALSE(std::isnan(found.pearson.value(0, 2)));
  table.row(1).setConstant(4.0);
  EXPECT_TRUE(std::isnan(correlation_tables(table, 2).rank_partial.value(0, 2)));
  EXPECT_TRUE(correlation_tables(table.leftCols(3), 2).pearson.value.array().isNaN().all());
}

// y = x1 + x2, z = x1 - x2 and a noise in each: given the inputs nothing is left between y and z, and
// partial correlations of x1 with both are those of a signal with its noise.
TEST(CorrelationTables, FindWhatIsLeftWithoutTheInputs) {
  Random random = stream(5, SearchPath{});
  Points table(4, 20000);
  for (Index column = 0; column < table.cols(); ++column) {
    const double first = uniform(random);
    const double second = uniform(random);
    table.col(column) << first, second, first + second + uniform(random),
        first - second + uniform(random);
  }
  const CorrelationTables found = correlation_tables(table, 2, 0.9999);
  EXPECT_TRUE(found.partial.lower(2, 3) <= 0.0 && 0.0 <= found.partial.upper(2, 3));
  EXPECT_NEAR(found.partial.value(0, 2), std::sqrt(0.5), 0.02);
  EXPECT_NEAR(found.partial.value(1, 3), -std::sqrt(0.5), 0.02);
  EXPECT_NEAR(found.pearson.value(0, 2), std::sqrt(1.0 / 3.0), 0.02);
}

TEST(CorrelationTables, RefuseWhatIsNoTable) {
  const Points table = four_by_ten();
  EXPECT_THROW(static_cast<void>(correlation_tables(table, 5)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(correlation_tables(table, -1)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(correlation_tables(Points(0, 5), 0)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(correlation_tables(table, 2, 1.0)), InvalidArgument);
}

}  // namespace
}  // namespace mystic
