// The maps of one process allocate nothing per task.

#include "task_set.hpp"
#include "tests/support/count_allocations.hpp"

#include "mystic/maps/openmp.hpp"
#include "mystic/maps/threads.hpp"

#include <gtest/gtest.h>

namespace mystic::maps_test {
namespace {

// What a worker may allocate for itself if none of the first batches gave it a task; then 15 000 tasks
// follow.
constexpr long most = 2 * 3;

long allocations_of_warm_batches(Map& map) {
  const ProbeModel model;
  const Evaluator evaluator(model);
  TaskSet tasks(300);
  map.begin(evaluator);
  const auto batch = [&] {
    tasks.submit_all(map);
    for (Index back = 0; back < tasks.size();) {
      if (map.wait(std::chrono::seconds(5)) != nullptr) ++back;
    }
  };
  for (int i = 0; i < 3; ++i) batch();
  const long before = testing_support::allocations_so_far();
  for (int i = 0; i < 50; ++i) batch();
  const long allocated = testing_support::allocations_so_far() - before;
  map.end();
  return allocated;
}

TEST(ThreadsMap, AllocatesNothingPerTask) {
  ASSERT_GE(testing_support::allocations_so_far(), 0) << "cannot count here";
  ThreadsMap map(3);
  EXPECT_LE(allocations_of_warm_batches(map), most);
}

TEST(OpenMPMap, AllocatesNothingPerTask) {
  OpenMPMap map(3);
  EXPECT_LE(allocations_of_warm_batches(map), most);
}

}  // namespace
}  // namespace mystic::maps_test
