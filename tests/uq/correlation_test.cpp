#include "mystic/uq/correlation.hpp"

#include "mystic/core/random.hpp"
#include "mystic/core/require.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

Points inputs() {
  Points x(2, 10);
  x << 0.3, 1.2, 2.2, 2.9, 4.1, 5.5, 5.5, 7.0, 8.25, 9.5,  //
      2.0, -1.0, 0.5, 3.5, 1.0, 2.5, -2.0, 0.0, 4.0, 1.5;
  return x;
}
const Vector output{{1.0, 0.4, 2.6, 5.0, 3.1, 6.4, 3.0, 5.2, 9.8, 7.0}};

// A sample of the normal law with this correlation.
struct Pairs {
  Vector x;
  Vector y;
};
Pairs correlated(Index n, double correlation, std::uint64_t seed) {
  Random random = stream(seed, SearchPath{});
  Pairs pairs{Vector(n), Vector(n)};
  for (Index i = 0; i < n; ++i) {
    const double radius = std::sqrt(-2.0 * std::log1p(-uniform(random)));
    const double angle = 2.0 * std::acos(-1.0) * uniform(random);
    pairs.x[i] = radius * std::cos(angle);
    pairs.y[i] =
        correlation * pairs.x[i] + std::sqrt(1.0 - correlation * correlation) * radius * std::sin(angle);
  }
  return pairs;
}

// scipy.stats.pearsonr, spearmanr, kendalltau of SciPy 1.10.
TEST(Correlation, IsSciPys) {
  const Vector x = inputs().row(0);
  const Estimate found = pearson(x, output);
  EXPECT_NEAR(found.value, 0.8452761760780205, 1e-14);
  EXPECT_NEAR(found.interval.lower, 0.4609953293641269, 1e-13);
  EXPECT_NEAR(found.interval.upper, 0.9625993135971181, 1e-13);
  EXPECT_NEAR(spearman(x, output).value, 0.8936211492096949, 1e-14);
  EXPECT_NEAR(kendall(x, output).value, 0.7191465199607915, 1e-14);
  const Vector left{{1, 2, 2, 3, 3, 3, 4, 5}};
  const Vector right{{1, 3, 2, 2, 2, 4, 5, 5}};
  EXPECT_NEAR(kendall(left, right).value, 0.7083333333333335, 1e-14) << "tied in both";
  EXPECT_NEAR(spearman(left, right).value, 0.79746835443038, 1e-14);
}

// numpy.linalg.lstsq on standardised columns; correlations of residuals. SciPy's quantile of Student's
// law has ten digits.
TEST(InputCorrelations, AreNumPys) {
  const InputCorrelations found = input_correlations(inputs(), output);
  EXPECT_NEAR(found.r_squared, 0.951614772197783, 1e-13);
  EXPECT_NEAR(found.rank_r_squared, 0.9833942254021414, 1e-13);
  EXPECT_NEAR(found.inputs[0].src.value, 0.7599753943507181, 1e-13);
  EXPECT_NEAR(found.inputs[1].src.value, 0.49436745616594857, 1e-13);
  EXPECT_NEAR(found.inputs[0].src.interval.lower, 0.5603882401867423, 1e-9);
  EXPECT_NEAR(found.inputs[0].pcc.value, 0.9594359970743489, 1e-13);
  EXPECT_NEAR(found.inputs[1].pcc.value, 0.9113338879775276, 1e-13);
  EXPECT_NEAR(found.inputs[0].srrc.value, 0.8193583937381805, 1e-13);
  EXPECT_NEAR(found.inputs[1].srrc.interval.lower, 0.3194152374751235, 1e-9);
  EXPECT_NEAR(found.inputs[0].prcc.value, 0.9875017815138555, 1e-13);
  EXPECT_NEAR(found.inputs[1].prcc.value, 0.9578962206733307, 1e-13);
}

TEST(Correlation, OfRanksIsBlindToIncreasingTransformations) {
  const Vector x = inputs().row(0);
  const Vector bent = x.array().exp();
  EXPECT_NEAR(spearman(bent, output).value, spearman(x, output).value, 1e-15);
  EXPECT_NEAR(kendall(bent, output).value, kendall(x, output).value, 1e-15);
  EXPECT_NEAR(kendall(-x, output).value, -kendall(x, output).value, 1e-15);
}

TEST(Correlation, OfEqualRanksSharesThem) {
  EXPECT_EQ(ranks(Vector{{5.0, 1.0, 5.0, 2.0, 5.0}}), (Vector{{4.0, 1.0, 4.0, 2.0, 4.0}}));
}

TEST(Correlation, LeavesOutPairsThatFailed) {
  Points x = inputs();
  Vector y = output;
  y[3] = not_known;
  x(1, 7) = infinity;
  Points fewer(2, 8);
  fewer << x.leftCols(3), x.middleCols(4, 3), x.rightCols(2);
  Vector results(8);
  results << y.head(3), y.segment(4, 3), y.tail(2);
  const InputCorrelations found = input_correlations(x, y);
  const InputCorrelations clean = input_correlations(fewer, results);
  EXPECT_EQ(found.asked, 10);
  EXPECT_EQ(found.ok, 8);
  EXPECT_EQ(found.inputs[1].prcc.value, clean.inputs[1].prcc.value);
  EXPECT_EQ(found.inputs[0].src.interval.upper, clean.inputs[0].src.interval.upper);
}

TEST(Correlation, IsNotKnownWhereNothingVariesOrIsThere) {
  const Vector x = inputs().row(0);
  EXPECT_TRUE(std::isnan(pearson(x, Vector::Constant(10, 0.1)).value));
  EXPECT_TRUE(std::isnan(kendall(x, Vector::Constant(10, 0.1)).value));
  EXPECT_TRUE(std::isnan(spearman(x.head(3), output.head(3)).value));
  Points follows = inputs();
  follows.row(1) = 2.0 * follows.row(0);
  const InputCorrelations found = input_correlations(follows, output);
  EXPECT_TRUE(std::isnan(found.inputs[0].src.value)) << "one input is twice the other";
  EXPECT_FALSE(std::isnan(found.inputs[0].pearson.value));
  EXPECT_TRUE(std::isnan(input_correlations(inputs().leftCols(4), output.head(4)).r_squared));
}

TEST(Correlation, RefusesSizesThatDoNotMatch) {
  EXPECT_THROW(static_cast<void>(pearson(output, output.head(9))), InvalidArgument);
  EXPECT_THROW(static_cast<void>(input_correlations(inputs(), output.head(9))), InvalidArgument);
  EXPECT_THROW(static_cast<void>(input_correlations(Points(0, 10), output)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(pearson(output, output, 1.0)), InvalidArgument);
}

// Of a bivariate normal law: Spearman's 6 asin(r / 2) / pi, Kendall's 2 asin(r) / pi.
TEST(CorrelationIntervals, CoverTheTruth) {
  const double r = 0.6;
  const double of_ranks = 6.0 / std::acos(-1.0) * std::asin(r / 2.0);
  const double tau = 2.0 / std::acos(-1.0) * std::asin(r);
  int plain = 0;
  int ranked = 0;
  int concordant = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    const auto [x, y] = correlated(100, r, seed);
    plain += pearson(x, y).interval.contains(r) ? 1 : 0;
    ranked += spearman(x, y).interval.contains(of_ranks) ? 1 : 0;
    concordant += kendall(x, y).interval.contains(tau) ? 1 : 0;
  }
  EXPECT_TRUE(plain >= 930 && plain <= 970) << plain;
  EXPECT_TRUE(ranked >= 930 && ranked <= 975) << ranked;
  EXPECT_TRUE(concordant >= 930 && concordant <= 985) << concordant;
}

}  // namespace
}  // namespace mystic
