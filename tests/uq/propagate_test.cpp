#include "mystic/uq/propagate.hpp"

#include "tests/uq/uncertain_functions.hpp"

#include "mystic/core/require.hpp"
#include "mystic/maps/threads.hpp"
#include "mystic/uq/monte_carlo_study.hpp"
#include "mystic/uq/sampling.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

using namespace testing_support;

TEST(Propagate, HoldsIshigamisMomentsInItsIntervalsByEveryDesign) {
  for (const char* design : {"monte-carlo", "latin-hypercube", "sobol", "halton", "lattice"}) {
    SCOPED_TRACE(design);
    const PropagationStudy study =
        propagate(make_model(ishigami), ishigami_inputs(),
                  {.samples = 4096, .design = design, .seed = 3, .statistics = {.level = 0.999}});
    ASSERT_EQ(study.outputs.size(), 1U);
    const OutputStatistics& found = study.outputs[0];
    EXPECT_EQ(found.moments.ok, 4096);
    EXPECT_TRUE(found.moments.mean.interval.contains(3.5));
    EXPECT_TRUE(found.moments.sd.interval.contains(3.720831619506));
    EXPECT_TRUE(found.moments.skewness.interval.contains(0.0));
    EXPECT_LE(found.least, found.quantiles[0].estimate.value);
    EXPECT_GE(found.most, found.quantiles[2].estimate.value);
  }
}

TEST(Propagate, HasTheMomentsOfTheOnePassStudyOfTheSameSeed) {
  const PropagationStudy study =
      propagate(make_model(ishigami), ishigami_inputs(), {.samples = 1000, .seed = 5});
  const MonteCarloStudy one_pass =
      monte_carlo_study(make_model(ishigami), ishigami_inputs(), {.samples = 1000, .seed = 5});
  EXPECT_NEAR(study.outputs[0].moments.mean.value, one_pass.moments[0].mean(), 1e-12);
  EXPECT_NEAR(study.outputs[0].moments.sd.value, one_pass.moments[0].sd(), 1e-12);
}

TEST(Propagate, GivesTheSameBitsOverAMap) {
  ThreadsMap threads(3);
  const PropagateOptions options{.samples = 500, .seed = 7};
  const PropagationStudy alone = propagate(make_model(ishigami), ishigami_inputs(), options);
  const PropagationStudy shared = propagate(make_model(ishigami), ishigami_inputs(), options, threads);
  EXPECT_EQ(alone.answers.outputs, shared.answers.outputs);
  EXPECT_EQ(alone.outputs[0].moments.mean.value, shared.outputs[0].moments.mean.value);
}

TEST(Propagate, CountsWhatFailedAndLeavesItOut) {
  const PropagationStudy study =
      propagate(make_model(failing(ishigami, 0.2)), ishigami_inputs(), {.samples = 2000, .seed = 1});
  const OutputStatistics& found = study.outputs[0];
  EXPECT_EQ(found.moments.asked, 2000);
  EXPECT_EQ(found.moments.ok, 2000 - study.answers.failed);
  EXPECT_NEAR(static_cast<double>(found.moments.ok), 1600.0, 100.0);
  EXPECT_TRUE(found.moments.mean.interval.contains(3.5));
}

TEST(OutputStatistics, OfASampleWithoutASuccessAreNotKnown) {
  const OutputStatistics found = output_statistics("y", Vector::Constant(5, not_known));
  EXPECT_EQ(found.moments.asked, 5);
  EXPECT_EQ(found.moments.ok, 0);
  EXPECT_TRUE(std::isnan(found.moments.mean.value));
  EXPECT_TRUE(std::isnan(found.least));
  EXPECT_TRUE(std::isnan(found.quantiles.at(1).estimate.value));
}

TEST(Propagate, RefusesWhatMeansNothing) {
  const auto ask = [](const PropagateOptions& options, const Inputs& inputs = ishigami_inputs()) {
    static_cast<void>(propagate(make_model(ishigami), inputs, options));
  };
  EXPECT_THROW(ask({.samples = 1}), InvalidOptions);
  EXPECT_THROW(ask({.design = "sobl"}), InvalidOptions);
  EXPECT_THROW(ask({.statistics = {.level = 1.0}}), InvalidOptions);
  EXPECT_THROW(ask({.statistics = {.quantiles = {0.5, 1.5}}}), InvalidOptions);
  EXPECT_THROW(ask({}, Inputs{}), InvalidArgument);
}

TEST(SamplingPoints, NamesTheDesignsThereAreWhenOneIsNot) {
  try {
    static_cast<void>(sampling_points("sobol-sequence", 2, 8, 0));
    FAIL() << "was not refused";
  } catch (const InvalidArgument& error) {
    EXPECT_NE(std::string(error.what()).find("monte-carlo"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace mystic
