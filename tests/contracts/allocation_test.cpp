// The driver allocates nothing per evaluation: counted over a thousand evaluations of a run under way.

#include "tests/support/count_allocations.hpp"

#include "mystic/control/terminations.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/differential_evolution.hpp"
#include "mystic/solvers/foreign.hpp"
#include "mystic/solvers/nelder_mead.hpp"
#include "mystic/solvers/powell.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace mystic {
namespace {

using testing_support::allocations_so_far;

// Calls of malloc so far, noted at each evaluation from number 2000 to number 3000.
class Counting {
 public:
  static constexpr std::size_t settled = 2000;
  static constexpr std::size_t counted = 1000;

  Counting() { at_.reserve(settled + counted + 1); }
  void note() {
    if (at_.size() < at_.capacity()) at_.push_back(allocations_so_far());
  }
  [[nodiscard]] long in_steady_state() const { return at_.at(settled + counted) - at_.at(settled); }

 private:
  std::vector<long> at_;
};

Problem counted_problem(Counting& counting, Index dimension) {
  return make_problem(
      [&counting](const VectorView& x) {
        counting.note();
        return rosenbrock(x);
      },
      dimension);
}

void expect_none(const Algorithm& algorithm, const std::function<void(Solver&, Problem&)>& set) {
  ASSERT_GT(allocations_so_far(), 0) << "nothing is counted";
  Counting counting;
  Problem problem = counted_problem(counting, 10);
  Solver solver(algorithm);
  solver.start(Vector::Constant(10, -1.2))
      .terminate(any_of({change_over_generation(1e-300, 500), value_to_reach(0.0, 1e-300)}))
      .limits({.generations = {}, .evaluations = 3100, .seconds = {}});
  set(solver, problem);
  const Result result = solver.solve(problem);
  ASSERT_EQ(result.evaluations, 3100) << algorithm.name;
  EXPECT_EQ(counting.in_steady_state(), 0) << algorithm.name;
}

// Point after point, downhill; allocates nothing itself.
std::string descend(ForeignProblem& problem) {
  Vector x = problem.start();
  double least = problem.cost(x);
  for (Index i = 0;; i = (i + 1) % x.size()) {
    const double before = x[i];
    x[i] += 0.01 * (uniform(problem.random()) - 0.5);
    const double cost = problem.cost(x);
    if (cost < least) {
      least = cost;
    } else {
      x[i] = before;
    }
  }
}

const std::vector<Algorithm>& algorithms() {
  static const std::vector<Algorithm> all = {nelder_mead(),
                                             nelder_mead({.adaptive = true}),
                                             powell(),
                                             differential_evolution({.population = 100}),
                                             differential_evolution({.population = 100,
                                                                     .strategy = "current-to-pbest1exp",
                                                                     .replacement = "immediate",
                                                                     .outside = "reflect"}),
                                             powell({.stay_inside = true, .reset_below = 0.1}),
                                             nelder_mead({.restarts = 1000}),
                                             foreign("descend", descend)};
  return all;
}

TEST(Allocations, AreNoneInTheSteadyState) {
  for (const Algorithm& algorithm : algorithms()) {
    expect_none(algorithm, [](Solver&, Problem&) {});
  }
}

TEST(Allocations, AreNoneWithBoundsAPenaltyAMonitorOfStepsAndAClock) {
  Monitor monitor;
  for (const Algorithm& algorithm : algorithms()) {
    expect_none(algorithm, [&](Solver& solver, Problem& problem) {
      problem.bounds(Vector::Constant(10, -5.0), Vector::Constant(10, 5.0))
          .bounds_mode(BoundsMode::clip);
      problem.penalty([](const VectorView& x) { return std::max(0.0, x[0] - 3.0); });
      solver.on_step(monitor).clock([] { return 0.0; });
    });
  }
}

}  // namespace
}  // namespace mystic
