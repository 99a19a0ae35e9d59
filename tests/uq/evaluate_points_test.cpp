#include "mystic/uq/evaluate_points.hpp"

#include "tests/support/memory_recorder.hpp"

#include "mystic/core/require.hpp"
#include "mystic/maps/serial.hpp"
#include "mystic/maps/threads.hpp"
#include "mystic/uq/monte_carlo.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace mystic {
namespace {

using testing_support::MemoryRecorder;

// Fails in every way where x is small: a tenth of the unit interval each.
double moody(double x) {
  if (x < 0.1) throw std::runtime_error("below 0.1");
  if (x < 0.2) return not_known;
  return x < 0.3 ? infinity : 2.0 * x;
}

std::vector<std::shared_ptr<const Model>> moody_models() {
  return {make_model([](const VectorView& x) { return moody(x[0]); }),
          make_batch_model([](const PointsView& x) {
            Vector costs(x.cols());
            for (Index j = 0; j < x.cols(); ++j) costs[j] = moody(x(0, j));
            return costs;
          })};
}

void expect_same(const PointAnswers& left, const PointAnswers& right) {
  EXPECT_EQ(left.made, right.made);
  EXPECT_EQ(left.failed, right.failed);
  EXPECT_EQ(left.stop.kind, right.stop.kind);
  EXPECT_EQ(left.stop.reason, right.stop.reason);
  EXPECT_EQ(left.names, right.names);
  EXPECT_TRUE(((left.outputs.array() == right.outputs.array()) ||
               (left.outputs.array().isNaN() && right.outputs.array().isNaN()))
                  .all());
}

// More than a block of points, so that its end is passed too.
TEST(EvaluatePoints, GivesTheSameWithoutAndWithASolver) {
  const Points points = monte_carlo_points(3, 5000, {.seed = 4});
  const std::vector<std::string> names = {"x", "y", "z"};
  for (const auto& model : moody_models()) {
    const PointAnswers direct = evaluate_points(model, names, points);
    EXPECT_GT(direct.failed, 900);
    EXPECT_EQ(direct.made, 5000);
    EXPECT_EQ(direct.stop.reason, "all 5000 points were evaluated");
    SerialMap serial;
    expect_same(direct, evaluate_points(model, names, points, {.map = &serial}));
    ThreadsMap threads(3);
    expect_same(direct, evaluate_points(model, names, points, {.map = &threads}));
    MemoryRecorder recorder;
    expect_same(direct, evaluate_points(model, names, points, {.recorder = &recorder}));
  }
}

TEST(EvaluatePoints, GivesUpAtTheSamePointWithoutAndWithASolver) {
  const Points points = monte_carlo_points(1, 5000, {.seed = 4});
  const FailurePolicy strict{.abort_in_a_row = 4};
  SerialMap serial;
  for (const auto& model : moody_models()) {
    const PointAnswers direct = evaluate_points(model, {"x"}, points, {.policy = strict});
    EXPECT_EQ(direct.stop.kind, StopKind::failures);
    EXPECT_LT(direct.made, 5000);
    expect_same(direct, evaluate_points(model, {"x"}, points, {.map = &serial, .policy = strict}));
  }
  const auto never = make_model([](const VectorView&) { return not_known; });
  const FailurePolicy patient{.abort_above = 1.0};
  const Points few = points.leftCols(9);
  expect_same(evaluate_points(never, {"x"}, few, {.policy = patient}),
              evaluate_points(never, {"x"}, few, {.map = &serial, .policy = patient}));
}

TEST(EvaluatePoints, StopsWhereItIsTold) {
  std::stop_source source;
  Index calls = 0;
  const auto model = make_model([&](const VectorView& x) {
    if (++calls == 7) source.request_stop();
    return x[0];
  });
  const Points points = monte_carlo_points(1, 100);
  const PointAnswers direct = evaluate_points(model, {"x"}, points, {.stop = source.get_token()});
  EXPECT_EQ(direct.made, 7);
  EXPECT_EQ(direct.stop.kind, StopKind::interrupted);
  EXPECT_TRUE(direct.outputs.rightCols(93).array().isNaN().all());
}

TEST(EvaluatePoints, MakesNoMoreOfAStreamThanABlockAtATime) {
  const Points points = monte_carlo_points(2, 1000, {.seed = 2});
  const auto model = make_model([](const VectorView& x) { return x[0] - x[1]; });
  SerialMap serial;
  for (Map* map : {static_cast<Map*>(nullptr), static_cast<Map*>(&serial)}) {
    Index most = 0;
    const PointStream stream{.names = {"x", "y"},
                             .count = points.cols(),
                             .points =
                                 [&](Index first, Index count) {
                                   most = std::max(most, count);
                                   return Points(points.middleCols(first, count));
                                 },
                             .block = 64};
    Index seen = 0;
    const auto visit = [&](Index first, const Points& outputs) {
      EXPECT_EQ(first, seen);
      seen += outputs.cols();
      const auto part = points.middleCols(first, outputs.cols());
      EXPECT_EQ(outputs, Points(part.row(0) - part.row(1)));
    };
    const PointAnswers answers = evaluate_stream(model, stream, visit, {.map = map});
    EXPECT_EQ(seen, 1000);
    EXPECT_EQ(most, 64);
    EXPECT_EQ(answers.made, 1000);
    EXPECT_EQ(answers.outputs.size(), 0);
  }
}

TEST(EvaluatePoints, RefusesAStreamThatGivesWrongPoints) {
  const auto model = make_model([](const VectorView& x) { return x[0]; });
  const auto answers_of = [&](Index rows, double value) {
    return evaluate_points(model,
                           PointStream{.names = {"x"}, .count = 5, .points = [&](Index, Index count) {
                                         return Points(Points::Constant(rows, count, value));
                                       }});
  };
  EXPECT_EQ(answers_of(1, 0.5).made, 5);
  EXPECT_THROW((void)answers_of(2, 0.5), InvalidArgument);
  EXPECT_THROW((void)answers_of(1, infinity), InvalidArgument);
  EXPECT_THROW((void)evaluate_points(model, PointStream{.names = {"x"}, .count = 5, .points = {}}),
               InvalidArgument);
}

TEST(EvaluatePoints, EndsWhereMostEvaluationsFail) {
  const Points points = Points::Random(1, 200);
  const auto never = [](const VectorView&) -> double { throw std::runtime_error("never"); };
  const PointAnswers answers = evaluate_points(make_model(never), {"x"}, points);
  EXPECT_EQ(answers.stop.kind, StopKind::failures);
  EXPECT_LT(answers.made, 200);
  EXPECT_EQ(answers.made, answers.failed);
  EXPECT_TRUE(answers.outputs.array().isNaN().all());
}

TEST(EvaluatePoints, RefusesPointsThatDoNotFit) {
  const auto model = make_model([](const VectorView& x) { return x[0]; });
  EXPECT_THROW(static_cast<void>(evaluate_points(model, {"x"}, Points::Zero(2, 3))), InvalidArgument);
  EXPECT_THROW(static_cast<void>(evaluate_points(model, {"x"}, Points(1, 0))), InvalidArgument);
  EXPECT_THROW(static_cast<void>(evaluate_points(model, {"x"}, Points::Constant(1, 1, not_known))),
               InvalidArgument);
  EXPECT_THROW(static_cast<void>(evaluate_points(nullptr, {"x"}, Points::Zero(1, 1))), InvalidArgument);
}

}  // namespace
}  // namespace mystic
