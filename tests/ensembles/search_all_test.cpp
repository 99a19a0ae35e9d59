// All minima, maxima and saddles of known surfaces, none twice.

#include "mystic/ensembles/search_all.hpp"

#include "mystic/core/solver.hpp"
#include "mystic/maps/threads.hpp"
#include "mystic/models/functions.hpp"

#include "tests/support/solver_cases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace mystic {
namespace {

double himmelblau(const VectorView& x) {
  return std::pow(x[0] * x[0] + x[1] - 11.0, 2) + std::pow(x[0] + x[1] * x[1] - 7.0, 2);
}

double six_hump_camel(const VectorView& x) {
  const double square = x[0] * x[0];
  return (4.0 - 2.1 * square + square * square / 3.0) * square + x[0] * x[1] +
         (4.0 * x[1] * x[1] - 4.0) * x[1] * x[1];
}

// A double well along each of three variables, each tilted by its own slope: 8 minima, 1 maximum and
// 18 saddles, products of the roots of 4 t^3 - 4 t + slope.
constexpr double slopes[3] = {0.3, -0.2, 0.5};
double triple_well(const VectorView& x) {
  double sum = 0.0;
  for (Index i = 0; i < 3; ++i) sum += std::pow(x[i] * x[i] - 1.0, 2) + slopes[i] * x[i];
  return sum;
}

StationaryPoints all_of(double (*surface)(const VectorView&), const Vector& reach, std::uint64_t seed,
                        Map* map = nullptr) {
  auto found = std::make_shared<StationaryPoints>();
  Solver solver(search_all(found));
  solver.bounds(-reach, reach).seed(seed);
  if (map != nullptr) solver.map(*map);
  solver.solve(surface);
  return *found;
}

std::map<std::string, int> kinds(const StationaryPoints& found) {
  std::map<std::string, int> counts;
  for (const FoundPoint& entry : found.points) ++counts[kind_of(entry.point)];
  return counts;
}

using Counts = std::map<std::string, int>;

TEST(SearchAll, FindsFourMinimaOneMaximumAndFourSaddlesOfHimmelblau) {
  for (std::uint64_t seed = 0; seed < 2; ++seed) {
    const auto found = all_of(himmelblau, Vector::Constant(2, 6.0), seed);
    EXPECT_EQ(kinds(found), (Counts{{"minimum", 4}, {"maximum", 1}, {"saddle of index 1", 4}})) << seed;
    for (const FoundPoint& entry : found.points) {
      const double x = entry.point.x[0];
      const double y = entry.point.x[1];
      // The closed form of the gradient.
      EXPECT_NEAR(4.0 * x * (x * x + y - 11.0) + 2.0 * (x + y * y - 7.0), 0.0, 1e-3);
      EXPECT_NEAR(2.0 * (x * x + y - 11.0) + 4.0 * y * (x + y * y - 7.0), 0.0, 1e-3);
    }
  }
}

TEST(SearchAll, KnowsTheValueAndPlaceOfHimmelblausMaximum) {
  const auto found = all_of(himmelblau, Vector::Constant(2, 6.0), 1);
  for (const FoundPoint& entry : found.points) {
    if (kind_of(entry.point) != "maximum") continue;
    EXPECT_NEAR(entry.point.x[0], -0.270845, 1e-5);
    EXPECT_NEAR(entry.point.x[1], -0.923039, 1e-5);
    EXPECT_NEAR(entry.point.cost, 181.617, 1e-3);
  }
}

TEST(SearchAll, FindsAllOfTheSixHumpCamel) {
  for (std::uint64_t seed = 0; seed < 2; ++seed) {
    const auto found = all_of(six_hump_camel, Vector{{3.0, 2.0}}, seed);
    EXPECT_EQ(kinds(found), (Counts{{"minimum", 6}, {"maximum", 2}, {"saddle of index 1", 7}})) << seed;
  }
}

TEST(SearchAll, FindsAllTwentySevenOfATiltedTripleWell) {
  for (std::uint64_t seed = 0; seed < 1; ++seed) {
    const auto found = all_of(triple_well, Vector::Constant(3, 1.6), seed);
    EXPECT_EQ(
        kinds(found),
        (Counts{{"minimum", 8}, {"maximum", 1}, {"saddle of index 1", 12}, {"saddle of index 2", 6}}))
        << seed;
    for (const FoundPoint& entry : found.points) {
      for (Index i = 0; i < 3; ++i) {
        const double t = entry.point.x[i];
        EXPECT_NEAR(4.0 * t * t * t - 4.0 * t + slopes[i], 0.0, 1e-5);
      }
    }
  }
}

TEST(SearchAll, FindsNoPointTwice) {
  const auto found = all_of(himmelblau, Vector::Constant(2, 6.0), 2);
  for (std::size_t i = 0; i < found.points.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_GT((found.points[i].point.x - found.points[j].point.x).norm(), 0.1);
    }
  }
}

TEST(SearchAll, FindsTheSameUnderThreads) {
  ThreadsMap threads(2);
  const auto here = all_of(himmelblau, Vector::Constant(2, 6.0), 3);
  const auto there = all_of(himmelblau, Vector::Constant(2, 6.0), 3, &threads);
  ASSERT_EQ(here.points.size(), there.points.size());
  for (std::size_t i = 0; i < here.points.size(); ++i) {
    EXPECT_EQ(here.points[i].point.x, there.points[i].point.x);
    EXPECT_EQ(here.points[i].hits, there.points[i].hits);
    EXPECT_EQ(here.points[i].trajectory, there.points[i].trajectory);
  }
}

TEST(SearchAll, KeepsTrajectoriesFromStartToFind) {
  const auto found = all_of(himmelblau, Vector::Constant(2, 6.0), 4);
  for (const FoundPoint& entry : found.points) {
    ASSERT_GE(entry.trajectory.cols(), 2);
    EXPECT_EQ(entry.trajectory.rightCols(1), entry.point.x);
  }
}

TEST(SearchAll, DoesNotFindAgainWhatIsKnown) {
  auto found = std::make_shared<StationaryPoints>(all_of(himmelblau, Vector::Constant(2, 6.0), 1));
  Solver again(search_all(found));
  again.bounds(Vector::Constant(2, -6.0), Vector::Constant(2, 6.0)).seed(99);
  const Result result = again.solve(himmelblau);
  EXPECT_EQ(found->points.size(), 9U);
  EXPECT_EQ(result.stop.reason, "6 sweeps in a row found nothing beside the 9 points known");
}

// With a limit that falls within the first sweep, and with none.
TEST(SearchAll, KeepsTheFindsOfASweepThatIsCut) {
  auto found = std::make_shared<StationaryPoints>();
  Solver solver(search_all(found));
  solver.bounds(Vector::Constant(2, -6.0), Vector::Constant(2, 6.0)).limits({.evaluations = 1500});
  const Result result = solver.solve(himmelblau);
  std::size_t stationary = 0;
  for (const MemberResult& member : result.members) {
    stationary += member.stop.reason.find("stationary") != std::string::npos ? 1U : 0U;
  }
  EXPECT_EQ(found->sweeps, 0);
  EXPECT_GT(stationary, 4U);
  EXPECT_GE(found->points.size(), 4U);
  EXPECT_LE(found->points.size(), stationary);
}

TEST(SearchAll, ASecondRunBeginsAnew) {
  auto found = std::make_shared<StationaryPoints>();
  Solver solver(search_all(found));
  solver.bounds(Vector::Constant(2, -6.0), Vector::Constant(2, 6.0));
  const Result first = solver.solve(himmelblau);
  const std::size_t points = found->points.size();
  const Result second = solver.solve(himmelblau);
  EXPECT_TRUE(testing_support::same(first, second));
  EXPECT_EQ(found->points.size(), points);
}

TEST(SearchAll, BeginsAtThePointsGiven) {
  std::vector<Vector> asked;
  const auto noted = [&asked](const VectorView& x) {
    asked.emplace_back(x);
    return himmelblau(x);
  };
  const Points points{{0.5, -1.0, 2.0, 3.0}, {1.5, 2.0, -3.0, 4.0}};
  Solver solver(search_all(std::make_shared<StationaryPoints>(), {.maxima = false, .saddles = false}));
  solver.bounds(Vector::Constant(2, -6.0), Vector::Constant(2, 6.0)).start(InitialPoints::given(points));
  solver.limits({.generations = 0}).solve(noted);
  for (Index i = 0; i < 4; ++i) {
    const Vector point = points.col(i);
    EXPECT_NE(std::find(asked.begin(), asked.end(), point), asked.end()) << point.transpose();
  }
}

// What a program prints with six digits is rough on the scale of the differences.
TEST(SearchAll, FindsAllOfASurfaceOfFewDigits) {
  auto found = std::make_shared<StationaryPoints>();
  Solver solver(search_all(found, {.difference = 1e-3}));
  solver.bounds(Vector::Constant(2, -6.0), Vector::Constant(2, 6.0));
  const Result result = solver.solve([](const VectorView& x) {
    const double cost = himmelblau(x);
    const double unit = std::pow(10.0, std::floor(std::log10(std::max(cost, 1e-300))) - 5.0);
    return std::round(cost / unit) * unit;
  });
  EXPECT_EQ(kinds(*found), (Counts{{"minimum", 4}, {"maximum", 1}, {"saddle of index 1", 4}}));
  EXPECT_LT(result.evaluations, 25000);
}

TEST(SearchAll, FindsNothingWhereTheSurfaceIsFlat) {
  auto found = std::make_shared<StationaryPoints>();
  Solver solver(search_all(found));
  solver.bounds(Vector::Constant(2, -5.0), Vector::Constant(2, 5.0)).limits({.evaluations = 20000});
  solver.solve([](const VectorView& x) { return std::floor(x[0]) + std::floor(x[1]); });
  EXPECT_TRUE(found->points.empty());
}

TEST(SearchAll, LeavesOutWhatTheBoundsFix) {
  auto found = std::make_shared<StationaryPoints>();
  Solver solver(search_all(found));
  solver.bounds(Vector{{-6.0, 0.25, -6.0}}, Vector{{6.0, 0.25, 6.0}});
  solver.solve([](const VectorView& x) { return himmelblau(Vector{{x[0], x[2]}}) + x[1]; });
  EXPECT_EQ(kinds(*found), (Counts{{"minimum", 4}, {"maximum", 1}, {"saddle of index 1", 4}}));
  for (const FoundPoint& entry : found->points) EXPECT_EQ(entry.point.x[1], 0.25);
}

// Goldstein and Price's function has narrow valleys; so many searches for its saddles lead nowhere.
TEST(SearchAll, WastesFewEvaluationsOnSearchesThatLeadNowhere) {
  const TestFunction& function = test_function("goldstein-price");
  auto found = std::make_shared<StationaryPoints>();
  Solver solver(search_all(found));
  solver.bounds(function.lower_bounds(2), function.upper_bounds(2)).seed(1);
  const Result result = solver.solve(function.function);
  EXPECT_EQ(found->points.size(), 9U);
  Index longest = 0;
  for (const MemberResult& member : result.members) longest = std::max(longest, member.evaluations);
  EXPECT_LT(longest, 7 * 120) << "of 7 * 201 that the limit of iterations allows";
}

TEST(SearchAll, LooksForTheKindsAskedFor) {
  auto found = std::make_shared<StationaryPoints>();
  Solver solver(search_all(found, {.maxima = false, .saddles = false}));
  solver.bounds(Vector::Constant(2, -6.0), Vector::Constant(2, 6.0)).solve(himmelblau);
  EXPECT_EQ(kinds(*found), (Counts{{"minimum", 4}}));
  EXPECT_THROW(
      static_cast<void>(search_all(found, {.minima = false, .maxima = false, .saddles = false})),
      InvalidOptions);
}

}  // namespace
}  // namespace mystic
