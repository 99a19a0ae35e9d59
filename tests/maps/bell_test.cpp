// No wake-up is lost, at whatever moment the bell rings.

#include "maps/bell.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

namespace mystic {
namespace {

using Clock = std::chrono::steady_clock;

void spin_for(std::chrono::nanoseconds time) {
  const auto until = Clock::now() + time;
  while (Clock::now() < until) {
  }
}

// Two threads answer each other; each rings at another moment of the other's falling asleep. A lost
// wake-up shows as a wait that its patience ends.
TEST(Bell, LosesNoWakeUp) {
  Bell to_second;
  Bell to_first;
  std::atomic<int> asked = 0;
  std::atomic<int> answered = 0;
  constexpr int rounds = 6000;
  constexpr std::chrono::milliseconds patience(2000);
  std::jthread second([&] {
    for (int i = 1; i <= rounds; ++i) {
      to_second.wait([&] { return asked.load() >= i; });
      spin_for(std::chrono::nanoseconds((i * 97) % 60000));
      answered = i;
      to_first.ring_one();
    }
  });
  int lost = 0;
  for (int i = 1; i <= rounds; ++i) {
    spin_for(std::chrono::nanoseconds((i * 61) % 40000));
    asked = i;
    to_second.ring_one();
    while (!to_first.wait_for(patience, [&] { return answered.load() >= i; })) {
      ++lost;
      to_second.ring_all();
    }
    if (lost > 0) break;
  }
  EXPECT_EQ(lost, 0);
  asked = rounds;
  to_second.ring_all();
}

TEST(Bell, EndsAWaitWhenPatienceEnds) {
  Bell bell;
  const auto start = Clock::now();
  EXPECT_FALSE(bell.wait_for(std::chrono::milliseconds(30), [] { return false; }));
  EXPECT_GE(Clock::now() - start, std::chrono::milliseconds(30));
  EXPECT_FALSE(bell.wait_for(std::chrono::milliseconds(0), [] { return false; }));
  EXPECT_TRUE(bell.wait_for(std::chrono::milliseconds(0), [] { return true; }));
}

TEST(Bell, WakesAllOnRequest) {
  Bell bell;
  std::atomic<bool> open = false;
  std::atomic<int> through = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        bell.wait([&] { return open.load(); });
        ++through;
      });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    open = true;
    bell.ring_all();
  }
  EXPECT_EQ(through, 4);
}

}  // namespace
}  // namespace mystic
