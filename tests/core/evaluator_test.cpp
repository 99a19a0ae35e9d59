#include "mystic/core/evaluator.hpp"

#include "tests/support/beam_model.hpp"

#include "mystic/core/callable_model.hpp"
#include "mystic/core/padded_points.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <stdexcept>
#include <thread>

namespace mystic {
namespace {

// A task over `count` points of one coordinate: 0, 1, 2, ...
struct Batch {
  explicit Batch(Index count) : points(1, count), outcomes(static_cast<std::size_t>(count)) {
    for (Index j = 0; j < count; ++j) points.column(j)[0] = static_cast<double>(j);
    task = {.first = {SearchPath{}.child(3), 10},
            .points = points.column(0),
            .dimension = 1,
            .stride = points.stride(),
            .outcomes = outcomes};
  }
  void run(const Evaluator& evaluator, const std::stop_token& stop = {}) { evaluator.run(task, stop); }

  PaddedPoints points;
  std::vector<Outcome> outcomes;
  Task task;
};

FailurePolicy retrying(Index retries, double back_off = 0.0) {
  FailurePolicy policy;
  policy.retries = retries;
  policy.back_off = back_off;
  return policy;
}

double seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

TEST(Evaluator, GivesTheModelsAnswer) {
  const auto model = make_model([](const VectorView& x) { return 10.0 + x[0]; });
  Batch batch(3);
  batch.run(Evaluator(*model));
  for (std::size_t j = 0; j < 3; ++j) {
    ASSERT_TRUE(batch.outcomes[j].ok());
    EXPECT_EQ(batch.outcomes[j].outputs, (Vector{{10.0 + static_cast<double>(j)}}));
    EXPECT_EQ(batch.outcomes[j].attempts, 1);
    EXPECT_EQ(batch.outcomes[j].seconds, 0.0) << "nobody asked for the time";
  }
}

TEST(Evaluator, TurnsAnExceptionIntoAFailureWithItsText) {
  const auto model =
      make_model([](const VectorView&) -> double { throw std::runtime_error("no licence"); });
  Batch batch(1);
  batch.run(Evaluator(*model));
  ASSERT_FALSE(batch.outcomes[0].ok());
  EXPECT_EQ(batch.outcomes[0].failure->kind, FailureKind::exception);
  EXPECT_EQ(batch.outcomes[0].failure->text, "no licence");
}

TEST(Evaluator, TurnsAnythingThrownIntoAFailure) {
  const auto model = make_model([](const VectorView&) -> double { throw 3; });
  Batch batch(1);
  batch.run(Evaluator(*model));
  ASSERT_FALSE(batch.outcomes[0].ok());
  EXPECT_EQ(batch.outcomes[0].failure->kind, FailureKind::exception);
}

TEST(Evaluator, FailsOnlyThePointsOfABatchThatThrow) {
  const auto model = make_batch_model([](const PointsView& points) -> Vector {
    if ((points.array() == 2.0).any()) throw std::runtime_error("2 is not for me");
    return 10.0 * points.row(0).transpose();
  });
  Batch batch(4);
  batch.run(Evaluator(*model));
  for (std::size_t j = 0; j < 4; ++j) {
    EXPECT_EQ(batch.outcomes[j].ok(), j != 2) << j;
    if (j != 2) {
      EXPECT_EQ(batch.outcomes[j].outputs[0], 10.0 * static_cast<double>(j));
    }
  }
  EXPECT_EQ(batch.outcomes[2].failure->text, "2 is not for me");
}

TEST(Evaluator, TurnsNaNIntoAFailureThatNamesTheOutput) {
  struct HalfNaN final : Model {
    std::vector<std::string> in, out{"mass", "stress"};
    [[nodiscard]] const std::vector<std::string>& inputs() const override { return in; }
    [[nodiscard]] const std::vector<std::string>& outputs() const override { return out; }
    void evaluate(const Question&, std::span<Outcome> outcomes) const override {
      outcomes[0].outputs << 1.0, std::nan("");
    }
  };
  const HalfNaN model;
  Batch batch(1);
  batch.run(Evaluator(model));
  ASSERT_FALSE(batch.outcomes[0].ok());
  EXPECT_EQ(batch.outcomes[0].failure->kind, FailureKind::not_a_number);
  EXPECT_EQ(batch.outcomes[0].failure->text, "output 'stress' is NaN");
}

TEST(Evaluator, TakesInfinityForAnAnswer) {
  const auto model = make_model([](const VectorView&) { return infinity; });
  Batch batch(1);
  batch.run(Evaluator(*model));
  EXPECT_TRUE(batch.outcomes[0].ok());
}

TEST(Evaluator, ForgetsWhatAnOutcomeHeldBefore) {
  const auto model = make_model([](const VectorView&) { return 1.0; });
  Batch batch(1);
  batch.outcomes[0].fail(FailureKind::signal, "of the evaluation before");
  batch.outcomes[0].attempts = 7;
  batch.outcomes[0].seconds = 9;
  batch.outcomes[0].outputs = Vector::Zero(5);
  batch.run(Evaluator(*model));
  EXPECT_TRUE(batch.outcomes[0].ok());
  EXPECT_EQ(batch.outcomes[0].attempts, 1);
  EXPECT_EQ(batch.outcomes[0].seconds, 0.0);
  EXPECT_EQ(batch.outcomes[0].outputs.size(), 1);
}

// Counts its calls per point and answers from the `good`-th on.
struct Stubborn final : ScalarModel {
  explicit Stubborn(int good, FailureKind kind = FailureKind::exit_status)
      : ScalarModel(ThreadSafety::none), good_from(good), kind_of_failure(kind) {}
  void evaluate(const Question& question, std::span<Outcome> outcomes) const override {
    for (Index j = 0; j < question.points.cols(); ++j) {
      const auto point = static_cast<std::size_t>(question.points(0, j));
      EXPECT_EQ(question.id(j).k, 10 + point);
      Outcome& outcome = outcomes[static_cast<std::size_t>(j)];
      if (++calls[point] < good_from && point % 2 == 1) {
        outcome.fail(kind_of_failure, fmt::format("call {}", calls[point]));
      } else {
        outcome.outputs[0] = 5.0;
      }
    }
  }
  int good_from;
  FailureKind kind_of_failure;
  mutable std::vector<int> calls = std::vector<int>(8);
};

TEST(EvaluatorRetries, AskAgainOnlyWhatFailedUntilItAnswers) {
  const Stubborn model(3);
  Batch batch(4);
  batch.run(Evaluator(model, retrying(5)));
  for (std::size_t j = 0; j < 4; ++j) {
    EXPECT_TRUE(batch.outcomes[j].ok());
    EXPECT_EQ(model.calls[j], j % 2 == 1 ? 3 : 1);
    EXPECT_EQ(batch.outcomes[j].attempts, j % 2 == 1 ? 3 : 1);
  }
}

TEST(EvaluatorRetries, EndWithTheLastFailureWhenTheyAreUsedUp) {
  const Stubborn model(100);
  Batch batch(2);
  batch.run(Evaluator(model, retrying(2)));
  ASSERT_FALSE(batch.outcomes[1].ok());
  EXPECT_EQ(batch.outcomes[1].attempts, 3);
  EXPECT_EQ(batch.outcomes[1].failure->text, "call 3");
}

TEST(EvaluatorRetries, DoNotAskAgainWhatWasToldToStop) {
  const Stubborn model(100, FailureKind::cancelled);
  Batch batch(2);
  batch.run(Evaluator(model, retrying(5)));
  EXPECT_EQ(model.calls[1], 1);
  EXPECT_EQ(batch.outcomes[1].failure->kind, FailureKind::cancelled);
}

// 0.02 + 0.04 + 0.08 s; a constant pause would take 0.06 s.
TEST(EvaluatorRetries, PauseTwiceAsLongEachTime) {
  const Stubborn model(4);
  Batch batch(2);
  const Evaluator evaluator(model, retrying(5, 0.02));
  const double seconds = seconds_of([&] { batch.run(evaluator); });
  EXPECT_GE(seconds, 0.139);
  EXPECT_TRUE(batch.outcomes[1].ok());
}

TEST(EvaluatorRetries, EndTheirPauseWhenToldToStop) {
  const Stubborn model(100);
  Batch batch(2);
  const Evaluator evaluator(model, retrying(3, 60.0));
  std::stop_source source;
  std::jthread stopping([&source] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    source.request_stop();
  });
  const double seconds = seconds_of([&] { batch.run(evaluator, source.get_token()); });
  EXPECT_LT(seconds, 10.0);
  EXPECT_FALSE(batch.outcomes[1].ok());
  EXPECT_EQ(batch.outcomes[1].attempts, 1);
}

TEST(EvaluatorTime, IsThatOfAllAttemptsSharedByTheTask) {
  const auto model = make_model([](const VectorView&) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return 1.0;
  });
  Batch batch(4);
  batch.run(Evaluator(*model, {}, true));
  double sum = 0.0;
  for (const Outcome& outcome : batch.outcomes) sum += outcome.seconds;
  EXPECT_GE(sum, 0.020);
  EXPECT_LT(sum, 5.0);
}

TEST(EvaluatorDoor, RefusesABrokenPolicyAndAModelWithoutOutputs) {
  const testing_support::BeamModel model;
  EXPECT_THROW(Evaluator(model, retrying(-1)), InvalidOptions);
  EXPECT_THROW(Evaluator(model, retrying(1, std::nan(""))), InvalidOptions);
  struct Mute final : Model {
    std::vector<std::string> none;
    [[nodiscard]] const std::vector<std::string>& inputs() const override { return none; }
    [[nodiscard]] const std::vector<std::string>& outputs() const override { return none; }
    void evaluate(const Question&, std::span<Outcome>) const override {}
  };
  const Mute mute;
  EXPECT_THROW(Evaluator{mute}, InvalidArgument);
}

}  // namespace
}  // namespace mystic
