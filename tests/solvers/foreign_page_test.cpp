// The code of docs/solvers/foreign.md, taken out of the page by tests/CMakeLists.txt.

// The page's C library: steps along each variable by turns, and halves them.
extern "C" int c_library_minimise(int n, double* x,
                                  double (*cost)(const double* x, int n, int* stop, void* given),
                                  void* given) {
  int stop = 0;
  double least = cost(x, n, &stop, given);
  for (double step = 0.5; step > 1e-6 && stop == 0; step *= 0.5) {
    for (int i = 0; i < 2 * n && stop == 0; ++i) {
      const double before = x[i / 2];
      x[i / 2] += i % 2 == 0 ? step : -step;
      const double here = cost(x, n, &stop, given);
      if (here < least) {
        least = here;
      } else {
        x[i / 2] = before;
      }
    }
  }
  return stop == 0 ? 7 : -1;
}

#include "foreign_page.inc"

#include "mystic/core/solver.hpp"
#include "mystic/models/functions.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

TEST(ForeignPage, BindsALibraryInCpp) {
  Solver solver(brent(30));
  solver.bounds(Vector::Constant(1, -1.0), Vector::Constant(1, 3.0));
  solver.limits({.generations = {}, .evaluations = 500, .seconds = {}});
  const Result result = solver.solve([](const VectorView& x) { return std::cosh(x[0] - 0.25); });
  EXPECT_EQ(result.stop.kind, StopKind::ended);
  EXPECT_EQ(result.stop.reason.find("the minimum lies at 0.2"), 0U) << result.stop.reason;
  EXPECT_NEAR(result.best.x[0], 0.25, 1e-4);
  EXPECT_THROW(Solver(brent(30))
                   .start({1.0})
                   .limits({.generations = {}, .evaluations = 9, .seconds = {}})
                   .solve(sphere),
               InvalidArgument);
}

TEST(ForeignPage, BindsALibraryInC) {
  for (const Index most : {1, 2, 3, 20, 9999}) {
    Solver solver(c_descent());
    solver.start({0.75, -0.5}).limits({.generations = {}, .evaluations = most, .seconds = {}});
    const Result result = solver.solve(sphere);
    if (most < 9999) {
      EXPECT_EQ(result.evaluations, most);
    } else {
      EXPECT_EQ(result.stop.reason, "status 7");
      EXPECT_EQ(result.best.cost, 0.0);
    }
  }
}

}  // namespace
}  // namespace mystic
