// What an outcome is worth, and what a problem refuses.

#include "error_text.hpp"

#include "tests/support/beam_model.hpp"

#include "mystic/core/problem.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

using core_test::error_text;
using testing_support::BeamModel;

Problem beam() {
  return Problem({{.name = "width"}, {.name = "height"}}, std::make_shared<BeamModel>());
}

const Vector at{{0.5, 0.25}};
const Vector outputs{{0.75, 2.0, 4.0}};

TEST(ProblemCost, IsTheFirstOutputUntilToldOtherwise) {
  EXPECT_EQ(beam().assess(at, outputs).cost, 0.75);
  EXPECT_EQ(beam().minimise("deflection").assess(at, outputs).cost, 4.0);
  EXPECT_EQ(beam().maximise("stress").assess(at, outputs).cost, -2.0);
  EXPECT_EQ(beam().maximise("stress").minimise("stress").assess(at, outputs).cost, 2.0);
}

TEST(ProblemCost, MayBeAnythingMadeOfTheOutputs) {
  const auto objective = [](const VectorView& y) { return y[0] * y[1] * y[2]; };
  EXPECT_EQ(beam().objective(objective).assess(at, outputs).cost, 6.0);
  EXPECT_EQ(beam().objective(objective).minimise("mass").assess(at, outputs).cost, 0.75)
      << "the last word counts";
}

TEST(ProblemRequirements, AreMetUpToAndWithTheirLimit) {
  Problem problem = beam();
  problem.require_at_most("stress", 2.0).require_at_least("deflection", 4.0);
  EXPECT_EQ(problem.assess(at, outputs).violation, 0.0);
  EXPECT_EQ(problem.assess(at, outputs).cost, 0.75);
}

// violation v: stress 2 over 1.6 is 0.25; deflection 4 below 5 is 0.2.
TEST(ProblemRequirements, PenaliseTheirRelativeViolations) {
  Problem problem = beam();
  problem.require_at_most("stress", 1.6).require_at_least("deflection", 5.0);
  problem.requirement_penalty({.kind = PenaltyKind::quadratic, .weight = 10.0});
  Assessment worth = problem.assess(at, outputs);
  EXPECT_DOUBLE_EQ(worth.violation, 0.25) << "the largest";
  EXPECT_DOUBLE_EQ(worth.cost, 0.75 + 10.0 * (0.25 * 0.25 + 0.2 * 0.2));
  problem.requirement_penalty({.kind = PenaltyKind::linear, .weight = 10.0});
  worth = problem.assess(at, outputs);
  EXPECT_DOUBLE_EQ(worth.cost, 0.75 + 10.0 * (0.25 + 0.2));
}

TEST(Requirement, ViolationIsRelativeToTheLimitAndAbsoluteWhereThatIsZero) {
  const Requirement between{"y", -2.0, 4.0};
  EXPECT_EQ(between.violation(4.0), 0.0);
  EXPECT_EQ(between.violation(5.0), 0.25);
  EXPECT_EQ(between.violation(-3.0), 0.5);
  const Requirement positive{"y", 0.0, infinity};
  EXPECT_EQ(positive.violation(-0.3), 0.3);
  EXPECT_EQ(positive.violation(0.0), 0.0);
  EXPECT_EQ(positive.violation(1e300), 0.0);
}

TEST(ProblemPenalties, AddUpAtThePointThatWasEvaluated) {
  Problem problem = beam();
  problem.penalty([](const VectorView& x) { return 100.0 * x[0]; });
  problem.penalty([](const VectorView& x) { return x[1]; });
  EXPECT_EQ(problem.assess(at, outputs).cost, 0.75 + 50.0 + 0.25);
  EXPECT_EQ(problem.assess(at, outputs).violation, 0.0) << "only requirements are reported";
}

TEST(ProblemDoor, NamesWhatIsWrongWithVariables) {
  const auto model = std::make_shared<BeamModel>();
  EXPECT_EQ(error_text([&] { Problem({}, model); }), "problem: there are no variables");
  EXPECT_EQ(error_text([&] { Problem({{.name = "width"}, {.name = "height"}}, nullptr); }),
            "problem: there is no model");
  EXPECT_EQ(error_text([&] { Problem({{.name = "width"}}, model); }),
            "problem: 1 variables for a model with 2 inputs");
  EXPECT_EQ(error_text([&] { Problem({{.name = "height"}, {.name = "width"}}, model); }),
            "problem: variable 0 is 'height' where the model's input is 'width'");
  const auto callable = make_model([](const VectorView& x) { return x[0]; });
  EXPECT_EQ(error_text([&] { Problem({{.name = "a"}, {.name = "a"}}, callable); }),
            "problem: two variables are called 'a'");
  EXPECT_EQ(error_text([&] { static_cast<void>(unnamed_variables(0)); }),
            "dimension = 0 must be at least 1");
}

TEST(ProblemDoor, NamesWhatIsWrongWithBounds) {
  const auto with = [](Variable variable) {
    variable.name = "a";
    return error_text(
        [&] { Problem({variable}, make_model([](const VectorView& x) { return x[0]; })); });
  };
  EXPECT_EQ(with({.lower = 2, .upper = 1}), "bounds of 'a': lower = 2 must be at most upper = 1");
  EXPECT_EQ(with({.lower = std::nan(""), .upper = 1}),
            "bounds of 'a': lower = nan must be at most upper = 1");
  EXPECT_EQ(with({.lower = 0.2, .upper = 0.9, .type = VariableType::integer}),
            "bounds of 'a': no whole number lies in [0.2, 0.9]");
  EXPECT_EQ(with({.lower = 0.2, .upper = 1.9, .type = VariableType::integer}), "");
  EXPECT_EQ(with({.lower = 3, .upper = 3}), "") << "a variable may be fixed";
  Problem problem = beam();
  EXPECT_EQ(error_text([&] { problem.bounds(Vector::Zero(3), Vector::Ones(3)); }),
            "bounds: 3 lower and 3 upper for 2 variables");
}

TEST(ProblemDoor, NamesTheNearestOutput) {
  Problem problem = beam();
  EXPECT_EQ(error_text([&] { problem.minimise("deflexion"); }),
            "the model has no output 'deflexion' (did you mean 'deflection'?); it has: mass, stress, "
            "deflection");
  EXPECT_EQ(error_text([&] { problem.require_at_most("temperature", 3); }),
            "the model has no output 'temperature'; it has: mass, stress, deflection");
}

TEST(ProblemDoor, RefusesLimitsAndWeightsThatAreNoNumbers) {
  Problem problem = beam();
  EXPECT_NE(error_text([&] { problem.require_at_most("mass", std::nan("")); }), "");
  EXPECT_NE(error_text([&] { problem.require_at_least("mass", -infinity); }), "");
  EXPECT_NE(error_text([&] { problem.requirement_penalty({.weight = -1.0}); }), "");
  EXPECT_NE(error_text([&] { problem.requirement_penalty({.weight = std::nan("")}); }), "");
  EXPECT_NE(error_text([&] { problem.penalty(nullptr); }), "");
  EXPECT_NE(error_text([&] { problem.repair(nullptr); }), "");
  EXPECT_NE(error_text([&] { problem.objective(nullptr); }), "");
}

}  // namespace
}  // namespace mystic
