// Monitors and conditions with a memory allocate nothing once they have room.

#include "tests/support/count_allocations.hpp"
#include "tests/support/program.hpp"

#include "mystic/control/collapse.hpp"
#include "mystic/control/monitors.hpp"
#include "mystic/control/terminations.hpp"
#include "mystic/core/course.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <streambuf>

namespace mystic {
namespace {

using testing_support::allocations_so_far;

// Calls of malloc in 1000 calls of `call`, the first hundred not counted.
long in_steady_state(const std::function<void(Index)>& call) {
  for (Index i = 0; i < 100; ++i) call(i);
  const long before = allocations_so_far();
  EXPECT_GT(before, 0) << "nothing is counted";
  for (Index i = 100; i < 1100; ++i) call(i);
  return allocations_so_far() - before;
}

// Shows a monitor steps and evaluations with long numbers.
long of_monitor(Monitor& monitor) {
  const Vector x = Vector::LinSpaced(20, 0.1234567890123456, 1e200 / 3);
  const Points none(20, 0);
  const Vector no_costs(0);
  const Outcome outcome;
  return in_steady_state([&](Index i) {
    const double cost = 1e5 / (static_cast<double>(i) + 3.0);
    monitor.step({.generations = 1000 + i,
                  .evaluations = 100000 + i,
                  .failed = 0,
                  .best_costs = {&cost, 1},
                  .best = x,
                  .population = none,
                  .population_costs = no_costs});
    monitor.evaluation(
        {EvaluationId{SearchPath{}.child(123456).child(7), static_cast<std::uint64_t>(i) + 10000}, x,
         cost, outcome});
  });
}

TEST(Allocations, LoggingMakesNone) {
  const testing::ScratchDirectory scratch;
  LoggingMonitor log(1, scratch.path() / "log.txt", LogStart::anew, 17);
  EXPECT_EQ(of_monitor(log), 0);
}

TEST(Allocations, VerboseMakesNone) {
  struct Nowhere final : std::streambuf {
    int overflow(int letter) override { return letter == EOF ? 0 : letter; }
    std::streamsize xsputn(const char*, std::streamsize count) override { return count; }
  } nowhere;
  std::ostream out(&nowhere);
  VerboseMonitor verbose(out, 1, 1);
  EXPECT_EQ(of_monitor(verbose), 0);
  const testing::ScratchDirectory scratch;
  VerboseLoggingMonitor both(out, 1, 2, scratch.path() / "log.txt");
  EXPECT_EQ(of_monitor(both), 0);
}

TEST(Allocations, RecordingMakesNoneInRoomThatWasReserved) {
  RecordingMonitor recording(3);
  recording.reserve(1100, 1100, 20);
  EXPECT_EQ(of_monitor(recording), 0);
  EXPECT_EQ(recording.steps().size(), 1100U);
  RecordingMonitor unprepared;
  EXPECT_GT(of_monitor(unprepared), 1000) << "otherwise this test cannot fail";
}

TEST(Allocations, KeepingBestPointsMakesNone) {
  Course course(collapse_at({.target = {}, .window = 30}), 6);
  EXPECT_EQ(in_steady_state([&](Index i) {
              const Vector& x = *[] {
                static const Vector fixed = Vector::Ones(6);
                return &fixed;
              }();
              course.add(static_cast<double>(-i));
              course.add_point(x.data());
            }),
            0);
  EXPECT_EQ(course.best_points().cols(), 31);
}

}  // namespace
}  // namespace mystic
