#include "mystic/uq/dgsm.hpp"

#include "tests/uq/uncertain_functions.hpp"

#include "mystic/core/require.hpp"
#include "mystic/maps/threads.hpp"
#include "mystic/uq/laws/counts.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

using namespace testing_support;

TEST(DgsmPlan, MovesOneInputAStepUpOrDown) {
  const DgsmPlan plan = dgsm_plan(3, {.samples = 200, .step = 0.01, .seed = 2});
  ASSERT_EQ(plan.points.cols(), 200 * 4);
  Vector ups = Vector::Zero(3);
  for (Index row = 0; row < 200; ++row) {
    for (Index i = 0; i < 3; ++i) {
      const Vector moved = plan.points.col(4 * row + 1 + i) - plan.points.col(4 * row);
      ups[i] += moved[i] > 0.0 ? 1.0 : 0.0;
      for (Index j = 0; j < 3; ++j) EXPECT_EQ(moved[j] != 0.0, i == j);
      EXPECT_LE(std::abs(moved[i]), 0.01 * 0.3990);  // the normal density is at most 0.399
    }
  }
  for (const double count : ups) EXPECT_NEAR(count, 100.0, 30.0);
}

TEST(DgsmPlan, KeepsItsRowsWhenMoreAreAsked) {
  const DgsmPlan few = dgsm_plan(3, {.samples = 20, .seed = 2});
  EXPECT_EQ(dgsm_plan(3, {.samples = 50, .seed = 2}).points.leftCols(few.points.cols()), few.points);
}

TEST(Dgsm, FindsIshigamisMeasures) {
  const Vector mean_square{{7.71958794, 24.5, 10.98730507}};
  const Vector bound{{2.23035542, 7.07857832, 3.17446937}};
  for (const double share : {0.0, 0.05, 0.2}) {
    const DgsmStudy study =
        dgsm(make_model(failing(ishigami, share)), ishigami_inputs(), {.samples = 4096, .seed = 1});
    EXPECT_EQ(study.answers.made, 4096 * 4);
    for (Index i = 0; i < 3; ++i) {
      const DgsmIndex& index = study.outputs[0].inputs[static_cast<std::size_t>(i)];
      const double within = share > 0.0 ? 0.06 : 0.005;
      EXPECT_NEAR(index.mean_square.value, mean_square[i], within * mean_square[i]) << share << i;
      EXPECT_NEAR(index.uniform_bound.value, bound[i], within * bound[i]) << share << i;
      EXPECT_TRUE(index.mean_square.interval.contains(mean_square[i])) << share << i;
      EXPECT_TRUE(index.uniform_bound.interval.contains(bound[i])) << share << i;
      EXPECT_GT(index.normal_bound.value, ishigami_indices().total[i]);
      EXPECT_NEAR(static_cast<double>(index.ok), 4096 * std::pow(1.0 - share, 2), 130.0);
    }
  }
}

// Of a sum of normal inputs the bound is the index itself.
TEST(Dgsm, IsExactForSlopesAndNormalInputs) {
  Inputs inputs;
  inputs.add("a", laws::Normal{.mean = 5, .sd = 2}).add("b", laws::Normal{.mean = -1e3, .sd = 10});
  const auto plane = [](const VectorView& x) { return 3.0 * x[0] + 0.8 * x[1]; };
  const DgsmStudy study = dgsm(make_model(plane), inputs, {.samples = 4096, .seed = 3});
  const auto& found = study.outputs[0].inputs;
  EXPECT_NEAR(found[0].mean_square.value, 9.0, 1e-6);
  EXPECT_NEAR(found[1].mean_square.value, 0.64, 1e-6);
  EXPECT_NEAR(found[0].normal_bound.value, 36.0 / 100.0, 0.002);
  EXPECT_NEAR(found[1].normal_bound.value, 64.0 / 100.0, 0.002);
  EXPECT_GT(found[0].uniform_bound.value, 36.0 / 100.0);
}

// log X is normal: the output is linear in the score, the derivative by x is not bounded.
TEST(Dgsm, BoundsTheTotalsOfLawsWithHeavyTails) {
  Inputs inputs;
  inputs.add("a", laws::Lognormal{.mean_of_log = 0.0, .sd_of_log = 3.0});
  inputs.add("b", laws::Lognormal{.mean_of_log = 0.0, .sd_of_log = 1.0});
  const auto logarithms = [](const VectorView& x) { return std::log(x[0]) + std::log(x[1]); };
  const DgsmStudy study = dgsm(make_model(logarithms), inputs, {.samples = 4096, .seed = 3});
  EXPECT_NEAR(study.outputs[0].inputs[0].normal_bound.value, 0.9, 0.005);
  EXPECT_NEAR(study.outputs[0].inputs[1].normal_bound.value, 0.1, 0.002);
}

TEST(Dgsm, CoversTheTruthAsOftenAsItSays) {
  Eigen::ArrayXXi count = Eigen::ArrayXXi::Zero(3, 2);
  const Vector mean_square{{7.71958794, 24.5, 10.98730507}};
  const Vector bound{{2.23035542, 7.07857832, 3.17446937}};
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const DgsmStudy study = dgsm(make_model(ishigami), ishigami_inputs(),
                                 {.samples = 200, .design = "monte-carlo", .seed = seed});
    for (Index i = 0; i < 3; ++i) {
      const DgsmIndex& index = study.outputs[0].inputs[static_cast<std::size_t>(i)];
      count(i, 0) += index.mean_square.interval.contains(mean_square[i]) ? 1 : 0;
      count(i, 1) += index.uniform_bound.interval.contains(bound[i]) ? 1 : 0;
    }
  }
  EXPECT_GE(count.minCoeff(), 179) << count;
}

TEST(Dgsm, OfAnInputThatDoesNothingIsZeroAndOfAConstantNotKnown) {
  const auto first = [](const VectorView& x) { return x[0]; };
  const DgsmStudy study = dgsm(make_model(first), unit_inputs(2), {.samples = 64});
  EXPECT_EQ(study.outputs[0].inputs[1].mean_square.value, 0.0);
  EXPECT_EQ(study.outputs[0].inputs[1].normal_bound.interval.upper, 0.0);
  const auto constant = [](const VectorView&) { return 4.0; };
  const DgsmStudy nothing = dgsm(make_model(constant), unit_inputs(2), {.samples = 64});
  EXPECT_EQ(nothing.outputs[0].inputs[0].mean_square.value, 0.0);
  EXPECT_TRUE(std::isnan(nothing.outputs[0].inputs[0].uniform_bound.value));
}

TEST(Dgsm, GivesTheSameBitsUnderEveryMapAndForTheFirstRows) {
  const auto model = make_model(failing(ishigami, 0.1));
  ThreadsMap threads(3);
  const DgsmStudy shared = dgsm(model, ishigami_inputs(), {.samples = 100}, threads);
  const DgsmStudy alone = dgsm(model, ishigami_inputs(), {.samples = 100});
  const DgsmStudy few = dgsm(model, ishigami_inputs(), {.samples = 60});
  const Vector values = alone.answers.outputs.row(0).head(240);
  const auto first = dgsm_estimates(dgsm_plan(3, {.samples = 100}), alone.points, values);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(shared.outputs[0].inputs[i].mean_square.value,
              alone.outputs[0].inputs[i].mean_square.value);
    EXPECT_EQ(first[i].uniform_bound.interval.upper,
              few.outputs[0].inputs[i].uniform_bound.interval.upper);
  }
}

TEST(Dgsm, RefusesWhatHasNoDerivatives) {
  const auto model = make_model([](const VectorView& x) { return x[0]; });
  Inputs counts;
  counts.add("n", laws::Poisson{});
  EXPECT_THROW((void)dgsm(model, counts), InvalidArgument);
  EXPECT_THROW((void)dgsm(model, Inputs()), InvalidArgument);
  Inputs joined = unit_inputs(2);
  joined.join({"x1", "x2"}, gumbel_copula(2.0));
  EXPECT_THROW((void)dgsm(model, joined), InvalidArgument);
  EXPECT_THROW((void)dgsm(model, unit_inputs(2), {.step = 0.0}), InvalidOptions);
  const DgsmPlan plan = dgsm_plan(2, {.samples = 5});
  EXPECT_THROW((void)dgsm_estimates(plan, plan.points, Vector::Zero(14)), InvalidArgument);
  EXPECT_THROW((void)dgsm_estimates(plan, plan.points.leftCols(12), Vector::Zero(15)), InvalidArgument);
}

}  // namespace
}  // namespace mystic
