// The other stack: it is unwound whenever the search ends, exceptions stay on their side, and it has an
// end that is guarded.

#include "tests/support/adversarial_map.hpp"
#include "tests/support/random_descent.hpp"

#include "mystic/control/terminations.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/ensembles/buckshot.hpp"
#include "mystic/models/functions.hpp"
#include "mystic/solvers/foreign.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <exception>
#include <stdexcept>

namespace mystic {
namespace {

using testing_support::AdversarialMap;
using testing_support::Arrival;

Limits evaluations(Index most) { return {.generations = {}, .evaluations = most, .seconds = {}}; }

// Something that a foreign function has on its stack.
struct Living {
  static inline int count = 0;
  Living() { ++count; }
  Living(const Living&) = delete;
  Living& operator=(const Living&) = delete;
  ~Living() { --count; }
};

std::string descend_with_belongings(ForeignProblem& problem) {
  const Living outer;
  std::vector<std::unique_ptr<Living>> many;
  testing_support::random_descent(problem.start(),
                                  {[&](const Vector& x) {
                                     const Living inner;
                                     many.push_back(std::make_unique<Living>());
                                     return problem.cost(x);
                                   },
                                   [&](const Points& points) { return problem.costs(points); },
                                   [&] { return uniform(problem.random()); }});
}

Algorithm descent() { return foreign("descent", descend_with_belongings); }

class ForeignStack : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(Living::count, 0); }
  void TearDown() override { EXPECT_EQ(Living::count, 0); }
};

TEST_F(ForeignStack, IsUnwoundWhereverEvaluationsRunOut) {
  AdversarialMap map(Arrival::random, 3, 5);
  for (Index most = 1; most <= 80; ++most) {
    for (Map* where : {static_cast<Map*>(nullptr), static_cast<Map*>(&map)}) {
      Solver solver(descent());
      if (where != nullptr) solver.map(*where);
      solver.start({-1.2, 1.0, 0.3}).limits(evaluations(most)).solve(rosenbrock);
      ASSERT_EQ(Living::count, 0) << most;
    }
  }
}

TEST_F(ForeignStack, OfEveryMemberIsUnwoundWhereverEvaluationsRunOut) {
  for (Index most = 1; most <= 60; ++most) {
    AdversarialMap map(Arrival::last_come, 4, 5);
    Solver solver(buckshot(descent(), {.starts = 4}));
    solver.bounds(Vector::Constant(2, -2.0), Vector::Constant(2, 2.0)).map(map);
    solver.limits(evaluations(most)).solve(rosenbrock);
    ASSERT_EQ(Living::count, 0) << most;
  }
}

TEST_F(ForeignStack, IsUnwoundAtTerminationsAndInterrupts) {
  Solver solver(descent());
  solver.start({-1.2, 1.0}).terminate(value_to_reach(0.0, 1.0)).solve(rosenbrock);
  EXPECT_EQ(Living::count, 0);
  std::stop_source source;
  int calls = 0;
  solver.stop_token(source.get_token());
  const Result result = solver.solve([&](const VectorView& x) {
    if (++calls == 5) source.request_stop();
    return 5.0 + rosenbrock(x);
  });
  EXPECT_EQ(result.stop.kind, StopKind::interrupted);
}

TEST_F(ForeignStack, IsUnwoundWhenTheApplicationLosesInterest) {
  const Problem problem = make_problem(rosenbrock, 2);
  for (int asks = 0; asks <= 40; ++asks) {
    Solver solver(descent());
    solver.start({-1.2, 1.0}).limits(evaluations(500)).begin(problem);
    for (int i = 0; i < asks; ++i) {
      const Points points = solver.ask();
      if (i + 1 < asks) solver.tell(Vector::Constant(points.cols(), 1.0 / (i + 1)));
    }
    if (asks > 0) {
      EXPECT_GT(Living::count, 0);
    }
  }
  EXPECT_EQ(Living::count, 0);
}

TEST_F(ForeignStack, IsUnwoundWhileAnExceptionUnwindsTheDrivers) {
  struct Full final : Recorder {
    bool recall(const EvaluationId&, const VectorView&, Outcome&) override { return false; }
    void record(const EvaluationId& id, const VectorView&, const Outcome&) override {
      require<Error>(id.k < 7, "no space left on device");
    }
    [[nodiscard]] std::optional<RecordedStop> recall_stop() const override { return {}; }
    void record_stop(const RecordedStop&) override {}
    [[nodiscard]] double earlier_seconds() const override { return 0.0; }
  };
  Full full;
  Solver solver(buckshot(descent(), {.starts = 3}));
  solver.bounds(Vector::Constant(2, -2.0), Vector::Constant(2, 2.0)).recorder(full);
  EXPECT_THROW(solver.limits(evaluations(99)).solve(rosenbrock), Error);
  EXPECT_EQ(std::uncaught_exceptions(), 0);
}

TEST_F(ForeignStack, OfAFunctionThatCatchesEverythingIsUnwoundToo) {
  Solver solver(foreign("stubborn", [](ForeignProblem& problem) {
    const Living living;
    for (int attempt = 0; attempt < 9; ++attempt) {
      try {
        for (;;) static_cast<void>(problem.cost(problem.start()));
      } catch (...) {
        const Living while_handling;
      }
    }
    throw std::runtime_error("nobody will know");
    return std::string();
  }));
  const Result result = solver.start({1.0}).limits(evaluations(7)).solve(sphere);
  EXPECT_EQ(result.stop.kind, StopKind::evaluations);
  EXPECT_EQ(result.evaluations, 7);
}

using ForeignError = ForeignStack;

TEST_F(ForeignError, EndsTheRunAndTellsWhoseItIs) {
  Solver solver(foreign("simplex of somebody", [](ForeignProblem& problem) -> std::string {
    const Living living;
    for (int i = 0; i < 4; ++i) static_cast<void>(problem.cost(problem.start()));
    throw std::range_error("step is too small");
  }));
  try {
    solver.start({1.0}).limits(evaluations(9)).solve(sphere);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "simplex of somebody failed after 4 evaluations: step is too small");
    EXPECT_THROW(std::rethrow_if_nested(error), std::range_error);
  }
}

TEST_F(ForeignError, OfOursIsKeptAndOneOfNoKnownKindIsNamed) {
  const auto message = [](const ForeignFunction& function) -> std::string {
    Solver solver(foreign("odd", function));
    try {
      solver.start({1.0}).limits(evaluations(9)).solve(sphere);
    } catch (const InvalidArgument& error) {
      return std::string("argument: ") + error.what();
    } catch (const Error& error) {
      return error.what();
    }
    return "nothing";
  };
  EXPECT_EQ(message([](ForeignProblem&) -> std::string { throw InvalidArgument("needs a box"); }),
            "argument: needs a box");
  EXPECT_EQ(message([](ForeignProblem&) -> std::string { throw 7; }),
            "odd failed after 0 evaluations with an exception that is no std::exception");
}

// Each member waits inside a handler, in the middle of which others throw and catch.
TEST_F(ForeignError, IsHandledApartFromThoseOfOtherStacks) {
  const auto handles = [](ForeignProblem& problem) -> std::string {
    const auto own = fmt::format("{}", problem.random()());
    std::string caught;
    for (int round = 0; round < 6; ++round) {
      try {
        throw std::runtime_error(own);
      } catch (const std::runtime_error&) {
        for (Index i = 0; i < 1 + static_cast<Index>(problem.random()() % 4); ++i) {
          static_cast<void>(problem.cost(problem.start()));
        }
        try {
          throw;
        } catch (const std::runtime_error& again) {
          caught = again.what();
        }
      }
      if (caught != own) return fmt::format("caught {} instead of {}", caught, own);
    }
    return "each its own";
  };
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    AdversarialMap map(Arrival::random, 5, seed);
    Solver solver(buckshot(foreign("handles", handles), {.starts = 8}));
    solver.bounds(Vector::Constant(1, -1.0), Vector::Constant(1, 1.0)).map(map).seed(seed);
    const Result result = solver.limits(evaluations(9999)).solve(sphere);
    for (const MemberResult& member : result.members) EXPECT_EQ(member.stop.reason, "each its own");
  }
}

// Uses about `bytes` of stack, and sums what it has written there. A sanitizer would have the arrays
// elsewhere.
__attribute__((noinline, no_sanitize_address)) double deep(Index bytes) {
  volatile char here[4096] = {};
  here[bytes % 4096] = 1;
  const double below = bytes > 4096 ? deep(bytes - 4096) : 0.0;
  return below + here[bytes % 4096];
}

Result run_deep(Index bytes, const ForeignOptions& options) {
  Solver solver(foreign(
      "deep",
      [bytes](ForeignProblem& problem) {
        return fmt::format("{} frames, {}", deep(bytes), problem.cost(problem.start()));
      },
      options));
  return solver.start({2.0}).limits(evaluations(9)).solve(sphere);
}

TEST_F(ForeignStack, IsAsLargeAsAskedFor) {
  EXPECT_EQ(run_deep(Index{300} << 10, {}).stop.reason, "75 frames, 4");
  EXPECT_EQ(run_deep(Index{20} << 20, {.stack_size = Index{64} << 20}).stop.reason, "5120 frames, 4");
}

// Below each stack lies another one: without that page, the first would go on there.
TEST_F(ForeignStack, EndsAtAPageThatNobodyMayTouch) {
  const auto go_too_deep = [] {
    Solver solver(buckshot(foreign("deep",
                                   [](ForeignProblem& problem) -> std::string {
                                     const double cost = problem.cost(problem.start());
                                     const double frames = deep((Index{1} << 20) + (Index{64} << 10));
                                     std::_Exit(cost + frames > 0 ? 0 : 3);
                                   }),
                           {.starts = 9}));
    solver.bounds(Vector::Constant(1, -1.0), Vector::Constant(1, 1.0)).limits(evaluations(999));
    AdversarialMap map(Arrival::random, 9, 1);
    solver.map(map).solve(sphere);
  };
  EXPECT_DEATH(go_too_deep(), "");
}

TEST_F(ForeignStack, ThatCannotBeHadIsRefused) {
  try {
    run_deep(1, {.stack_size = 1'000'000'000'000'000});
    FAIL() << "more than a processor can address";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("1000000000000000 bytes"), std::string::npos)
        << error.what();
  }
}

TEST_F(ForeignStack, IsNotMadeForASearchThatNeverBegins) {
  const Problem problem = make_problem(sphere, 1);
  bool is_called = false;
  {
    Solver solver(foreign("idle", [&](ForeignProblem&) {
      is_called = true;
      return std::string();
    }));
    solver.start({1.0}).limits(evaluations(9)).begin(problem);
  }
  EXPECT_FALSE(is_called);
}

}  // namespace
}  // namespace mystic
