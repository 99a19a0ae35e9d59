// Terminations and reductions as a study spells them.

#include "tests/cli/studies.hpp"

#include <gtest/gtest.h>

namespace mystic::testing {
namespace {

// The object `stop` of the result of `study`, or what went wrong.
Json stop_of(const Json& study) {
  const ScratchDirectory scratch;
  scratch.write("study.json", study.dump());
  const Ended ended =
      run_program(mystic_command({"run", "study.json", "--map", "serial", "--quiet", "--out", "out"}),
                  scratch.path());
  if (ended.status != 0) return ended.output;
  return Json::parse(text_of(scratch.path() / "out" / "result.json"))["stop"];
}

std::string complaint_of(const Json& study) {
  const ScratchDirectory scratch;
  scratch.write("study.json", study.dump());
  const Ended ended = run_program(mystic_command({"check", "study.json"}), scratch.path());
  return ended.status == 2 ? ended.output : "nothing is wrong";
}

Json with(const std::string& termination) {
  Json study = function_study();
  study["termination"] = Json::parse(termination);
  return study;
}

TEST(StudyTerminations, NestInEachOther) {
  const Json stop = stop_of(with(R"({"kind": "any-of", "of": [
    {"kind": "value-to-reach", "target": -1},
    {"kind": "all-of", "of": [
      {"kind": "generations-reached", "generations": 7},
      {"kind": "when", "of": {"kind": "evaluations-reached", "evaluations": 3}},
      {"kind": "not", "of": {"kind": "value-to-reach", "tolerance": 1e-30}}]}]})"));
  EXPECT_EQ(stop["kind"], "converged") << stop;
  EXPECT_EQ(stop["reason"].get<std::string>().rfind("7 generations; ", 0), 0U) << stop;
  EXPECT_NE(stop["reason"].get<std::string>().find("; not: the best cost is within 1e-30 of 0"),
            std::string::npos)
      << stop;
}

TEST(StudyTerminations, OfEachKindCanEndAStudy) {
  const std::vector<std::pair<std::string, std::string>> kinds{
      {R"({"kind": "value-to-reach-or-change", "cost_tolerance": 1})", "best cost"},
      {R"({"kind": "normalised-cost-target", "window": 3})", "fell by at most 0 over 3"},
      {R"({"kind": "normalised-cost-target", "target": 2, "tolerance": 1})", "within 2 of 2"},
      {R"({"kind": "population-spread", "tolerance": 1e9})", "all candidates"},
      {R"({"kind": "solution-improvement", "tolerance": 1e9, "window": 4})", "over 4 generations"},
      {R"({"kind": "collapse-at", "tolerance": 1e9, "window": 4, "except": ["a"]})",
       "collapsed over 4 generations: x[1] at"},
      {R"({"kind": "collapse-as", "tolerance": 1e9, "window": 4})", ": x[1] = x[0]"},
      {R"({"kind": "collapse-cost", "limit": 1e-12, "samples": 2, "clip": true, "window": 50})",
       "collapsed: x["}};
  for (const auto& [termination, reason] : kinds) {
    const Json stop = stop_of(with(termination));
    ASSERT_TRUE(stop.is_object()) << termination << stop;
    EXPECT_EQ(stop["kind"], "converged") << termination;
    EXPECT_NE(stop["reason"].get<std::string>().find(reason), std::string::npos) << termination << stop;
  }
  EXPECT_EQ(stop_of(with(R"({"kind": "seconds-reached", "seconds": 1e-9})"))["kind"], "seconds");
}

TEST(StudyTerminations, SayWhatIsWrongWithThem) {
  const std::vector<std::pair<std::string, std::string>> wrong{
      {R"({"kind": "generations-reached"})", "termination.generations: is missing"},
      {R"({"kind": "collapse-at", "except": ["c"]})", "termination.except[0]: 'c' is no variable"},
      {R"({"kind": "collapse-as", "except": [["a"]]})", "termination.except[0]: must be a list of two"},
      {R"({"kind": "collapse-cost", "samples": 60, "window": 50})", "samples = 60 must be at most"},
      {R"({"kind": "collapse-cost", "except": [{"lower": 1}]})", "except[0].variable: is missing"},
      {R"({"kind": "not", "of": {"kind": "seconds-reached", "seconds": 3}})", "cannot be negated"},
      {R"({"kind": "not"})", "termination.of: is missing"},
      {R"({"kind": "when", "of": {"kind": "whem"}})", "termination.of.kind: 'whem' is not known"},
      {R"({"kind": "nott"})", "did you mean 'not'"}};
  for (const auto& [termination, words] : wrong) {
    const std::string complaint = complaint_of(with(termination));
    EXPECT_NE(complaint.find(words), std::string::npos) << termination << complaint;
  }
  Json member = beam_study();
  member["solver"]["member"]["termination"] = {{"kind", "seconds-reached"}, {"seconds", 3}};
  EXPECT_NE(complaint_of(member).find("solver.member.termination: is by time"), std::string::npos);
}

// Deviation and price of the same beams: the larger of them, whichever it is.
TEST(StudyCosts, MayReduceSeveralOutputs) {
  const ScratchDirectory scratch;
  Json study = beam_study();
  study.erase("requirements");
  study["limits"]["evaluations"] = 6;
  study["cost"] = {{"reduce", "max"}, {"of", {"deviation", "price"}}};
  scratch.write("study.json", study.dump());
  const Ended ended =
      run_program(mystic_command({"run", "study.json", "--quiet", "--out", "out"}), scratch.path());
  ASSERT_EQ(ended.status, 0) << ended.output;
  const Json best = Json::parse(text_of(scratch.path() / "out" / "result.json"))["best"];
  EXPECT_EQ(best["cost"],
            std::max(best["outputs"]["deviation"].get<double>(), best["outputs"]["price"].get<double>()))
      << best;
  study["cost"] = {{"reduce", "maximum"}, {"of", {"deviation", "prise"}}};
  const std::string complaint = complaint_of(study);
  EXPECT_NE(complaint.find("cost.reduce: 'maximum' is not known"), std::string::npos) << complaint;
  EXPECT_NE(complaint.find("cost.of[1]: 'prise' is no output"), std::string::npos) << complaint;
  study["cost"] = {{"of", {"deviation"}}};
  EXPECT_NE(complaint_of(study).find("cost.of: goes with reduce"), std::string::npos);
}

}  // namespace
}  // namespace mystic::testing
