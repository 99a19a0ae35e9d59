// What may change in a study of uncertainty between its sessions: all that is made of the outputs, and
// nothing that the points hang on.

#include "tests/cli/uncertain_studies.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace mystic::testing {
namespace {

using Change = std::function<void(Json& study)>;

class ChangedMethod : public ::testing::Test {
 protected:
  void run(Json study) {
    study_ = std::move(study);
    scratch_.write("study.json", study_.dump());
    const Ended ended = mystic_in(scratch_, {"run", "study.json", "--quiet", "--out", "out"});
    ASSERT_EQ(ended.status, 0) << ended.output;
    before_ = result_in(scratch_, "out");
  }
  Ended resume_with(const Change& change) {
    Json changed = study_;
    change(changed);
    scratch_.write("out/study.json", changed.dump());
    return mystic_in(scratch_, {"resume", "out", "--quiet"});
  }
  // The result of a resume that evaluates nothing.
  Json answer_to(const Change& change) {
    const Ended ended = resume_with(change);
    EXPECT_EQ(ended.status, 0) << ended.output;
    Json result = result_in(scratch_, "out");
    EXPECT_EQ(result["run"]["replayed"], before_["evaluations"]["total"]);
    EXPECT_EQ(result["evaluations"], before_["evaluations"]);
    return result;
  }
  void expect_refused(const Change& change, const std::string& line) {
    const Ended ended = resume_with(change);
    EXPECT_EQ(ended.status, 2) << ended.output;
    EXPECT_NE(ended.output.find("\n  " + line + "\n"), std::string::npos) << ended.output;
  }

  ScratchDirectory scratch_;
  Json study_;
  Json before_;
};

TEST_F(ChangedMethod, WithOtherQuestionsAnswersThemWithoutAnEvaluation) {
  run(uncertain_study(Json::parse(R"({"propagate": {"samples": 60}})")));
  const Json other = answer_to([](Json& study) {
    Json& propagate = study["method"]["propagate"];
    propagate["quantiles"] = {0.25};
    propagate["level"] = 0.8;
    propagate["exceed"] = Json::parse(R"([{"output": "cost", "above": 10}])");
    propagate["wilks"] = {{"coverage", 0.9}, {"confidence", 0.9}};
    study["description"] = "asked otherwise";
  });
  const Json& output = other["outputs"][0];
  ASSERT_EQ(output["quantiles"].size(), 1U);
  EXPECT_EQ(output["quantiles"][0]["probability"], 0.25);
  EXPECT_EQ(output["exceed"][0]["above"], 10);
  EXPECT_TRUE(output.contains("wilks"));
  const Json& mean = output["mean"];
  EXPECT_EQ(mean["value"], before_["outputs"][0]["mean"]["value"]);
  EXPECT_GT(mean["lower"], before_["outputs"][0]["mean"]["lower"]) << "80 % is narrower";
}

TEST_F(ChangedMethod, WithAnotherEstimatorEstimatesAnewWithoutAnEvaluation) {
  run(uncertain_study(Json::parse(R"({"sensitivity": {"kind": "sobol", "samples": 64}})")));
  const std::string usual = before_["estimator"];
  const std::string other = usual == "saltelli" ? "martinez" : "saltelli";
  const Json result =
      answer_to([&](Json& study) { study["method"]["sensitivity"]["estimator"] = other; });
  EXPECT_EQ(result["estimator"], other);
  EXPECT_NE(result["outputs"][0]["inputs"][0]["first"], before_["outputs"][0]["inputs"][0]["first"]);
  EXPECT_EQ(answer_to([](Json&) {})["outputs"], before_["outputs"]);
}

TEST_F(ChangedMethod, WithOtherPointsIsRefusedAndSaysWhatDiffers) {
  run(dependent_study(Json::parse(R"({"propagate": {"samples": 20}})")));
  expect_refused([](Json& study) { study["method"]["propagate"]["design"] = "sobol"; },
                 R"(method.propagate.design.kind: was "monte-carlo", is "sobol")");
  expect_refused([](Json& study) { study["seed"] = 4; }, "seed in the file: was 3, is 4");
  expect_refused([](Json& study) { study["variables"][0]["law"]["sd"] = 0.6; },
                 "variables[0].law.sd: was 0.5, is 0.6");
  expect_refused([](Json& study) { study["variables"][1]["upper"] = 3; },
                 "variables[1].upper: was 2, is 3");
  expect_refused([](Json& study) { study["dependence"][0]["spearman"] = 0.4; },
                 "dependence[0].spearman: was -0.4, is 0.4");
  expect_refused([](Json& study) { study["model"]["name"] = "sphere"; },
                 R"(model.name: was "rosenbrock", is "sphere")");
  const Ended ended = resume_with([](Json& study) {
    study.erase("dependence");
    study["method"] = {{"sensitivity", {{"kind", "sobol"}, {"samples", 8}}}};
  });
  EXPECT_EQ(ended.status, 2) << ended.output;
  EXPECT_EQ(answer_to([](Json&) {})["outputs"], before_["outputs"]) << "it goes on as it was";
}

TEST_F(ChangedMethod, WithOptionsOfItsDesignChangedIsRefused) {
  run(uncertain_study(Json::parse(R"({"sensitivity": {"kind": "morris", "trajectories": 4}})")));
  expect_refused([](Json& study) { study["method"]["sensitivity"]["levels"] = 6; },
                 "method.sensitivity.levels: was 4, is 6");
  expect_refused([](Json& study) { study["method"]["sensitivity"]["groups"] = {{"g", {"a", "b"}}}; },
                 "method.sensitivity.groups: was missing, is [0,0,1]");
}

TEST_F(ChangedMethod, WithOtherNumbersInTheFileOfALawIsRefused) {
  scratch_.write("moduli.csv", "1\n2\n4\n");
  Json study = uncertain_study(Json::parse(R"({"propagate": {"samples": 20}})"));
  study["variables"][0]["law"] = {{"kind", "kernel-smoothed"}, {"file", "moduli.csv"}};
  run(study);
  scratch_.write("moduli.csv", "1\n2\n5\n");
  const Ended ended = resume_with([](Json&) {});
  EXPECT_EQ(ended.status, 2) << ended.output;
  EXPECT_NE(ended.output.find("contents of files.moduli.csv: was "), std::string::npos) << ended.output;
  scratch_.write("moduli.csv", "1\n2\n4\n");
  EXPECT_EQ(answer_to([](Json&) {})["outputs"], before_["outputs"]);
}

}  // namespace
}  // namespace mystic::testing
