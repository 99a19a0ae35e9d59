#include "mystic/uq/histogram.hpp"

#include "mystic/core/random.hpp"
#include "mystic/core/require.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace mystic {
namespace {

const Vector twenty{{0.3, 1.2,  2.2, 2.9, 4.1, 5.5, 5.5,  7.0, 8.25, 9.5,
                     2.0, -1.0, 0.5, 3.5, 1.0, 2.5, -2.0, 0.0, 4.0,  1.5}};

// Heavy tails: Cauchy's.
Vector heavy(Index n, std::uint64_t seed) {
  Random random = stream(seed, SearchPath{});
  Vector values(n);
  for (double& value : values) value = std::tan(std::acos(-1.0) * (uniform(random) - 0.5));
  return values;
}

Index counted(const SampleHistogram& found) {
  return std::accumulate(found.counts.begin(), found.counts.end(), Index{0}) + found.below + found.above;
}

double area(const SampleHistogram& found) {
  return found.densities.dot(found.edges.tail(found.densities.size()) -
                             found.edges.head(found.densities.size()));
}

// numpy.histogram(x, bins=7, density=True) of NumPy 1.24.
TEST(Histogram, IsNumPys) {
  const SampleHistogram found = histogram(SortedSample(twenty), 7);
  EXPECT_EQ(found.counts, (std::vector<Index>{2, 5, 5, 3, 2, 1, 2}));
  EXPECT_NEAR(found.densities[1], 0.15217391, 5e-9);
  EXPECT_NEAR(found.edges[1], -0.35714286, 5e-9);
  EXPECT_EQ(found.edges[0], -2.0);
  EXPECT_EQ(found.edges[7], 9.5);
}

// 2 (5.5 ... - 0.45 ...) 20^(-1/3) is a width for 5 bins; Sturges' rule asks for 6. Of 2000 it is the
// other way round.
TEST(Histogram, ChoosesBinsByTheFinerOfTwoRules) {
  EXPECT_EQ(histogram(SortedSample(twenty)).counts.size(), 6U);
  const Vector even = Vector::LinSpaced(2000, 0.0, 1.0);
  EXPECT_EQ(histogram(SortedSample(even)).counts.size(), 13U);  // 1 / (2 0.5 2000^(-1/3)) = 12.6
}

TEST(Histogram, CountsEveryValueOnceAndHasArea1) {
  for (const Index n : {1, 2, 7, 1000}) {
    const SampleHistogram found = histogram(SortedSample(heavy(n, 3)));
    EXPECT_EQ(counted(found), n);
    EXPECT_EQ(found.below + found.above, 0);
    EXPECT_NEAR(area(found), 1.0, 1e-12) << n;
  }
}

TEST(Histogram, OfHeavyTailsHasNotMillionsOfBins) {
  EXPECT_LE(histogram(SortedSample(heavy(20000, 4))).counts.size(), 1000U);
}

TEST(Histogram, WithGivenEdgesCountsWhatLiesBeyond) {
  const SampleHistogram found =
      histogram(SortedSample(Vector{{0.0, 1.0, 1.0, 2.0, 2.5, 4.0, 5.0}}), Vector{{1.0, 2.0, 4.0}});
  EXPECT_EQ(found.counts, (std::vector<Index>{2, 3}))
      << "an edge belongs to the bin above, the last to the last";
  EXPECT_EQ(found.below, 1);
  EXPECT_EQ(found.above, 1);
  EXPECT_DOUBLE_EQ(found.densities[1], 3.0 / 7.0 / 2.0);
}

TEST(Histogram, OfEqualValuesIsOneBinAroundThem) {
  const SampleHistogram found = histogram(SortedSample(Vector::Constant(5, -4.0)), 10);
  EXPECT_EQ(found.edges, (Vector{{-6.0, -2.0}}));
  EXPECT_EQ(found.counts, (std::vector<Index>{5}));
  EXPECT_EQ(histogram(SortedSample(Vector::Zero(1))).edges, (Vector{{-0.5, 0.5}}));
}

TEST(Histogram, HasNoEdgesThatCoincide) {
  const double next = std::nextafter(1.0, 2.0);
  const SampleHistogram found = histogram(SortedSample(Vector{{1.0, next, next}}), 100);
  EXPECT_EQ(found.counts, (std::vector<Index>{3}));
  const SampleHistogram wide = histogram(SortedSample(Vector{{-1.7e308, 0.0, 1.7e308}}), 4);
  EXPECT_TRUE(wide.edges.allFinite());
  EXPECT_EQ(wide.counts, (std::vector<Index>{1, 0, 1, 1}));
}

TEST(Histogram, LeavesOutFailuresAndMayBeEmpty) {
  const SampleHistogram found = histogram(SortedSample(Vector{{1.0, not_known, 2.0, infinity}}), 2);
  EXPECT_EQ(found.asked, 4);
  EXPECT_EQ(found.ok, 2);
  EXPECT_EQ(found.counts, (std::vector<Index>{1, 1}));
  const SampleHistogram none = histogram(SortedSample(Vector::Constant(3, not_known)));
  EXPECT_EQ(none.asked, 3);
  EXPECT_EQ(none.ok, 0);
  EXPECT_EQ(none.edges.size(), 0);
}

TEST(Histogram, RefusesEdgesThatAreNone) {
  const SortedSample sample(twenty);
  EXPECT_THROW(static_cast<void>(histogram(sample, 0)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(histogram(sample, Vector{{1.0}})), InvalidArgument);
  EXPECT_THROW(static_cast<void>(histogram(sample, Vector{{1.0, 1.0}})), InvalidArgument);
  EXPECT_THROW(static_cast<void>(histogram(sample, Vector{{1.0, not_known}})), InvalidArgument);
}

}  // namespace
}  // namespace mystic
