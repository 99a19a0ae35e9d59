// {"design": {..., "evaluate": false}} writes points and needs no model; they come back from the file.

#include "tests/cli/uncertain_studies.hpp"

#include <gtest/gtest.h>

namespace mystic::testing {
namespace {

namespace fs = std::filesystem;

class WrittenDesign : public ::testing::Test {
 protected:
  Ended run(const Json& study, const std::string& out) {
    scratch_.write("study.json", study.dump());
    return mystic_in(scratch_, {"run", "study.json", "--quiet", "--out", out});
  }
  // One that is written, without a model.
  void write(const std::string& design) {
    Json study = dependent_study(Json{{"design", Json::parse(design)}});
    study["method"]["design"]["evaluate"] = false;
    study.erase("model");
    const Ended ended = run(study, "written");
    ASSERT_EQ(ended.status, 0) << ended.output;
  }
  // Columns a, b, c of a table, the header too.
  static std::string points_of(const fs::path& table) {
    std::istringstream lines(text_of(table));
    std::string points;
    for (std::string line; std::getline(lines, line);) {
      std::size_t end = 0;
      for (int i = 0; i < 3 && end != std::string::npos; ++i) end = line.find(',', i == 0 ? 0 : end + 1);
      points += line.substr(0, end) + "\n";
    }
    return points;
  }

  ScratchDirectory scratch_;
};

TEST_F(WrittenDesign, IsATableAJudgementAndAPicture) {
  write(R"({"kind": "sobol", "samples": 16})");
  const fs::path out = scratch_.path() / "written";
  EXPECT_EQ(lines_of(out / "design.csv"), 17);
  EXPECT_EQ(text_of(out / "design.csv").find("a,b,c\n"), 0U);
  const Json result = result_in(scratch_, "written");
  EXPECT_EQ(result["quality"]["points"], 16);
  EXPECT_GT(result["quality"]["least_distance"], 0.0);
  EXPECT_EQ(result["seed"], 3);
  EXPECT_TRUE(fs::exists(out / "pictures" / "scatter.svg"));
  EXPECT_FALSE(fs::exists(out / "journal.mystic"));
  EXPECT_FALSE(fs::exists(out / "results.csv"));
  const Ended again = mystic_in(scratch_, {"run", "study.json", "--quiet", "--out", "written"});
  EXPECT_EQ(again.status, 2);
  EXPECT_NE(again.output.find("written: exists"), std::string::npos) << again.output;
}

// Evaluated at once, or written, carried somewhere, and evaluated from the file: the same.
TEST_F(WrittenDesign, ComesBackToTheLastDigit) {
  write(R"({"kind": "latin-hypercube", "samples": 12})");
  const Json at_once = Json::parse(R"({"design": {"kind": "latin-hypercube", "samples": 12}})");
  ASSERT_EQ(run(dependent_study(at_once), "at-once").status, 0);
  const Json from_file = Json::parse(R"({"design": {"kind": "file", "file": "written/design.csv"}})");
  const Ended ended = run(uncertain_study(from_file), "from-file");
  ASSERT_EQ(ended.status, 0) << ended.output;
  const std::string points = points_of(scratch_.path() / "written" / "design.csv");
  EXPECT_EQ(points_of(scratch_.path() / "at-once" / "results.csv"), points);
  EXPECT_EQ(points_of(scratch_.path() / "from-file" / "results.csv"), points);
  EXPECT_EQ(result_in(scratch_, "from-file")["outputs"], result_in(scratch_, "at-once")["outputs"]);
  // As a sample of the inputs, too; and a table of results is one of points.
  const Json propagate =
      Json::parse(R"({"propagate": {"design": {"kind": "file", "file": "at-once/results.csv"}}})");
  const Ended propagated = run(uncertain_study(propagate), "propagated");
  ASSERT_EQ(propagated.status, 0) << propagated.output;
  EXPECT_EQ(points_of(scratch_.path() / "propagated" / "results.csv"), points);
  EXPECT_EQ(result_in(scratch_, "propagated")["outputs"][0]["asked"], 12);
}

// The table is part of what is asked: another one is another study.
TEST_F(WrittenDesign, FromAFileThatChangedIsRefusedOnResume) {
  write(R"({"kind": "sobol", "samples": 8})");
  const Json from_file = Json::parse(R"({"design": {"kind": "file", "file": "written/design.csv"}})");
  ASSERT_EQ(run(uncertain_study(from_file), "out").status, 0);
  scratch_.write("written/design.csv", "a,b,c\n1,1,0.5\n");
  const Ended ended = mystic_in(scratch_, {"resume", "out", "--quiet"});
  EXPECT_EQ(ended.status, 2) << ended.output;
  EXPECT_NE(ended.output.find("contents of files.points: was "), std::string::npos) << ended.output;
}

// A grid's weights go with its points: what it says of the mean is the same from the file.
TEST_F(WrittenDesign, OfAQuadratureKeepsItsWeights) {
  write(R"({"kind": "gauss-product", "nodes": [3]})");
  EXPECT_EQ(text_of(scratch_.path() / "written" / "design.csv").find("a,b,c,weight\n"), 0U);
  const Json at_once = Json::parse(R"({"design": {"kind": "gauss-product", "nodes": [3]}})");
  ASSERT_EQ(run(dependent_study(at_once), "at-once").status, 0);
  const Json from_file = Json::parse(R"({"design": {"kind": "file", "file": "written/design.csv"}})");
  const Ended ended = run(uncertain_study(from_file), "from-file");
  ASSERT_EQ(ended.status, 0) << ended.output;
  const Json expected = result_in(scratch_, "at-once")["outputs"];
  EXPECT_TRUE(expected[0]["mean"].is_number()) << expected;
  EXPECT_EQ(result_in(scratch_, "from-file")["outputs"], expected);
}

TEST_F(WrittenDesign, OrAMistakeInAMethodMakesNoDirectory) {
  for (const char* method :
       {R"({"propagate": {"samples": 1}})", R"({"sensitivity": {"kind": "sobl", "samples": 8}})",
        R"({"design": {"kind": "box-behnken", "evaluate": false}})",
        R"({"design": {"kind": "box-behnken"}})"}) {
    const Ended ended = run(uncertain_study(Json::parse(method)), "out");
    EXPECT_EQ(ended.status, 2) << ended.output;
    EXPECT_EQ(ended.output.find("mystic: study.json: method."), 0U) << ended.output;
    EXPECT_FALSE(fs::exists(scratch_.path() / "out"));
  }
}

}  // namespace
}  // namespace mystic::testing
