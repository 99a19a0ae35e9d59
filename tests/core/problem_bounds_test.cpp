// What becomes of a point before it is evaluated: repairs, bounds, whole numbers.

#include "error_text.hpp"

#include "mystic/core/problem.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace mystic {
namespace {

const EvaluationId some_id{SearchPath{}.child(1), 5};

Problem boxed(BoundsMode mode) {
  Problem problem = make_problem([](const VectorView& x) { return x.sum(); }, 3);
  problem.bounds(Vector{{-1.0, 0.0, -infinity}}, Vector{{1.0, 2.0, 5.0}}).bounds_mode(mode);
  return problem;
}

TEST(ProblemBounds, LeaveAPointInsideAsItIs) {
  for (const BoundsMode mode : {BoundsMode::reject, BoundsMode::clip, BoundsMode::redraw}) {
    for (const Vector& inside : {Vector{{0.5, 1.0, -1e9}}, Vector{{-1.0, 2.0, 5.0}}}) {
      Vector x = inside;
      EXPECT_TRUE(boxed(mode).prepare(x, some_id, 1));
      EXPECT_EQ(x, inside);
    }
  }
}

TEST(ProblemBounds, RejectSaysNo) {
  Vector x{{1.0 + 1e-15, 1.0, 0.0}};
  EXPECT_FALSE(boxed(BoundsMode::reject).prepare(x, some_id, 1));
}

TEST(ProblemBounds, ClipMovesEachCoordinateToItsNearestBound) {
  Vector x{{-7.0, 2.5, 6.0}};
  EXPECT_TRUE(boxed(BoundsMode::clip).prepare(x, some_id, 1));
  EXPECT_EQ(x, (Vector{{-1.0, 2.0, 5.0}}));
}

TEST(ProblemBounds, RedrawDrawsOnlyWhatIsOutside) {
  std::set<double> drawn;
  for (std::uint64_t k = 0; k < 200; ++k) {
    Vector x{{-7.0, 1.25, 3.0}};
    EXPECT_TRUE(boxed(BoundsMode::redraw).prepare(x, {SearchPath{}, k}, 1));
    EXPECT_TRUE(x[0] >= -1.0 && x[0] <= 1.0);
    EXPECT_EQ(x[1], 1.25);
    EXPECT_EQ(x[2], 3.0);
    drawn.insert(x[0]);
  }
  EXPECT_EQ(drawn.size(), 200U) << "anew for each evaluation";
  EXPECT_LT(*drawn.begin(), -0.9);
  EXPECT_GT(*drawn.rbegin(), 0.9);
}

TEST(ProblemBounds, RedrawGivesEachOffendingCoordinateItsOwnDraw) {
  Vector x{{-7.0, -7.0, 0.0}};
  ASSERT_TRUE(boxed(BoundsMode::redraw).prepare(x, some_id, 1));
  EXPECT_NE((x[0] + 1.0) / 2.0, x[1] / 2.0) << "not one number for all";
}

TEST(ProblemBounds, RedrawDependsOnSeedAndIdAlone) {
  const auto redrawn = [](const EvaluationId& id, std::uint64_t seed) {
    Vector x{{-7.0, 9.0, 0.0}};
    EXPECT_TRUE(boxed(BoundsMode::redraw).prepare(x, id, seed));
    return x;
  };
  EXPECT_EQ(redrawn(some_id, 1), redrawn(some_id, 1));
  EXPECT_NE(redrawn(some_id, 1), redrawn(some_id, 2));
  EXPECT_NE(redrawn(some_id, 1), redrawn({some_id.path, 6}, 1));
}

TEST(ProblemBounds, RedrawWithoutABoundOnBothSidesSaysWhichVariable) {
  Vector x{{0.0, 1.0, 6.0}};
  const std::string text = core_test::error_text(
      [&] { static_cast<void>(boxed(BoundsMode::redraw).prepare(x, some_id, 1)); });
  EXPECT_EQ(text, "bounds of 'x2': redraw needs two finite bounds, not [-inf, 5]");
}

TEST(ProblemBounds, RejectACoordinateThatIsNaNInEveryMode) {
  for (const BoundsMode mode : {BoundsMode::reject, BoundsMode::clip, BoundsMode::redraw}) {
    for (Index i = 0; i < 3; ++i) {
      Vector x = Vector::Constant(3, 0.5);
      x[i] = std::nan("");
      EXPECT_FALSE(boxed(mode).prepare(x, some_id, 1)) << i;
    }
  }
}

Problem whole_numbers(double lower, double upper) {
  Variable variable{.name = "n", .lower = lower, .upper = upper, .type = VariableType::integer};
  return Problem({variable}, make_model([](const VectorView& x) { return x[0]; }));
}

TEST(ProblemIntegers, AreRoundedAndStayInTheirBounds) {
  const auto prepared = [](double value, double lower, double upper) {
    Vector x{{value}};
    EXPECT_TRUE(whole_numbers(lower, upper).prepare(x, some_id, 1));
    return x[0];
  };
  EXPECT_EQ(prepared(2.4, 0, 10), 2.0);
  EXPECT_EQ(prepared(2.6, 0, 10), 3.0);
  EXPECT_EQ(prepared(-2.6, -infinity, infinity), -3.0);
  EXPECT_EQ(prepared(2.6, 0, 2.7), 2.0) << "3 would lie outside";
  EXPECT_EQ(prepared(0.3, 0.2, 2.7), 1.0) << "0 would lie outside";
}

TEST(ProblemRepairs, ComeInOrderAndBeforeTheBounds) {
  Problem problem = boxed(BoundsMode::reject);
  problem.repair([](MutableVectorView x) { x[0] += 5.0; });
  problem.repair([](MutableVectorView x) { x[0] /= 10.0; });
  Vector x{{2.0, 1.0, 0.0}};
  EXPECT_TRUE(problem.prepare(x, some_id, 1)) << "outside before, inside after";
  EXPECT_EQ(x[0], 0.7);
  Vector out{{6.0, 1.0, 0.0}};
  EXPECT_FALSE(problem.prepare(out, some_id, 1)) << "inside neither before nor after";
}

TEST(ProblemRestrictions, AreKnownToBeNoneOnlyWhereThereAreNone) {
  const auto function = [](const VectorView& x) { return x.sum(); };
  EXPECT_FALSE(make_problem(function, 2).restricts());
  Problem half = make_problem(function, 2);
  half.bounds(Vector::Constant(2, -infinity), Vector{{infinity, 3.0}});
  EXPECT_TRUE(half.restricts());
  Problem repaired = make_problem(function, 2);
  repaired.repair([](MutableVectorView) {});
  EXPECT_TRUE(repaired.restricts());
  EXPECT_TRUE(whole_numbers(-infinity, infinity).restricts());
  half.bounds(Vector::Constant(2, -infinity), Vector::Constant(2, infinity));
  EXPECT_FALSE(half.restricts()) << "bounds may be taken away again";
}

TEST(ProblemVariables, KnowTheBoundsThatWereSetLast) {
  const Problem problem = boxed(BoundsMode::reject);
  EXPECT_EQ(problem.variables()[1].name, "x1");
  EXPECT_EQ(problem.variables()[1].upper, 2.0);
  EXPECT_EQ(problem.lower()[0], -1.0);
  EXPECT_EQ(problem.dimension(), 3);
}

}  // namespace
}  // namespace mystic
