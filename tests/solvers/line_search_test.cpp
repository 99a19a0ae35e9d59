#include "solvers/line_search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <vector>

namespace mystic {
namespace {

using Along = std::function<double(double)>;

// The steps that a line may take.
struct Ends {
  double least = -infinity;
  double most = infinity;
};

Search search_along(Start start, LineSearchSettings settings, double cost_at_origin, Ends ends,
                    LineMinimum* found) {
  const Vector origin = start.x;
  const Vector direction = Vector::Constant(1, 1.0);
  Vector point(1);
  const Line line{origin, direction, cost_at_origin, point, nullptr, ends.least, ends.most};
  auto searching = line_search(*start.arena, line, settings);
  *found = co_await searching;
  co_return "";
}

struct Searched {
  LineMinimum found;
  std::vector<double> steps;  // all that were evaluated, in order
};

// Searches `cost` along the axis from 0, by hand.
Searched search(const Along& cost, const LineSearchSettings& settings = {}, const Ends& ends = {}) {
  FrameArena arena;
  Searched searched;
  const Vector origin = Vector::Zero(1);
  Search search = search_along({origin, -origin, origin, Random(), &arena}, settings, cost(0.0), ends,
                               &searched.found);
  double answer = 0.0;  // read when the search is resumed, so it outlives the loop's body
  for (search.resume(); !search.done(); search.resume()) {
    const double step = search.channel().points[0];
    searched.steps.push_back(step);
    answer = cost(step);
    search.channel().costs = &answer;
    if (searched.steps.size() > 3000) {
      ADD_FAILURE() << "it does not end";
      break;
    }
  }
  return searched;
}

Along parabola_at(double minimum) {
  return [minimum](double step) { return 3.0 + (step - minimum) * (step - minimum); };
}

TEST(LineSearch, FindsAMinimumNearAndFarOnBothSides) {
  for (const double minimum : {0.3, 1.0, 17.0, 5e3, -0.02, -0.7, -400.0}) {
    const Searched searched = search(parabola_at(minimum), {.tolerance = 1e-6});
    EXPECT_NEAR(searched.found.step, minimum, 1e-5 * std::abs(minimum)) << minimum;
    EXPECT_EQ(searched.found.cost, parabola_at(minimum)(searched.found.step));
  }
}

TEST(LineSearch, FindsAKink) {
  const Searched searched =
      search([](double step) { return std::abs(step - 2.5); }, {.tolerance = 1e-7});
  EXPECT_NEAR(searched.found.step, 2.5, 1e-5);
}

TEST(LineSearch, EndsAtTheOriginWhereThatIsTheMinimum) {
  const Searched searched = search([](double step) { return std::abs(step); });
  EXPECT_EQ(searched.found.step, 0.0);
  EXPECT_EQ(searched.found.cost, 0.0);
}

const std::vector<Along>& awkward_lines() {
  static const std::vector<Along> lines = {
      parabola_at(0.3),
      parabola_at(-50.0),
      [](double step) { return std::abs(step - 0.1); },
      [](double step) { return std::cos(step); },
      [](double step) { return step < -0.5 ? infinity : step * step + step; },
      [](double step) { return step > 0.5 ? infinity : -step; },
      [](double step) { return step != 0.0 ? infinity : 1.0; },
      [](double) { return 4.0; },
      [](double) { return infinity; },
      [](double step) { return std::exp(-step); },
      [](double step) { return std::floor(4 * step) * std::floor(4 * step); },
      [](double step) { return std::abs(std::sin(30 * step)) + 0.1 * step * step; },
      [](double step) { return 1e300 * (step - 0.3) * (step - 0.3); },
      [](double step) { return 1e-300 * (step - 0.3) * (step - 0.3); },
  };
  return lines;
}

TEST(LineSearch, IsNeverWorseThanItsOriginAndReportsWhatItSaw) {
  for (std::size_t i = 0; i < awkward_lines().size(); ++i) {
    const Along& cost = awkward_lines()[i];
    const Searched searched = search(cost);
    EXPECT_LE(searched.found.cost, cost(0.0)) << "line " << i;
    EXPECT_EQ(searched.found.cost, cost(searched.found.step)) << "line " << i;
  }
}

// The original pays for step 0 and for the bracket's middle twice in every line search.
TEST(LineSearch, EvaluatesNothingTwiceNorItsOrigin) {
  for (std::size_t i = 0; i < awkward_lines().size(); ++i) {
    const Searched searched = search(awkward_lines()[i]);
    const std::set<double> different(searched.steps.begin(), searched.steps.end());
    EXPECT_EQ(different.size(), searched.steps.size()) << "line " << i;
    EXPECT_EQ(different.count(0.0), 0U) << "line " << i;
  }
}

TEST(LineSearch, TakesAtMostItsIterationsAfterBracketing) {
  const auto steps_with = [](Index iterations) {
    return search(parabola_at(0.31), {.tolerance = 1e-12, .iterations = iterations}).steps.size();
  };
  EXPECT_EQ(steps_with(5), steps_with(1) + 4);
}

TEST(LineSearch, IsAsExactAsItsTolerance) {
  for (const double tolerance : {1e-1, 1e-2, 1e-4}) {
    const auto quartic = [](double step) { return std::cosh(2 * (step - 0.7)) + 0.1 * step; };
    const Searched exact = search(quartic, {.tolerance = 1e-7});
    const Searched searched = search(quartic, {.tolerance = tolerance});
    EXPECT_NEAR(searched.found.step, exact.found.step, 3 * tolerance) << tolerance;
  }
}

TEST(LineSearchWithEnds, StaysBetweenThemEvaluatesNothingTwiceAndFindsAnEndExactly) {
  for (const Ends ends : {Ends{-0.5, 3.0}, Ends{-7.0, 0.25}, Ends{0.0, 40.0}, Ends{-40.0, 0.0}}) {
    for (const double minimum : {-1000.0, -0.25, 0.1, 2.0, 1000.0}) {
      const Searched searched = search(parabola_at(minimum), {}, ends);
      std::set<double> different(searched.steps.begin(), searched.steps.end());
      EXPECT_EQ(different.size(), searched.steps.size()) << minimum;
      EXPECT_EQ(different.count(0.0), 0U) << "its cost is known";
      EXPECT_GE(*different.begin(), ends.least);
      EXPECT_LE(*different.rbegin(), ends.most);
      const double expected = std::clamp(minimum, ends.least, ends.most);
      if (expected != minimum) {
        EXPECT_EQ(searched.found.step, expected) << ends.least << " to " << ends.most;
      }
      EXPECT_NEAR(searched.found.step, expected, 0.02 * std::abs(expected)) << minimum;
    }
  }
}

TEST(LineSearchWithEnds, OfOnePointStaysThereUnevaluated) {
  const Searched searched = search(parabola_at(2.0), {}, {0.0, 0.0});
  EXPECT_EQ(searched.found.step, 0.0);
  EXPECT_EQ(searched.found.cost, 7.0);
  EXPECT_TRUE(searched.steps.empty() || searched.steps == std::vector<double>{0.0});
}

}  // namespace
}  // namespace mystic
