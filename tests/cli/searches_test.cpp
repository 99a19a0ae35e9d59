// Searches made of searches, in a study.

#include "tests/cli/studies.hpp"

#include <gtest/gtest.h>

#include <map>

namespace mystic::testing {
namespace {

Json study_with(const std::string& solver, const std::string& function = "rosenbrock") {
  Json study = function_study(function);
  for (Json& variable : study["variables"]) {
    variable["lower"] = -6.0;
    variable["upper"] = 6.0;
  }
  study.erase("termination");
  study["solver"] = Json::parse(solver);
  study["limits"] = {{"evaluations", 100000}};
  return study;
}

Ended run(const Json& study, const ScratchDirectory& scratch, const std::string& out,
          const std::string& map = "serial") {
  scratch.write("study.json", study.dump());
  return run_program(mystic_command({"run", "study.json", "--quiet", "--map", map, "--out", out}),
                     scratch.path());
}

Ended check(const Json& study, const ScratchDirectory& scratch) {
  scratch.write("study.json", study.dump());
  return run_program(mystic_command({"check", "study.json"}), scratch.path());
}

Json result(const ScratchDirectory& scratch, const std::string& out) {
  return Json::parse(text_of(scratch.path() / out / "result.json"));
}

TEST(SearchAllStudy, ReportsEveryStationaryPointWithItsKind) {
  const ScratchDirectory scratch;
  const Ended ended = run(study_with(R"({"kind": "search-all"})", "himmelblau"), scratch, "out");
  ASSERT_EQ(ended.status, 0) << ended.output;
  std::map<std::string, int> kinds;
  const Json points = result(scratch, "out")["stationary_points"];
  for (const Json& point : points) ++kinds[point["kind"].get<std::string>()];
  EXPECT_EQ(kinds,
            (std::map<std::string, int>{{"minimum", 4}, {"maximum", 1}, {"saddle of index 1", 4}}));
  EXPECT_EQ(points[0]["curvatures"].size(), 2U);
  ASSERT_EQ(
      run(study_with(R"({"kind": "search-all"})", "himmelblau"), scratch, "two", "threads:2").status, 0);
  EXPECT_EQ(lasting_result(scratch.path() / "out"), lasting_result(scratch.path() / "two"));
}

TEST(NestedStudy, RunsAnEnsembleInAnEnsembleOfSearchesInTurn) {
  const ScratchDirectory scratch;
  const Ended ended = run(study_with(R"({
      "kind": "lattice", "starts": 4, "until": "nothing-new", "together": 2, "patience": 2,
      "member": {
        "kind": "buckshot", "starts": 2, "evaluations": 2000,
        "member": {
          "kind": "in-turn",
          "first": {"kind": "differential-evolution", "population": 8, "generations": 5},
          "second": {"kind": "powell", "until_flat": {"tolerance": 1e-6}}
        }
      }
    })"),
                          scratch, "out");
  ASSERT_EQ(ended.status, 0) << ended.output;
  const Json report = result(scratch, "out");
  EXPECT_EQ(report["solver"], "lattice of buckshot of differential-evolution, then powell");
  EXPECT_LT(report["best"]["cost"].get<double>(), 1e-8);
}

TEST(DealtStudy, GivesTheSameAsPointByPoint) {
  const ScratchDirectory scratch;
  const std::string points = R"({"kind": "buckshot", "starts": 3, "member": {"kind": "nelder-mead"}})";
  const std::string whole =
      R"({"kind": "buckshot", "starts": 3, "deal": "whole", "member": {"kind": "nelder-mead"}})";
  Json study = study_with(points);
  study.erase("limits");
  ASSERT_EQ(run(study, scratch, "points").status, 0);
  study = study_with(whole);
  study.erase("limits");
  const Ended ended = run(study, scratch, "whole", "threads:2");
  ASSERT_EQ(ended.status, 0) << ended.output;
  EXPECT_EQ(result(scratch, "points")["best"], result(scratch, "whole")["best"]);
  EXPECT_EQ(result(scratch, "points")["members"], result(scratch, "whole")["members"]);
  EXPECT_EQ(result(scratch, "points")["evaluations"], result(scratch, "whole")["evaluations"]);
}

TEST(CollapsingStudy, FreezesWhatIsAtRest) {
  const ScratchDirectory scratch;
  const Ended ended = run(study_with(R"({"kind": "differential-evolution", "population": 20,
                                         "collapse": {"target": 0, "tolerance": 1e-3, "window": 20}})",
                                     "sphere"),
                          scratch, "out");
  ASSERT_EQ(ended.status, 0) << ended.output;
  EXPECT_EQ(result(scratch, "out")["solver"], "differential-evolution");
  EXPECT_LT(result(scratch, "out")["best"]["cost"].get<double>(), 1e-10);
}

TEST(SearchStudies, SayWhereTheyAreWrong) {
  const ScratchDirectory scratch;
  const std::map<std::string, std::string> wrong{
      {R"({"kind": "lattice", "member": {"kind": "latice", "member": {}}})", "did you mean 'lattice'"},
      {R"({"kind": "lattice"})", "solver.member"},
      {R"({"kind": "lattice", "until": "ever", "member": {"kind": "powell"}})",
       "all | first | nothing-new"},
      {R"({"kind": "lattice", "deal": "half", "member": {"kind": "powell"}})", "solver.deal"},
      {R"({"kind": "lattice", "collapse": {}, "member": {"kind": "powell"}})", "solver.collapse"},
      {R"({"kind": "lattice", "member": {"kind": "lattice", "deal": "whole", "member": {"kind": "powell"}}})",
       "solver.member.deal"},
      {R"({"kind": "in-turn", "first": {"kind": "powell"}})", "solver.second"},
      {R"({"kind": "search-all", "hits": 0})", "solver.hits"},
      {R"({"kind": "powell", "collapse": {"windows": 3}})", "did you mean 'window'"},
      {R"({"kind": "powell", "until_flat": {"norm": "round"}})", "max | euclidean | sum"}};
  for (const auto& [solver, text] : wrong) {
    const Ended ended = run(study_with(solver), scratch, "out");
    EXPECT_EQ(ended.status, 2) << solver << ended.output;
    EXPECT_NE(ended.output.find(text), std::string::npos) << solver << '\n' << ended.output;
  }
}

TEST(SearchStudies, RefuseDifferencesAlongVariablesThatAreNotReal) {
  const ScratchDirectory scratch;
  const std::map<std::string, std::string> wrong{
      {R"({"kind": "search-all"})", "solver.kind: 'a' is not real"},
      {R"({"kind": "powell", "until_flat": {}})", "solver.until_flat: 'a' is not real"},
      {R"({"kind": "lattice", "member": {"kind": "in-turn", "first": {"kind": "powell"},
          "second": {"kind": "powell", "until_flat": {}}}})",
       "solver.member.second.until_flat: 'a' is not real"}};
  for (const auto& [solver, text] : wrong) {
    Json study = study_with(solver);
    ASSERT_EQ(check(study, scratch).status, 0) << solver;
    study["variables"][0]["type"] = "integer";
    const Ended ended = check(study, scratch);
    EXPECT_EQ(ended.status, 2) << solver << ended.output;
    EXPECT_NE(ended.output.find(text), std::string::npos) << solver << '\n' << ended.output;
  }
  Json study = study_with(R"({"kind": "differential-evolution", "until_flat": {}})");
  for (const char* key : {"lower", "upper", "start"}) study["variables"][1].erase(key);
  study["variables"][0].erase("start");
  study["variables"][1]["type"] = "choice";
  study["variables"][1]["choices"] = {1.5, 2.5};
  EXPECT_NE(check(study, scratch).output.find("until_flat: 'b' is not real"), std::string::npos);
}

}  // namespace
}  // namespace mystic::testing
