// What is special about pools: their size, and regions inside the model.

#include "task_set.hpp"

#include "mystic/maps/openmp.hpp"
#include "mystic/maps/threads.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <set>

namespace mystic::maps_test {
namespace {

// Its one output: how many threads a parallel region inside it gets.
class NestingModel final : public Model {
 public:
  [[nodiscard]] const std::vector<std::string>& inputs() const override { return inputs_; }
  [[nodiscard]] const std::vector<std::string>& outputs() const override { return outputs_; }
  void evaluate(const Question&, std::span<Outcome> outcomes) const override {
    int threads = 0;
#pragma omp parallel num_threads(4)
#pragma omp atomic
    ++threads;
    for (Outcome& outcome : outcomes) outcome.outputs[0] = threads;
  }

 private:
  std::vector<std::string> inputs_;
  std::vector<std::string> outputs_{"threads"};
};

TEST(OpenMPMap, KeepsAParallelRegionInsideTheModelSerial) {
  const NestingModel model;
  OpenMPMap map(2);
  run(map, model, [&] {
    TaskSet tasks(8);
    tasks.compute(map);
    for (Index i = 0; i < 8; ++i) EXPECT_EQ(tasks.outcome(i).outputs[0], 1.0);
  });
}

TEST(OpenMPMap, LeavesTheDrivingThreadOutsideOfItsRegion) {
  const ProbeModel model;
  OpenMPMap map(2);
  run(map, model, [&] { EXPECT_FALSE(omp_in_parallel()); });
  EXPECT_FALSE(omp_in_parallel());
}

template <class M>
std::size_t workers_seen(Index threads) {
  M map(threads);
  std::set<double> seen;
  const ProbeModel model;
  run(map, model, [&] {
    TaskSet tasks(4 * threads, Act::sleep, 0.02);
    tasks.compute(map);
    for (Index i = 0; i < tasks.size(); ++i) {
      seen.insert(tasks.outcome(i).outputs[ProbeModel::thread]);
    }
  });
  return seen.size();
}

TEST(Pools, ComputeWithAllTheirThreads) {
  EXPECT_EQ(workers_seen<ThreadsMap>(5), 5U);
  EXPECT_EQ(workers_seen<OpenMPMap>(5), 5U);
}

TEST(Pools, RefuseToBeEmpty) {
  EXPECT_THROW(ThreadsMap(0), InvalidArgument);
  EXPECT_THROW(OpenMPMap(0), InvalidArgument);
  EXPECT_THROW(OpenMPMap(1 << 20), InvalidArgument);
}

TEST(Pools, MayGoWithoutARun) {
  const ThreadsMap threads(2);
  const OpenMPMap openmp(2);
  EXPECT_EQ(threads.name(), "threads:2");
  EXPECT_EQ(openmp.name(), "openmp:2");
}

}  // namespace
}  // namespace mystic::maps_test
