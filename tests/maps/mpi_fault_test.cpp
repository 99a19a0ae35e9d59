// Ranks die here: every test needs a job of its own, under `mpirun --enable-recovery`; mpi_tests.sh has
// the command lines.

#include "mpi_world.hpp"
#include "task_set.hpp"

#include "mystic/maps/mpi.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <thread>

namespace mystic::maps_test {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// The same for all ranks of a job on one machine, other than that of any other job.
std::string marker() { return fmt::format("{}mystic-died-{}", testing::TempDir(), ::getppid()); }

struct RemoveMarker {
  ~RemoveMarker() {
    if (session().root()) ::unlink(marker().c_str());
  }
};

bool lost(const Outcome& outcome) {
  return !outcome.ok() && outcome.failure->kind == FailureKind::worker_lost;
}

std::vector<int> once(Index tasks) { return std::vector<int>(static_cast<std::size_t>(tasks), 1); }

void survive_one_death(const MpiOptions& options, double within) {
  const RemoveMarker cleanup;
  const ProbeModel model(ThreadSafety::basic, marker());
  MpiMap map(session(), options);
  run(map, model, [&] {
    TaskSet tasks(60, Act::sleep, 0.002);
    tasks.set_act(5, Act::die_once);
    const auto start = Clock::now();
    EXPECT_EQ(tasks.compute(map), once(60));
    EXPECT_LT(seconds_since(start), within);
    for (Index i = 0; i < 60; ++i) {
      ASSERT_TRUE(tasks.outcome(i).ok()) << i << ": " << tasks.outcome(i).failure->text;
      EXPECT_EQ(tasks.outcome(i).outputs[ProbeModel::twice], 2.0 * static_cast<double>(i));
    }
    EXPECT_EQ(map.workers(), session().size() - 2);
  });
  std::vector<std::byte> result(map.steers() ? 5 : 0, std::byte{1});
  map.share(result);
  EXPECT_EQ(result.size(), 5U);
}

TEST(MpiFault, ADeadWorkersTaskIsDealtAgain) { survive_one_death({}, 2.0); }

TEST(MpiFault, ADeadWorkersShareIsDealtAgain) { survive_one_death({.deal = "equalportion"}, 2.0); }

TEST(MpiFault, ADeadWorkersStockIsDealtAgain) { survive_one_death({.prefetch = 4}, 2.0); }

TEST(MpiFault, SilenceCountsAsDeathWhereProcessesCannotBeWatched) {
  survive_one_death({.liveness = 1.0, .watch_processes = false}, 4.0);
}

// Nobody dies in this one; a false alarm would spoil the job for other tests, though.
TEST(MpiFault, SignsOfLifeGoOutWhileModelsRunAndWhileRank0Thinks) {
  const ProbeModel model;
  MpiMap map(session(), {.liveness = 1.5, .watch_processes = false});
  run(map, model, [&] {
    TaskSet tasks(2, Act::sleep_deaf, 4.0);
    EXPECT_EQ(tasks.compute(map), once(2));
    EXPECT_TRUE(tasks.outcome(0).ok() && tasks.outcome(1).ok());
    std::this_thread::sleep_for(4s);
    TaskSet more(4);
    EXPECT_EQ(more.compute(map), once(4));
    EXPECT_EQ(map.workers(), session().size() - 1);
  });
}

TEST(MpiFault, ATaskThatHasKilledTwoWorkersHasFailed) {
  const ProbeModel model;
  MpiMap map(session());
  run(map, model, [&] {
    TaskSet tasks(30);
    tasks.set_act(3, Act::die);
    EXPECT_EQ(tasks.compute(map), once(30));
    for (Index i = 0; i < 30; ++i) EXPECT_EQ(tasks.outcome(i).ok(), i != 3) << i;
    EXPECT_TRUE(lost(tasks.outcome(3)));
    EXPECT_EQ(tasks.outcome(3).attempts, 2);
    std::fprintf(stderr, "%s\n", tasks.outcome(3).failure->text.c_str());
  });
}

TEST(MpiFault, WhenAllWorkersAreDeadTheRestFails) {
  const ProbeModel model;
  MpiMap map(session());
  for (int round = 0; round < 2; ++round) {
    run(map, model, [&] {
      TaskSet tasks(30, round == 0 ? Act::die : Act::answer);
      const auto start = Clock::now();
      EXPECT_EQ(tasks.compute(map), once(30));
      EXPECT_LT(seconds_since(start), 2.0);
      for (Index i = 0; i < 30; ++i) EXPECT_TRUE(lost(tasks.outcome(i))) << i;
    });
  }
}

TEST(MpiFault, AWorkerThatEndsByItselfIsLostToo) {
  const ProbeModel model;
  MpiMap map(session());
  run(map, model, [&] {
    TaskSet tasks(12);
    tasks.set_act(0, Act::say_gone);
    EXPECT_EQ(tasks.compute(map), once(12));
    EXPECT_TRUE(lost(tasks.outcome(0)));
    for (Index i = 1; i < 12; ++i) EXPECT_TRUE(tasks.outcome(i).ok()) << i;
  });
}

TEST(MpiFault, ADeathBetweenRunsCostsNoTask) {
  const ProbeModel model;
  MpiMap map(session());
  run(map, model, [&] { TaskSet(4).compute(map); });
  if (session().rank() == session().size() - 1) std::raise(SIGKILL);
  std::this_thread::sleep_for(200ms);
  run(map, model, [&] {
    EXPECT_EQ(map.workers(), session().size() - 2);
    TaskSet tasks(10);
    EXPECT_EQ(tasks.compute(map), once(10));
    for (Index i = 0; i < 10; ++i) EXPECT_TRUE(tasks.outcome(i).ok()) << i;
  });
}

TEST(MpiFault, TheNextMapKnowsTheDead) {
  const RemoveMarker cleanup;
  const ProbeModel model(ThreadSafety::basic, marker());
  for (int round = 0; round < 2; ++round) {
    MpiMap map(session());
    run(map, model, [&] {
      TaskSet tasks(10, Act::die_once);
      EXPECT_EQ(tasks.compute(map), once(10));
      EXPECT_EQ(map.workers(), session().size() - 2);
    });
  }
}

TEST(MpiFault, CancelAfterADeathComesBackAtOnce) {
  const ProbeModel model;
  MpiMap map(session());
  run(map, model, [&] {
    TaskSet tasks(6, Act::sleep, 20.0);
    tasks.set_act(0, Act::die);
    tasks.submit_all(map);
    const auto start = Clock::now();
    map.cancel();
    EXPECT_EQ(tasks.collect(map, 5.0), once(6));
    EXPECT_LT(seconds_since(start), 0.4);
  });
}

// The two below end rank 0: the others report, on stderr.

void expect_to_be_left_alone(MpiMap& map, double within) {
  const ProbeModel model;
  const Evaluator evaluator(model);
  const auto start = Clock::now();
  try {
    map.serve(evaluator);
    std::fprintf(stderr, "rank %d: served to the end\n", session().rank());
  } catch (const SteeringEnded& ended) {
    const bool in_time = seconds_since(start) < within;
    std::fprintf(stderr, "rank %d left %s: %s\n", session().rank(), in_time ? "in time" : "late",
                 ended.what());
  }
}

void die_while_others_serve(const MpiOptions& options, double within) {
  const ProbeModel model;
  const Evaluator evaluator(model);
  MpiMap map(session(), options);
  if (!map.steers()) return expect_to_be_left_alone(map, within);
  TaskSet tasks(2, Act::sleep, 20.0);  // one worker computes, the other waits
  map.begin(evaluator);
  map.submit(tasks[0]);
  map.wait(300ms);
  std::raise(SIGKILL);
}

TEST(MpiFault, WorkersLeaveWhenRank0Dies) { die_while_others_serve({}, 1.0); }

TEST(MpiFault, WorkersLeaveWhenRank0FallsSilent) {
  die_while_others_serve({.liveness = 1.0, .watch_processes = false}, 3.0);
}

TEST(MpiFault, WorkersLeaveWhenRank0LeavesWithoutAMap) {
  if (session().root()) return;
  MpiMap map(session());
  expect_to_be_left_alone(map, 1.0);
}

// Ends the job from within: mpirun must not hang. Without --enable-recovery.
TEST(MpiFault, AnExceptionOnOneRankEndsTheJob) {
  const ProbeModel model;
  const Evaluator evaluator(model);
  MpiMap map(session());
  if (map.steers()) {
    map.begin(evaluator);
    TaskSet tasks(2, Act::sleep, 60.0);
    tasks.compute(map);
  } else if (session().rank() == session().size() - 1) {
    throw Error("thrown on purpose");
  } else {
    map.serve(evaluator);
  }
}

}  // namespace
}  // namespace mystic::maps_test
