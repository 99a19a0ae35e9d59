#include <mystic/system/clock.hpp>
#include <mystic/system/process.hpp>

#include "processes.hpp"

#include <gtest/gtest.h>

#include <sys/prctl.h>

namespace mystic {
namespace {

using testing::eventually;

TEST(IsAlive, AZombieAndNobodyAreNot) {
  EXPECT_TRUE(is_alive(::getpid()));
  testing::Fork child([] { ::pause(); });
  EXPECT_TRUE(is_alive(child.pid()));
  ::kill(child.pid(), SIGKILL);
  EXPECT_TRUE(eventually([&] { return !is_alive(child.pid()); })) << "before anybody waited for it";
  child.wait();
  EXPECT_FALSE(is_alive(child.pid()));
  EXPECT_FALSE(is_alive(0));
  EXPECT_FALSE(is_alive(-1));
}

TEST(IsAlive, IsNotMisledByTheNameOfTheProcess) {
  testing::Fork child([] {
    ::prctl(PR_SET_NAME, ") Z 1 (");
    ::pause();
  });
  EXPECT_TRUE(eventually(
      [&] { return testing::text_of(fmt::format("/proc/{}/comm", child.pid())) == ") Z 1 (\n"; }));
  EXPECT_TRUE(is_alive(child.pid()));
}

TEST(ProcessStart, TellsProcessesApart) {
  EXPECT_GT(process_start(::getpid()), 0U);
  EXPECT_EQ(process_start(::getpid()), process_start(::getpid()));
  std::this_thread::sleep_for(std::chrono::milliseconds(20));  // two ticks
  testing::Fork child([] { ::pause(); });
  EXPECT_GT(process_start(child.pid()), process_start(::getpid()));
  EXPECT_EQ(process_start(-1), 0U);
}

TEST(SteadyClock, CountsSecondsAndServesAsAClock) {
  const Clock clock = steady_clock_seconds;
  const double before = clock();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  const double passed = clock() - before;
  EXPECT_GE(passed, 0.020);
  EXPECT_LT(passed, 5.0);
}

TEST(HostName, IsTheKernels) {
  std::string known = testing::text_of("/proc/sys/kernel/hostname");
  if (known.ends_with('\n')) known.pop_back();
  EXPECT_EQ(host_name(), known);
}

}  // namespace
}  // namespace mystic
