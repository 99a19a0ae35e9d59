// The mpi maps keep the contract of map_contract.cpp, and what they promise beyond it. Run under mpirun
// with 1, 2 and 3 ranks.

#include "map_contract.hpp"
#include "mpi_world.hpp"
#include "task_set.hpp"

#include "mystic/core/layout.hpp"
#include "mystic/maps/mpi.hpp"

#include <chrono>
#include <map>
#include <set>
#include <thread>

namespace mystic::maps_test {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

bool cancelled(const Outcome& outcome) {
  return !outcome.ok() && outcome.failure->kind == FailureKind::cancelled;
}

MapMaker mpi_map(const std::string& name, const MpiOptions& options) {
  return {name, [options] { return std::make_unique<MpiMap>(session(), options); },
          [] { return session().size() == 1; }};
}

std::vector<MapMaker> all_kinds() {
  std::vector<MapMaker> makers{
      mpi_map("carddealer", {}), mpi_map("equalportion", {.deal = "equalportion"}),
      mpi_map("prefetch", {.prefetch = 3}),
      mpi_map("distant", {.deal = "equalportion", .prefetch = 2, .watch_processes = false})};
  return makers;
}

INSTANTIATE_TEST_SUITE_P(Mpi, MapContract, testing::ValuesIn(all_kinds()), name_of_maker);

TEST(MpiMap, SaysWhoSteersAndHowManyCompute) {
  const MpiMap map(session(), {.deal = "equalportion"});
  EXPECT_EQ(map.steers(), session().root());
  EXPECT_EQ(map.workers(), std::max(1, session().size() - 1));
  EXPECT_EQ(map.name(), "mpi:equalportion");
}

TEST(MpiMap, RefusesBrokenOptionsAllAtOnce) {
  try {
    const MpiMap map(session(), {.deal = "fair", .prefetch = 0, .liveness = -1.0});
    FAIL() << "accepted";
  } catch (const InvalidOptions& error) {
    for (const char* word : {"deal = fair", "prefetch = 0", "liveness = -1"}) {
      EXPECT_NE(std::string(error.what()).find(word), std::string::npos) << error.what();
    }
  }
}

TEST(MpiMap, ComputesOnTheOtherRanks) {
  const ProbeModel model;
  MpiMap map(session());
  run(map, model, [&] {
    TaskSet tasks(40, Act::sleep, 0.002);
    tasks.compute(map);
    std::set<double> processes;
    for (Index i = 0; i < 40; ++i) processes.insert(tasks.outcome(i).outputs[ProbeModel::process]);
    EXPECT_EQ(static_cast<Index>(processes.size()), map.workers());
  });
}

TEST(MpiMap, EqualportionGivesEachRankOneBlock) {
  const ProbeModel model;
  MpiMap map(session(), {.deal = "equalportion"});
  run(map, model, [&] {
    TaskSet tasks(11);
    tasks.compute(map);
    const BalancedLayout layout(11, map.workers());
    std::map<Index, double> process_of;
    for (Index i = 0; i < 11; ++i) {
      const double process = tasks.outcome(i).outputs[ProbeModel::process];
      EXPECT_EQ(process_of.insert({layout.owner(i), process}).first->second, process) << i;
    }
    EXPECT_EQ(static_cast<Index>(process_of.size()), map.workers());
  });
}

// A model that does not listen does not hold up the end of the run.
TEST(MpiMap, CancelDoesNotWaitForADeafModel) {
  if (session().size() == 1) GTEST_SKIP() << "computes in wait()";
  const ProbeModel model;
  MpiMap map(session(), {.deal = "equalportion"});
  TaskSet deaf(1, Act::sleep_deaf, 1.5);
  TaskSet others(4, Act::sleep, 20.0);
  run(map, model, [&] {
    deaf.submit_all(map);
    others.submit_all(map);
    map.wait(100ms);
    const auto asked = Clock::now();
    map.cancel();
    for (int back = 0; back < 5; ++back) ASSERT_NE(map.wait(2s), nullptr);
    EXPECT_LT(seconds_since(asked), 0.6);
    EXPECT_TRUE(cancelled(deaf.outcome(0)));
    for (Index i = 0; i < 4; ++i) EXPECT_TRUE(cancelled(others.outcome(i))) << i;
  });
  // It still sleeps. Every rank has a share here: so its late answer comes within this run, and must
  // not be taken for another's.
  run(map, model, [&] {
    TaskSet tasks(20);
    EXPECT_EQ(tasks.compute(map), std::vector<int>(20, 1));
    for (Index i = 0; i < 20; ++i) {
      EXPECT_EQ(tasks.outcome(i).outputs[ProbeModel::twice], 2.0 * static_cast<double>(i));
    }
    EXPECT_TRUE(cancelled(deaf.outcome(0)));
  });
}

// A SIGTERM to a rank that computes, say: the command line program turns it into a stop.
TEST(MpiMap, AStopOfAWorkerComesBackAsACancelledTask) {
  std::stop_source stop;
  const ProbeModel model;
  MpiMap map(session(), {.deal = "equalportion"}, stop.get_token());
  run(map, model, [&] { TaskSet(map.workers()).compute(map); });  // all ranks are here
  std::jthread signal([&] {
    std::this_thread::sleep_for(200ms);
    if (session().size() == 1 || session().rank() == 1) stop.request_stop();
  });
  TaskSet tasks(map.workers(), Act::sleep, 20.0);  // stays until the run has ended
  run(map, model, [&] {
    tasks.submit_all(map);
    const auto start = Clock::now();
    const Task* first = nullptr;
    while (first == nullptr && seconds_since(start) < 10.0) first = map.wait(50ms);
    ASSERT_NE(first, nullptr);
    EXPECT_TRUE(cancelled(first->outcomes[0]));
    EXPECT_LT(seconds_since(start), 0.6);
  });
}

TEST(MpiMap, AWorkerIsToldWhenTheMapClosesWithoutAResult) {
  const ProbeModel model;
  auto map = std::make_unique<MpiMap>(session());
  run(*map, model, [&] { TaskSet(3).compute(*map); });
  if (!map->steers()) {
    std::vector<std::byte> bytes;
    EXPECT_THROW(map->share(bytes), SteeringEnded);
  }
}

TEST(MpiMap, AWorkerIsToldWhenTheMapClosesWithinARun) {
  const ProbeModel model;
  const Evaluator evaluator(model);
  MpiMap map(session());
  if (map.steers()) {
    map.begin(evaluator);
  } else {
    EXPECT_THROW(map.serve(evaluator), SteeringEnded);
  }
}

}  // namespace
}  // namespace mystic::maps_test
