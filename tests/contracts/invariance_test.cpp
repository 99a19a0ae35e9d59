// What a solver's points do not depend on, as its paper has it: the scale of the variables, for all;
// where the origin lies; how costs are scaled, as long as their order stays; which way the axes lie.

#include "tests/support/sized_solvers.hpp"
#include "tests/support/trace.hpp"

#include "mystic/models/functions.hpp"
#include "mystic/solvers/differential_evolution.hpp"
#include "mystic/solvers/nelder_mead.hpp"

#include <gtest/gtest.h>

#include <Eigen/QR>

namespace mystic {
namespace {

using testing_support::sized_solvers;
using testing_support::SizedSolver;
using testing_support::Trace;
using testing_support::traced;
using testing_support::usual_start;

class Invariance : public testing::TestWithParam<SizedSolver> {
 protected:
  static constexpr Index size = 3;

  // The points at which the solver evaluates `cost`, in a box and from a start that `change` may move.
  static std::vector<Vector> points(double (*cost)(const VectorView&), double scale, double shift) {
    Trace trace;
    Solver solver = GetParam().make(size);
    const auto moved = [&](const Vector& x) -> Vector { return (scale * x).array() + shift; };
    solver.bounds(moved(Vector::Constant(size, -4.0)), moved(Vector::Constant(size, 5.0)))
        .start(moved(usual_start(size)))
        .limits({.evaluations = 250});
    solver.solve(traced([&](const VectorView& x) { return cost((x.array() - shift) / scale); }, trace));
    for (Vector& x : trace.points) x = (x.array() - shift) / scale;
    return trace.points;
  }
};

// A power of two, so that nothing is rounded on the way.
TEST_P(Invariance, TheUnitOfTheVariablesIsOfNoConsequence) {
  if (!GetParam().by_differences) return;
  EXPECT_EQ(points(rosenbrock, 1024.0, 0.0), points(rosenbrock, 1.0, 0.0));
  EXPECT_EQ(points(rosenbrock, 0x1p-20, 0.0), points(rosenbrock, 1.0, 0.0));
}

// Up to rounding, which grows along the way.
TEST_P(Invariance, TheOriginIsOfNoConsequence) {
  if (!GetParam().by_differences) return;
  const auto here = points(rosenbrock, 1.0, 0.0);
  const auto there = points(rosenbrock, 1.0, 64.0);
  ASSERT_GE(here.size(), 40U);
  ASSERT_GE(there.size(), 40U);
  for (std::size_t i = 0; i < 40; ++i) {
    EXPECT_LT((here[i] - there[i]).norm(), 1e-6) << i;
  }
}

double bent_rosenbrock(const VectorView& x) {
  const double cost = rosenbrock(x);
  return cost < 1.0 ? cost * 0x1p-20 : cost * 0x1p20;  // exact, and no two costs fall together
}

TEST_P(Invariance, AnOrderPreservingTransformationOfTheCostIsOfNoConsequence) {
  if (!GetParam().by_order) return;
  EXPECT_EQ(points(bent_rosenbrock, 1.0, 0.0), points(rosenbrock, 1.0, 0.0));
}

INSTANTIATE_TEST_SUITE_P(Solvers, Invariance, testing::ValuesIn(sized_solvers()),
                         testing_support::name_of_sized);

// Of algorithms that use no axes: candidates to begin with, turned, lead to points that are turned.
void expect_the_same_when_turned(const Algorithm& algorithm, const Points& candidates) {
  const Index n = candidates.rows();
  Random random = stream(3, SearchPath{});
  Points any(n, n);
  for (Index i = 0; i < n * n; ++i) any.data()[i] = uniform(random) - 0.5;
  const Points turn = any.householderQr().householderQ();
  const auto points = [&](const Points& begin, const auto& cost) {
    Trace trace;
    Solver solver(algorithm);
    solver.start(InitialPoints::given(begin)).limits({.evaluations = 150});
    solver.solve(traced(cost, trace));
    return trace.points;
  };
  const auto straight = points(candidates, rosenbrock);
  const auto turned = points(
      turn * candidates, [&](const VectorView& x) { return rosenbrock(Vector(turn.transpose() * x)); });
  ASSERT_EQ(straight.size(), turned.size());
  for (std::size_t i = 0; i < straight.size(); ++i) {
    EXPECT_LT((turn * straight[i] - turned[i]).norm(), 1e-6) << algorithm.name << ' ' << i;
  }
}

Points some_candidates(Index n, Index count) {
  Random random = stream(4, SearchPath{});
  return InitialPoints::in_box(count).draw(random, Vector::Constant(n, -2.0), Vector::Constant(n, 2.0));
}

TEST(Rotation, IsOfNoConsequenceToNelderMead) {
  expect_the_same_when_turned(nelder_mead(), some_candidates(4, 5));
  expect_the_same_when_turned(nelder_mead({.adaptive = true}), some_candidates(4, 5));
}

TEST(Rotation, IsOfNoConsequenceToEvolutionWithoutCrossover) {
  for (const char* strategy :
       {"best1bin", "rand1exp", "rand-to-best1bin", "best2bin", "rand2bin", "current-to-pbest1bin"}) {
    expect_the_same_when_turned(
        differential_evolution({.population = 10, .strategy = strategy, .crossover = 1.0}),
        some_candidates(4, 10));
  }
}

}  // namespace
}  // namespace mystic
