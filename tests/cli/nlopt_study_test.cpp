// NLopt's solvers in a study; and what such a study is told by a program that was built without NLopt.

#include "tests/cli/studies.hpp"

#include <gtest/gtest.h>

namespace mystic::testing {
namespace {

Ended run(const Json& study, const ScratchDirectory& scratch, const std::string& out,
          const std::string& map = "serial") {
  scratch.write("study.json", study.dump());
  return run_program(mystic_command({"run", "study.json", "--quiet", "--out", out, "--map", map}),
                     scratch.path());
}

Ended check(const Json& study) {
  const ScratchDirectory scratch;
  scratch.write("study.json", study.dump());
  return run_program(mystic_command({"check", "study.json"}), scratch.path());
}

Json nlopt_study(const Json& solver) {
  Json study = function_study();
  study["solver"] = {{"kind", "nlopt"}};
  study["solver"].update(solver);
  return study;
}

#if !MYSTIC_WITH_NLOPT
TEST(NloptStudy, OfABuildWithoutItIsToldWhatToInstall) {
  const Ended refused = check(nlopt_study(Json::object()));
  EXPECT_EQ(refused.status, 2);
  EXPECT_NE(
      refused.output.find("solver.kind: 'nlopt' is not in this build: apt-get install libnlopt-dev"),
      std::string::npos)
      << refused.output;
}
#else
TEST(NloptStudy, RunsAloneAndAsAMemberTheSameUnderEveryMap) {
  const ScratchDirectory scratch;
  Json alone = nlopt_study({{"algorithm", "LN_BOBYQA"}});
  ASSERT_EQ(run(alone, scratch, "alone").status, 0);
  ASSERT_EQ(run(alone, scratch, "threads", "threads:2").status, 0);
  EXPECT_EQ(lasting_result(scratch.path() / "alone"), lasting_result(scratch.path() / "threads"));
  const Json result = Json::parse(text_of(scratch.path() / "alone" / "result.json"));
  EXPECT_LT(result["best"]["cost"].get<double>(), 1e-6) << result.dump(1);
  Json many = function_study();
  many["solver"] = {{"kind", "buckshot"}, {"starts", 3}};
  many["solver"]["member"] = {{"kind", "nlopt"}, {"algorithm", "GN_CRS2_LM"}, {"evaluations", 50}};
  ASSERT_EQ(run(many, scratch, "many").status, 0);
  ASSERT_EQ(run(many, scratch, "many-threads", "threads:3").status, 0);
  EXPECT_EQ(lasting_result(scratch.path() / "many"), lasting_result(scratch.path() / "many-threads"));
}

TEST(NloptStudy, IsCheckedBeforeItRuns) {
  const Ended rules = check(nlopt_study({{"algorithm", "LN_SBPLX"}, {"population", 9}}));
  EXPECT_EQ(rules.status, 2);
  EXPECT_NE(rules.output.find("solver: population means nothing to LN_SBPLX"), std::string::npos)
      << rules.output;
  Json open = nlopt_study({{"algorithm", "GN_DIRECT_L"}});
  open["variables"][0].erase("upper");
  const Ended box = check(open);
  EXPECT_EQ(box.status, 2);
  EXPECT_NE(box.output.find("solver.algorithm: needs lower and upper bounds for every variable"),
            std::string::npos)
      << box.output;
}
#endif

}  // namespace
}  // namespace mystic::testing
