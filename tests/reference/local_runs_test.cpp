// The original's published runs of its local solvers, all of them, from the starts it used.
// Nelder-Mead's are met exactly, Powell's with the same cost for fewer evaluations.

#include "known_runs.hpp"

#include "mystic/control/terminations.hpp"
#include "mystic/ensembles/lattice.hpp"
#include "mystic/solvers/nelder_mead.hpp"
#include "mystic/solvers/powell.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace mystic::reference_test {
namespace {

struct LocalRun {
  const char* function;  // the original's name of it
  std::vector<double> start;
  Reached nelder_mead;
  Reached powell;
};

const std::vector<double> zeros(10, 0.0);

const std::vector<LocalRun> local_runs{
    {"rosen", {0.8, 1.2, 0.7}, {1.40075954479e-10, 215}, {7.89669487649e-27, 524}},
    {"rosen", zeros, {1.41128758032e-08, 4729}, {6.27024439736e-21, 6425}},
    {"sphere", {1, 2, 3}, {2.78161735076e-09, 167}, {8.38164711797e-31, 55}},
    {"griewangk", std::vector<double>(10, 5.0), {0.0442877908699, 1569}, {0.0466583663339, 510}},
    {"zimmermann", {2.5, 2.5}, {1.1462803319e-05, 219}, {0.906066925872, 234}},
    {"corana", {0.5, 1.5, -0.7, 2}, {417.884625, 117}, {0, 200}},
    {"fosc3d", {0.1, 0.1}, {-4.50106972312, 105}, {-4.50106974137, 73}},
    {"fosc3d", {1, 1}, {-1.31258306517, 54}, {-3.99999953356, 184}},
    {"fosc3d", {-1, 1}, {-1.98694132649, 61}, {-3.99999962636, 158}},
    {"nmin51", {0.1, 0.3}, {-1.62555524866, 57}, {-2.7505195137, 112}},
    {"ackley", {3.3, -2.1}, {7.96171132157, 61}, {9.54614165494e-12, 314}},
    {"ackley", {1.1, -0.7, 0.4, 0.9, -1.3}, {3.22275143034, 232}, {8.07887090559e-12, 653}},
    {"rastrigin", {3.2, -1.7}, {12.9344325043, 58}, {9.94956029858, 54}},
    {"schwefel", {400, -300}, {-719.52743993, 79}, {-719.52743993, 42}},
    {"branins", {0, 0}, {0.397887358575, 152}, {0.397887357765, 71}},
    {"easom", {2, 2}, {-0.999999999348, 68}, {-1, 42}},
    {"goldstein", {0.5, -0.5}, {3.0000000954, 78}, {30.0000159022, 105}},
    {"paviani", std::vector<double>(10, 9.0), {-45.7784696839, 395}, {-45.7784674455, 243}},
    {"michal", {2, 1.5, 1.2, 1.8, 1.6}, {-4.68765808791, 281}, {-4.29025813867, 227}},
    {"peaks", {0, 0}, {-0.0649358625897, 112}, {-3.04984935401, 82}},
    {"shekel", {-30, -30}, {3.8617090278e-28, 73}, {8.02753386854e-35, 160}},
    {"step", std::vector<double>(5, 0.0), {27, 30}, {5, 357}},
    {"ellipsoid", {1, 2}, {1.10272660241e-09, 88}, {4.93038065763e-32, 64}},
    {"powers", {1, 2}, {3.80650591864e-13, 104}, {2.11962797973e-29, 136}},
    {"venkat91", {3, 3}, {-19.6683293656, 65}, {-19.6683293706, 42}},
    {"chebyshev8cost",
     {-89.52728022981114, -82.56266449547354, -18.551647265920337, -78.45995301231218, 80.23977559033892,
      -92.36926677953552, 7.240408006785387, -33.56046029806403, 70.41732378587372},
     {169.429474491, 1694},
     {620.804717389, 1854}},
};

Result solve(const LocalRun& run, const Algorithm& algorithm, const Termination& termination) {
  Solver solver(algorithm);
  return solver.start(vector_of(run.start)).terminate(termination).solve(original(run.function));
}

TEST(KnownRuns, NelderMeadIsTheOriginalsInCostAndEvaluations) {
  for (const LocalRun& run : local_runs) {
    const Result ours = solve(run, nelder_mead(), candidate_relative_tolerance(1e-4, 1e-4));
    EXPECT_EQ(ours.evaluations, run.nelder_mead.evaluations) << named(run.function, run.start);
    EXPECT_NEAR(ours.best.cost, run.nelder_mead.cost, rounding(run.nelder_mead.cost))
        << named(run.function, run.start);
  }
}

TEST(KnownRuns, PowellReachesTheOriginalsCostForFewerEvaluations) {
  for (const LocalRun& run : local_runs) {
    const Result ours = solve(run, powell(), normalised_change_over_generation(1e-4, 1));
    EXPECT_LE(ours.evaluations, run.powell.evaluations) << named(run.function, run.start);
    EXPECT_NEAR(ours.best.cost, run.powell.cost, rounding(run.powell.cost))
        << named(run.function, run.start);
  }
}

const std::vector<double> beside{0.8, 1.2, 0.7};

struct Variant {
  const char* name;
  NelderMeadOptions options;
  Termination termination;
  std::vector<double> start;
  Reached reached;
  Index evaluations = 0;  // limit; 0: none
};

// The original's other settings on Rosenbrock's function; its windows count one generation more than
// ours.
TEST(KnownRuns, NelderMeadIsTheOriginalsUnderItsOtherTerminationsAndLimits) {
  const Termination usual = candidate_relative_tolerance(1e-4, 1e-4);
  const Termination fine = candidate_relative_tolerance(1e-8, 1e-8);
  const std::vector<Variant> variants{
      {"fine", {}, fine, beside, {1.65094152123e-18, 309}},
      {"adaptive", {.adaptive = true}, usual, beside, {1.82870006969e-09, 224}},
      {"by change", {}, change_over_generation(1e-6, 29), beside, {3.74624544591e-11, 230}},
      {"by value", {}, value_to_reach(0.0, 1e-6), beside, {9.62311761139e-07, 177}},
      {"limited", {}, usual, zeros, {5.4947596675, 2000}, 2000},
      {"adaptive, limited", {.adaptive = true}, usual, zeros, {1.70809673873, 2000}, 2000},
      {"adaptive, fine", {.adaptive = true}, fine, zeros, {5.95987934597e-17, 4208}},
  };
  for (const Variant& variant : variants) {
    Solver solver(nelder_mead(variant.options));
    solver.start(vector_of(variant.start)).terminate(variant.termination);
    if (variant.evaluations > 0) solver.limits({.evaluations = variant.evaluations});
    const Result ours = solver.solve(original("rosen"));
    EXPECT_EQ(ours.evaluations, variant.reached.evaluations) << variant.name;
    EXPECT_NEAR(ours.best.cost, variant.reached.cost, rounding(variant.reached.cost)) << variant.name;
  }
}

TEST(KnownRuns, PowellReachesTheOriginalsCostOverALongerWindow) {
  Solver solver(powell());
  const Result ours = solver.start(vector_of(beside))
                          .terminate(normalised_change_over_generation(1e-4, 9))
                          .solve(original("rosen"));
  EXPECT_LE(ours.evaluations, 866);
  EXPECT_LE(ours.best.cost, 6.07731045811e-27 * (1.0 + 1e-9));
}

TEST(KnownRuns, BoundedLocalRunsOnRosenbrocksFunctionAreTheOriginals) {
  const Vector lower = Vector::Zero(3);
  const Vector upper = Vector::Constant(3, 2.0);
  Solver simplex(nelder_mead());
  const Result by_simplex = simplex.start(vector_of(beside))
                                .bounds(lower, upper)
                                .terminate(candidate_relative_tolerance(1e-4, 1e-4))
                                .solve(original("rosen"));
  EXPECT_EQ(by_simplex.evaluations, 196);
  EXPECT_NEAR(by_simplex.best.cost, 2.42551830389e-09, 1e-17);
  Solver lines(powell());
  const Result by_lines = lines.start(vector_of(beside))
                              .bounds(lower, upper)
                              .terminate(normalised_change_over_generation(1e-4, 1))
                              .solve(original("rosen"));
  EXPECT_LE(by_lines.evaluations, 513);
  EXPECT_LE(by_lines.best.cost, 1e-20);
}

// 8 simplexes from the centres of the cells; the best member and all together.
TEST(KnownRuns, ALatticeOfNelderMeadIsTheOriginals) {
  Solver solver(lattice(nelder_mead(), {.bins = {2, 2, 2}}));
  const Result ours = solver.bounds(Vector::Zero(3), Vector::Constant(3, 2.0))
                          .members({.termination = normalised_change_over_generation(1e-4, 9)})
                          .solve(original("rosen"));
  EXPECT_EQ(ours.evaluations, 2713);
  const MemberResult& best = ours.members.at(ours.best.id.path[0]);
  EXPECT_EQ(best.evaluations, 342);
  EXPECT_EQ(best.generations, 190);
  EXPECT_NEAR(ours.best.cost, 7.23574e-23, 1e-27);
}

}  // namespace
}  // namespace mystic::reference_test
