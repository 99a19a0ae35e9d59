#include <mystic/system/signals.hpp>

#include "processes.hpp"

#include <gtest/gtest.h>

#include <pthread.h>

#include <atomic>

#ifdef __has_feature
#define MYSTIC_TEST_HAS_FEATURE(name) __has_feature(name)
#else
#define MYSTIC_TEST_HAS_FEATURE(name) 0
#endif

namespace mystic {
namespace {

using testing::eventually;

/// Longer than signals count as the same request (0.1 s).
void pause_between_requests() { std::this_thread::sleep_for(std::chrono::milliseconds(150)); }

TEST(SignalWatch, TheFirstSignalRequestsAStopAndTheNextOneCallsBack) {
  for (const int number : {SIGINT, SIGTERM}) {
    std::stop_source stop;
    std::atomic<int> called = 0;
    const SignalWatch watch(stop, [&] { ++called; });
    EXPECT_EQ(watch.received(), 0);
    ::kill(::getpid(), number);
    EXPECT_TRUE(eventually([&] { return stop.stop_requested(); }));
    EXPECT_EQ(watch.received(), number);
    EXPECT_EQ(called, 0);
    pause_between_requests();
    ::kill(::getpid(), SIGTERM);
    EXPECT_TRUE(eventually([&] { return called == 1; }));
    EXPECT_EQ(watch.received(), number) << "it is the first that counts";
  }
}

TEST(SignalWatch, SignalsInOneBreathAreOneRequest) {
  std::stop_source stop;
  std::atomic<int> called = 0;
  const SignalWatch watch(stop, [&] { ++called; });
  for (int i = 0; i < 20; ++i) ::raise(i % 2 == 0 ? SIGINT : SIGTERM);
  EXPECT_TRUE(eventually([&] { return stop.stop_requested(); }));
  pause_between_requests();
  EXPECT_EQ(called, 0);
}

TEST(SignalWatch, AnInterruptMayBeTakenCareOfUntilItIsNot) {
  std::stop_source stop;
  std::atomic<int> asked = 0;
  std::atomic<int> called = 0;
  const SignalWatch watch(stop, [&] { ++called; }, [&] { return ++asked < 3; });
  for (int i = 1; i <= 2; ++i) {
    ::raise(SIGINT);
    ::raise(SIGINT);  // the same one
    EXPECT_TRUE(eventually([&] { return asked == i; }));
    pause_between_requests();
    EXPECT_EQ(asked, i);
    EXPECT_FALSE(stop.stop_requested());
  }
  ::raise(SIGINT);
  EXPECT_TRUE(eventually([&] { return stop.stop_requested(); })) << "the third is not taken care of";
  pause_between_requests();
  ::raise(SIGINT);
  EXPECT_TRUE(eventually([&] { return called == 1; }));
  EXPECT_EQ(asked, 3) << "after a stop nobody is asked";
}

TEST(SignalWatch, ATerminationIsNoInterrupt) {
  std::stop_source stop;
  const SignalWatch watch(stop, nullptr, [] { return true; });
  ::raise(SIGTERM);
  EXPECT_TRUE(eventually([&] { return stop.stop_requested(); }));
}

TEST(SignalWatch, TheCallbackMayEndTheProcess) {
  testing::Fork child([] {
    std::stop_source stop;
    const SignalWatch watch(stop, [] { ::_exit(42); });
    ::raise(SIGINT);
    eventually([&] { return stop.stop_requested(); });
    pause_between_requests();
    ::raise(SIGINT);
    std::this_thread::sleep_for(std::chrono::seconds(5));
  });
  EXPECT_EQ(WEXITSTATUS(child.wait()), 42);
}

TEST(SignalWatch, GivesBackWhatWasThereBefore) {
  struct sigaction ours = {};
  ours.sa_handler = SIG_IGN;
  struct sigaction before = {};
  ASSERT_EQ(::sigaction(SIGTERM, &ours, &before), 0);
  {
    const SignalWatch watch(std::stop_source(), nullptr);
  }
  struct sigaction after = {};
  ASSERT_EQ(::sigaction(SIGTERM, &before, &after), 0);
  EXPECT_EQ(after.sa_handler, SIG_IGN);
  testing::Fork child([] {
    {
      const SignalWatch watch(std::stop_source(), nullptr);
    }
    ::raise(SIGINT);
  });
  const int status = child.wait();
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
}

TEST(SignalWatch, WorksWhenEveryOtherThreadBlocksTheSignal) {
  sigset_t both, before;
  ::sigemptyset(&both);
  ::sigaddset(&both, SIGINT);
  ::sigaddset(&both, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &both, &before);
  {
    std::stop_source stop;
    const SignalWatch watch(stop, nullptr);
    ::kill(::getpid(), SIGTERM);
    EXPECT_TRUE(eventually([&] { return stop.stop_requested(); }));
  }
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

TEST(SignalWatch, WorksWhicheverThreadIsHit) {
  std::stop_source stop;
  std::atomic<bool> done = false;
  std::thread older([&] { eventually([&] { return done.load(); }); });
  const SignalWatch watch(stop, nullptr);
  ::pthread_kill(older.native_handle(), SIGINT);
  EXPECT_TRUE(eventually([&] { return stop.stop_requested(); }));
  done = true;
  older.join();
}

TEST(SignalWatch, OnlyOneAtATime) {
  {
    const SignalWatch watch(std::stop_source(), nullptr);
    EXPECT_THROW(SignalWatch(std::stop_source(), nullptr), Error);
  }
  EXPECT_NO_THROW(SignalWatch(std::stop_source(), nullptr));
}

TEST(SignalWatch, AForkedChildDiesOfItsOwnSignalAndDoesNotStopUs) {
#if defined(__SANITIZE_THREAD__) || MYSTIC_TEST_HAS_FEATURE(thread_sanitizer)
  GTEST_SKIP() << "ThreadSanitizer delivers no signal in a child forked from several threads";
#endif
  std::stop_source stop;
  const SignalWatch watch(stop, nullptr);
  testing::Fork child([] {
    ::raise(SIGTERM);
    ::pause();
  });
  const int status = child.wait();
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
  EXPECT_FALSE(eventually([&] { return stop.stop_requested(); }, 0.1));
}

TEST(SignalWatch, ComesAndGoesUnderFire) {
  std::atomic<bool> done = false;
  const auto old_interrupt = ::signal(SIGINT, SIG_IGN);
  std::thread gun([&] {
    while (!done) {
      ::kill(::getpid(), SIGINT);
      std::this_thread::sleep_for(std::chrono::microseconds(20));  // or nobody gets anywhere
    }
  });
  for (int i = 0; i < 200; ++i) {
    std::stop_source stop;
    const SignalWatch watch(stop, nullptr);
    if (i % 10 == 0) {
      EXPECT_TRUE(eventually([&] { return stop.stop_requested(); }));
    }
  }
  done = true;
  gun.join();
  ::signal(SIGINT, old_interrupt);
}

}  // namespace
}  // namespace mystic
