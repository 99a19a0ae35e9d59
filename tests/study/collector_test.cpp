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

}  // namespace
}  // namespace mystic::study
