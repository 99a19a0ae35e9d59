#include "mystic/core/course.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace mystic {
namespace {

Termination looking_back(Index window) {
  return Termination(window, [](const Progress&) -> Verdict { return std::nullopt; });
}

std::vector<double> seen(const Course& course) {
  return {course.best_costs().begin(), course.best_costs().end()};
}

TEST(Course, ShowsTheNewestCostsOfTheWindowInOrder) {
  for (const Index window : {0, 1, 2, 7}) {
    Course course(looking_back(window));
    std::vector<double> all;
    EXPECT_EQ(course.generations(), -1);
    for (int step = 0; step < 40; ++step) {
      all.push_back(100.0 - step);
      course.add(all.back());
      EXPECT_EQ(course.generations(), step);
      const std::size_t expected = std::min(all.size(), static_cast<std::size_t>(window) + 1);
      EXPECT_EQ(seen(course),
                std::vector<double>(all.end() - static_cast<std::ptrdiff_t>(expected), all.end()))
          << "window " << window << ", step " << step;
    }
  }
}

TEST(Course, WithoutATerminationShowsTheNewestCost) {
  Course course{std::nullopt};
  course.add(4.0);
  course.add(3.0);
  EXPECT_EQ(seen(course), std::vector<double>{3.0});
}

TEST(Course, LetsABetterBeginningTakeTheLastCostsPlace) {
  Course course(looking_back(2));
  course.add(10.0);
  course.add(8.0);
  course.add(5.0, 6.0);
  EXPECT_EQ(seen(course), (std::vector<double>{10.0, 6.0, 5.0}));
}

TEST(Course, IgnoresABeginningThatIsNoBetter) {
  Course course(looking_back(1));
  course.add(8.0, 3.0);  // there is no cost before the first
  course.add(7.0, 9.0);
  EXPECT_EQ(seen(course), (std::vector<double>{8.0, 7.0}));
}

// The place is the last cost's, also where the window has just been moved to the front of its storage.
TEST(Course, ReplacesTheRightCostWhereverTheWindowStands) {
  for (const Index window : {0, 1, 3}) {
    Course course(looking_back(window));
    for (int step = 0; step < 30; ++step) {
      course.add(100.0 - step, step == 0 ? infinity : 100.0 - step + 0.5);
      const auto costs = seen(course);
      EXPECT_EQ(costs.back(), 100.0 - step);
      if (costs.size() > 1) {
        EXPECT_EQ(costs[costs.size() - 2], 100.0 - step + 0.5);
      }
    }
  }
}

TEST(Course, JudgesByItsTermination) {
  const Vector none;
  Course course(Termination(1, [](const Progress& p) -> Verdict {
    if (p.best_costs.size() < 2) return std::nullopt;
    return "two";
  }));
  const auto judge = [&]() -> Verdict {
    const auto stop = course.judge({.generations = course.generations(),
                                    .best_costs = course.best_costs(),
                                    .best = none,
                                    .population = Points(),
                                    .population_costs = none});
    return stop ? Verdict(stop->reason) : std::nullopt;
  };
  course.add(1.0);
  EXPECT_EQ(judge(), std::nullopt);
  course.add(1.0);
  EXPECT_EQ(judge(), "two");
}

TEST(StopKind, HasANameForEach) {
  EXPECT_EQ(name_of(StopKind::converged), "converged");
  EXPECT_EQ(name_of(StopKind::ended), "ended");
  EXPECT_EQ(name_of(StopKind::generations), "generations");
  EXPECT_EQ(name_of(StopKind::evaluations), "evaluations");
  EXPECT_EQ(name_of(StopKind::seconds), "seconds");
  EXPECT_EQ(name_of(StopKind::interrupted), "interrupted");
  EXPECT_EQ(name_of(StopKind::failures), "failures");
  EXPECT_EQ(name_of(StopKind::monitor), "monitor");
}

TEST(Termination, RefusesANegativeWindow) { EXPECT_THROW(looking_back(-1), InvalidArgument); }

TEST(Course, ShowsTheNewestPointsOfTheWindowInOrder) {
  for (const Index window : {1, 2, 7, 40}) {
    Course course(
        Termination({.points = window}, [](const Progress&) -> Verdict { return std::nullopt; }), 2);
    EXPECT_EQ(course.best_points().cols(), 0);
    for (Index step = 0; step < 130; ++step) {
      const Vector x{{static_cast<double>(step), -1.0}};
      course.add(0.0);
      course.add_point(x.data());
      const Index expected = std::min(step + 1, window + 1);
      ASSERT_EQ(course.best_points().cols(), expected);
      for (Index k = 0; k < expected; ++k) {
        ASSERT_EQ(course.best_points()(0, k), static_cast<double>(step - expected + 1 + k))
            << "window " << window << ", step " << step;
      }
    }
  }
}

TEST(Course, KeepsNoPointsThatNobodyAskedFor) {
  Course course(looking_back(5), 2);
  const Vector x = Vector::Ones(2);
  course.add(0.0);
  course.add_point(x.data());
  EXPECT_EQ(course.best_points().cols(), 0);
}

Progress standing(const Course& course, const Vector& x) {
  return {.generations = 0,
          .evaluations = 0,
          .failed = 0,
          .best_costs = course.best_costs(),
          .best = x,
          .population = Points(1, 0),
          .population_costs = Vector(0)};
}

// What holds by itself, by the time, by an interrupt, tells apart what stopped a run.
TEST(Course, TellsWhatHoldsByItselfFromWhatHoldsBecauseOfTheOutside) {
  const auto kind = [](double by_itself, const Outside& outside) -> std::optional<StopKind> {
    const Course course(
        Termination({.seconds = 2.0, .interrupts = true}, [by_itself](const Progress& p) -> Verdict {
          const bool holds = by_itself > 0.0 || p.outside.seconds >= 2.0 || p.outside.interrupts;
          return holds ? Verdict("it holds") : std::nullopt;
        }));
    const Vector x = Vector::Ones(1);
    const auto stop = course.judge(standing(course, x), outside);
    return stop ? std::optional(stop->kind) : std::nullopt;
  };
  EXPECT_EQ(kind(0.0, {}), std::nullopt);
  EXPECT_EQ(kind(1.0, {.seconds = 9.0, .interrupts = true}), StopKind::converged);
  EXPECT_EQ(kind(0.0, {.seconds = 2.0, .interrupts = true}), StopKind::seconds);
  EXPECT_EQ(kind(0.0, {.seconds = 1.9, .interrupts = true}), StopKind::interrupted);
  EXPECT_EQ(kind(0.0, {.seconds = 1.9, .interrupts = false}), std::nullopt);
}

}  // namespace
}  // namespace mystic
