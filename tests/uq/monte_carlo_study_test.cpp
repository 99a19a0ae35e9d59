#include "mystic/uq/monte_carlo_study.hpp"

#include "mystic/core/require.hpp"
#include "mystic/maps/threads.hpp"
#include "mystic/uq/laws.hpp"
#include "mystic/uq/monte_carlo.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

Inputs two_inputs() {
  Inputs inputs;
  inputs.add("x", laws::Normal{.mean = 1.0, .sd = 2.0})
      .add("y", laws::Uniform{.lower = 0.0, .upper = 6.0});
  return inputs;
}

std::shared_ptr<const Model> sum() {
  return make_model([](const VectorView& x) { return x[0] + x[1]; });
}

TEST(MonteCarloStudy, GivesTheNumbersOfAllPointsAtOnce) {
  const Inputs inputs = two_inputs();
  const MonteCarloStudy study = monte_carlo_study(sum(), inputs, {.samples = 9000, .seed = 3});
  const Points points = inputs.from_unit(monte_carlo_points(2, 9000, {.seed = 3}));
  EXPECT_EQ(study.answers.outputs, evaluate_points(sum(), inputs.names(), points).outputs);
  const Moments& moments = study.moments.front();
  Moments whole;
  whole.add(Vector(study.answers.outputs.row(0).transpose()));
  EXPECT_EQ(moments.ok(), 9000);
  EXPECT_NEAR(moments.mean(), whole.mean(), 1e-13);
  EXPECT_NEAR(moments.sd(), whole.sd(), 1e-13);
  EXPECT_TRUE(moments.mean_within(0.999).interval.contains(4.0));
  EXPECT_TRUE(moments.sd_within(0.999).interval.contains(std::sqrt(4.0 + 3.0)));
}

TEST(MonteCarloStudy, KeepsNoOutputsUnlessAsked) {
  const MonteCarloStudy all = monte_carlo_study(sum(), two_inputs(), {.samples = 5000});
  const MonteCarloStudy none =
      monte_carlo_study(sum(), two_inputs(), {.samples = 5000, .keep_outputs = false});
  EXPECT_EQ(none.answers.outputs.size(), 0);
  EXPECT_EQ(none.answers.made, 5000);
  EXPECT_EQ(none.moments.front().mean(), all.moments.front().mean());
  EXPECT_EQ(none.moments.front().excess_kurtosis(), all.moments.front().excess_kurtosis());
}

TEST(MonteCarloStudy, GivesTheSameBitsOnThreads) {
  ThreadsMap threads(3);
  const MonteCarloStudy one = monte_carlo_study(sum(), two_inputs(), {.samples = 5000});
  const MonteCarloStudy three =
      monte_carlo_study(sum(), two_inputs(), {.samples = 5000}, {.map = &threads});
  EXPECT_EQ(one.answers.outputs, three.answers.outputs);
  EXPECT_EQ(one.moments.front().mean(), three.moments.front().mean());
  EXPECT_EQ(one.moments.front().sd(), three.moments.front().sd());
}

TEST(MonteCarloStudy, RefusesNoModelAndNoSamples) {
  EXPECT_THROW((void)monte_carlo_study(nullptr, two_inputs()), InvalidArgument);
  EXPECT_THROW((void)monte_carlo_study(sum(), Inputs()), InvalidArgument);
  EXPECT_THROW((void)monte_carlo_study(sum(), two_inputs(), {.samples = 0}), InvalidOptions);
}

}  // namespace
}  // namespace mystic
