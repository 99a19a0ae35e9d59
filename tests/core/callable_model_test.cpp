#include "mystic/core/callable_model.hpp"

#include "mystic/core/padded_points.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace mystic {
namespace {

TEST(CallableModel, TakesAnyInputsAndGivesOneCost) {
  const auto model = make_model([](const VectorView& x) { return x.sum(); });
  EXPECT_TRUE(model->inputs().empty());
  EXPECT_EQ(model->outputs(), std::vector<std::string>{"cost"});
  EXPECT_FALSE(model->wants_batches());
  EXPECT_EQ(model->thread_safety(), ThreadSafety::basic);
  EXPECT_EQ(make_model([](const VectorView&) { return 0.0; }, ThreadSafety::none)->thread_safety(),
            ThreadSafety::none);
}

TEST(BatchCallableModel, SeesTheWholeQuestionAtOnce) {
  Index columns = 0;
  const auto model = make_batch_model([&columns](const PointsView& points) -> Vector {
    columns = points.cols();
    return points.colwise().sum().transpose();
  });
  EXPECT_TRUE(model->wants_batches());
  PaddedPoints points(3, 4);
  for (Index j = 0; j < 4; ++j) {
    for (Index i = 0; i < 3; ++i) points.column(j)[i] = static_cast<double>(i + 10 * j);
  }
  std::vector<Outcome> outcomes(4);
  for (Outcome& outcome : outcomes) outcome.outputs = Vector::Zero(1);
  const std::stop_token stop;
  model->evaluate({.first = {},
                   .points = {points.column(0), 3, 4, Eigen::OuterStride<>(points.stride())},
                   .stop = stop},
                  outcomes);
  EXPECT_EQ(columns, 4);
  for (std::size_t j = 0; j < 4; ++j)
    EXPECT_EQ(outcomes[j].outputs[0], 3.0 + 30.0 * static_cast<double>(j));
}

TEST(BatchCallableModel, RefusesAnAnswerOfAnotherSize) {
  const auto model = make_batch_model([](const PointsView&) -> Vector { return Vector::Zero(3); });
  const Vector x = Vector::Zero(2);
  std::vector<Outcome> outcomes(1);
  const std::stop_token stop;
  const Question question{
      .first = {}, .points = {x.data(), 2, 1, Eigen::OuterStride<>(2)}, .stop = stop};
  EXPECT_THROW(model->evaluate(question, outcomes), InvalidArgument);
}

TEST(Question, NumbersItsColumns) {
  const std::stop_token stop;
  const Question question{.first = {SearchPath{}.child(2), 7},
                          .points = {nullptr, 0, 0, Eigen::OuterStride<>(0)},
                          .stop = stop};
  EXPECT_EQ(question.id(0).k, 7U);
  EXPECT_EQ(question.id(3).k, 10U);
  EXPECT_EQ(question.id(3).path, SearchPath{}.child(2));
}

// Eigen sums in another order from another alignment: same numbers need the same alignment.
TEST(PaddedPoints, BeginEachPointAtACacheLine) {
  for (Index dimension = 1; dimension <= 20; ++dimension) {
    PaddedPoints points(dimension, 5);
    EXPECT_EQ(points.stride() % 8, 0);
    EXPECT_GE(points.stride(), dimension);
    EXPECT_LT(points.stride(), dimension + 8);
    for (Index j = 0; j < 5; ++j) {
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(points.column(j)) % 64, 0U);
      EXPECT_EQ(points.view(j).size(), dimension);
      EXPECT_EQ(points.view(j).data(), points.column(j));
    }
  }
}

}  // namespace
}  // namespace mystic
