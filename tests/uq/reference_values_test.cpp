// Values that others computed, or that have a closed form: what a sample must come near to.

#include "tests/uq/uncertain_functions.hpp"

#include "mystic/models/functions.hpp"
#include "mystic/uq/exceedance.hpp"
#include "mystic/uq/moments.hpp"
#include "mystic/uq/sobol_indices.hpp"
#include "mystic/uq/sobol_sequence.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

using namespace testing_support;

template <class Function>
Vector sample(const Inputs& inputs, Function function, Index count) {
  const Points x = inputs.from_unit(sobol_points(inputs.dimension(), count, {.seed = 1}));
  Vector values(count);
  for (Index k = 0; k < count; ++k) values[k] = function(x.col(k));
  return values;
}

Moments moments_of(const Vector& values) {
  Moments moments;
  moments.add(values);
  return moments;
}

template <class Function>
SobolIndices indices(const Inputs& inputs, Function function, Index samples, bool second_order = false) {
  const SobolStudyOptions options{.samples = samples,
                                  .second_order = second_order,
                                  .seed = 1,
                                  .estimates = {.estimator = "mauntz-kucherenko"}};
  return sobol_indices(make_model(function), inputs, options).outputs[0].indices;
}

void expect_indices(const SobolIndices& found, const ExactIndices& exact, double within) {
  for (Index i = 0; i < exact.first.size(); ++i) {
    const SobolIndex& index = found.inputs[static_cast<std::size_t>(i)];
    EXPECT_NEAR(index.first.value, exact.first[i], within) << i;
    EXPECT_NEAR(index.total.value, exact.total[i], within) << i;
    EXPECT_TRUE(index.first.interval.contains(exact.first[i])) << i;
    EXPECT_TRUE(index.total.interval.contains(exact.total[i])) << i;
  }
}

TEST(ReferenceValues, OfIshigamisFunction) {
  const Moments moments = moments_of(sample(ishigami_inputs(), ishigami, 1 << 15));
  EXPECT_NEAR(moments.mean(), 3.5, 1e-3);
  EXPECT_NEAR(moments.variance(), 13.844587940719, 1e-2);
  EXPECT_NEAR(moments.skewness(), 0.0, 1e-3);
  EXPECT_NEAR(moments.excess_kurtosis(), 0.50719807, 5e-3);
  const SobolIndices found = indices(ishigami_inputs(), ishigami, 1 << 13, true);
  expect_indices(found, ishigami_indices(), 0.01);
  EXPECT_NEAR(found.pairs[0].second.value, 0.0, 0.02);
  EXPECT_NEAR(found.pairs[1].second.value, 0.2436836641, 0.02);
  EXPECT_NEAR(found.pairs[2].second.value, 0.0, 0.02);
}

TEST(ReferenceValues, OfIshigamisFunctionWithLessCurvature) {
  const auto flatter = [](const VectorView& x) {
    return std::sin(x[0]) + 7.0 * std::pow(std::sin(x[1]), 2) +
           0.05 * std::pow(x[2], 4) * std::sin(x[0]);
  };
  EXPECT_NEAR(moments_of(sample(ishigami_inputs(), flatter, 1 << 15)).variance(), 8.916942440, 1e-2);
  expect_indices(
      indices(ishigami_inputs(), flatter, 1 << 13),
      {Vector{{.2185185644, .6868946436, 0.0}}, Vector{{.3131053564, .6868946436, .0945867919}}}, 0.01);
}

struct GCase {
  Vector a;
  double variance;
  double first;  // of the first input
  double last_total;
};

TEST(ReferenceValues, OfTheGFunction) {
  const std::vector<GCase> cases{
      {Vector{{0, 1, 4.5, 9, 99, 99, 99, 99}}, 0.4654244319, .71619217, .00010495},
      {Vector{{0, 1, 2, 4, 8}}, 0.5241615156, .63593630, .01191725},
      {Vector{{0, .1, .2, .3, .4, .8, 1, 2, 3, 4}}, 2.7603208035, .12075891, .01792469},
      {Vector{{0, 0}}, 0.7777777778, .42857143, .57142857}};
  for (const GCase& g : cases) {
    const GFunction function{.a = g.a};
    const ExactIndices exact = function.indices();
    EXPECT_NEAR(function.variance(), g.variance, 1e-10);
    EXPECT_NEAR(exact.first[0], g.first, 1e-8);
    EXPECT_NEAR(exact.total[g.a.size() - 1], g.last_total, 1e-8);
    const Inputs inputs = unit_inputs(g.a.size());
    const Moments moments = moments_of(sample(inputs, function, 1 << 14));
    EXPECT_NEAR(moments.mean(), 1.0, 0.005);
    EXPECT_NEAR(moments.variance(), g.variance, 0.03 * g.variance);
    expect_indices(indices(inputs, function, 1 << 12), exact, g.a.size() == 10 ? 0.06 : 0.02);
  }
}

TEST(ReferenceValues, OfRosenbrocksFunction) {
  Inputs inputs;
  for (const char* name : {"x1", "x2"}) inputs.add(name, laws::Uniform{.lower = -2, .upper = 2});
  const Moments moments = moments_of(sample(inputs, rosenbrock, 1 << 14));
  EXPECT_NEAR(moments.mean(), 455.6666667, 0.2);
  EXPECT_NEAR(moments.sd(), 606.5602418, 1.0);
  const SobolIndices found = indices(inputs, rosenbrock, 1 << 13, true);
  expect_indices(found,
                 {Vector{{.4974689138, .2963644867}},
                  Vector{{.4974689138 + .2061665995, .2963644867 + .2061665995}}},
                 0.01);
  EXPECT_NEAR(found.pairs[0].second.value, .2061665995, 0.01);
}

TEST(ReferenceValues, OfDakotasTextBook) {
  const auto text_book = [](const VectorView& x) {
    return std::pow(x[0] - 1.0, 4) + std::pow(x[1] - 1.0, 4);
  };
  const Moments moments = moments_of(sample(unit_inputs(2), text_book, 1 << 13));
  EXPECT_NEAR(moments.mean(), 0.4, 1e-3);
  EXPECT_NEAR(moments.sd(), 0.3771236166, 1e-3);
  expect_indices(indices(unit_inputs(2), text_book, 1 << 12), {Vector{{.5, .5}}, Vector{{.5, .5}}},
                 0.01);
}

TEST(ReferenceValues, OfTheBoreholeWithANormalRadius) {
  const Inputs inputs = borehole_inputs(laws::Normal{.mean = .10, .sd = .0161812},
                                        laws::Lognormal{.mean_of_log = 7.71, .sd_of_log = 1.0056});
  EXPECT_NEAR(borehole(inputs.from_unit(Points::Constant(8, 1, 0.5)).col(0)), 70.947519, 1e-5);
  const Moments moments = moments_of(sample(inputs, borehole, 1 << 16));
  EXPECT_NEAR(moments.mean(), 73.7389, 1e-3);
  EXPECT_NEAR(moments.sd(), 28.596, 5e-3);
  // Inputs that are given as below 1e-5 are left out of the tables: r, Tu, Tl.
  expect_indices(indices(inputs, borehole, 1 << 13),
                 {Vector{{.6637, 0, 0, .0949, 0, .0949, .0906, .0220}},
                  Vector{{.6941, 0, 0, .1061, 0, .1062, .1028, .0251}}},
                 3e-3);
}

TEST(ReferenceValues, OfTheBoreholeWithUniformInputs) {
  const Inputs inputs = borehole_inputs(laws::Uniform{.lower = .05, .upper = .15},
                                        laws::Uniform{.lower = 100, .upper = 50000});
  const Moments moments = moments_of(sample(inputs, borehole, 1 << 16));
  EXPECT_NEAR(moments.mean(), 77.6513, 1e-3);
  EXPECT_NEAR(moments.sd(), 45.595, 5e-3);
  expect_indices(indices(inputs, borehole, 1 << 13),
                 {Vector{{.8289, 0, 0, .0414, 0, .0414, .0393, .0095}},
                  Vector{{.8669, 0, 0, .0541, 0, .0541, .0521, .0127}}},
                 3e-3);
}

// The first probability is exact (the limit state is linear), the others are of 2 10^7 points.
TEST(ReferenceValues, OfDakotasCantilever) {
  constexpr Index count = 1 << 17;
  const Vector stress = sample(cantilever_inputs(), cantilever_stress, count);
  const Vector displacement = sample(cantilever_inputs(), cantilever_displacement, count);
  EXPECT_NEAR(moments_of(stress).mean(), .443626, 2e-5);
  EXPECT_NEAR(moments_of(stress).sd(), .154486, 1e-4);
  EXPECT_NEAR(moments_of(displacement).mean(), .763303, 2e-4);
  EXPECT_NEAR(moments_of(displacement).sd(), .180325, 2e-4);
  const Exceedance fails = exceedance(SortedSample(-stress), 0.0);
  EXPECT_NEAR(fails.probability.value, 1.1781223736e-3, 5e-5);
  EXPECT_TRUE(fails.probability.interval.contains(1.1781223736e-3));
  EXPECT_TRUE(fails.index.interval.contains(3.0412163276));
  const Exceedance small = exceedance(SortedSample(-displacement), -0.3);
  EXPECT_NEAR(small.probability.value, 3.352e-3, 1e-4);
}

}  // namespace
}  // namespace mystic
