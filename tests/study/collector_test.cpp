// What a study of uncertainty takes in of a run.

#include "study/methods/collector.hpp"

#include "mystic/study/study.hpp"

#include <gtest/gtest.h>

namespace mystic::study {
namespace {

// Stopped from outside, a run shows what came back, also behind what was called off.
TEST(SampleCollector, EndsBeforeAnEvaluationThatDidNotComeBack) {
  const Study study = read_study_text(
      R"({"variables": [{"name": "a", "lower": 0, "upper": 1}],
          "model": {"kind": "function", "name": "sphere"}, "method": {"propagate": {"samples": 9}}})",
      "s.json", ".", {});
  SampleCollector collector(study, *study.uncertainty, Points::Constant(1, 9, 0.5), 1);
  Outcome outcome;
  outcome.outputs = Vector{{0.25}};
  for (const std::uint64_t k : {0U, 1U, 3U}) {
    const EvaluationId id{{}, k};
    collector.evaluation({id, Vector{{0.5}}, 0.25, outcome});
  }
  EXPECT_EQ(collector.sample().count(), 2);
  EXPECT_FALSE(collector.sample().outputs.hasNaN());
}

TEST(SampleCollector, SaysAtTheEndHowTheEstimateOfAllStands) {
  const Study study = read_study_text(
      R"({"variables": [{"name": "a", "lower": 0, "upper": 1}],
          "model": {"kind": "function", "name": "sphere"}, "method": {"propagate": {"samples": 100}}})",
      "s.json", ".", {});
  SampleCollector collector(study, *study.uncertainty, Points::Constant(1, 100, 0.5), 1);
  Outcome outcome;
  outcome.outputs = Vector{{1.0}};
  const auto evaluate = [&](std::uint64_t from, std::uint64_t to) {
    for (std::uint64_t k = from; k < to; ++k) {
      const EvaluationId id{{}, k};
      collector.evaluation({id, Vector{{0.5}}, 1.0, outcome});
    }
  };
  evaluate(0, 95);
  EXPECT_EQ(collector.standing()->estimate.value, 1.0);
  outcome.outputs = Vector{{2.0}};
  evaluate(95, 100);
  EXPECT_EQ(collector.standing()->estimate.value, 1.0);  // not a tenth more
  collector.stopped({});
  EXPECT_EQ(collector.standing()->estimate.value, 1.05);
}

}  // namespace
}  // namespace mystic::study
