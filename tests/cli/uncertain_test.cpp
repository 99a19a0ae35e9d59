// Laws and dependence of a study, as the program meets them.

#include "tests/cli/studies.hpp"

#include <gtest/gtest.h>

namespace mystic::testing {
namespace {

// a: kernel-smoothed from data.csv; b: normal.
Json uncertain_study() {
  Json study = function_study();
  study["variables"][0]["law"] = {{"kind", "kernel-smoothed"}, {"file", "data.csv"}, {"column", "a"}};
  study["variables"][1]["law"] = {{"kind", "normal"}, {"mean", 1}, {"sd", 0.5}};
  study["dependence"] =
      Json::array({{{"copula", "normal"}, {"of", Json::array({"a", "b"})}, {"spearman", -0.2}}});
  return study;
}

class Uncertain : public ::testing::Test {
 protected:
  Uncertain() { scratch_.write("data.csv", "run,a\n1,-1.5\n2,-0.5\n3,0.25\n"); }

  Ended mystic(const std::vector<std::string>& arguments) {
    return run_program(mystic_command(arguments), scratch_.path());
  }
  Ended check(const Json& study) {
    scratch_.write("study.json", study.dump());
    return mystic({"check", "study.json"});
  }
  // That it was refused, with this line.
  void expect_refused(const Json& study, const std::string& line) {
    const Ended ended = check(study);
    EXPECT_EQ(ended.status, 2) << ended.output;
    EXPECT_EQ(ended.output, "mystic: study.json: " + line + "\n");
  }

  ScratchDirectory scratch_;
};

TEST_F(Uncertain, StudiesWithLawsAndDependencePassTheCheck) {
  const Ended ended = check(uncertain_study());
  EXPECT_EQ(ended.status, 0) << ended.output;
}

TEST_F(Uncertain, StudiesWithMistakesInLawsAreRefusedByTheCheck) {
  Json study = uncertain_study();
  study["variables"][1]["law"]["sd"] = 0;
  expect_refused(study, "variables[1].law.sd: is 0; must be in (0, inf)");
  study = uncertain_study();
  study["dependence"][0]["spearman"] = 1.2;
  expect_refused(study, "dependence[0].spearman: is 1.2; must be in [-1, 1]");
  study = uncertain_study();
  study["dependance"] = study["dependence"];
  expect_refused(study, "dependance: unknown key; did you mean 'dependence'?");
  study = uncertain_study();
  study["variables"][0]["low"] = study["variables"][0]["law"];
  expect_refused(study, "variables[0].low: unknown key; did you mean 'law'?");
  scratch_.write("data.csv", "run,a\n1,-1.5\n2,much\n");
  expect_refused(uncertain_study(), "variables[0].law.file: data.csv:3: 'much' is no finite number");
}

// The numbers of a file are part of what is asked.
TEST_F(Uncertain, StudiesDoNotGoOnWithOtherData) {
  Json study = uncertain_study();
  study["limits"]["evaluations"] = 20;
  scratch_.write("study.json", study.dump());
  ASSERT_EQ(mystic({"run", "study.json", "--quiet", "--out", "out"}).status, 0);
  study["limits"]["evaluations"] = 40;
  scratch_.write("out/study.json", study.dump());
  ASSERT_EQ(mystic({"resume", "out", "--quiet"}).status, 0);
  scratch_.write("data.csv", "run,a\n1,-1.5\n2,-0.5\n3,0.26\n");
  const Ended ended = mystic({"resume", "out", "--quiet"});
  EXPECT_EQ(ended.status, 2) << ended.output;
  EXPECT_NE(ended.output.find("contents of files.data.csv: was "), std::string::npos) << ended.output;
}

// Of every kind, by its name and with the fewest options.
TEST_F(Uncertain, EveryDesignCanBeChosen) {
  Json study = function_study();
  study.erase("solver");
  study.erase("limits");
  study.erase("termination");
  study["variables"].push_back({{"name", "c"}, {"lower", -5}, {"upper", 5}, {"start", 0}});
  scratch_.write("points.csv", "a,b,c,weight\n1,2,3,0.5\n2,3,4,0.5\n");
  for (const char* kind :
       {"monte-carlo", "latin-hypercube", "sobol", "halton", "hammersley", "lattice"}) {
    study["method"] = {{"design", {{"kind", kind}, {"samples", 8}}}};
    EXPECT_EQ(check(study).status, 0) << check(study).output;
  }
  for (const char* kind :
       {"full-factorial", "box-behnken", "central-composite", "gauss-product", "smolyak"}) {
    study["method"] = {{"design", {{"kind", kind}}}};
    EXPECT_EQ(check(study).status, 0) << check(study).output;
  }
  study["method"] = {
      {"design", {{"kind", "fractional-factorial"}, {"generators", {{"c", {"a", "b"}}}}}}};
  EXPECT_EQ(check(study).status, 0) << check(study).output;
  study["method"] = {{"design", {{"kind", "file"}, {"file", "points.csv"}}}};
  EXPECT_EQ(check(study).status, 0) << check(study).output;
}

// What `fit` says to write into a study is taken there.
TEST_F(Uncertain, DataAreFittedBeforeAStudyAndInIt) {
  const Ended ended = mystic({"fit", "data.csv", "--column", "a", "--families", "normal,lognormal",
                              "--replicates", "19", "--out", "fit.svg"});
  ASSERT_EQ(ended.status, 0) << ended.output;
  EXPECT_NE(ended.output.find("\nRefused\n  lognormal "), std::string::npos) << ended.output;
  EXPECT_TRUE(std::filesystem::exists(scratch_.path() / "fit.svg"));
  const std::string before = "\"law\": ";
  const std::size_t from = ended.output.find(before) + before.size();
  const std::size_t end = ended.output.find('\n', from);
  Json study = uncertain_study();
  study["variables"][0]["law"] = Json::parse(ended.output.substr(from, end - from));
  EXPECT_EQ(check(study).status, 0) << study;
  study["variables"][0]["law"]["kind"] = "lognormal";
  EXPECT_EQ(check(study).status, 2) << study;
  EXPECT_EQ(mystic({"fit", "data.csv"}).status, 2);
}

// The manual's pages hold what the program prints.
TEST_F(Uncertain, ListsAreThoseOfTheManualsPages) {
  for (const auto& [what, page] :
       {std::pair{"laws", "laws.md"}, std::pair{"copulas", "dependence.md"},
        std::pair{"methods", "which-method.md"}, std::pair{"designs", "designs.md"}}) {
    const Ended ended = mystic({"list", what});
    ASSERT_EQ(ended.status, 0) << ended.output;
    const auto file = std::filesystem::path(MYSTIC_SOURCE_DIR) / "docs" / "uq" / page;
    EXPECT_NE(text_of(file).find("```text\n" + ended.output + "```\n"), std::string::npos)
        << "replace the block of docs/uq/" << page << " by what 'mystic list " << what << "' prints:\n"
        << ended.output;
  }
}

}  // namespace
}  // namespace mystic::testing
