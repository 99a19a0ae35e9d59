#include "mystic/core/callable_model.hpp"
#include "mystic/core/require.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/maps/threads.hpp"
#include "mystic/solvers/points.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

namespace mystic {
namespace {

// Licences: whatever the map has, no more evaluations run at once.
TEST(AtOnce, LimitsEvaluationsUnderWayBelowTheNumberOfWorkers) {
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  const Problem problem(unnamed_variables(1), make_model([&](const VectorView& x) {
                          const int now = ++inside;
                          for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
                          }
                          std::this_thread::sleep_for(std::chrono::milliseconds(2));
                          --inside;
                          return x[0];
                        }));
  const auto most_at_once = [&](Index at_once) {
    most = 0;
    ThreadsMap map(6);
    Solver solver(given_points(Points::Random(1, 60)));
    solver.map(map).limits({.evaluations = 100});
    if (at_once > 0) solver.at_once(at_once);
    EXPECT_EQ(solver.solve(problem).evaluations, 60);
    return most.load();
  };
  EXPECT_EQ(most_at_once(1), 1);
  EXPECT_LE(most_at_once(3), 3);
  EXPECT_GT(most_at_once(0), 3);
  EXPECT_THROW(Solver(given_points(Points::Random(1, 1))).at_once(0), InvalidArgument);
}

}  // namespace
}  // namespace mystic
