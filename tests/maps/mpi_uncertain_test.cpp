// Studies of uncertainty over MPI ranks: every rank returns what one alone would.

#include "mpi_world.hpp"

#include "tests/uq/uncertain_functions.hpp"

#include "mystic/maps/mpi.hpp"
#include "mystic/uq/monte_carlo_study.hpp"
#include "mystic/uq/propagate.hpp"
#include "mystic/uq/sobol_indices.hpp"

#include <gtest/gtest.h>

namespace mystic::maps_test {
namespace {

using namespace testing_support;

TEST(MpiUncertainty, IndicesAreThoseOfOneProcessOnEveryRank) {
  MpiMap map(session(), {});
  const auto model = make_model(failing(ishigami, 0.1));
  const SobolStudyOptions options{.samples = 32, .second_order = true, .seed = 4};
  const SobolStudy alone = sobol_indices(model, ishigami_inputs(), options);
  const SobolStudy shared = sobol_indices(model, ishigami_inputs(), options, map);
  ASSERT_EQ(shared.outputs.size(), 1U);
  EXPECT_EQ(shared.answers.failed, alone.answers.failed);
  for (std::size_t i = 0; i < 3; ++i) {
    const SobolIndex& found = shared.outputs[0].indices.inputs[i];
    const SobolIndex& expected = alone.outputs[0].indices.inputs[i];
    EXPECT_EQ(found.ok, expected.ok);
    EXPECT_EQ(found.first.value, expected.first.value);
    EXPECT_EQ(found.total.interval.upper, expected.total.interval.upper);
  }
}

TEST(MpiUncertainty, OutputsAndMomentsAreThoseOfOneProcessOnEveryRank) {
  const auto model = make_model(ishigami);
  {
    MpiMap map(session(), {.deal = "equalportion"});
    const PropagateOptions options{.samples = 300, .seed = 7};
    EXPECT_EQ(propagate(model, ishigami_inputs(), options, map).answers.outputs,
              propagate(model, ishigami_inputs(), options).answers.outputs);
  }
  MpiMap map(session(), {});
  const MonteCarloStudyOptions options{.samples = 300, .seed = 7, .keep_outputs = false};
  const MonteCarloStudy alone = monte_carlo_study(model, ishigami_inputs(), options);
  const MonteCarloStudy shared = monte_carlo_study(model, ishigami_inputs(), options, {.map = &map});
  EXPECT_EQ(shared.moments.at(0).ok(), 300);
  EXPECT_EQ(shared.moments.at(0).mean(), alone.moments.at(0).mean());
}

}  // namespace
}  // namespace mystic::maps_test
