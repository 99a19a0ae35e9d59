// Where the searches of the other ensembles begin.

#include "mystic/ensembles/lattice.hpp"
#include "mystic/ensembles/mixed.hpp"
#include "mystic/ensembles/residual.hpp"
#include "mystic/ensembles/sparsity.hpp"

#include "tests/support/starts_of.hpp"

#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/powell.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace mystic {
namespace {

using testing_support::starts_of;

Start box(Index dimension, std::uint64_t seed = 1) {
  return {Vector(), Vector::Constant(dimension, -3.0), Vector::Constant(dimension, 5.0),
          stream(seed, SearchPath{}), nullptr};
}

double least_distance(const std::vector<Vector>& points) {
  double least = infinity;
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) least = std::min(least, (points[i] - points[j]).norm());
  }
  return least;
}

TEST(ShareOut, GivesThePrimeFactorsToTheLeastDividedVariables) {
  EXPECT_EQ(share_out(8, 3), (std::vector<Index>{2, 2, 2}));
  EXPECT_EQ(share_out(12, 2), (std::vector<Index>{3, 4}));
  EXPECT_EQ(share_out(7, 2), (std::vector<Index>{7, 1}));
  EXPECT_EQ(share_out(1, 4), (std::vector<Index>{1, 1, 1, 1}));
  EXPECT_EQ(share_out(30, 3), (std::vector<Index>{5, 3, 2}));
}

TEST(Lattice, BeginsAtTheCentresOfEqualCells) {
  Start whole = box(2);
  const auto starts = starts_of(lattice(powell(), {.bins = {2, 4}}), whole);
  std::set<std::pair<double, double>> found;
  for (const Vector& x : starts) found.insert({x[0], x[1]});
  std::set<std::pair<double, double>> centres;
  for (const double x : {-1.0, 3.0}) {
    for (const double y : {-2.0, 0.0, 2.0, 4.0}) centres.insert({x, y});
  }
  EXPECT_EQ(found, centres);
}

TEST(Lattice, HasTheUsersStartAsOneMemberMore) {
  Start whole = box(2);
  whole.x = Vector{{0.5, 0.25}};
  const auto starts = starts_of(lattice(powell(), {.starts = 4}), whole);
  ASSERT_EQ(starts.size(), 5U);
  EXPECT_EQ(starts.front(), whole.x);
}

TEST(Lattice, RefusesAWrongNumberOfBins) {
  Start whole = box(3);
  EXPECT_THROW(starts_of(lattice(powell(), {.bins = {2, 4}}), whole), InvalidArgument);
}

TEST(Lattice, HasAMillionCellsAtMost) {
  EXPECT_EQ(broken_options(LatticeOptions{.bins = {1000, 1000}}), "");
  EXPECT_EQ(broken_options(LatticeOptions{.bins = {1, 1'000'000, 1}}), "");
  for (const std::vector<Index>& bins :
       {std::vector<Index>{1000, 1001}, {1'000'000, 2}, {65536, 65536, 65536, 65536}}) {
    EXPECT_THROW(static_cast<void>(lattice(powell(), {.bins = bins})), InvalidOptions);
  }
  EXPECT_THROW(static_cast<void>(lattice(powell(), {.bins = {0, 3}})), InvalidOptions);
}

TEST(Sparsity, FindsTheMiddleOfTheLargestGap) {
  Start whole = box(2);
  // Known points on three sides of a cross leave the corner (5, 5) farthest away.
  const Points known{{-3.0, -3.0, 5.0}, {-3.0, 5.0, -3.0}};
  const auto starts = starts_of(sparsity(powell(), {.starts = 1}, known), whole);
  EXPECT_LT((starts.front() - Vector{{5.0, 5.0}}).norm(), 0.01);
}

TEST(Sparsity, FindsTheCentreBetweenFourCorners) {
  Start whole = box(2);
  const Points known{{-3.0, -3.0, 5.0, 5.0}, {-3.0, 5.0, -3.0, 5.0}};
  const auto starts = starts_of(sparsity(powell(), {.starts = 1}, known), whole);
  EXPECT_LT((starts.front() - Vector{{1.0, 1.0}}).norm(), 0.01);
}

TEST(Sparsity, SpreadsItsStartsFartherThanChance) {
  Start whole = box(3);
  const auto spread = starts_of(sparsity(powell(), {.starts = 20}), whole);
  std::vector<Vector> random;
  for (int i = 0; i < 20; ++i) random.push_back(uniform(whole.random, whole.lower, whole.upper));
  EXPECT_GT(least_distance(spread), 2.0 * least_distance(random));
  for (const Vector& x : spread) EXPECT_TRUE((x.array() >= -3.0).all() && (x.array() <= 5.0).all());
}

TEST(Sparsity, LeavesFixedVariablesWhereTheyAre) {
  Start whole = box(2);
  whole.lower[1] = whole.upper[1] = 2.0;
  for (const Vector& x : starts_of(sparsity(powell(), {.starts = 5}), whole)) EXPECT_EQ(x[1], 2.0);
}

TEST(Residual, BeginsNearTheLargeErrorsButNotOnKnownPoints) {
  Start whole = box(1);
  const Points known{{-2.0, 0.0, 4.0}};
  const auto starts =
      starts_of(residual(powell(), known, Vector{{0.0, 0.0, -9.0}}, {.starts = 2}), whole);
  for (const Vector& x : starts) {
    EXPECT_GT(x[0], 1.0);
    EXPECT_GT((known.colwise() - x).colwise().norm().minCoeff(), 0.05);
  }
  EXPECT_GT((starts[0] - starts[1]).norm(), 0.1);
}

TEST(Residual, RefusesErrorsThatAreNoneOrTooFew) {
  const Points known{{-2.0, 0.0}};
  EXPECT_THROW(static_cast<void>(residual(powell(), known, Vector{{1.0}})), InvalidArgument);
  EXPECT_THROW(static_cast<void>(residual(powell(), known, Vector{{1.0, std::nan("")}})),
               InvalidArgument);
}

TEST(Mixed, HasStartsOfEveryKind) {
  Start whole = box(2);
  const auto starts = starts_of(mixed(powell(), {.buckshot = 3, .lattice = 4, .sparsity = 2}), whole);
  ASSERT_EQ(starts.size(), 9U);
  EXPECT_EQ(starts[0], (Vector{{-1.0, -1.0}}));
  EXPECT_EQ(starts[3], (Vector{{3.0, 3.0}}));
  EXPECT_THROW(static_cast<void>(mixed(powell(), {.buckshot = 0, .lattice = 0, .sparsity = 0})),
               InvalidOptions);
}

TEST(Ensembles, NeedABox) {
  Start open{Vector(), Vector::Zero(2), Vector{{1.0, infinity}}, Random(), nullptr};
  EXPECT_THROW(starts_of(lattice(powell()), open), InvalidArgument);
  EXPECT_THROW(starts_of(sparsity(powell()), open), InvalidArgument);
  EXPECT_THROW(starts_of(mixed(powell()), open), InvalidArgument);
}

}  // namespace
}  // namespace mystic
