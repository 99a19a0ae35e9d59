#include <mystic/system/clock.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace mystic {
namespace {

TEST(Clocks, OfTheProcessorStandStillWhileTheProcessWaits) {
  const double steady = steady_clock_seconds();
  const double processor = processor_clock_seconds();
  std::this_thread::sleep_for(std::chrono::milliseconds(60));
  EXPECT_GE(steady_clock_seconds() - steady, 0.06);
  EXPECT_LT(processor_clock_seconds() - processor, 0.05);
}

TEST(Clocks, OfTheProcessorGoOnWhileItComputes) {
  const double processor = processor_clock_seconds();
  const double steady = steady_clock_seconds();
  while (processor_clock_seconds() - processor < 0.02 && steady_clock_seconds() - steady < 10.0) {
  }
  EXPECT_GE(processor_clock_seconds() - processor, 0.02);
}

TEST(Clocks, OfTheWallTellTheTimeOfDay) {
  const double expected =
      std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  EXPECT_NEAR(wall_clock_seconds(), expected, 5.0);
}

}  // namespace
}  // namespace mystic
