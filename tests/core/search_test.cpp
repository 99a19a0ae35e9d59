// The coroutine machinery by itself, driven by hand.

#include "mystic/core/search.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <vector>

namespace mystic {
namespace {

using Wants = Channel::Wants;

Start start_in(FrameArena* arena, Index dimension = 2) {
  return {Vector::Zero(dimension), Vector::Constant(dimension, -1.0), Vector::Constant(dimension, 1.0),
          Random(), arena};
}

// Answers what the search wants with the sum of each point's coordinates, until it ends or wants a step.
void answer(Search& search, std::vector<double>& costs) {
  const Channel& wants = search.channel();
  costs.clear();
  for (Index j = 0; j < wants.count; ++j) {
    const double* const x = wants.points + j * wants.dimension;
    costs.push_back(Eigen::Map<const Vector>(x, wants.dimension).sum());
  }
  search.channel().costs = costs.data();
}

// Counts how many live, to see what is freed.
struct Alive {
  explicit Alive(int& count) : count_(&count) { ++*count_; }
  Alive(const Alive&) = delete;
  Alive& operator=(const Alive&) = delete;
  ~Alive() { --*count_; }
  int* count_;
};

Search one_then_many(Start start, int* alive) {
  const Alive here(*alive);
  Vector x = start.x;
  x[0] = 3.0;
  const double cost = co_await evaluate(x);
  co_await step_done(x, cost);
  Points points(2, 3);
  points << 1, 2, 3, 10, 20, 30;
  const auto costs = co_await evaluate(points);
  x = points.col(2);
  co_await step_done(x, costs[2], cost);
  co_return "two steps made";
}

TEST(SearchCoroutine, StopsAtEachWantAndGoesOnWithTheAnswer) {
  FrameArena arena;
  int alive = 0;
  std::vector<double> costs;
  {
    Search search = one_then_many(start_in(&arena), &alive);
    EXPECT_EQ(search.channel().wants, Wants::nothing) << "it begins suspended";
    search.resume();
    EXPECT_EQ(alive, 1);
    ASSERT_EQ(search.channel().wants, Wants::evaluation);
    EXPECT_EQ(search.channel().count, 1);
    EXPECT_EQ(search.channel().dimension, 2);
    EXPECT_EQ(search.channel().repaired, nullptr);
    answer(search, costs);
    search.resume();
    ASSERT_EQ(search.channel().wants, Wants::step);
    EXPECT_EQ(search.channel().step.best_cost, 3.0);
    EXPECT_EQ(search.channel().step.population_size, 0);
    search.resume();
    ASSERT_EQ(search.channel().wants, Wants::evaluation);
    EXPECT_EQ(search.channel().count, 3);
    answer(search, costs);
    search.resume();
    ASSERT_EQ(search.channel().wants, Wants::step);
    EXPECT_EQ(search.channel().step.best_cost, 33.0);
    EXPECT_EQ(search.channel().step.best[1], 30.0);
    EXPECT_EQ(search.channel().step.began_at, 3.0);
    EXPECT_FALSE(search.done());
    search.resume();
    EXPECT_TRUE(search.done());
    EXPECT_EQ(search.channel().wants, Wants::nothing);
    EXPECT_EQ(search.reason(), "two steps made");
  }
  EXPECT_EQ(alive, 0);
}

Search takes_over_repairs(Start, Points* points) {
  static_cast<void>(co_await evaluate_repaired(*points));
  co_return "";
}

TEST(SearchCoroutine, OffersItsPointsForRepairOnlyWhenItSaysSo) {
  Points points = Points::Zero(2, 2);
  Search search = takes_over_repairs(start_in(nullptr), &points);
  search.resume();
  EXPECT_EQ(search.channel().repaired, points.data());
  EXPECT_EQ(search.channel().points, points.data());
}

Nested<double> twice_the_cost(FrameArena& arena, const Vector& x, int* alive) {
  static_cast<void>(arena);
  const Alive here(*alive);
  const double cost = co_await evaluate(x);
  co_return 2.0 * cost;
}

Nested<double> four_times_the_cost(FrameArena& arena, const Vector& x, int* alive) {
  const Alive here(*alive);
  auto first = twice_the_cost(arena, x, alive);
  const double one = co_await first;
  auto second = twice_the_cost(arena, x, alive);
  const double other = co_await second;
  co_return one + other;
}

Search nesting(Start start, int* alive) {
  const Vector x = Vector::Constant(2, 5.0);
  auto nested = four_times_the_cost(*start.arena, x, alive);
  const double found = co_await nested;
  co_await step_done(x, found);
  co_return "";
}

TEST(SearchCoroutine, PassesAnswersToTheInnermostOfNestedOnesAndResultsOutwards) {
  FrameArena arena;
  int alive = 0;
  std::vector<double> costs;
  Search search = nesting(start_in(&arena), &alive);
  for (int evaluation = 0; evaluation < 2; ++evaluation) {
    search.resume();
    ASSERT_EQ(search.channel().wants, Wants::evaluation);
    EXPECT_EQ(alive, 2);
    answer(search, costs);
  }
  search.resume();
  ASSERT_EQ(search.channel().wants, Wants::step);
  EXPECT_EQ(search.channel().step.best_cost, 4 * 10.0);
}

TEST(SearchCoroutine, FreesAllItsFramesWhenItIsDroppedHalfWay) {
  for (int resumes = 0; resumes < 4; ++resumes) {
    FrameArena arena;
    int alive = 0;
    std::vector<double> costs;
    {
      Search search = nesting(start_in(&arena), &alive);
      for (int i = 0; i < resumes; ++i) {
        search.resume();
        answer(search, costs);
      }
    }
    EXPECT_EQ(alive, 0) << "dropped after " << resumes;
  }
}

TEST(SearchCoroutine, MayLiveOnTheHeap) {
  int alive = 0;
  std::vector<double> costs;
  Search search = one_then_many(start_in(nullptr), &alive);
  search.resume();
  answer(search, costs);
  search.resume();
  EXPECT_EQ(search.channel().wants, Wants::step);
}

Search throws_at(Start start, int evaluations) {
  for (int i = 0; i < evaluations; ++i) {
    const double cost = co_await evaluate(start.x);
    static_cast<void>(cost);
  }
  throw std::runtime_error("gave up");
}

TEST(SearchCoroutine, ThrowsOutOfResume) {
  for (const int evaluations : {0, 1, 3}) {
    FrameArena arena;
    std::vector<double> costs;
    Search search = throws_at(start_in(&arena), evaluations);
    for (int i = 0; i < evaluations; ++i) {
      EXPECT_NO_THROW(search.resume());
      answer(search, costs);
    }
    EXPECT_THROW(search.resume(), std::runtime_error);
    EXPECT_TRUE(search.done());
  }
}

Nested<int> fails_after_one(FrameArena& arena, const Vector& x, int* alive) {
  static_cast<void>(arena);
  const Alive here(*alive);
  const double cost = co_await evaluate(x);
  if (cost > 0) throw std::out_of_range("nested");
  co_return 1;
}

Search lets_through(Start start, int* alive) {
  const Vector x = Vector::Constant(2, 5.0);
  auto nested = fails_after_one(*start.arena, x, alive);
  const int never = co_await nested;
  static_cast<void>(never);
  co_return "";
}

Search recovers(Start start, int* alive) {
  const Vector x = Vector::Constant(2, 5.0);
  bool failed = false;
  {
    auto nested = fails_after_one(*start.arena, x, alive);
    try {
      const int never = co_await nested;
      static_cast<void>(never);
    } catch (const std::out_of_range&) {
      failed = true;
    }
  }
  const double cost = co_await evaluate(x);
  co_return fmt::format("{} {}", failed, cost);
}

TEST(SearchCoroutine, ThrowsOutOfResumeWhatANestedOneThrew) {
  FrameArena arena;
  int alive = 0;
  std::vector<double> costs;
  Search search = lets_through(start_in(&arena), &alive);
  search.resume();
  answer(search, costs);
  EXPECT_THROW(search.resume(), std::out_of_range);
  EXPECT_EQ(alive, 0);
}

TEST(SearchCoroutine, MayCatchWhatANestedOneThrewAndGoOn) {
  FrameArena arena;
  int alive = 0;
  std::vector<double> costs;
  Search search = recovers(start_in(&arena), &alive);
  for (int evaluation = 0; evaluation < 2; ++evaluation) {
    search.resume();
    ASSERT_EQ(search.channel().wants, Wants::evaluation);
    answer(search, costs);
  }
  search.resume();
  EXPECT_EQ(search.reason(), "true 10");
}

TEST(SearchCoroutine, MovesWithItsState) {
  FrameArena arena;
  int alive = 0;
  std::vector<double> costs;
  Search first = one_then_many(start_in(&arena), &alive);
  first.resume();
  Search second = std::move(first);
  answer(second, costs);
  Search third = one_then_many(start_in(&arena), &alive);
  third = std::move(second);
  third.resume();
  EXPECT_EQ(third.channel().wants, Wants::step);
}

}  // namespace
}  // namespace mystic
