// `mystic extend`: a finished study with more samples is the study that would have had them at once, and
// what had been evaluated is not evaluated again.

#include "tests/cli/uncertain_studies.hpp"

#include <gtest/gtest.h>

namespace mystic::testing {
namespace {

namespace fs = std::filesystem;

struct Growth {
  std::string name;
  std::string before;  ///< the method, as JSON
  std::string wanted;  ///< --samples
  std::string after;   ///< the method that has so many
};

class Extend : public ::testing::TestWithParam<Growth> {};

TEST_P(Extend, GivesTheFilesOfAStudyThatHadThemAtOnce) {
  const ScratchDirectory scratch;
  scratch.write("small.json", uncertain_study(Json::parse(GetParam().before)).dump());
  scratch.write("large.json", uncertain_study(Json::parse(GetParam().after)).dump());
  ASSERT_EQ(mystic_in(scratch, {"run", "small.json", "--quiet", "--out", "out"}).status, 0);
  const Json before = result_in(scratch, "out");
  ASSERT_EQ(mystic_in(scratch, {"run", "large.json", "--quiet", "--out", "large"}).status, 0);
  const Ended ended = mystic_in(scratch, {"extend", "out", "--samples", GetParam().wanted});
  ASSERT_EQ(ended.status, 0) << ended.output;
  EXPECT_EQ(lasting_files(scratch.path() / "out"), lasting_files(scratch.path() / "large"));
  const Json after = result_in(scratch, "out");
  EXPECT_EQ(after["run"]["replayed"], before["evaluations"]["total"]);
  EXPECT_EQ(after["evaluations"]["total"].get<int>(), 2 * before["evaluations"]["total"].get<int>());
  // Again with the same number: nothing is new.
  ASSERT_EQ(mystic_in(scratch, {"extend", "out", "--samples", GetParam().wanted}).status, 0);
  EXPECT_EQ(result_in(scratch, "out")["run"]["replayed"], after["evaluations"]["total"]);
  EXPECT_EQ(lasting_files(scratch.path() / "out"), lasting_files(scratch.path() / "large"));
}

INSTANTIATE_TEST_SUITE_P(
    Methods, Extend,
    ::testing::Values(
        Growth{"MonteCarlo", R"({"propagate": {"samples": 50}})", "100",
               R"({"propagate": {"samples": 100}})"},
        Growth{"SobolDesign", R"({"propagate": {"samples": 32, "design": "sobol"}})", "64",
               R"({"propagate": {"samples": 64, "design": "sobol"}})"},
        Growth{
            "LatinHypercube", R"({"propagate": {"samples": 40, "design": "latin-hypercube"}})", "80",
            R"({"propagate": {"samples": 40, "design": {"kind": "latin-hypercube", "doublings": 1}}})"},
        Growth{"SobolIndices", R"({"sensitivity": {"kind": "sobol", "samples": 32}})", "64",
               R"({"sensitivity": {"kind": "sobol", "samples": 64}})"},
        Growth{"Morris", R"({"sensitivity": {"kind": "morris", "trajectories": 5}})", "10",
               R"({"sensitivity": {"kind": "morris", "trajectories": 10}})"},
        Growth{"Efast", R"({"sensitivity": {"kind": "efast", "samples": 150, "curves": 2}})", "4",
               R"({"sensitivity": {"kind": "efast", "samples": 150, "curves": 4}})"},
        Growth{"Dgsm", R"({"sensitivity": {"kind": "dgsm", "samples": 20}})", "40",
               R"({"sensitivity": {"kind": "dgsm", "samples": 40}})"},
        Growth{"Correlation",
               R"({"sensitivity": {"kind": "correlation", "samples": 30, "design": "halton"}})", "60",
               R"({"sensitivity": {"kind": "correlation", "samples": 60, "design": "halton"}})"},
        Growth{"Lattice", R"({"design": {"kind": "lattice", "samples": 30}})", "60",
               R"({"design": {"kind": "lattice", "samples": 60}})"}),
    [](const auto& parameter) { return parameter.param.name; });

// Refused with this line; the study stays as it is.
void expect_refused(const std::string& method, const std::string& samples, const std::string& line) {
  const ScratchDirectory scratch;
  scratch.write("study.json", uncertain_study(Json::parse(method)).dump());
  ASSERT_EQ(mystic_in(scratch, {"run", "study.json", "--quiet", "--out", "out"}).status, 0);
  const std::string study = text_of(scratch.path() / "out" / "study.json");
  const std::string result = text_of(scratch.path() / "out" / "result.json");
  const Ended ended = mystic_in(scratch, {"extend", "out", "--samples", samples});
  EXPECT_EQ(ended.status, 2) << ended.output;
  EXPECT_EQ(ended.output.find("mystic: extend: " + line), 0U) << ended.output;
  EXPECT_EQ(text_of(scratch.path() / "out" / "study.json"), study);
  EXPECT_EQ(text_of(scratch.path() / "out" / "result.json"), result);
}

TEST(ExtendRefuses, FewerThanThereAre) {
  expect_refused(R"({"propagate": {"samples": 50}})", "49", "--samples 49: there are 50 already\n");
  expect_refused(R"({"sensitivity": {"kind": "sobol", "samples": 8}})", "7",
                 "--samples 7: there are 8 rows already\n");
  expect_refused(R"({"sensitivity": {"kind": "morris", "trajectories": 5}})", "4",
                 "--samples 4: there are 5 trajectories already\n");
}

TEST(ExtendRefuses, PointsThatAllHangOnHowManyThereAre) {
  expect_refused(R"({"propagate": {"samples": 50, "design": "hammersley"}})", "100",
                 "points of 'hammersley' all hang on how many there are");
  expect_refused(R"({"propagate": {"samples": 40, "design": "latin-hypercube"}})", "100",
                 "--samples 100: a Latin hypercube is doubled: 80, 160 or 320\n");
  expect_refused(R"({"sensitivity": {"kind": "sobol", "samples": 8, "design": "latin-hypercube"}})",
                 "16", "rows of a Latin hypercube all hang on how many there are");
  expect_refused(R"({"sensitivity": {"kind": "morris", "trajectories": 5, "candidates": 9}})", "10",
                 "trajectories that were chosen for their spread all hang on how many there are");
  expect_refused(R"({"design": {"kind": "gauss-product", "nodes": [2]}})", "100",
                 "the options of 'gauss-product' say how many points there are\n");
}

TEST(ExtendRefuses, SearchesAndWhatIsNoStudy) {
  const ScratchDirectory scratch;
  Json study = function_study();
  study["limits"]["evaluations"] = 20;
  scratch.write("study.json", study.dump());
  ASSERT_EQ(mystic_in(scratch, {"run", "study.json", "--quiet", "--out", "out"}).status, 0);
  const Ended search = mystic_in(scratch, {"extend", "out", "--samples", "100"});
  EXPECT_EQ(search.status, 2);
  EXPECT_NE(search.output.find("has no \"method\": a search goes on with `resume`"), std::string::npos)
      << search.output;
  const Ended nowhere = mystic_in(scratch, {"extend", "nowhere", "--samples", "100"});
  EXPECT_EQ(nowhere.status, 2);
  EXPECT_NE(nowhere.output.find("nowhere: is no directory of a study"), std::string::npos)
      << nowhere.output;
  // A design that was only written has no journal to go on from.
  scratch.write("study.json", uncertain_study(Json::parse(R"({"design": {"kind": "sobol", "samples": 8,
                                                           "evaluate": false}})"))
                                  .dump());
  ASSERT_EQ(mystic_in(scratch, {"run", "study.json", "--quiet", "--out", "written"}).status, 0);
  const Ended written = mystic_in(scratch, {"extend", "written", "--samples", "16"});
  EXPECT_EQ(written.status, 2) << written.output;
}

}  // namespace
}  // namespace mystic::testing
