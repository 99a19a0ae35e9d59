#include "mystic/uq/rbd_fast.hpp"

#include "tests/uq/uncertain_functions.hpp"

#include "mystic/core/require.hpp"
#include "mystic/maps/threads.hpp"
#include "mystic/uq/monte_carlo.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

using namespace testing_support;

template <class Function>
Vector outputs(const Points& points, Function function) {
  Vector values(points.cols());
  for (Index k = 0; k < values.size(); ++k) values[k] = function(points.col(k));
  return values;
}

Points ishigami_points(Index count, std::uint64_t seed) {
  return ishigami_inputs().from_unit(monte_carlo_points(3, count, {.seed = seed}));
}

// cos(pi u) in the middles of equal cells, in any order, is harmonic 1 and nothing else.
TEST(RbdFast, OfAWaveIsExact) {
  Points points = Points(1, 100);
  for (Index k = 0; k < 100; ++k) points(0, k) = (static_cast<double>(37 * k % 100) + 0.5) / 100.0;
  const auto wave = [](const VectorView& u) { return std::cos(std::numbers::pi * u[0]); };
  EXPECT_NEAR(rbd_fast(points, outputs(points, wave))[0].first.value, 1.0, 1e-12);
}

TEST(RbdFast, FindsIshigamisIndices) {
  const Points points = ishigami_points(20000, 1);
  const auto found = rbd_fast(points, outputs(points, ishigami), {.level = 0.999});
  const Vector exact = ishigami_indices().first;
  for (Index i = 0; i < 3; ++i) {
    const RbdFastIndex& index = found[static_cast<std::size_t>(i)];
    EXPECT_NEAR(index.first.value, exact[i], 0.015) << i;
    EXPECT_TRUE(index.first.interval.contains(exact[i])) << i;
    EXPECT_EQ(index.ok, 20000);
  }
}

TEST(RbdFast, NeedsOnlyTheOrderOfAnInput) {
  const Points points = ishigami_points(301, 2);
  const Vector values = outputs(points, ishigami);
  const Points others = (points.array() * 2.0).exp();
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(rbd_fast(others, values)[i].first.value, rbd_fast(points, values)[i].first.value);
  }
}

TEST(RbdFast, DoesNotChangeWithUnitOrOrigin) {
  const Points points = ishigami_points(300, 2);
  const Vector values = outputs(points, ishigami);
  const Vector others = values.array() * -250.0 + 1e5;
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(rbd_fast(points, others)[i].first.interval.upper,
                rbd_fast(points, values)[i].first.interval.upper, 1e-9);
  }
}

// Uncorrected, the mean would be 2 M / N = 0.2.
TEST(RbdFast, OfAnInputThatDoesNotMatterIsZeroOnAverage) {
  double sum = 0.0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    sum += rbd_fast(ishigami_points(100, seed), outputs(ishigami_points(100, seed + 500), ishigami))[0]
               .first.value;
  }
  EXPECT_NEAR(sum / 200.0, 0.0, 0.015);
}

TEST(RbdFast, LeavesOutPointsThatFailed) {
  const Points points = ishigami_points(300, 3);
  Vector values = outputs(points, ishigami);
  values.tail(80).setConstant(not_known);
  const auto found = rbd_fast(points, values);
  const auto rest = rbd_fast(points.leftCols(220), values.head(220));
  EXPECT_EQ(found[1].ok, 220);
  EXPECT_EQ(found[1].first.value, rest[1].first.value);
  EXPECT_EQ(found[1].first.interval.lower, rest[1].first.interval.lower);
  values.head(200).setConstant(infinity);
  EXPECT_EQ(rbd_fast(points, values)[1].ok, 20);
  EXPECT_TRUE(std::isnan(rbd_fast(points, values)[1].first.value));
  EXPECT_TRUE(std::isnan(rbd_fast(points, Vector::Zero(300))[1].first.value));
}

TEST(RbdFast, CoversTheTruthAsOftenAsItSaysWhereEvaluationsFailToo) {
  const GFunction g{.a = Vector{{0.0, 1.0, 4.5, 9.0}}};
  const Vector exact = g.indices().first;
  for (const double share : {0.0, 0.05, 0.2}) {
    Vector count = Vector::Zero(4);
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
      const Points points = monte_carlo_points(4, 400, {.seed = seed});
      Vector values = outputs(points, g);
      const Philox random(seed, 99);
      for (Index k = 0; k < 400; ++k) {
        if (open_unit(random.at(static_cast<std::uint64_t>(k))) < share) values[k] = not_known;
      }
      const auto found = rbd_fast(points, values);
      for (Index i = 0; i < 4; ++i) {
        count[i] += found[static_cast<std::size_t>(i)].first.interval.contains(exact[i]) ? 1.0 : 0.0;
      }
    }
    EXPECT_GE(count.minCoeff(), 88) << count;
  }
}

TEST(RbdFastStudy, IsThatOfItsPointsUnderEveryMap) {
  for (const char* design : {"latin-hypercube", "monte-carlo"}) {
    const RbdFastStudyOptions options{.samples = 500, .design = design, .seed = 4};
    const auto model = make_model(failing(ishigami, 0.1));
    ThreadsMap threads(2);
    const RbdFastStudy study = rbd_fast(model, ishigami_inputs(), options, threads);
    EXPECT_EQ(study.answers.made, 500);
    EXPECT_EQ(study.points, ishigami_inputs().from_unit(rbd_fast_plan(3, options)));
    const RbdFastStudy alone = rbd_fast(model, ishigami_inputs(), options);
    for (std::size_t i = 0; i < 3; ++i) {
      const RbdFastIndex& index = study.outputs[0].inputs[i];
      EXPECT_EQ(index.ok, 500 - study.answers.failed);
      EXPECT_EQ(index.first.value, alone.outputs[0].inputs[i].first.value);
      EXPECT_NEAR(index.first.value, ishigami_indices().first[static_cast<Index>(i)], 0.1) << design;
    }
  }
}

TEST(RbdFastStudy, RefusesWhatDoesNotFit) {
  const auto model = make_model(ishigami);
  EXPECT_THROW((void)rbd_fast(model, ishigami_inputs(), {.samples = 40}), InvalidArgument);
  EXPECT_THROW((void)rbd_fast(model, ishigami_inputs(), {.design = "sobol"}), InvalidOptions);
  EXPECT_THROW((void)rbd_fast(model, Inputs()), InvalidArgument);
  const Points points = ishigami_points(50, 1);
  EXPECT_THROW((void)rbd_fast(points, Vector::Zero(49)), InvalidArgument);
  EXPECT_THROW((void)rbd_fast(points.leftCols(40), Vector::Zero(40)), InvalidArgument);
  EXPECT_THROW((void)rbd_fast(points, Vector::Zero(50), {.level = 1.0}), InvalidOptions);
  EXPECT_THROW((void)rbd_fast(Points::Constant(1, 50, not_known), Vector::Zero(50)), InvalidArgument);
}

}  // namespace
}  // namespace mystic
