#include "mystic/uq/sobol_indices.hpp"

#include "tests/support/adversarial_map.hpp"
#include "tests/support/memory_recorder.hpp"
#include "tests/uq/uncertain_functions.hpp"

#include "mystic/core/require.hpp"
#include "mystic/maps/threads.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace mystic {
namespace {

using namespace testing_support;

void expect_ishigamis(const SobolIndices& found, double within) {
  const Vector first{{0.3139051911, 0.4424111448, 0.0}};
  const Vector total{{0.5575888552, 0.4424111448, 0.2436836641}};
  for (Index i = 0; i < 3; ++i) {
    const SobolIndex& index = found.inputs[static_cast<std::size_t>(i)];
    EXPECT_NEAR(index.first.value, first[i], within) << i;
    EXPECT_NEAR(index.total.value, total[i], within) << i;
    EXPECT_TRUE(index.first.interval.contains(first[i])) << i;
    EXPECT_TRUE(index.total.interval.contains(total[i])) << i;
  }
}

TEST(SobolStudy, FindsIshigamisIndices) {
  for (const char* design : {"sobol", "monte-carlo", "latin-hypercube"}) {
    const SobolStudy study =
        sobol_indices(make_model(ishigami), ishigami_inputs(),
                      {.samples = 8192, .design = design, .seed = 2, .estimates = {.level = 0.999}});
    EXPECT_EQ(study.answers.made, 8192 * 5);
    ASSERT_EQ(study.outputs.size(), 1U);
    expect_ishigamis(study.outputs[0].indices, std::string(design) == "sobol" ? 0.01 : 0.07);
  }
}

TEST(SobolStudy, FindsTheIndicesOfTheGFunction) {
  const GFunction g_function{.a = Vector{{0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0}}};
  const SobolStudy study = sobol_indices(make_model(g_function), unit_inputs(8),
                                         {.samples = 8192, .estimates = {.estimator = "jansen"}});
  const Vector first{
      {.71619217, .17904804, .02367577, .00716192, .00007162, .00007162, .00007162, .00007162}};
  const Vector total{
      {.78714413, .24219819, .03431691, .01046039, .00010495, .00010495, .00010495, .00010495}};
  for (Index i = 0; i < 8; ++i) {
    const SobolIndex& index = study.outputs[0].indices.inputs[static_cast<std::size_t>(i)];
    EXPECT_NEAR(index.first.value, first[i], 0.02) << i;
    EXPECT_NEAR(index.total.value, total[i], 0.01) << i;
  }
}

TEST(SobolStudy, GivesTheSameBitsUnderEveryMap) {
  const SobolStudyOptions options{.samples = 64, .second_order = true, .seed = 4};
  const auto solve = [&options](Map* map) {
    return sobol_indices(make_model(failing(ishigami, 0.1)), ishigami_inputs(), options, {.map = map});
  };
  const SobolStudy serial = solve(nullptr);
  EXPECT_GT(serial.answers.failed, 10);
  ThreadsMap threads(3);
  AdversarialMap last(Arrival::last_come, 5);
  for (Map* map : {static_cast<Map*>(&threads), static_cast<Map*>(&last)}) {
    const SobolStudy other = solve(map);
    EXPECT_EQ(other.answers.failed, serial.answers.failed);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(other.outputs[0].indices.inputs[i].total.value,
                serial.outputs[0].indices.inputs[i].total.value);
      EXPECT_EQ(other.outputs[0].indices.pairs[i].second.interval.upper,
                serial.outputs[0].indices.pairs[i].second.interval.upper);
    }
  }
}

TEST(SobolStudy, GoesOnAfterAKillWithoutCallingTheModelAgain) {
  const SobolStudyOptions options{.samples = 32};
  MemoryRecorder journal;
  const SobolStudy whole =
      sobol_indices(make_model(ishigami), ishigami_inputs(), options, {.recorder = &journal});
  MemoryRecorder left(journal, 100, false);
  int calls = 0;
  const auto counted = [&calls](const VectorView& x) {
    ++calls;
    return ishigami(x);
  };
  const SobolStudy resumed =
      sobol_indices(make_model(counted), ishigami_inputs(), options, {.recorder = &left});
  EXPECT_EQ(calls, 32 * 5 - 100);
  EXPECT_EQ(resumed.answers.outputs, whole.answers.outputs);
}

TEST(SobolStudy, StaysRightWhereEvaluationsFail) {
  for (const double share : {0.05, 0.2}) {
    const SobolStudy study = sobol_indices(make_model(failing(ishigami, share)), ishigami_inputs(),
                                           {.samples = 8192, .seed = 1, .estimates = {.level = 0.999}});
    EXPECT_NEAR(static_cast<double>(study.answers.failed) / (8192.0 * 5.0), share, 0.02);
    expect_ishigamis(study.outputs[0].indices, 0.06);
  }
}

TEST(SobolStudy, StaysWithinItsIntervalsByEveryEstimatorWhereEvaluationsFail) {
  const GFunction g{.a = Vector{{0.0, 1.0, 4.5, 9.0}}};
  const ExactIndices exact = g.indices();
  for (const double share : {0.05, 0.2}) {
    const SobolStudyOptions options{.samples = 4096, .second_order = true, .seed = 1};
    const SobolStudy study = sobol_indices(make_model(failing(g, share)), unit_inputs(4), options);
    for (const char* estimator : {"saltelli", "jansen", "martinez", "mauntz-kucherenko"}) {
      const auto found =
          sobol_estimates(sobol_plan(4, options), study.answers, {.estimator = estimator});
      for (Index i = 0; i < 4; ++i) {
        const SobolIndex& index = found[0].indices.inputs[static_cast<std::size_t>(i)];
        EXPECT_TRUE(index.first.interval.contains(exact.first[i])) << estimator << share << i;
        EXPECT_TRUE(index.total.interval.contains(exact.total[i])) << estimator << share << i;
      }
      const double pair = g.parts()[0] * g.parts()[1] / g.variance();
      EXPECT_TRUE(found[0].indices.pairs[0].second.interval.contains(pair)) << estimator << share;
    }
  }
}

TEST(SobolStudy, OfMoreRowsBeginsWithTheEvaluationsOfAShorterOne) {
  for (const char* design : {"sobol", "monte-carlo"}) {
    const auto solve = [design](Index samples) {
      return sobol_indices(make_model(ishigami), ishigami_inputs(),
                           {.samples = samples, .design = design});
    };
    const SobolStudy few = solve(48);
    const SobolStudy many = solve(64);
    EXPECT_EQ(many.points.leftCols(few.points.cols()), few.points) << design;
    const PickFreeze plan = sobol_plan(3, {.samples = 64, .design = design});
    PointAnswers first{.outputs = many.answers.outputs.leftCols(48 * 5), .names = {"y"}, .stop = {}};
    const auto found = sobol_estimates(plan, first);
    EXPECT_EQ(found[0].indices.rows, 48);
    EXPECT_EQ(found[0].indices.inputs[0].total.value, few.outputs[0].indices.inputs[0].total.value);
  }
}

TEST(SobolStudy, TakesAMapAsItsLastArgument) {
  ThreadsMap threads(2);
  const SobolStudy shared =
      sobol_indices(make_model(ishigami), ishigami_inputs(), {.samples = 16}, threads);
  const SobolStudy alone = sobol_indices(make_model(ishigami), ishigami_inputs(), {.samples = 16});
  EXPECT_EQ(shared.answers.outputs, alone.answers.outputs);
}

TEST(SobolStudy, OfGroupsTreatsThemAsOneInput) {
  const SobolStudy study =
      sobol_indices(make_model(ishigami), ishigami_inputs(), {.samples = 4096, .groups = {0, 1, 0}});
  const SobolIndices& found = study.outputs[0].indices;
  ASSERT_EQ(found.inputs.size(), 2U);
  EXPECT_NEAR(found.inputs[0].first.value, 1.0 - 0.4424111448, 0.01);
  EXPECT_NEAR(found.inputs[0].total.value, 1.0 - 0.4424111448, 0.01);
}

std::string refusal(const Inputs& inputs, const SobolStudyOptions& options) {
  int calls = 0;
  try {
    const auto counted = [&calls](const VectorView& x) {
      ++calls;
      return x[0];
    };
    static_cast<void>(sobol_indices(make_model(counted), inputs, options));
  } catch (const InvalidArgument& error) {
    EXPECT_EQ(calls, 0) << "evaluated in vain";
    return error.what();
  }
  return "";
}

TEST(SobolStudy, RefusesWhatHasNoIndices) {
  Inputs joined = ishigami_inputs();
  joined.join({"x1", "x3"}, gumbel_copula(2.0));
  EXPECT_NE(refusal(joined, {}).find("joined by a copula"), std::string::npos);
  EXPECT_NE(refusal(Inputs(), {}).find("there are no inputs"), std::string::npos);
  EXPECT_NE(refusal(ishigami_inputs(), {.samples = 1}).find("samples = 1"), std::string::npos);
  EXPECT_NE(refusal(ishigami_inputs(), {.design = "halton"}).find("design"), std::string::npos);
  EXPECT_NE(refusal(ishigami_inputs(), {.estimates = {.level = 95.0}}).find("level = 95"),
            std::string::npos);
  EXPECT_NE(refusal(ishigami_inputs(), {.groups = {0, 1}}), "");
}

TEST(SobolStudy, GivesTheSameBitsWithoutKeepingPoints) {
  const auto model = make_model([](const VectorView& x) { return std::sin(x[0]) + x[1] * x[2]; });
  ThreadsMap threads(3);
  for (const char* design : {"sobol", "monte-carlo", "latin-hypercube"}) {
    const bool is_sobol = std::string(design) == "sobol";  // in more parts than one
    SobolStudyOptions options{
        .samples = is_sobol ? 17'000 : 700, .design = design, .second_order = !is_sobol, .seed = 3};
    const SobolStudy kept = sobol_indices(model, ishigami_inputs(), options);
    options.keep_points = false;
    const SobolStudy none = sobol_indices(model, ishigami_inputs(), options);
    EXPECT_EQ(none.points.size(), 0);
    EXPECT_EQ(none.answers.outputs, kept.answers.outputs) << design;
    if (!is_sobol) {
      const SobolStudy shared = sobol_indices(model, ishigami_inputs(), options, threads);
      EXPECT_EQ(shared.answers.outputs, kept.answers.outputs) << design;
    }
    EXPECT_EQ(none.outputs.front().indices.inputs[2].total.value,
              kept.outputs.front().indices.inputs[2].total.value);
  }
}

}  // namespace
}  // namespace mystic
