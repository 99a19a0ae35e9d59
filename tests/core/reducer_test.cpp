#include "mystic/core/reducer.hpp"

#include "mystic/core/solver.hpp"
#include "mystic/solvers/nelder_mead.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

const Vector values{{3.0, -4.0, 1.0, 0.0}};

TEST(Reduce, IsWhatItsNameSays) {
  EXPECT_EQ(reduce(Reduction::sum, values), 0.0);
  EXPECT_EQ(reduce(Reduction::sum_of_squares, values), 26.0);
  EXPECT_EQ(reduce(Reduction::mean, values), 0.0);
  EXPECT_EQ(reduce(Reduction::mean, Vector{{3.0, 4.0}}), 3.5);
  EXPECT_DOUBLE_EQ(reduce(Reduction::norm, values), std::sqrt(26.0));
  EXPECT_EQ(reduce(Reduction::max, values), 3.0);
  EXPECT_EQ(reduce(Reduction::min, values), -4.0);
}

TEST(Reduce, OfOneNumberIsThatNumberOrItsSquare) {
  for (const std::string& name : reduction_names()) {
    const double expected = name == "sum-of-squares" ? 6.25 : name == "norm" ? 2.5 : -2.5;
    EXPECT_EQ(reduce(*find_reduction(name), Vector{{-2.5}}), expected) << name;
  }
}

TEST(Reduce, ByNormNeitherOverflowsNorUnderflows) {
  EXPECT_DOUBLE_EQ(reduce(Reduction::norm, Vector{{3e200, 4e200}}), 5e200);
  EXPECT_DOUBLE_EQ(reduce(Reduction::norm, Vector{{3e-200, 4e-200}}), 5e-200);
  EXPECT_EQ(reduce(Reduction::norm, Vector{{1.0, -infinity}}), infinity);
  EXPECT_EQ(reduce(Reduction::norm, Vector{{0.0, 0.0}}), 0.0);
}

TEST(Reduce, TakesSumsFromFirstToLast) {
  EXPECT_EQ(reduce(Reduction::sum, Vector{{1e16, 1.0, -1e16}}), 0.0);
  EXPECT_EQ(reduce(Reduction::sum, Vector{{1e16, -1e16, 1.0}}), 1.0);
}

TEST(Reduce, NeedsANumber) {
  EXPECT_THROW(static_cast<void>(reduce(Reduction::sum, Vector(0))), InvalidArgument);
}

TEST(ReductionNames, FindTheirReductions) {
  for (const std::string& name : reduction_names()) {
    ASSERT_TRUE(find_reduction(name).has_value()) << name;
    EXPECT_EQ(name_of(*find_reduction(name)), name);
  }
  EXPECT_EQ(reduction_names().size(), 6U);
  EXPECT_FALSE(find_reduction("median").has_value());
}

// |x0 - 4|, |x1 - 2|, |x0|: the worst of them is least, 2, where x0 = 2 and x1 is within 2 of 2.
struct Distances final : Model {
  std::vector<std::string> none;
  std::vector<std::string> names{"a", "b", "c"};
  [[nodiscard]] const std::vector<std::string>& inputs() const override { return none; }
  [[nodiscard]] const std::vector<std::string>& outputs() const override { return names; }
  void evaluate(const Question& question, std::span<Outcome> outcomes) const override {
    for (Index j = 0; j < question.points.cols(); ++j) {
      const auto x = question.points.col(j);
      outcomes[static_cast<std::size_t>(j)].outputs =
          Vector{{std::abs(x[0] - 4.0), std::abs(x[1] - 2.0), std::abs(x[0])}};
    }
  }
};

Problem three_outputs() { return Problem(unnamed_variables(2), std::make_shared<Distances>()); }

TEST(Reduced, MakesACostOfTheOutputsNamed) {
  Problem problem = three_outputs();
  const Vector outputs{{5.0, 2.0, 7.0}};
  const Vector x = Vector::Zero(2);
  const auto cost = [&](Objective objective) {
    return Problem(problem).objective(std::move(objective)).assess(x, outputs).cost;
  };
  EXPECT_EQ(cost(reduced(problem, Reduction::max)), 7.0);
  EXPECT_EQ(cost(reduced(problem, Reduction::max, {"b", "a"})), 5.0);
  EXPECT_EQ(cost(reduced(problem, Reduction::sum, {"c", "b"})), 9.0);
  EXPECT_EQ(cost(reduced(problem, [](double left, double right) { return left - 2.0 * right; },
                         {"c", "b", "a"})),
            -7.0);
  EXPECT_EQ(cost(reduced(problem, [](double, double) { return -1.0; }, {"b"})), 2.0);
}

TEST(Reduced, LetsASolverMinimiseTheWorst) {
  Problem problem = three_outputs();
  problem.objective(reduced(problem, Reduction::max));
  Solver solver(nelder_mead({}));
  solver.start({0.5, 7.0}).limits({.generations = 300, .evaluations = {}, .seconds = {}});
  const Result result = solver.solve(problem);
  EXPECT_NEAR(result.best.cost, 2.0, 1e-6);
  EXPECT_NEAR(result.best.x[0], 2.0, 1e-6);
}

TEST(Reduced, RefusesOutputsThatAreNotThere) {
  const Problem problem = three_outputs();
  EXPECT_THROW(static_cast<void>(reduced(problem, Reduction::max, {"a", "d"})), InvalidArgument);
  EXPECT_THROW(static_cast<void>(reduced(problem, nullptr, {"a"})), InvalidArgument);
}

}  // namespace
}  // namespace mystic
