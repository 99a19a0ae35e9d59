// The parts of which differential evolution makes its trials.

#include "solvers/crossover.hpp"
#include "solvers/mutation.hpp"
#include "solvers/outside.hpp"

#include "mystic/core/require.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>
#include <vector>

namespace mystic {
namespace {

template <std::size_t count>
void expect_distinct() {
  Random random({1, 2, 3, 4});
  constexpr auto least = static_cast<Index>(count) + 1;
  for (const Index size : {least, least + 1, least + 5}) {
    for (Index target = 0; target < size; ++target) {
      for (int draw = 0; draw < 100; ++draw) {
        const auto donors = distinct_donors<count>(random, size, target);
        std::set<Index> all(donors.begin(), donors.end());
        EXPECT_GE(*all.begin(), 0);
        EXPECT_LT(*all.rbegin(), size);
        all.insert(target);
        EXPECT_EQ(all.size(), count + 1) << testing::PrintToString(donors) << " for " << target;
      }
    }
  }
}

TEST(DistinctDonors, DifferFromEachOtherAndFromTheTarget) {
  expect_distinct<2>();
  expect_distinct<3>();
  expect_distinct<4>();
  expect_distinct<5>();
}

TEST(DistinctDonors, AreEachTripleAsOften) {
  Random random({1, 2, 3, 4});
  constexpr int draws = 24000;
  std::map<std::array<Index, 3>, int> counts;
  for (int draw = 0; draw < draws; ++draw) ++counts[distinct_donors<3>(random, 5, 2)];
  EXPECT_EQ(counts.size(), 24U);
  for (const auto& [triple, count] : counts)
    EXPECT_NEAR(count, draws / 24, 4.5 * std::sqrt(draws / 24.0));
}

// How often so many coordinates of `n` changed, in `repeats` crossings with a mutant that differs
// everywhere.
template <class Cross>
std::vector<double> counts_of_changes(Index n, int repeats, Cross&& cross) {
  std::vector<double> counts(static_cast<std::size_t>(n) + 1, 0.0);
  for (int repeat = 0; repeat < repeats; ++repeat) {
    Vector trial = Vector::Zero(n);
    cross(trial);
    ++counts[static_cast<std::size_t>(trial.sum())];
  }
  return counts;
}

// Within 4.5 standard deviations of the expected numbers, each.
void expect_distribution(const std::vector<double>& counts, const std::vector<double>& chances,
                         int repeats) {
  for (std::size_t k = 0; k < chances.size(); ++k) {
    const double expected = repeats * chances[k];
    EXPECT_NEAR(counts[k], expected, 4.5 * std::sqrt(expected * (1.0 - chances[k]))) << k << " changes";
  }
}

constexpr Index n = 6;
constexpr int repeats = 20000;
double one(Index) { return 1.0; }

// K = 1 + Binomial(n - 1, CR): the one that always changes, and each other with chance CR.
TEST(BinomialCrossover, ChangesOnePlusABinomialNumberOfCoordinates) {
  for (const double rate : {0.0, 0.3, 0.9, 1.0}) {
    Random random({5, 6, 7, 8});
    const auto counts = counts_of_changes(n, repeats, [&](Vector& trial) {
      cross_binomially(trial, one, uniform_index(random, n), [&] { return Chance(rate)(random); });
    });
    std::vector<double> chances{0.0};
    for (Index k = 0; k < n; ++k) {
      const double choose = std::tgamma(n) / std::tgamma(k + 1) / std::tgamma(n - k);
      chances.push_back(choose * std::pow(rate, k) * std::pow(1.0 - rate, n - 1 - k));
    }
    expect_distribution(counts, chances, repeats);
  }
}

// P(K = k) = CR^(k - 1) (1 - CR) for 1 <= k < n, and the rest, CR^(n - 1), at n.
TEST(ExponentialCrossover, ChangesATruncatedGeometricNumberOfCoordinates) {
  for (const double rate : {0.0, 0.3, 0.9, 1.0}) {
    Random random({5, 6, 7, 8});
    const auto counts = counts_of_changes(n, repeats, [&](Vector& trial) {
      cross_exponentially(trial, one, uniform_index(random, n), [&] { return Chance(rate)(random); });
    });
    std::vector<double> chances{0.0};
    for (Index k = 1; k < n; ++k) chances.push_back(std::pow(rate, k - 1) * (1.0 - rate));
    chances.push_back(std::pow(rate, n - 1));
    expect_distribution(counts, chances, repeats);
  }
}

TEST(ExponentialCrossover, ChangesNeighboursFromTheFirstOnCyclically) {
  const std::vector<bool> draws{true, true, false};
  Vector trial = Vector::Zero(n);
  std::size_t next = 0;
  cross_exponentially(trial, one, 4, [&] { return draws.at(next++); });
  EXPECT_EQ(trial, (Vector{{1, 0, 0, 0, 1, 1}}));
}

TEST(Chances, AreThoseOfADrawBelowTheRate) {
  for (const double rate : {0.0, 0x1p-53, 0.1, 0.3, 0.9, 1.0 - 0x1p-53, 1.0}) {
    Random random({1, 2, 3, 4});
    Random same({1, 2, 3, 4});
    for (int draw = 0; draw < 1000; ++draw)
      EXPECT_EQ(Chance(rate)(random), uniform(same) < rate) << rate;
  }
}

TEST(Mutants, AreTheirFormulas) {
  const Vector x{{1.0}}, best{{10.0}}, a{{2.0}}, b{{5.0}}, c{{-3.0}}, d{{7.0}}, e{{0.5}};
  const double* const p[] = {a.data(), b.data(), c.data(), d.data(), e.data()};
  using enum Mutation;
  EXPECT_EQ((Mutant<best1>{x.data(), best.data(), {p[0], p[1]}, 0.5}(0)), 10 + 0.5 * (2 - 5));
  EXPECT_EQ((Mutant<rand1>{x.data(), best.data(), {p[0], p[1], p[2]}, 0.5}(0)), 2 + 0.5 * (5 + 3));
  EXPECT_EQ((Mutant<rand_to_best1>{x.data(), best.data(), {p[0], p[1]}, 0.5}(0)),
            1 + 0.5 * 9 + 0.5 * (2 - 5));
  EXPECT_EQ((Mutant<best2>{x.data(), best.data(), {p[0], p[1], p[2], p[3]}, 0.5}(0)),
            10 + 0.5 * (2 + 5 + 3 - 7));
  EXPECT_EQ((Mutant<rand2>{x.data(), best.data(), {p[0], p[1], p[2], p[3], p[4]}, 0.5}(0)),
            2 + 0.5 * (5 - 3 - 7 - 0.5));
  EXPECT_EQ((Mutant<current_to_pbest1>{x.data(), best.data(), {p[0], p[1]}, 0.5}(0)),
            1 + 0.5 * 9 + 0.5 * (2 - 5));
}

class OutsideRules : public testing::Test {
 protected:
  const Vector lower{{-1.0, 100.0, -infinity, 2.0}};
  const Vector upper{{1.0, 104.0, 0.0, infinity}};
  const Vector target{{0.25, 101.0, -3.0, 2.5}};
  Random random{{1, 2, 3, 4}};

  // Trials around the box, most of them outside, some far away.
  Vector trial() {
    const Vector scale{{5.0, 20.0, 9.0, 9.0}};
    Vector x = target +
               (scale.array() * (2.0 * uniform(random, Vector::Zero(4), Vector::Ones(4)).array() - 1.0))
                   .matrix();
    if (uniform_index(random, 10) == 0) x[0] += 1000.0;
    return x;
  }
  bool inside(const Vector& x) const {
    return (x.array() >= lower.array()).all() && (x.array() <= upper.array()).all();
  }
};

TEST_F(OutsideRules, BringEveryCoordinateInsideAndTouchNoOther) {
  for (const Outside rule : {Outside::reflect, Outside::midpoint}) {
    for (int repeat = 0; repeat < 2000; ++repeat) {
      const Vector before = trial();
      Vector x = before;
      EXPECT_TRUE(bring_inside(rule, x, target, lower, upper, random));
      EXPECT_TRUE(inside(x)) << before.transpose() << " -> " << x.transpose();
      for (Index i = 0; i < 4; ++i) {
        if (before[i] >= lower[i] && before[i] <= upper[i]) {
          EXPECT_EQ(x[i], before[i]);
        }
      }
    }
  }
}

TEST_F(OutsideRules, RejectAndProblemChangeNothing) {
  int rejected = 0;
  for (int repeat = 0; repeat < 500; ++repeat) {
    const Vector before = trial();
    Vector x = before;
    EXPECT_TRUE(bring_inside(Outside::problem, x, target, lower, upper, random));
    const bool competes = bring_inside(Outside::reject, x, target, lower, upper, random);
    EXPECT_EQ(competes, inside(before));
    EXPECT_EQ(x, before);
    rejected += competes ? 0 : 1;
  }
  EXPECT_GT(rejected, 100);
}

TEST(Reflection, IsItsOwnInverseNearABound) {
  for (const double outside : {0.0, 0.125, 1.0, 3.75}) {
    EXPECT_EQ(reflected(-2.0 - outside, -2.0, 2.0), -2.0 + outside) << "as far inside as outside";
    EXPECT_EQ(reflected(2.0 + outside, -2.0, 2.0), 2.0 - outside);
    // The mirror image of what came out, in the bound that it came over, is what went in.
    const double inside = reflected(-2.0 - outside, -2.0, 2.0);
    EXPECT_EQ(2.0 * -2.0 - inside, -2.0 - outside);
    EXPECT_EQ(reflected(-2.0 - outside, -2.0, infinity), -2.0 + outside) << "bounded on one side";
    EXPECT_EQ(reflected(2.0 + outside, -infinity, 2.0), 2.0 - outside);
  }
}

TEST(Reflection, GoesToAndFroFarAway) {
  EXPECT_EQ(reflected(2.0 + 5.0, -2.0, 2.0), -1.0) << "once at 2, once at -2";
  EXPECT_EQ(reflected(-2.0 - 9.0, -2.0, 2.0), -1.0) << "at -2, at 2, at -2";
  for (double x = 3.0; x < 40.0; x += 0.37) {
    EXPECT_NEAR(reflected(x + 8.0, -2.0, 2.0), reflected(x, -2.0, 2.0), 1e-13) << "twice the width";
  }
  EXPECT_EQ(reflected(7.0, 3.0, 3.0), 3.0) << "a box of no width";
}

TEST(Midpoint, LiesHalfWayBetweenTheBoundAndTheTarget) {
  EXPECT_EQ(halved(-7.0, 0.5, -1.0, 2.0), -0.25);
  EXPECT_EQ(halved(9.0, 0.5, -1.0, 2.0), 1.25);
  EXPECT_EQ(halved(9.0, 2.0, -1.0, 2.0), 2.0);
}

TEST(Redrawing, IsUniformBetweenTheBoundsAndLeavesOthersAlone) {
  Random random({1, 2, 3, 4});
  const Vector lower{{0.0, 10.0}};
  const Vector upper{{1.0, 30.0}};
  constexpr int draws = 4000;
  int quarters[4] = {};
  for (int draw = 0; draw < draws; ++draw) {
    Vector x{{0.5, draw % 2 == 0 ? -5.0 : 31.0}};
    EXPECT_TRUE(bring_inside(Outside::redraw, x, lower, lower, upper, random));
    EXPECT_EQ(x[0], 0.5);
    ASSERT_TRUE(x[1] >= 10.0 && x[1] <= 30.0);
    ++quarters[std::min(3, static_cast<int>((x[1] - 10.0) / 5.0))];
  }
  for (const int quarter : quarters) EXPECT_NEAR(quarter, draws / 4, 4.5 * std::sqrt(draws * 3.0 / 16));
}

TEST(OutsideWords, AreKnownOrRefused) {
  EXPECT_EQ(outside_rule("redraw"), Outside::redraw);
  EXPECT_EQ(outside_rule("reject"), Outside::reject);
  EXPECT_THROW(static_cast<void>(outside_rule("bounce")), InvalidArgument);
}

}  // namespace
}  // namespace mystic
