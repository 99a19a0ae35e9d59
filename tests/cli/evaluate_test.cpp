// The model of a study without its search: one point, many points, a look at the files.

#include "tests/cli/studies.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

namespace mystic::testing {
namespace {

namespace fs = std::filesystem;

class Evaluate : public ::testing::Test {
 protected:
  void SetUp() override { scratch.write("study.json", study().dump()); }

  static Json study() {
    Json made = beam_study();
    made["variables"][1]["start"] = 255;
    made["variables"][0]["start"] = 3e7;
    made["variables"][2]["start"] = 400;
    return made;
  }
  [[nodiscard]] Ended mystic(const std::vector<std::string>& arguments) const {
    return run_program(mystic_command(arguments), scratch.path());
  }
  void expect_says(const Ended& ended, const std::vector<std::string>& parts) const {
    for (const std::string& part : parts) {
      EXPECT_NE(ended.output.find(part), std::string::npos) << part << " is not in\n" << ended.output;
    }
  }

  ScratchDirectory scratch;
};

// The closed form, F L^3 / (3 E I): 13.8178125.
TEST_F(Evaluate, OnePointSaysAllThatWasDone) {
  const Ended ended = mystic({"evaluate", "study.json"});
  EXPECT_EQ(ended.status, 0);
  expect_says(ended, {"beam.xml", "command ", "exit status 0", "13.8178125",
                      "_beam_outputs_.xml:", "to prepare"});
  const Ended other = mystic({"evaluate", "study.json", "--point", "L=250,I=400", "E=3e7"});
  expect_says(other, {"13.020833333"});
  EXPECT_EQ(mystic({"evaluate", "study.json", "--quiet"}).output, "");
}

TEST_F(Evaluate, OnePointThatFailsSaysWhyAndKeepsItsDirectoryIfAsked) {
  Json broken = study();
  broken["model"]["outputs"]["deviation"]["after"] = "deviaton=";
  scratch.write("study.json", broken.dump());
  const Ended ended = mystic({"evaluate", "study.json", "--keep", "on-failure"});
  EXPECT_EQ(ended.status, 3);
  expect_says(ended, {"Failed (missing_output)", "'deviaton='", "kept: "});
  EXPECT_TRUE(fs::exists(scratch.path() / "beam.kept" / "root-0" / "_beam_outputs_.xml"));
}

TEST_F(Evaluate, APointThatIsNoneIsRefusedWithWhatIsWrong) {
  const Ended ended = mystic({"evaluate", "study.json", "--point", "EE=1", "L", "I=x", "I=2"});
  EXPECT_EQ(ended.status, 2);
  expect_says(ended, {"'EE' is no variable (did you mean 'E'?)", "'L' must be NAME=VALUE",
                      "I = 'x' is no finite number", "'I' is given twice"});
  EXPECT_EQ(mystic({"evaluate", "study.json", "--point", "E=1", "--random", "3"}).status, 2);
  EXPECT_EQ(mystic({"evaluate", "study.json", "--keep", "sometimes"}).status, 2);
}

TEST_F(Evaluate, ManyPointsGiveATableThatAgreesWithTheClosedFormUnderEveryMap) {
  scratch.write("points.csv", "L,E,I\n250,3e7,400\n255, 30000000 ,400\n\"260\",2.9e7,1000\n");
  std::vector<std::vector<std::string>> ways{{"--map", "serial"}, {"--map", "threads:2"}};
  std::string first;
  for (std::size_t i = 0; i < ways.size(); ++i) {
    const std::string out = fmt::format("out{}", i);
    std::vector<std::string> arguments{"evaluate", "study.json", "--points", "points.csv", "--out", out};
    arguments.insert(arguments.end(), ways[i].begin(), ways[i].end());
    const Ended ended = mystic(arguments);
    ASSERT_EQ(ended.status, 0) << ended.output;
    std::istringstream table(text_of(scratch.path() / out / "results.csv"));
    std::string line;
    std::getline(table, line);
    EXPECT_EQ(line, "E,L,I,deviation,price,evaluation,status,attempts,seconds,message,note");
    std::string numbers;
    for (const double expected :
         {13.0208333333333, 13.8178125, 30000 * 260.0 * 260 * 260 / (3 * 2.9e7 * 1000)}) {
      std::getline(table, line);
      std::istringstream fields(line);
      std::string field;
      for (int column = 0; column < 4; ++column) std::getline(fields, field, ',');
      EXPECT_NEAR(std::stod(field), expected, 1e-6 * expected) << line;
      EXPECT_NE(line.find(",ok,"), std::string::npos) << line;
      numbers += field + " ";
    }
    if (i == 0) first = numbers;
    EXPECT_EQ(numbers, first);
  }
  // Its own table can be read again, and the run be resumed.
  ASSERT_EQ(
      mystic({"evaluate", "study.json", "--points", "out0/results.csv", "--out", "again", "--quiet"})
          .status,
      0);
  ASSERT_EQ(mystic({"resume", "out0", "--quiet"}).status, 0);
  EXPECT_EQ(Json::parse(text_of(scratch.path() / "out0" / "result.json"))["run"]["replayed"], 3);
}

TEST_F(Evaluate, RandomPointsHangOnTheSeed) {
  const auto points = [&](const std::string& seed, const std::string& count, const std::string& out) {
    EXPECT_EQ(
        mystic({"evaluate", "study.json", "--random", count, "--seed", seed, "--out", out, "--quiet"})
            .status,
        0);
    std::istringstream table(text_of(scratch.path() / out / "results.csv"));
    std::vector<std::string> lines;
    for (std::string line; std::getline(table, line);)
      lines.push_back(line.substr(0, line.find(",root")));
    return lines;
  };
  const auto five = points("1", "5", "a");
  const auto eight = points("1", "8", "b");
  ASSERT_EQ(five.size(), 6U);
  EXPECT_TRUE(std::equal(five.begin(), five.end(), eight.begin()));
  EXPECT_NE(points("2", "5", "c")[1], five[1]);
}

TEST_F(Evaluate, ATableThatIsWrongIsRefusedWithItsPlaces) {
  scratch.write("points.csv", "E,L,J\n1,2,3\n1,2\n");
  Ended ended = mystic({"evaluate", "study.json", "--points", "points.csv"});
  EXPECT_EQ(ended.status, 2);
  expect_says(ended, {"points.csv:3: 2 fields where the header has 3"});
  scratch.write("points.csv", "E,L,J\n1,2,3\n");
  ended = mystic({"evaluate", "study.json", "--points", "points.csv"});
  expect_says(ended, {"no column for the variable 'I'", "the column 'J' is no variable"});
  scratch.write("points.csv", "E,L,I\n1,2,3\n1,x,1e999\n");
  ended = mystic({"evaluate", "study.json", "--points", "points.csv"});
  expect_says(ended, {"points.csv:3: L = 'x' is no finite number", "points.csv:3: I = '1e999'"});
  EXPECT_FALSE(fs::exists(scratch.path() / "beam.run"));
}

TEST_F(Evaluate, EveryPointIsEvaluatedWhateverFails) {
  Json broken = study();
  broken["model"]["command"] = {"sh", "-c",
                                "grep -q 'L=\"25[0-4]' beam.xml && exit 1; exec " +
                                    std::string(MYSTIC_BEAM_PROGRAM) + " -x beam.xml"};
  scratch.write("study.json", broken.dump());
  std::string table = "E,L,I\n";
  for (int i = 0; i < 30; ++i) table += fmt::format("3e7,{},400\n", i < 25 ? 250 + i % 5 : 256);
  scratch.write("points.csv", table);
  EXPECT_EQ(
      mystic({"evaluate", "study.json", "--points", "points.csv", "--out", "out", "--quiet"}).status, 0);
  const Json result = Json::parse(text_of(scratch.path() / "out" / "result.json"));
  EXPECT_EQ(result["evaluations"]["total"], 30);
  EXPECT_EQ(result["evaluations"]["failed"], 25);
  EXPECT_EQ(result["evaluations"]["cached"], 4);  // of five good ones at one point
}

TEST_F(Evaluate, ChoicesAreGivenAndShownAsTheirWords) {
  Json choosing = study();
  choosing["variables"][0] = {{"name", "E"}, {"type", "choice"}, {"choices", {2.6e7, 3e7}}};
  choosing["variables"][1].erase("start");
  choosing["variables"][2].erase("start");
  choosing["limits"]["evaluations"] = 30;
  scratch.write("study.json", choosing.dump());
  expect_says(mystic({"evaluate", "study.json", "--point", "E=30000000", "L=250", "I=400"}),
              {"13.020833333"});
  const Ended wrong = mystic({"evaluate", "study.json", "--point", "E=1", "L=250", "I=400"});
  EXPECT_EQ(wrong.status, 2);
  expect_says(wrong, {"is none of its choices: 26000000, 30000000"});
  ASSERT_EQ(mystic({"run", "study.json", "--out", "out", "--quiet"}).status, 0);
  const std::string chosen =
      Json::parse(text_of(scratch.path() / "out" / "result.json"))["best"]["x"]["E"];
  EXPECT_TRUE(chosen == "26000000" || chosen == "30000000") << chosen;
}

TEST_F(Evaluate, RenderWritesTheFilesAndRunsNothing) {
  Json touching = study();
  touching["model"]["command"] = {"sh", "-c", "touch '" + (scratch.path() / "ran").string() + "'"};
  scratch.write("study.json", touching.dump());
  const Ended ended = mystic({"render", "study.json", "--point", "L=251.5", "--out", "here"});
  EXPECT_EQ(ended.status, 0) << ended.output;
  expect_says(ended, {"Would run\n", "sh -c 'touch '\\''", "In here"});
  EXPECT_NE(text_of(scratch.path() / "here" / "beam.xml").find("L=\"251.5\""), std::string::npos);
  EXPECT_FALSE(fs::exists(scratch.path() / "ran"));
  EXPECT_EQ(mystic({"render", "study.json", "--out", "here"}).status, 2);
}

TEST_F(Evaluate, NewWritesAStudyThatNothingIsWrongWith) {
  scratch.write("deck.inp.template", "*LOAD, @force@\n*SIZE, @width@, @force@\n");
  const Ended ended =
      mystic({"new", "deck.inp.template", "--out", "fresh.json", "--", "sort", "deck.inp"});
  EXPECT_EQ(ended.status, 0) << ended.output;
  const Ended check = mystic({"check", "fresh.json"});
  EXPECT_EQ(check.status, 0) << check.output;
  expect_says(check, {"2 variables"});
  EXPECT_EQ(mystic({"new", "deck.inp.template", "--out", "fresh.json", "--", "sort"}).status, 2);
  scratch.write("plain", "nothing here\n");
  const Ended none = mystic({"new", "plain", "--", "sort"});
  EXPECT_EQ(none.status, 2);
  expect_says(none, {"has no placeholder"});
}

}  // namespace
}  // namespace mystic::testing
