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
  const auto judge = [&] {
    return course.judge({.generations = course.generations(),
                         .best_costs = course.best_costs(),
                         .best = none,
                         .population = Points(),
                         .population_costs = none});
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
}

TEST(Termination, RefusesANegativeWindow) { EXPECT_THROW(looking_back(-1), InvalidArgument); }

}  // namespace
}  // namespace mystic
