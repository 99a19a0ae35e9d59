#include <mystic/system/slots.hpp>

#include "processes.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace mystic {
namespace {

std::string own_key() { return "slots-test-" + mystic::testing::unique_mark(); }

TEST(Slots, LetNoMoreThreadsInThanThereArePlaces) {
  for (const std::string& key : {std::string(), own_key()}) {
    const Slots slots(key, 3);
    std::atomic<int> inside = 0;
    std::atomic<int> most = 0;
    {
      std::vector<std::jthread> threads;
      for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&] {
          for (int i = 0; i < 10; ++i) {
            const auto place = slots.take({});
            ASSERT_TRUE(place);
            const int now = ++inside;
            for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            --inside;
          }
        });
      }
    }
    EXPECT_LE(most, 3);
    EXPECT_EQ(inside, 0);
  }
}

TEST(Slots, CountForAllProcessesOfTheKeyAndComeBackFromADeadOne) {
  const std::string key = own_key();
  const Slots slots(key, 1);
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  {
    const mystic::testing::Fork other([&] {
      const Slots theirs(key, 1);
      const auto place = theirs.take({});
      [[maybe_unused]] const auto size = ::write(ends[1], "x", 1);
      ::pause();
    });
    char taken = 0;
    ASSERT_EQ(::read(ends[0], &taken, 1), 1);
    std::stop_source stop;
    std::jthread stopper([&stop] {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      stop.request_stop();
    });
    EXPECT_FALSE(slots.take(stop.get_token()));
    const Slots another(own_key(), 1);
    EXPECT_TRUE(another.take({}));
  }  // killed: no destructor of its own has run
  EXPECT_TRUE(slots.take({}));
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(Slots, RefuseToBeNone) { EXPECT_THROW(Slots("", 0), InvalidArgument); }

}  // namespace
}  // namespace mystic
