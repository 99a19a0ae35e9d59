#include "mystic/uq/efast.hpp"

#include "tests/support/adversarial_map.hpp"
#include "tests/uq/uncertain_functions.hpp"

#include "mystic/core/require.hpp"
#include "mystic/maps/threads.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

using namespace testing_support;

// cos(pi u) is one harmonic of a curve, so that spectra are exact.
double waves(const VectorView& u) {
  return std::cos(std::numbers::pi * u[0]) + 2.0 * std::cos(std::numbers::pi * u[1]);
}

Vector outputs(const EfastPlan& plan, double (*function)(const VectorView&)) {
  Vector values(plan.points.cols());
  for (Index k = 0; k < values.size(); ++k) values[k] = function(plan.points.col(k));
  return values;
}

void fail_some(Vector& values, double share, std::uint64_t seed) {
  const Philox random(seed);
  for (Index k = 0; k < values.size(); ++k) {
    if (open_unit(random.at(static_cast<std::uint64_t>(k))) < share) values[k] = not_known;
  }
}

TEST(EfastPlan, VisitsEachTenthOfEveryInputAsOften) {
  const EfastPlan plan = efast_plan(4, {.samples = 500, .harmonics = 4, .curves = 2});
  EXPECT_EQ(plan.points.cols(), 2 * 4 * 500);
  EXPECT_TRUE((plan.points.array() > 0.0).all() && (plan.points.array() < 1.0).all());
  for (Index input = 0; input < 4; ++input) {
    const Points curve = plan.points.middleCols(plan.column(1, input, 0), 500);
    for (Index i = 0; i < 4; ++i) {
      Vector held = Vector::Zero(10);
      for (const double u : curve.row(i)) held[static_cast<Index>(10.0 * u)] += 1.0;
      EXPECT_NEAR(held.minCoeff(), 50.0, 10.0) << input << i;
      EXPECT_NEAR(held.maxCoeff(), 50.0, 10.0) << input << i;
    }
  }
}

TEST(EfastPlan, KeepsItsCurvesWhenMoreAreAsked) {
  const EfastPlan few = efast_plan(3, {.samples = 160, .curves = 2, .seed = 7});
  const EfastPlan many = efast_plan(3, {.samples = 160, .curves = 5, .seed = 7});
  EXPECT_EQ(many.points.leftCols(few.points.cols()), few.points);
  const Vector values = outputs(many, ishigami);
  const auto all = efast_estimates(few, values.head(few.points.cols()));
  const auto first = efast_estimates(many, values.head(few.points.cols()));
  EXPECT_EQ(first[0].total.value, all[0].total.value);
  EXPECT_EQ(first[0].curves, 2);
}

TEST(EfastEstimates, OfWavesAreExactWhateverFails) {
  const EfastPlan plan = efast_plan(3, {.samples = 257, .harmonics = 4, .curves = 3, .seed = 1});
  for (const double share : {0.0, 0.05, 0.2, 0.4}) {
    Vector values = outputs(plan, waves);
    fail_some(values, share, 2);
    const auto found = efast_estimates(plan, values);
    const Vector exact{{0.2, 0.8, 0.0}};
    for (Index i = 0; i < 3; ++i) {
      const EfastIndex& index = found[static_cast<std::size_t>(i)];
      EXPECT_NEAR(index.first.value, exact[i], 1e-10) << share << " " << i;
      EXPECT_NEAR(index.total.value, exact[i], 1e-10) << share << " " << i;
      EXPECT_NEAR(static_cast<double>(index.ok), 3 * 257 * (1.0 - share), 60.0);
      EXPECT_EQ(index.curves, 3);
    }
  }
}

TEST(EfastEstimates, OfAProductHaveAllOfTheVarianceInTotals) {
  const auto product = [](const VectorView& u) {
    return std::cos(std::numbers::pi * u[0]) * std::cos(std::numbers::pi * u[1]);
  };
  const EfastPlan plan = efast_plan(3, {.samples = 257, .harmonics = 4, .curves = 3, .seed = 1});
  const auto found = efast_estimates(plan, outputs(plan, product));
  for (const std::size_t i : {0U, 1U}) {
    EXPECT_NEAR(found[i].first.value, 0.0, 1e-10);
    EXPECT_NEAR(found[i].total.value, 1.0, 1e-10);
  }
  EXPECT_NEAR(found[2].total.value, 0.0, 1e-10);
}

// Where points are missing, what a product has in neither block passes for noise, whose power is taken
// off: else the total would be 0.97.
TEST(EfastEstimates, AreUnbiasedWhereEvaluationsFail) {
  const auto product = [](const VectorView& u) {
    return std::cos(std::numbers::pi * u[0]) * std::cos(std::numbers::pi * u[1]);
  };
  const EfastPlan plan = efast_plan(2, {.samples = 257, .harmonics = 4, .curves = 60, .seed = 1});
  Vector values = outputs(plan, product);
  fail_some(values, 0.2, 2);
  const auto found = efast_estimates(plan, values);
  for (const std::size_t i : {0U, 1U}) {
    EXPECT_NEAR(found[i].first.value, 0.0, 0.003);
    EXPECT_NEAR(found[i].total.value, 1.0, 0.012);
  }
}

// With as many points as the authors' N = 2 M w + 1, x3 gets 0.023 that is not its own.
TEST(Efast, FindsIshigamisIndicesWhereEvaluationsFailToo) {
  const ExactIndices exact = ishigami_indices();
  for (const double share : {0.0, 0.05, 0.2}) {
    const EfastStudy study = efast(make_model(failing(ishigami, share)), ishigami_inputs(), {.seed = 3});
    EXPECT_EQ(study.answers.made, 513 * 3 * 8);
    for (Index i = 0; i < 3; ++i) {
      const EfastIndex& index = study.outputs[0].inputs[static_cast<std::size_t>(i)];
      EXPECT_NEAR(index.first.value, exact.first[i], 0.02) << share << i;
      EXPECT_NEAR(index.total.value, exact.total[i], 0.02) << share << i;
      EXPECT_TRUE(index.first.interval.contains(exact.first[i])) << share << i;
      EXPECT_TRUE(index.total.interval.contains(exact.total[i])) << share << i;
    }
    EXPECT_NEAR(study.outputs[0].inputs[2].first.value, 0.0, share > 0.0 ? 3e-3 : 3e-4);
  }
}

TEST(Efast, FindsTheIndicesOfTheGFunction) {
  const GFunction g{.a = Vector{{0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0}}};
  const ExactIndices exact = g.indices();
  const EfastStudy study = efast(make_model(g), unit_inputs(8), {.samples = 1025, .seed = 3});
  for (Index i = 0; i < 8; ++i) {
    const EfastIndex& index = study.outputs[0].inputs[static_cast<std::size_t>(i)];
    EXPECT_NEAR(index.first.value, exact.first[i], 0.02) << i;
    EXPECT_NEAR(index.total.value, exact.total[i], 0.02) << i;
  }
}

TEST(Efast, CoversTheTruthAtLeastAsOftenAsItSays) {
  const ExactIndices exact = ishigami_indices();
  Eigen::ArrayXXi count = Eigen::ArrayXXi::Zero(3, 2);
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const EfastPlan plan = efast_plan(3, {.seed = seed});
    Points u = plan.points;
    u.array() = (2.0 * u.array() - 1.0) * std::numbers::pi;
    Vector values(u.cols());
    for (Index k = 0; k < u.cols(); ++k) values[k] = ishigami(u.col(k));
    const auto found = efast_estimates(plan, values);
    for (Index i = 0; i < 3; ++i) {
      const EfastIndex& index = found[static_cast<std::size_t>(i)];
      count(i, 0) += index.first.interval.contains(exact.first[i]) ? 1 : 0;
      count(i, 1) += index.total.interval.contains(exact.total[i]) ? 1 : 0;
    }
  }
  EXPECT_GE(count.minCoeff(), 53) << count;
}

TEST(Efast, SaysWhereInputsShareFrequencies) {
  const auto notes = [](Index inputs, const EfastOptions& options) {
    return efast_notes(efast_plan(inputs, options));
  };
  EXPECT_TRUE(notes(3, {}).empty());
  EXPECT_TRUE(notes(1, {}).empty());
  ASSERT_EQ(notes(8, {}).size(), 1U);
  EXPECT_NE(notes(8, {})[0].find("7 other inputs share 3 frequencies"), std::string::npos);
  EXPECT_NE(notes(8, {})[0].find("samples = 1050 "), std::string::npos);
  EXPECT_EQ(notes(8, {.samples = 1049, .curves = 2}).size(), 1U);
  EXPECT_TRUE(notes(8, {.samples = 1050, .curves = 2}).empty());
  EXPECT_EQ(notes(3, {.curves = 1}), std::vector<std::string>{"one curve gives no intervals"});
}

TEST(Efast, LeavesOutACurveThatMostlyFailed) {
  const EfastPlan plan = efast_plan(3, {.samples = 257, .harmonics = 4, .curves = 3, .seed = 1});
  Vector values = outputs(plan, waves);
  values.segment(plan.column(1, 2, 0), 240).setConstant(not_known);
  const auto found = efast_estimates(plan, values);
  EXPECT_EQ(found[2].curves, 2);
  EXPECT_EQ(found[1].curves, 3);
  EXPECT_NEAR(found[2].total.value, 0.0, 1e-10);
  values.setConstant(not_known);
  EXPECT_TRUE(std::isnan(efast_estimates(plan, values)[0].first.value));
  values.setConstant(4.0);
  EXPECT_TRUE(std::isnan(efast_estimates(plan, values)[0].total.interval.upper));
}

TEST(Efast, GivesTheSameBitsUnderEveryMap) {
  const EfastOptions options{.samples = 160, .curves = 2};
  const auto model = make_model(failing(ishigami, 0.1));
  const EfastStudy serial = efast(model, ishigami_inputs(), options);
  EXPECT_GT(serial.answers.failed, 10);
  ThreadsMap threads(3);
  AdversarialMap last(Arrival::last_come, 5);
  for (Map* map : {static_cast<Map*>(&threads), static_cast<Map*>(&last)}) {
    const EfastStudy other = efast(model, ishigami_inputs(), options, *map);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(other.outputs[0].inputs[i].first.value, serial.outputs[0].inputs[i].first.value);
      EXPECT_EQ(other.outputs[0].inputs[i].total.interval.upper,
                serial.outputs[0].inputs[i].total.interval.upper);
    }
  }
}

TEST(Efast, RefusesWhatDoesNotFit) {
  const auto model = make_model(ishigami);
  EXPECT_THROW((void)efast(model, ishigami_inputs(), {.samples = 149}), InvalidOptions);
  EXPECT_THROW((void)efast(model, ishigami_inputs(), {.curves = 0}), InvalidOptions);
  EXPECT_THROW((void)efast(model, Inputs()), InvalidArgument);
  Inputs joined = ishigami_inputs();
  joined.join({"x1", "x3"}, gumbel_copula(2.0));
  EXPECT_THROW((void)efast(model, joined), InvalidArgument);
  const EfastPlan plan = efast_plan(3, {.samples = 160, .curves = 2});
  EXPECT_THROW((void)efast_estimates(plan, Vector::Zero(479)), InvalidArgument);
  EXPECT_THROW((void)efast_estimates(plan, Vector::Zero(1440)), InvalidArgument);
  EXPECT_THROW((void)efast_estimates(plan, Vector::Zero(480), 1.0), InvalidArgument);
}

}  // namespace
}  // namespace mystic
