#include "mystic/uq/morris_estimates.hpp"

#include "mystic/core/require.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>

namespace mystic {
namespace {

Vector outputs(const MorrisPlan& plan, const std::function<double(const Vector&)>& function) {
  Vector values(plan.points.cols());
  for (Index i = 0; i < values.size(); ++i) values[i] = function(plan.points.col(i));
  return values;
}

double ishigami(const Vector& u) {
  const Vector x = (2.0 * u.array() - 1.0) * std::numbers::pi;
  return std::sin(x[0]) + 7.0 * std::pow(std::sin(x[1]), 2) + 0.1 * std::pow(x[2], 4) * std::sin(x[0]);
}

// Over the full grid of 4 levels, exactly: mu* 7.704054, 7.875, 6.248796;
// sigma 6.248796, 7.875, 8.837132.
TEST(MorrisEstimates, AreIshigamis) {
  const MorrisPlan plan = morris_plan(3, {.trajectories = 4000, .seed = 1});
  const auto found = morris_estimates(plan, outputs(plan, ishigami), 0.999);
  const Vector size{{7.704054, 7.875, 6.248796}};
  const Vector spread{{6.248796, 7.875, 8.837132}};
  for (Index i = 0; i < 3; ++i) {
    const MorrisIndex& index = found[static_cast<std::size_t>(i)];
    EXPECT_EQ(index.ok, 4000);
    EXPECT_NEAR(index.mean_of_size.value, size[i], 0.4) << i;
    EXPECT_NEAR(index.sd.value, spread[i], 0.4) << i;
    if (i == 1) continue;  // the same in every trajectory, up to rounding
    EXPECT_TRUE(index.mean_of_size.interval.contains(size[i])) << i;
  }
  EXPECT_NEAR(found[1].mean_of_size.value, 7.875, 1e-12);
}

TEST(MorrisEstimates, OfAPlaneAreItsSlopes) {
  const MorrisPlan plan = morris_plan(4, {.trajectories = 5, .levels = 8, .candidates = 20, .seed = 2});
  const Vector slopes{{3.0, -2.0, 0.0, 0.5}};
  const auto found =
      morris_estimates(plan, outputs(plan, [&](const Vector& u) { return slopes.dot(u); }));
  for (Index i = 0; i < 4; ++i) {
    const MorrisIndex& index = found[static_cast<std::size_t>(i)];
    EXPECT_NEAR(index.mean.value, slopes[i], 1e-12);
    EXPECT_NEAR(index.mean_of_size.value, std::abs(slopes[i]), 1e-12);
    EXPECT_NEAR(index.sd.value, 0.0, 1e-12);
  }
}

TEST(MorrisEstimates, LoseOnlyTheEffectsBesideAFailure) {
  const MorrisPlan plan = morris_plan(3, {.trajectories = 6, .seed = 3});
  Vector values = outputs(plan, ishigami);
  values[plan.column(2, 1)] = not_known;
  const auto found = morris_estimates(plan, values);
  Index kept = 0;
  for (const MorrisIndex& index : found) kept += index.ok;
  EXPECT_EQ(kept, 3 * 6 - 2);
  EXPECT_EQ(found[static_cast<std::size_t>(plan.step(2, 2).group)].ok, 6);
}

TEST(MorrisEstimates, RefuseOutputsOfAnotherPlan) {
  const MorrisPlan plan = morris_plan(3, {.trajectories = 6});
  EXPECT_THROW(static_cast<void>(morris_estimates(plan, Vector::Zero(23))), InvalidArgument);
  EXPECT_THROW(static_cast<void>(morris_estimates(plan, Vector::Zero(24), 0.0)), InvalidArgument);
}

}  // namespace
}  // namespace mystic
