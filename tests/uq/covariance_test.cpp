#include "mystic/uq/covariance.hpp"

#include "mystic/core/random.hpp"
#include "mystic/core/require.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

Points three_by_ten() {
  Points table(3, 10);
  table << 0.3, 1.2, 2.2, 2.9, 4.1, 5.5, 5.5, 7.0, 8.25, 9.5,  //
      2.0, -1.0, 0.5, 3.5, 1.0, 2.5, -2.0, 0.0, 4.0, 1.5,      //
      1.0, 0.4, 2.6, 5.0, 3.1, 6.4, 3.0, 5.2, 9.8, 7.0;
  return table;
}

// Quantities that share a part.
Points draws(Index quantities, Index n, std::uint64_t seed) {
  Random random = stream(seed, SearchPath{});
  Points table(quantities, n);
  for (Index column = 0; column < n; ++column) {
    const double shared = uniform(random);
    for (Index i = 0; i < quantities; ++i) {
      table(i, column) = shared + static_cast<double>(i) * uniform(random);
    }
  }
  return table;
}

Covariance of(const Points& table) {
  Covariance found(table.rows());
  found.add(table);
  return found;
}

double worst(const Points& left, const Points& right) { return (left - right).cwiseAbs().maxCoeff(); }

// numpy.cov of NumPy 1.24.
TEST(Covariance, IsNumPys) {
  const Covariance found = of(three_by_ten());
  Points expected(3, 3);
  expected << 9.293583333333332, 1.0011111111111108, 7.4558333333333335,  //
      1.0011111111111108, 3.6222222222222222, 3.444444444444444,          //
      7.4558333333333335, 3.444444444444444, 8.371666666666668;
  EXPECT_LE(worst(found.covariance(), expected), 1e-14);
  EXPECT_NEAR(found.correlation()(2, 0), 0.8452761760780206, 1e-15);
  EXPECT_NEAR(found.mean()[2], 4.35, 1e-15);
}

TEST(Covariance, OneByOneInBlocksAndMergedAgree) {
  const Points table = draws(5, 1500, 1);
  const Points whole = of(table).covariance();
  Covariance one_by_one(5);
  for (Index column = 0; column < 1500; ++column) one_by_one.add(table.col(column));
  EXPECT_LE(worst(one_by_one.covariance(), whole), 1e-13);
  for (const Index cut : {0, 1, 255, 256, 1499, 1500}) {
    Covariance merged = of(table.leftCols(cut));
    merged.merge(of(table.rightCols(1500 - cut)));
    EXPECT_EQ(merged.ok(), 1500);
    EXPECT_LE(worst(merged.covariance(), whole), 1e-13) << cut;
    EXPECT_LE((merged.mean() - of(table).mean()).cwiseAbs().maxCoeff(), 1e-14) << cut;
  }
}

TEST(Covariance, LosesNoDigitsFarFromZero) {
  const Points table = draws(3, 2000, 2);
  const Points far = (table.array() + 1e9).matrix();
  EXPECT_LE(worst(of(far).covariance(), of(table).covariance()), 1e-6);
}

TEST(Covariance, LeavesOutWholeObservationsThatFailed) {
  Points table = draws(4, 600, 3);
  const Points succeeded = table.rightCols(598);
  table(2, 0) = not_known;
  table(0, 1) = infinity;
  const Covariance found = of(table);
  EXPECT_EQ(found.asked(), 600);
  EXPECT_EQ(found.ok(), 598);
  EXPECT_LE(worst(found.covariance(), of(succeeded).covariance()), 1e-13);
}

TEST(Covariance, OfWhatDoesNotVaryIsNotKnownAsACorrelation) {
  Points table = draws(3, 700, 4);
  table.row(1).setConstant(0.1);
  const Points found = of(table).correlation();
  EXPECT_TRUE(std::isnan(found(1, 1)));
  EXPECT_TRUE(std::isnan(found(0, 1)));
  EXPECT_EQ(found(0, 0), 1.0);
  EXPECT_EQ(found(0, 2), found(2, 0));
  EXPECT_TRUE(of(table.leftCols(1)).covariance().array().isNaN().all());
  EXPECT_EQ(of(table.leftCols(1)).mean(), table.col(0));
  EXPECT_TRUE(Covariance(2).mean().array().isNaN().all());
}

TEST(Covariance, RefusesQuantitiesOfAnotherNumber) {
  Covariance found(3);
  EXPECT_THROW(found.add(Points::Zero(2, 5)), InvalidArgument);
  EXPECT_THROW(found.merge(Covariance(2)), InvalidArgument);
  EXPECT_THROW(Covariance(0), InvalidArgument);
}

}  // namespace
}  // namespace mystic
