#include "mystic/models/noisy_model.hpp"

#include "evaluate.hpp"
#include "mystic/core/callable_model.hpp"
#include "mystic/core/random.hpp"
#include "mystic/models/functions.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

std::shared_ptr<const Model> quartic() {
  return std::make_shared<FunctionModel>(test_function("quartic"));
}

/// Outputs at m points, all (1, 1): the quartic's 3 and the noise.
Vector costs(const Model& model, Index m) {
  const auto outcomes = evaluate(model, Points::Ones(2, m));
  Vector values(m);
  for (Index j = 0; j < m; ++j) values[j] = outcomes[static_cast<std::size_t>(j)].outputs[0];
  return values;
}

TEST(NoisyModel, AddsADrawOfItsDistributionToTheOutput) {
  constexpr Index m = 4000;
  const Vector normal = costs(NoisyModel(quartic(), {.amount = 0.5, .seed = 7}), m).array() - 3.0;
  EXPECT_NEAR(normal.mean(), 0.0, 4.0 * 0.5 / std::sqrt(double(m)));
  EXPECT_NEAR(std::sqrt(normal.squaredNorm() / double(m)), 0.5, 0.03);
  const NoisyModel two(quartic(), {.distribution = "uniform", .draws = 2, .seed = 7});
  const Vector sum = costs(two, m).array() - 3.0;
  EXPECT_NEAR(sum.mean(), 1.0, 4.0 * std::sqrt(1.0 / 6.0 / double(m)));
  EXPECT_TRUE((sum.array() >= 0.0).all() && (sum.array() < 2.0).all());
  EXPECT_GT(sum.maxCoeff(), 1.5);
}

TEST(NoisyModel, TakesItsNoiseFromTheEvaluationNotFromTheCall) {
  const NoisyModel model(quartic(), {.seed = 11});
  const Vector once = costs(model, 6);
  EXPECT_EQ(costs(model, 6), once);
  EXPECT_NE(once[0], once[1]);
  // One by one, in another order, each with its id.
  const Points points = Points::Ones(2, 1);
  const PointsMap map(points.data(), 2, 1, Eigen::OuterStride<>(2));
  for (const std::uint64_t k : {5U, 0U, 3U}) {
    Outcome outcome;
    outcome.outputs.resize(1);
    const std::stop_token stop;
    model.evaluate({.first = {.path = {}, .k = k}, .points = map, .stop = stop}, {&outcome, 1});
    EXPECT_EQ(outcome.outputs[0], once[static_cast<Index>(k)]);
  }
  EXPECT_NE(costs(NoisyModel(quartic(), {.seed = 12}), 6), once);
}

// Coordinates that are redrawn for an evaluation come from stream(seed, id): noise must not repeat it.
TEST(NoisyModel, DoesNotRepeatTheStreamOfTheSearch) {
  Random random = stream(13, EvaluationId{});
  const NoisyModel model(quartic(), {.distribution = "uniform", .seed = 13});
  EXPECT_GT(std::abs(costs(model, 1)[0] - 3.0 - uniform(random)), 1e-9);
}

TEST(NoisyModel, LeavesFailuresAlone) {
  class Failing : public ScalarModel {
   public:
    Failing() : ScalarModel(ThreadSafety::basic) {}
    void evaluate(const Question&, std::span<Outcome> outcomes) const override {
      for (Outcome& outcome : outcomes) outcome.fail(FailureKind::deadline, "late");
    }
  };
  const auto outcomes = evaluate(NoisyModel(std::make_shared<Failing>()), Points::Ones(2, 2));
  EXPECT_EQ(outcomes[1].failure->text, "late");
}

TEST(NoisyModel, RefusesWrongOptions) {
  EXPECT_THROW(NoisyModel(quartic(), {.amount = -1.0}), InvalidOptions);
  EXPECT_THROW(NoisyModel(quartic(), {.amount = infinity}), InvalidOptions);
  EXPECT_THROW(NoisyModel(quartic(), {.distribution = "poisson"}), InvalidOptions);
  EXPECT_THROW(NoisyModel(quartic(), {.draws = 0}), InvalidOptions);
  EXPECT_THROW(NoisyModel(nullptr), InvalidArgument);
}

}  // namespace
}  // namespace mystic
