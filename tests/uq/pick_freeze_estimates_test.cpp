#include "mystic/uq/pick_freeze_estimates.hpp"

#include "mystic/core/random.hpp"
#include "mystic/core/require.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <numbers>

namespace mystic {
namespace {

using Function = std::function<double(const Vector&)>;

constexpr std::array<const char*, 4> estimators{"saltelli", "jansen", "martinez", "mauntz-kucherenko"};

// Of three uniform inputs in (-pi, pi), a = 7, b = 0.1.
double ishigami(const Vector& u) {
  const Vector x = (2.0 * u.array() - 1.0) * std::numbers::pi;
  return std::sin(x[0]) + 7.0 * std::pow(std::sin(x[1]), 2) + 0.1 * std::pow(x[2], 4) * std::sin(x[0]);
}
const Vector ishigami_first{{0.3139051911, 0.4424111448, 0.0}};
const Vector ishigami_total{{0.5575888552, 0.4424111448, 0.2436836641}};

// Sobol's g-function with a = 0, 1, 4.5, 9.
double g_function(const Vector& u) {
  const Vector a{{0.0, 1.0, 4.5, 9.0}};
  return ((4.0 * u.array() - 2.0).abs() + a.array()).cwiseQuotient(1.0 + a.array()).prod();
}

// S_i = V_i / V with V_i = 1 / 3 (1 + a_i)^2 and V = prod(1 + V_i) - 1.
struct Exact {
  Vector first;
  Vector total;
};
Exact g_exact() {
  const Vector a{{0.0, 1.0, 4.5, 9.0}};
  const Vector parts = (3.0 * (1.0 + a.array()).square()).inverse();
  const double product = (1.0 + parts.array()).prod();
  return {parts / (product - 1.0), parts.array() / (1.0 + parts.array()) * product / (product - 1.0)};
}

Vector draw(Random& random, Index n) { return uniform(random, Vector::Zero(n), Vector::Ones(n)); }

PickFreezeOutputs outputs_of(const Function& function, Index inputs, Index rows, std::uint64_t seed) {
  Random random = stream(seed, SearchPath{});
  PickFreezeOutputs outputs{Vector(rows), Vector(rows), Points(rows, inputs), Points(rows, inputs)};
  for (Index row = 0; row < rows; ++row) {
    const Vector a = draw(random, inputs);
    const Vector b = draw(random, inputs);
    outputs.a[row] = function(a);
    outputs.b[row] = function(b);
    for (Index i = 0; i < inputs; ++i) {
      Vector mixed = a;
      mixed[i] = b[i];
      outputs.a_b(row, i) = function(mixed);
      mixed = b;
      mixed[i] = a[i];
      outputs.b_a(row, i) = function(mixed);
    }
  }
  return outputs;
}

void fail_some(PickFreezeOutputs& outputs, double share, std::uint64_t seed) {
  Random random = stream(seed, SearchPath{}.child(1));
  const auto strike = [&](double& value) {
    if (uniform(random) < share) value = not_known;
  };
  for (double& value : outputs.a) strike(value);
  for (double& value : outputs.b) strike(value);
  for (double& value : outputs.a_b.reshaped()) strike(value);
  for (double& value : outputs.b_a.reshaped()) strike(value);
}

TEST(SobolEstimates, AreIshigamisByEveryEstimator) {
  const PickFreezeOutputs outputs = outputs_of(ishigami, 3, 40000, 1);
  for (const char* estimator : estimators) {
    const SobolIndices found = sobol_estimates(outputs, {.estimator = estimator});
    for (Index i = 0; i < 3; ++i) {
      const SobolIndex& index = found.inputs[static_cast<std::size_t>(i)];
      EXPECT_NEAR(index.first.value, ishigami_first[i], 0.03) << estimator << i;
      EXPECT_NEAR(index.total.value, ishigami_total[i], 0.03) << estimator << i;
      EXPECT_EQ(index.ok, 40000);
    }
  }
}

TEST(SobolEstimates, OfPairsAreIshigamis) {
  const SobolIndices found = sobol_estimates(outputs_of(ishigami, 3, 40000, 2));
  ASSERT_EQ(found.pairs.size(), 3U);
  const std::array<double, 3> exact{0.0, 0.2436836641, 0.0};
  for (std::size_t pair = 0; pair < 3; ++pair) {
    EXPECT_NEAR(found.pairs[pair].second.value, exact[pair], 0.05);
    EXPECT_TRUE(found.pairs[pair].second.interval.contains(exact[pair])) << pair;
  }
  EXPECT_EQ(found.pairs[1].left, 0);
  EXPECT_EQ(found.pairs[1].right, 2);
}

// A sum of what each input does alone: the linear weights' squares, exactly.
TEST(SobolEstimates, OfAnAdditiveFunctionHaveFirstEqualToTotal) {
  const auto additive = [](const Vector& u) { return 3.0 * u[0] - 2.0 * u[1] + u[2]; };
  const SobolIndices found =
      sobol_estimates(outputs_of(additive, 3, 20000, 3), {.estimator = "martinez"});
  const Vector shares = Vector{{9.0, 4.0, 1.0}} / 14.0;
  for (Index i = 0; i < 3; ++i) {
    const SobolIndex& index = found.inputs[static_cast<std::size_t>(i)];
    EXPECT_NEAR(index.first.value, shares[i], 0.02);
    EXPECT_NEAR(index.total.value, shares[i], 0.02);
  }
}

TEST(SobolEstimates, DoNotChangeWithUnitOrOrigin) {
  PickFreezeOutputs outputs = outputs_of(g_function, 4, 500, 4);
  PickFreezeOutputs moved = outputs;
  for (auto* part : {&moved.a, &moved.b}) *part = (part->array() * -250.0 + 1e4).matrix();
  for (auto* part : {&moved.a_b, &moved.b_a}) *part = (part->array() * -250.0 + 1e4).matrix();
  for (const char* estimator : estimators) {
    const SobolIndices here = sobol_estimates(outputs, {.estimator = estimator});
    const SobolIndices there = sobol_estimates(moved, {.estimator = estimator});
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_NEAR(here.inputs[i].first.value, there.inputs[i].first.value, 1e-10) << estimator;
      EXPECT_NEAR(here.inputs[i].total.interval.upper, there.inputs[i].total.interval.upper, 1e-10);
      EXPECT_NEAR(here.pairs[i].second.value, there.pairs[i].second.value, 1e-10);
    }
  }
}

TEST(SobolEstimates, StayRightWhereAFifthOfTheEvaluationsFail) {
  const Exact exact = g_exact();
  for (const double share : {0.05, 0.2}) {
    PickFreezeOutputs outputs = outputs_of(g_function, 4, 20000, 5);
    fail_some(outputs, share, 6);
    const SobolIndices found = sobol_estimates(outputs, {.estimator = "jansen", .level = 0.999});
    for (Index i = 0; i < 4; ++i) {
      const SobolIndex& index = found.inputs[static_cast<std::size_t>(i)];
      EXPECT_TRUE(index.first.interval.contains(exact.first[i])) << share << " " << i;
      EXPECT_TRUE(index.total.interval.contains(exact.total[i])) << share << " " << i;
      const double kept = 20000 * std::pow(1.0 - share, 3);
      EXPECT_NEAR(static_cast<double>(index.ok), kept, 5.0 * std::sqrt(kept));
    }
  }
}

TEST(SobolEstimates, LeaveOutTheRowsThatFailedAndNoOthers) {
  PickFreezeOutputs outputs = outputs_of(ishigami, 3, 300, 7);
  PickFreezeOutputs shorter = outputs_of(ishigami, 3, 299, 7);
  outputs.a_b(299, 1) = infinity;
  const SobolIndices found = sobol_estimates(outputs);
  EXPECT_EQ(found.rows, 300);
  EXPECT_EQ(found.inputs[0].ok, 300);
  EXPECT_EQ(found.inputs[1].ok, 299);
  EXPECT_EQ(found.inputs[1].first.value, sobol_estimates(shorter).inputs[1].first.value);
  EXPECT_EQ(found.pairs[0].ok, 299);
  EXPECT_EQ(found.pairs[1].ok, 300);
}

TEST(SobolEstimates, OfWhatDoesNotVaryAreNotKnown) {
  PickFreezeOutputs outputs = outputs_of([](const Vector&) { return 4.0; }, 2, 50, 8);
  for (const char* estimator : estimators) {
    const SobolIndices found = sobol_estimates(outputs, {.estimator = estimator});
    EXPECT_TRUE(std::isnan(found.inputs[0].first.value)) << estimator;
    EXPECT_TRUE(std::isnan(found.inputs[1].total.interval.lower)) << estimator;
  }
  outputs.a.setConstant(not_known);
  EXPECT_EQ(sobol_estimates(outputs).inputs[0].ok, 0);
  EXPECT_TRUE(std::isnan(sobol_estimates(outputs, {.bootstrap = 50}).inputs[0].first.value));
}

TEST(SobolEstimates, RefuseSizesThatDoNotMatch) {
  PickFreezeOutputs outputs = outputs_of(ishigami, 3, 10, 9);
  outputs.b.conservativeResize(9);
  EXPECT_THROW(static_cast<void>(sobol_estimates(outputs)), InvalidArgument);
  outputs = outputs_of(ishigami, 3, 10, 9);
  outputs.b_a.conservativeResize(10, 2);
  EXPECT_THROW(static_cast<void>(sobol_estimates(outputs)), InvalidArgument);
  EXPECT_THROW(static_cast<void>(sobol_estimates({})), InvalidArgument);
  EXPECT_THROW(static_cast<void>(sobol_estimates(outputs_of(ishigami, 3, 10, 9), {.estimator = "best"})),
               InvalidOptions);
}

// How often, of `seeds`, the intervals of each input and order hold the truth: 3 x 2. All together
// would hide one that is wrong.
using Counts = Eigen::ArrayXXi;
void count_covered(const SobolIndices& found, Counts& count) {
  for (Index i = 0; i < 3; ++i) {
    const SobolIndex& index = found.inputs[static_cast<std::size_t>(i)];
    count(i, 0) += index.first.interval.contains(ishigami_first[i]) ? 1 : 0;
    count(i, 1) += index.total.interval.contains(ishigami_total[i]) ? 1 : 0;
  }
}

TEST(SobolIntervals, CoverTheTruthAsOftenAsTheySay) {
  std::array<Counts, estimators.size()> counts;
  counts.fill(Counts::Zero(3, 2));
  constexpr int seeds = 300;
  for (std::uint64_t seed = 100; seed < 100 + seeds; ++seed) {
    const PickFreezeOutputs outputs = outputs_of(ishigami, 3, 500, seed);
    for (std::size_t i = 0; i < estimators.size(); ++i) {
      count_covered(sobol_estimates(outputs, {.estimator = estimators[i]}), counts[i]);
    }
  }
  for (std::size_t i = 0; i < estimators.size(); ++i) {
    EXPECT_GE(counts[i].minCoeff(), 0.915 * seeds) << estimators[i] << "\n" << counts[i];
    EXPECT_LE(counts[i].maxCoeff(), 0.985 * seeds) << estimators[i] << "\n" << counts[i];
  }
}

// The deviation of an index from what it would be without each row in turn.
double left_out_deviation(const PickFreezeOutputs& outputs, const char* estimator) {
  const Index rows = outputs.a.size();
  Vector without(rows);
  for (Index row = 0; row < rows; ++row) {
    PickFreezeOutputs fewer = outputs;
    fewer.a[row] = not_known;
    without[row] = sobol_estimates(fewer, {.estimator = estimator}).inputs[0].first.value;
  }
  const auto n = static_cast<double>(rows);
  return std::sqrt((n - 1.0) / n * (without.array() - without.mean()).square().sum());
}

TEST(SobolIntervals, AreThoseOfTheJackknifeAndStudentsLaw) {
  const PickFreezeOutputs outputs = outputs_of(ishigami, 3, 40, 11);
  for (const char* estimator : {"saltelli", "jansen"}) {
    const Estimate found = sobol_estimates(outputs, {.estimator = estimator}).inputs[0].first;
    const double half = student_width(0.95, 39.0) * left_out_deviation(outputs, estimator);
    EXPECT_NEAR(found.interval.upper - found.value, half, 1e-3 * half) << estimator;
    EXPECT_NEAR(found.value - found.interval.lower, half, 1e-3 * half) << estimator;
  }
  const Estimate found = sobol_estimates(outputs, {.estimator = "martinez"}).inputs[0].first;
  const double half = student_width(0.95, 39.0) * left_out_deviation(outputs, "martinez") /
                      (1.0 - found.value * found.value);
  EXPECT_NEAR(std::atanh(found.interval.upper) - std::atanh(found.value), half, 1e-3 * half);
}

// Squares and correlations leave no room beyond.
TEST(SobolIntervals, OfTotalsArePositiveAndOfCorrelationsBelow1) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const PickFreezeOutputs outputs = outputs_of(g_function, 4, 8, seed);
    for (const SobolIndex& index : sobol_estimates(outputs).inputs) {
      EXPECT_GT(index.total.interval.lower, 0.0);
    }
    for (const SobolIndex& index : sobol_estimates(outputs, {.estimator = "martinez"}).inputs) {
      EXPECT_LT(index.first.interval.upper, 1.0);
      EXPECT_GT(index.total.interval.lower, 0.0);
    }
  }
}

// An input that does nothing.
TEST(SobolIntervals, OfExactlyNothingAreNothing) {
  const PickFreezeOutputs outputs = outputs_of([](const Vector& u) { return u[0] * u[0]; }, 2, 60, 12);
  const SobolIndex index = sobol_estimates(outputs).inputs[1];
  EXPECT_EQ(index.total.value, 0.0);
  EXPECT_EQ(index.total.interval.upper, 0.0);
  EXPECT_EQ(index.first.interval.lower, 0.0);
}

TEST(SobolIntervals, OfTheBootstrapCoverTheTruthAsOftenAsTheySay) {
  Counts count = Counts::Zero(3, 2);
  for (std::uint64_t seed = 100; seed < 150; ++seed) {
    const PickFreezeOutputs outputs = outputs_of(ishigami, 3, 250, seed);
    count_covered(sobol_estimates(outputs, {.estimator = "jansen", .bootstrap = 100}), count);
  }
  EXPECT_GE(count.minCoeff(), 42) << count;
}

}  // namespace
}  // namespace mystic
