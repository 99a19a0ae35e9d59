#include "mystic/uq/morris.hpp"

#include "tests/uq/uncertain_functions.hpp"

#include "mystic/core/require.hpp"
#include "mystic/maps/threads.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

using namespace testing_support;

TEST(Morris, FindsIshigamisEffectsWhereEvaluationsFailToo) {
  const Vector size{{7.704054, 7.875, 6.248796}};
  const Vector spread{{6.248796, 7.875, 8.837132}};
  for (const double share : {0.0, 0.2}) {
    // By a number of the evaluation: on a grid the same points come again and again.
    const MorrisPlan plan = morris_plan(ishigami_inputs(), {.trajectories = 2000, .seed = 1});
    const Points x = ishigami_inputs().from_unit(plan.points);
    Vector values(x.cols());
    for (Index k = 0; k < x.cols(); ++k) {
      const bool fails = open_unit(Philox(5).at(static_cast<std::uint64_t>(k))) < share;
      values[k] = fails ? not_known : ishigami(x.col(k));
    }
    const auto found = morris_estimates(plan, values, 0.999);
    for (Index i = 0; i < 3; ++i) {
      const MorrisIndex& index = found[static_cast<std::size_t>(i)];
      EXPECT_NEAR(index.mean_of_size.value, size[i], 0.5) << share << i;
      EXPECT_NEAR(index.sd.value, spread[i], 0.5) << share << i;
      EXPECT_NEAR(static_cast<double>(index.ok), 2000 * std::pow(1.0 - share, 2), 100.0);
    }
    EXPECT_NEAR(found[1].mean_of_size.value, 7.875, 1e-9);
  }
}

// x2 repeats itself with half of its range: with 64 levels a step is 0.508 of it.
TEST(Morris, SaysThatManyLevelsDoNotSeeWhatRepeatsItself) {
  const auto model = make_model(ishigami);
  const MorrisStudy few = morris(model, ishigami_inputs(), {.trajectories = 50});
  EXPECT_TRUE(few.notes.empty());
  const MorrisStudy many = morris(model, ishigami_inputs(), {.trajectories = 50, .levels = 64});
  EXPECT_LT(many.outputs[0].inputs[1].mean_of_size.value, 0.6);
  ASSERT_EQ(many.notes.size(), 1U);
  EXPECT_NE(many.notes[0].find("0.508 of an input's range"), std::string::npos) << many.notes[0];
  EXPECT_NE(many.notes[0].find(" 5 % is seen"), std::string::npos) << many.notes[0];
  EXPECT_TRUE(morris(model, ishigami_inputs(), {.levels = 6}).notes.empty());
  EXPECT_EQ(morris(model, ishigami_inputs(), {.levels = 8}).notes.size(), 1U);
  EXPECT_EQ(morris(model, ishigami_inputs(), {.trajectories = 1}).notes.size(), 1U);
}

TEST(Morris, TakesCentresWhereALawHasNoEnds) {
  Inputs inputs = unit_inputs(1);
  inputs.add("load", laws::Normal{.mean = 30, .sd = 9});
  const auto sum = make_model([](const VectorView& x) { return x.sum(); });
  const MorrisStudy study = morris(sum, inputs, {.trajectories = 4});
  EXPECT_EQ(study.answers.failed, 0);
  EXPECT_EQ(study.points.row(0).minCoeff(), 0.125);
  EXPECT_EQ(study.notes.size(), 1U);
  EXPECT_EQ(morris(sum, unit_inputs(2)).points.minCoeff(), 0.0);
  try {
    (void)morris(sum, inputs, {.grid = "ends"});
    FAIL() << "must be refused";
  } catch (const InvalidArgument& error) {
    EXPECT_NE(std::string(error.what()).find("'load'"), std::string::npos) << error.what();
  }
}

TEST(Morris, GivesTheSameBitsUnderEveryMap) {
  const auto model = make_model(failing(ishigami, 0.1));
  ThreadsMap threads(3);
  const MorrisStudyOptions options{.trajectories = 30, .groups = {0, 1, 0}};
  const MorrisStudy shared = morris(model, ishigami_inputs(), options, threads);
  const MorrisStudy alone = morris(model, ishigami_inputs(), options);
  ASSERT_EQ(shared.outputs[0].inputs.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(shared.outputs[0].inputs[i].sd.value, alone.outputs[0].inputs[i].sd.value);
  }
}

TEST(Morris, RefusesInputsThatDependOnEachOther) {
  Inputs joined = unit_inputs(2);
  joined.join({"x1", "x2"}, gumbel_copula(2.0));
  const auto sum = make_model([](const VectorView& x) { return x.sum(); });
  EXPECT_THROW((void)morris(sum, joined), InvalidArgument);
  EXPECT_THROW((void)morris(sum, Inputs()), InvalidArgument);
  EXPECT_THROW((void)morris(sum, unit_inputs(2), {.levels = 5}), InvalidOptions);
  EXPECT_THROW((void)morris(sum, unit_inputs(2), {.level = 0.0}), InvalidOptions);
}

}  // namespace
}  // namespace mystic
