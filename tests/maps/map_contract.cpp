#include "map_contract.hpp"

#include "probe_model.hpp"
#include "task_set.hpp"

#include <chrono>
#include <map>
#include <set>
#include <utility>

namespace mystic::maps_test {
namespace {

using namespace std::chrono_literals;

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(MapContract);

std::vector<int> once(Index tasks) { return std::vector<int>(static_cast<std::size_t>(tasks), 1); }

bool cancelled(const Outcome& outcome) {
  return !outcome.ok() && outcome.failure->kind == FailureKind::cancelled;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Who computed an outcome.
std::pair<double, double> worker_of(const Outcome& outcome) {
  return {outcome.outputs[ProbeModel::process], outcome.outputs[ProbeModel::thread]};
}

TEST_P(MapContract, ComputesEveryTaskOnceAndPutsItsOutcomeInItsPlace) {
  const ProbeModel model;
  run(*map_, model, [&] {
    TaskSet tasks(500);
    EXPECT_EQ(tasks.compute(*map_), once(500));
    std::set<std::pair<std::pair<double, double>, double>> turns;  // a worker's n-th call
    for (Index i = 0; i < tasks.size(); ++i) {
      const Outcome& outcome = tasks.outcome(i);
      ASSERT_TRUE(outcome.ok()) << outcome.failure->text;
      EXPECT_EQ(outcome.outputs[ProbeModel::twice], 2.0 * static_cast<double>(i));
      turns.insert({worker_of(outcome), outcome.outputs[ProbeModel::turn]});
    }
    EXPECT_EQ(turns.size(), 500U) << "an answer was used twice";
  });
}

TEST_P(MapContract, ComputesAllPointsOfATask) {
  const ProbeModel model;
  run(*map_, model, [&] {
    // 900 outcomes are longer than one piece of a message; 3 per task are not.
    for (const Index points_each : {3, 900}) {
      TaskSet tasks(5, Act::answer, 0.0, points_each);
      EXPECT_EQ(tasks.compute(*map_), once(5));
      for (Index i = 0; i < 5 * points_each; ++i) {
        ASSERT_EQ(tasks.outcome(i).outputs[ProbeModel::twice], 2.0 * static_cast<double>(i));
      }
    }
  });
}

TEST_P(MapContract, StartsTasksInTheOrderOfSubmission) {
  const ProbeModel model;
  run(*map_, model, [&] {
    TaskSet tasks(200);
    tasks.compute(*map_);
    // Each worker by itself sees them in order, whatever the others do meanwhile.
    std::map<std::pair<double, double>, double> last_turn;
    for (Index i = 0; i < tasks.size(); ++i) {
      const auto [place, first] = last_turn.insert({worker_of(tasks.outcome(i)), -1.0});
      const double turn = tasks.outcome(i).outputs[ProbeModel::turn];
      ASSERT_GT(turn, place->second) << "task " << i << " was overtaken by a later one";
      place->second = turn;
    }
  });
}

TEST_P(MapContract, ReturnsTasksAsTheyFinish) {
  const ProbeModel model;
  run(*map_, model, [&] {
    if (map_->workers() < 2) return;
    TaskSet slow(1, Act::sleep, 0.5);
    TaskSet quick(1);
    slow[0].of = quick[0].of = 2;  // a fixed share for two workers each
    quick[0].position = 1;
    map_->submit(slow[0]);
    map_->submit(quick[0]);
    EXPECT_EQ(map_->wait(300ms), &quick[0]) << "waited for the slow one";
    EXPECT_EQ(map_->wait(5s), &slow[0]);
  });
}

TEST_P(MapContract, TurnsAnExceptionIntoTheOutcomeOfItsTaskAlone) {
  const ProbeModel model;
  run(*map_, model, [&] {
    TaskSet tasks(20);
    tasks.set_act(7, Act::refuse);
    EXPECT_EQ(tasks.compute(*map_), once(20));
    for (Index i = 0; i < 20; ++i) EXPECT_EQ(tasks.outcome(i).ok(), i != 7) << i;
    EXPECT_EQ(tasks.outcome(7).failure->kind, FailureKind::exception);
    EXPECT_EQ(tasks.outcome(7).failure->text, "refused");
  });
}

TEST_P(MapContract, WaitsNoLongerThanItsPatience) {
  const ProbeModel model;
  run(*map_, model, [&] {
    EXPECT_EQ(map_->wait(5s), nullptr) << "nothing is under way";
    if (computes_in_wait()) return;
    TaskSet tasks(1, Act::sleep, 0.5);
    tasks.submit_all(*map_);
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(map_->wait(50ms), nullptr);
    EXPECT_LT(seconds_since(start), 0.3);
    EXPECT_EQ(tasks.collect(*map_), once(1));
  });
}

TEST_P(MapContract, EntersAModelThatIsNotThreadSafeOneAtATime) {
  const ProbeModel model(ThreadSafety::none);
  for (int round = 0; round < 3; ++round) {
    run(*map_, model, [&] {
      TaskSet tasks(30, Act::sleep, 0.001);
      EXPECT_EQ(tasks.compute(*map_), once(30));
      double before = 0.0;
      for (Index i = 0; i < 30; ++i) {
        EXPECT_EQ(tasks.outcome(i).outputs[ProbeModel::inside], 1.0);
        const bool other_process = tasks.outcome(i).outputs[ProbeModel::process] !=
                                   tasks.outcome(0).outputs[ProbeModel::process];
        if (other_process) continue;
        EXPECT_GT(tasks.outcome(i).outputs[ProbeModel::started], before) << "not in order";
        before = tasks.outcome(i).outputs[ProbeModel::started];
      }
    });
  }
}

TEST_P(MapContract, CancelReachesTheModelAndComesBackAtOnce) {
  const ProbeModel model;
  run(*map_, model, [&] {
    if (computes_in_wait()) return;
    TaskSet tasks(10, Act::sleep, 30.0);
    tasks.submit_all(*map_);
    map_->wait(200ms);  // some have begun
    const auto start = std::chrono::steady_clock::now();
    map_->cancel();
    EXPECT_EQ(tasks.collect(*map_, 5.0), once(10));
    EXPECT_LT(seconds_since(start), 0.6);
    for (Index i = 0; i < 10; ++i) EXPECT_TRUE(cancelled(tasks.outcome(i))) << i;
  });
}

TEST_P(MapContract, CancelKeepsWhatHadFinished) {
  const ProbeModel model;
  run(*map_, model, [&] {
    TaskSet done(2);
    done.submit_all(*map_);
    std::vector<int> times(2, 0);
    for (int i = 0; i < 2; ++i) {
      if (Task* const task = map_->wait(5s)) ++times[static_cast<std::size_t>(task - &done[0])];
    }
    map_->cancel();
    EXPECT_EQ(times, once(2));
    EXPECT_TRUE(done.outcome(0).ok() && done.outcome(1).ok());
    TaskSet late(3);
    EXPECT_EQ(late.compute(*map_), once(3)) << "what comes after a cancel comes back";
    EXPECT_TRUE(cancelled(late.outcome(0)));
  });
}

TEST_P(MapContract, IsReadyForTheNextRunAfterACancel) {
  const ProbeModel model;
  for (int round = 0; round < 3; ++round) {
    run(*map_, model, [&] {
      TaskSet tasks(6, Act::sleep, round == 1 ? 0.0 : 0.2);
      tasks.submit_all(*map_);
      if (round != 1) map_->cancel();
      EXPECT_EQ(tasks.collect(*map_), once(6));
      if (round == 1) {
        for (Index i = 0; i < 6; ++i) EXPECT_TRUE(tasks.outcome(i).ok()) << i;
      }
    });
  }
}

TEST_P(MapContract, EndClosesARunWithTasksStillUnderWay) {
  const ProbeModel model;
  TaskSet tasks(6, Act::sleep, 5.0);
  const auto start = std::chrono::steady_clock::now();
  run(*map_, model, [&] { tasks.submit_all(*map_); });
  EXPECT_LT(seconds_since(start), 1.0);
  run(*map_, model, [&] {
    TaskSet more(6);
    EXPECT_EQ(more.compute(*map_), once(6)) << "the last run's tasks are forgotten";
  });
}

TEST_P(MapContract, ServesSeveralEvaluatorsInTurn) {
  const ProbeModel first;
  const ProbeModel second(ThreadSafety::none);
  for (int round = 0; round < 4; ++round) {
    run(*map_, round % 2 == 0 ? first : second, [&] {
      TaskSet tasks(25);
      EXPECT_EQ(tasks.compute(*map_), once(25));
      EXPECT_EQ(tasks.outcome(24).outputs[ProbeModel::twice], 48.0);
    });
  }
}

TEST_P(MapContract, CountsTheSecondsThatWorkersAreBusy) {
  const ProbeModel model;
  run(*map_, model, [&] {
    EXPECT_EQ(map_->busy_seconds(), 0.0);
    TaskSet tasks(4, Act::sleep, 0.05);
    tasks.compute(*map_);
    EXPECT_GE(map_->busy_seconds(), 4 * 0.05);
    EXPECT_LT(map_->busy_seconds(), 2.0);
  });
}

TEST_P(MapContract, SharesTheResultWithAllRanks) {
  const ProbeModel model;
  run(*map_, model, [&] { TaskSet(3).compute(*map_); });
  // Longer than one piece of a message.
  std::vector<std::byte> bytes(map_->steers() ? 10000 : 0, std::byte{42});
  map_->share(bytes);
  EXPECT_EQ(bytes, std::vector<std::byte>(10000, std::byte{42}));
}

}  // namespace
}  // namespace mystic::maps_test
