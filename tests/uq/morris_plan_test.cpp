#include "mystic/uq/morris_plan.hpp"

#include "mystic/core/require.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

namespace mystic {
namespace {

// Every step moves the variables of its group by delta in its direction, and nothing else; each group
// moves once in a walk.
void expect_walks(const MorrisPlan& plan, const std::vector<Index>& group_of) {
  ASSERT_EQ(plan.points.cols(), plan.trajectories * (plan.groups + 1));
  ASSERT_EQ(plan.steps.size(), static_cast<std::size_t>(plan.trajectories * plan.groups));
  for (Index walk = 0; walk < plan.trajectories; ++walk) {
    std::set<Index> moved;
    for (Index s = 0; s < plan.groups; ++s) {
      const MorrisStep& step = plan.step(walk, s);
      moved.insert(step.group);
      EXPECT_EQ(std::abs(step.direction), 1);
      const Vector change =
          plan.points.col(plan.column(walk, s + 1)) - plan.points.col(plan.column(walk, s));
      for (Index i = 0; i < change.size(); ++i) {
        const bool moves = group_of[static_cast<std::size_t>(i)] == step.group;
        EXPECT_NEAR(change[i], moves ? step.direction * plan.delta : 0.0, 1e-15) << walk << " " << s;
      }
    }
    EXPECT_EQ(static_cast<Index>(moved.size()), plan.groups) << walk;
  }
}

TEST(MorrisPlan, MovesOneVariableAStepByDelta) {
  for (const Index levels : {2, 4, 6, 10}) {
    const MorrisPlan plan = morris_plan(5, {.trajectories = 8, .levels = levels, .seed = 1});
    const auto p = static_cast<double>(levels);
    EXPECT_NEAR(plan.delta, p / (2.0 * (p - 1.0)), 1e-15);
    expect_walks(plan, {0, 1, 2, 3, 4});
  }
}

TEST(MorrisPlan, MovesTheVariablesOfAGroupTogether) {
  const MorrisPlan plan = morris_plan(5, {.trajectories = 8, .groups = {2, 0, 1, 2, 0}, .seed = 1});
  EXPECT_EQ(plan.groups, 3);
  expect_walks(plan, {2, 0, 1, 2, 0});
}

TEST(MorrisPlan, StaysOnTheGridAndUsesEveryLevelAsOften) {
  for (const char* grid : {"ends", "centres"}) {
    const MorrisPlan plan = morris_plan(3, {.trajectories = 2000, .levels = 4, .grid = grid, .seed = 1});
    std::map<double, int> seen;
    for (Index k = 0; k < plan.points.cols(); ++k) {
      for (Index i = 0; i < 3; ++i) ++seen[plan.points(i, k)];
    }
    std::vector<double> levels{0.0, 1.0 / 3, 2.0 / 3, 1.0};
    if (grid == std::string("centres")) levels = {0.125, 0.375, 0.625, 0.875};
    ASSERT_EQ(seen.size(), 4U) << grid;
    for (const double level : levels) EXPECT_NEAR(seen[level], 6000, 400) << grid << level;
  }
  EXPECT_EQ(morris_plan(3, {.levels = 4, .grid = "centres"}).delta, 0.5);
}

TEST(MorrisPlan, GoesUpAndDownAndInEveryOrderAsOften) {
  const MorrisPlan plan = morris_plan(3, {.trajectories = 1200, .seed = 3});
  std::map<std::pair<Index, int>, int> ways;
  std::map<std::vector<Index>, int> orders;
  for (Index walk = 0; walk < 1200; ++walk) {
    std::vector<Index> order;
    for (Index s = 0; s < 3; ++s) {
      const MorrisStep& step = plan.step(walk, s);
      ++ways[{step.group, step.direction}];
      order.push_back(step.group);
    }
    ++orders[order];
  }
  ASSERT_EQ(ways.size(), 6U);
  for (const auto& [way, times] : ways) EXPECT_NEAR(times, 600, 80);
  ASSERT_EQ(orders.size(), 6U);
  for (const auto& [order, times] : orders) EXPECT_NEAR(times, 200, 60);
}

TEST(MorrisPlan, SpreadsAtLeastAsWideAsTheRandomWalksItChoosesFrom) {
  for (const Index trajectories : {2, 4, 7}) {
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      MorrisOptions options{.trajectories = trajectories, .candidates = 60, .seed = seed};
      const MorrisPlan chosen = morris_plan(6, options);
      expect_walks(chosen, {0, 1, 2, 3, 4, 5});
      options.candidates = 0;
      EXPECT_GT(spread(chosen), 1.02 * spread(morris_plan(6, options))) << trajectories << " " << seed;
    }
  }
}

// Against trying all 66 pairs and 220 triples of 12 candidates.
TEST(MorrisPlan, FindsTheWidestPairAndNearlyTheWidestTriple) {
  const MorrisPlan all = morris_plan(3, {.trajectories = 12, .seed = 5});
  const auto of = [&](const std::vector<Index>& walks) {
    MorrisPlan part = all;
    part.trajectories = static_cast<Index>(walks.size());
    part.points.resize(3, 4 * part.trajectories);
    for (Index k = 0; k < part.trajectories; ++k) {
      part.points.middleCols(4 * k, 4) =
          all.points.middleCols(4 * walks[static_cast<std::size_t>(k)], 4);
    }
    return spread(part);
  };
  double pair = 0.0;
  double triple = 0.0;
  for (Index a = 0; a < 12; ++a) {
    for (Index b = 0; b < a; ++b) {
      pair = std::max(pair, of({a, b}));
      for (Index c = 0; c < b; ++c) triple = std::max(triple, of({a, b, c}));
    }
  }
  EXPECT_NEAR(spread(morris_plan(3, {.trajectories = 2, .candidates = 12, .seed = 5})), pair, 1e-12);
  EXPECT_GE(spread(morris_plan(3, {.trajectories = 3, .candidates = 12, .seed = 5})), 0.99 * triple);
}

TEST(MorrisPlan, KeepsItsWalksWhenMoreAreAsked) {
  const MorrisPlan few = morris_plan(4, {.trajectories = 3, .seed = 8});
  const MorrisPlan many = morris_plan(4, {.trajectories = 9, .seed = 8});
  EXPECT_EQ(many.points.leftCols(15), few.points);
  EXPECT_NE(morris_plan(4, {.trajectories = 3, .seed = 9}).points, few.points);
}

TEST(MorrisPlan, RefusesOddLevelsAndWhatDoesNotFit) {
  EXPECT_THROW((void)morris_plan(0), InvalidArgument);
  EXPECT_THROW((void)morris_plan(3, {.trajectories = 0}), InvalidOptions);
  EXPECT_THROW((void)morris_plan(3, {.levels = 1}), InvalidOptions);
  EXPECT_THROW((void)morris_plan(3, {.levels = 5}), InvalidOptions);
  EXPECT_THROW((void)morris_plan(3, {.trajectories = 10, .candidates = 9}), InvalidOptions);
  EXPECT_THROW((void)morris_plan(3, {.groups = {0, 1}}), InvalidArgument);
  try {
    (void)morris_plan(3, {.levels = 5, .grid = "cells", .candidates = 2});
    FAIL() << "must be refused";
  } catch (const InvalidOptions& error) {
    const std::string text = error.what();
    for (const char* word : {"levels = 5", "grid = cells", "candidates = 2"}) {
      EXPECT_NE(text.find(word), std::string::npos) << text;
    }
  }
}

}  // namespace
}  // namespace mystic
