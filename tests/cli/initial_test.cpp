// "initial" in a study: several points to begin with.

#include "studies.hpp"

#include <gtest/gtest.h>

namespace mystic::testing {
namespace {

// Where the best of the first evaluations lies.
Json best_of_first(Json study, int evaluations, const ScratchDirectory& scratch,
                   const std::string& out) {
  study["limits"] = {{"evaluations", evaluations}};
  scratch.write("study.json", study.dump());
  const Ended ended = run_program(mystic_command({"run", "study.json", "--map", "serial", "--out", out}),
                                  scratch.path());
  EXPECT_EQ(ended.status, 0) << ended.output;
  return Json::parse(lasting_result(scratch.path() / out)).at("best").at("x");
}

TEST(InitialPointsOfAStudy, FromATableAreTheFirstThatAreEvaluated) {
  const ScratchDirectory scratch;
  // Rosenbrock's costs are 156.5, 901 and 10.5.
  scratch.write("simplex.csv", "b,a\n1.5,0.5\n1,2\n-0.25,0.125\n");
  Json study = function_study();
  study["solver"] = {{"kind", "nelder-mead"}};
  study["initial"] = {{"kind", "given"}, {"file", "simplex.csv"}};
  EXPECT_EQ(best_of_first(study, 1, scratch, "one"), (Json{{"a", 0.5}, {"b", 1.5}}));
  EXPECT_EQ(best_of_first(study, 2, scratch, "two"), (Json{{"a", 0.5}, {"b", 1.5}}));
  EXPECT_EQ(best_of_first(study, 3, scratch, "three"), (Json{{"a", 0.125}, {"b", -0.25}}));
}

TEST(InitialPointsOfAStudy, AreDrawnAroundTheStartOrElsewhereTheSameForASeed) {
  const ScratchDirectory scratch;
  Json study = function_study();
  study["solver"] = {{"kind", "differential-evolution"}, {"population", 8}};
  for (const Json& initial :
       {Json{{"kind", "random"}, {"count", 5}}, Json{{"kind", "around"}, {"count", 8}, {"radius", 0.1}},
        Json{{"kind", "multinormal"}, {"count", 8}, {"covariance", {{0.1, 0.0}, {0.0, 0.2}}}}}) {
    study["initial"] = initial;
    const std::string kind = initial["kind"];
    const Json first = best_of_first(study, 1, scratch, kind + "1");
    EXPECT_EQ(first, best_of_first(study, 1, scratch, kind + "2")) << kind;
    EXPECT_EQ(first == (Json{{"a", -1.2}, {"b", 1.0}}), kind == "around") << first;
  }
}

// A study whose points have changed is another study.
TEST(InitialPointsOfAStudy, MayNotChangeOnResume) {
  const ScratchDirectory scratch;
  scratch.write("points.csv", "a,b\n0,1\n");
  Json study = function_study();
  study["solver"] = {{"kind", "powell"}};
  study["initial"] = {{"kind", "given"}, {"file", "points.csv"}};
  static_cast<void>(best_of_first(study, 5, scratch, "out"));
  scratch.write("points.csv", "a,b\n0,2\n");
  const Ended resumed = run_program(mystic_command({"resume", "out"}), scratch.path());
  EXPECT_EQ(resumed.status, 2) << resumed.output;
  EXPECT_NE(resumed.output.find("initial"), std::string::npos) << resumed.output;
}

}  // namespace
}  // namespace mystic::testing
