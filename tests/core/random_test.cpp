#include "mystic/core/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <vector>

namespace mystic {
namespace {

// The first ten numbers from state (1, 2, 3, 4), as published with the tests of other
// implementations of the algorithm.
TEST(Random, IsXoshiro256PlusPlus) {
  Random random({1, 2, 3, 4});
  for (const std::uint64_t expected :
       {41943041ULL, 58720359ULL, 3588806011781223ULL, 3591011842654386ULL, 9228616714210784205ULL,
        9973669472204895162ULL, 14011001112246962877ULL, 12406186145184390807ULL,
        15849039046786891736ULL, 10450023813501588000ULL}) {
    EXPECT_EQ(random(), expected);
  }
}

TEST(RandomUniform, LiesInTheUnitIntervalWithoutItsEnd) {
  // All bits set: 1 would come out if more than 53 bits were kept.
  const double most = static_cast<double>(Random::max() >> 11U) * 0x1p-53;
  EXPECT_LT(most, 1.0);
  Random random({1, 2, 3, 4});
  double sum = 0.0;
  double squares = 0.0;
  constexpr int draws = 100000;
  for (int i = 0; i < draws; ++i) {
    const double u = uniform(random);
    ASSERT_TRUE(u >= 0.0 && u < 1.0);
    sum += u;
    squares += u * u;
  }
  EXPECT_NEAR(sum / draws, 0.5, 4 * std::sqrt(1.0 / 12 / draws));
  EXPECT_NEAR(squares / draws, 1.0 / 3, 4 * std::sqrt(4.0 / 45 / draws));
}

TEST(RandomUniform, DrawsEachCoordinateInItsRange) {
  Random random({5, 6, 7, 8});
  const Vector lower{{-3.0, 10.0, 2.0}};
  const Vector upper{{-1.0, 30.0, 2.0}};
  for (int i = 0; i < 1000; ++i) {
    const Vector x = uniform(random, lower, upper);
    EXPECT_TRUE((x.array() >= lower.array()).all() && (x.array() <= upper.array()).all())
        << x.transpose();
    EXPECT_EQ(x[2], 2.0);
  }
}

// A range that does not divide 2^32: 3 * 2^30, where a modulus would draw the first third twice as
// often.
TEST(RandomUniformIndex, DrawsEachThirdOfALargeRangeAsOften) {
  Random random({1, 2, 3, 4});
  constexpr Index range = Index{3} << 30;
  constexpr int draws = 60000;
  int counts[3] = {};
  for (int i = 0; i < draws; ++i) {
    const Index drawn = uniform_index(random, range);
    ASSERT_TRUE(drawn >= 0 && drawn < range);
    ++counts[drawn >> 30];
  }
  for (const int count : counts) EXPECT_NEAR(count, draws / 3, 4 * std::sqrt(draws * 2.0 / 9));
}

TEST(RandomUniformIndex, DrawsEachOfAFewAsOften) {
  Random random({1, 2, 3, 4});
  constexpr int draws = 70000;
  std::vector<int> counts(7);
  for (int i = 0; i < draws; ++i) ++counts[static_cast<std::size_t>(uniform_index(random, 7))];
  for (const int count : counts) EXPECT_NEAR(count, draws / 7, 4.5 * std::sqrt(draws * 6.0 / 49));
}

TEST(RandomUniformIndex, OfOneIsZero) {
  Random random({1, 2, 3, 4});
  for (int i = 0; i < 100; ++i) EXPECT_EQ(uniform_index(random, 1), 0);
}

// Draws for the rejection part of the method: with 2^32 - 1 nearly every first product is in question.
TEST(RandomUniformIndex, StaysInTheLargestRanges) {
  Random random({9, 8, 7, 6});
  for (const Index range : {(Index{1} << 32) - 1, Index{1} << 32, (Index{1} << 31) + 1}) {
    for (int i = 0; i < 10000; ++i) {
      const Index drawn = uniform_index(random, range);
      ASSERT_TRUE(drawn >= 0 && drawn < range) << range;
    }
  }
}

std::vector<std::uint64_t> first_draws(Random random) {
  std::vector<std::uint64_t> draws;
  for (int i = 0; i < 4; ++i) draws.push_back(random());
  return draws;
}

TEST(RandomStream, DependsOnItsNameAndNothingElse) {
  const SearchPath path = SearchPath{}.child(3).child(1);
  const Random first = stream(7, path);
  Random used = stream(7, SearchPath{});
  used();
  EXPECT_EQ(first_draws(first), first_draws(stream(7, path)));
  EXPECT_EQ(first_draws(stream(7, EvaluationId{path, 5})),
            first_draws(stream(7, EvaluationId{path, 5})));
}

TEST(RandomStream, DiffersForDifferentNames) {
  const SearchPath root;
  std::set<std::vector<std::uint64_t>> streams;
  std::size_t made = 0;
  const auto add = [&](const Random& random) {
    streams.insert(first_draws(random));
    ++made;
  };
  for (const std::uint64_t seed : {0ULL, 1ULL, 1ULL << 32, ~0ULL}) {
    for (const SearchPath& path : {root, root.child(0), root.child(1), root.child(0).child(0),
                                   root.child(0).child(1), root.child(1).child(0)}) {
      add(stream(seed, path));
      for (const std::uint64_t k : {0ULL, 1ULL, 1ULL << 32, 5ULL << 33})
        add(stream(seed, EvaluationId{path, k}));
    }
  }
  EXPECT_EQ(streams.size(), made);
}

TEST(RandomStream, NeighboursAreUncorrelated) {
  constexpr int draws = 20000;
  double product = 0.0;
  Random a = stream(1, EvaluationId{{}, 1});
  Random b = stream(1, EvaluationId{{}, 2});
  for (int i = 0; i < draws; ++i) product += (uniform(a) - 0.5) * (uniform(b) - 0.5);
  EXPECT_NEAR(product / draws, 0.0, 4.0 / 12 / std::sqrt(draws));
}

// Frozen: journals of earlier versions are replayed with these.
TEST(RandomStream, NeverChangesBetweenVersions) {
  Random of_search = stream(42, SearchPath{}.child(2));
  Random of_evaluation = stream(42, EvaluationId{SearchPath{}.child(2), 9});
  EXPECT_EQ(of_search(), 8758550288495267657ULL);
  EXPECT_EQ(of_evaluation(), 15121428521359674736ULL);
}

}  // namespace
}  // namespace mystic
