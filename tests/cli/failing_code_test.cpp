// A code that fails, and what a study makes of it.

#include "tests/cli/studies.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

namespace mystic::testing {
namespace {

namespace fs = std::filesystem;

/// A code whose cost is (a - 1)^2 + 10 (b + 2)^2 + 1. `before` is run first.
Json code_study(const std::string& before, const Json& solver) {
  return {{"name", "code"},
          {"variables",
           {{{"name", "a"}, {"lower", -5}, {"upper", 5}}, {{"name", "b"}, {"lower", -5}, {"upper", 5}}}},
          {"model",
           {{"kind", "external"},
            {"templates", {{{"text", "@a@ @b@\n"}, {"to", "in.txt"}}}},
            {"command",
             {"sh", "-c",
              before + "; awk '{printf \"cost %.17g\\n\", ($1 - 1)^2 + 10 * ($2 + 2)^2 + 1}' in.txt"}},
            {"outputs", {{"cost", {{"after", "cost"}}}}}}},
          {"cost", {{"minimise", "cost"}}},
          {"solver", solver},
          {"limits", {{"evaluations", 400}}},
          {"policy", {{"abort_above", 0.9}}},
          {"seed", 2}};
}

const Json buckshot_powell = {{"kind", "buckshot"}, {"starts", 6}, {"member", {{"kind", "powell"}}}};
const Json evolution = {{"kind", "differential-evolution"}, {"population", 20}};

// Which three of ten fail depends on the digits of the point, so on nothing that a search can learn.
const std::string three_of_ten = "[ $(( $(cksum < in.txt | cut -d' ' -f1) % 10 )) -lt 3 ] && exit 9";

Json result_of(const ScratchDirectory& scratch, const std::string& directory) {
  return Json::parse(text_of(scratch.path() / directory / "result.json"));
}

Ended mystic(const ScratchDirectory& scratch, const std::vector<std::string>& arguments) {
  return run_program(mystic_command(arguments), scratch.path());
}

class FailingCode : public ::testing::TestWithParam<Json> {};

TEST_P(FailingCode, ThatFailsThreeTimesInTenStillFindsTheOptimum) {
  const ScratchDirectory scratch;
  scratch.write("study.json", code_study(three_of_ten, GetParam()).dump());
  const Ended ended = mystic(scratch, {"run", "study.json", "--out", "out"});
  ASSERT_EQ(ended.status, 0) << ended.output;
  const Json result = result_of(scratch, "out");
  EXPECT_NEAR(result["best"]["cost"].get<double>(), 1.0, 0.05) << result.dump(1);
  EXPECT_NEAR(result["best"]["x"]["a"].get<double>(), 1.0, 0.25);
  EXPECT_NEAR(result["best"]["x"]["b"].get<double>(), -2.0, 0.1);
  const auto failed = result["evaluations"]["failed"].get<double>();
  const double per_cent = 100.0 * failed / result["evaluations"]["total"].get<double>();
  EXPECT_NEAR(per_cent, 30.0, 12.0);
  EXPECT_NE(ended.output.find(fmt::format("{} failed ({:.3g} %)", failed, per_cent)), std::string::npos)
      << ended.output;
}

INSTANTIATE_TEST_SUITE_P(Searches, FailingCode, ::testing::Values(buckshot_powell, evolution),
                         [](const auto& parameter) {
                           return std::string(parameter.index == 0 ? "BuckshotPowell" : "Evolution");
                         });

TEST(Failures, AreListedByKindWithTheirPointsAndMessages) {
  const ScratchDirectory scratch;
  Json study = code_study(
      "grep -q '^-' in.txt && { echo 'no mesh' >&2; exit 9; }; grep -q '^4' in.txt && kill -SEGV $$",
      evolution);
  study["model"]["work"] = {{"keep", "on-failure"}};
  study["limits"]["evaluations"] = 40;
  scratch.write("study.json", study.dump());
  ASSERT_EQ(mystic(scratch, {"run", "study.json", "--out", "out", "--quiet"}).status, 0);
  const int failed = result_of(scratch, "out")["evaluations"]["failed"].get<int>();
  ASSERT_GT(failed, 5);
  const Ended all = mystic(scratch, {"failures", "out"});
  EXPECT_EQ(all.status, 0);
  EXPECT_NE(all.output.find(fmt::format("{} of 40 evaluations failed", failed)), std::string::npos)
      << all.output;
  for (const char* part : {"\nexit_status: ", "\nsignal: ", "root#", "a=-", "no mesh",
                           "kept: ", ".tar.gz", "rerun out --failed"}) {
    EXPECT_NE(all.output.find(part), std::string::npos) << part << " is not in\n" << all.output;
  }
  std::size_t kept = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(scratch.path() / "code.kept")) ++kept;
  EXPECT_EQ(kept, static_cast<std::size_t>(failed));
  const Ended one = mystic(scratch, {"failures", "out", "--kind", "signal"});
  EXPECT_EQ(one.output.find("exit_status:"), std::string::npos) << one.output;
  const Ended wrong = mystic(scratch, {"failures", "out", "--kind", "signals"});
  EXPECT_EQ(wrong.status, 2);
  EXPECT_NE(wrong.output.find("did you mean 'signal'?"), std::string::npos) << wrong.output;
  EXPECT_EQ(mystic(scratch, {"failures", "nowhere"}).status, 2);
}

// What was broken is mended, and the failed evaluations are made again: as if they had never failed.
TEST(Rerun, GivesTheResultOfARunInWhichNothingFailed) {
  for (const Json& solver : {buckshot_powell, evolution}) {
    const ScratchDirectory scratch;
    const std::string broken = (scratch.path() / "broken").string();
    Json study = code_study("[ -e '" + broken + "' ] && " + three_of_ten, solver);
    study["limits"]["evaluations"] = 150;
    scratch.write("study.json", study.dump());
    ASSERT_EQ(mystic(scratch, {"run", "study.json", "--out", "good", "--quiet"}).status, 0);
    scratch.write("broken", "");
    ASSERT_EQ(mystic(scratch, {"run", "study.json", "--out", "out", "--quiet"}).status, 0);
    ASSERT_GT(result_of(scratch, "out")["evaluations"]["failed"].get<int>(), 10);
    ASSERT_NE(lasting_result(scratch.path() / "out"), lasting_result(scratch.path() / "good"));
    fs::remove(broken);
    const Ended again = mystic(scratch, {"rerun", "out", "--failed"});
    ASSERT_EQ(again.status, 0) << again.output;
    EXPECT_NE(again.output.find("failed evaluations are made again"), std::string::npos) << again.output;
    EXPECT_EQ(lasting_result(scratch.path() / "out"), lasting_result(scratch.path() / "good"));
    ASSERT_EQ(mystic(scratch, {"resume", "out", "--quiet"}).status, 0);
    EXPECT_EQ(lasting_result(scratch.path() / "out"), lasting_result(scratch.path() / "good"));
    EXPECT_GE(result_of(scratch, "out")["run"]["replayed"].get<int>(), 150);
  }
}

// With a cache and a stop by time: resume repeats the stop and computes nothing beyond it.
TEST(Resume, OfAStudyStoppedByTimeGivesTheSameResult) {
  const ScratchDirectory scratch;
  Json study = code_study("sleep 0.02", {{"kind", "buckshot"}, {"starts", 4}, {"member", evolution}});
  for (Json& variable : study["variables"]) variable["type"] = "integer";
  study["limits"] = {{"seconds", 1.0}};
  scratch.write("study.json", study.dump());
  ASSERT_EQ(
      mystic(scratch, {"run", "study.json", "--out", "out", "--quiet", "--map", "threads:4"}).status, 0);
  const std::string before = lasting_result(scratch.path() / "out");
  EXPECT_GT(result_of(scratch, "out")["evaluations"]["total"].get<int>(), 10);
  for (int again = 0; again < 2; ++again) {
    ASSERT_EQ(mystic(scratch, {"resume", "out", "--quiet", "--map", "threads:4"}).status, 0);
    EXPECT_EQ(lasting_result(scratch.path() / "out"), before);
  }
}

TEST(Resume, TakesAnotherDeadlineOfAStep) {
  const ScratchDirectory scratch;
  Json study = code_study("true", evolution);
  study["model"]["steps"] = {{{"name", "go"}, {"command", study["model"]["command"]}, {"deadline", 5}}};
  study["model"].erase("command");
  study["model"]["outputs"]["cost"]["file"] = "go.stdout";
  study["limits"]["evaluations"] = 20;
  scratch.write("study.json", study.dump());
  ASSERT_EQ(mystic(scratch, {"run", "study.json", "--out", "out", "--quiet"}).status, 0);
  study["model"]["steps"][0]["deadline"] = 50;
  scratch.write("out/study.json", study.dump());
  EXPECT_EQ(mystic(scratch, {"resume", "out", "--quiet"}).status, 0);
  study["model"]["steps"][0]["must_say"] = "cost";
  scratch.write("out/study.json", study.dump());
  EXPECT_EQ(mystic(scratch, {"resume", "out", "--quiet"}).status, 2);
}

TEST(Seeds, AreDrawnForEachEvaluationAndNeverAnsweredFromTheCache) {
  const ScratchDirectory scratch;
  Json study = code_study("true", evolution);
  study["model"]["seed_input"] = "seed";
  study["model"]["command"] = {"sh", "-c", "echo cost @seed@"};
  scratch.write("study.json", study.dump());
  scratch.write("points.csv", "a,b\n1,1\n1,1\n1,1\n");
  ASSERT_EQ(
      mystic(scratch, {"evaluate", "study.json", "--points", "points.csv", "--out", "out", "--quiet"})
          .status,
      0);
  EXPECT_EQ(result_of(scratch, "out")["evaluations"]["cached"], 0);
  const std::string table = text_of(scratch.path() / "out" / "results.csv");
  std::set<std::string> drawn;
  for (std::size_t at = table.find("\n1,1,"); at != std::string::npos;
       at = table.find("\n1,1,", at + 1)) {
    drawn.insert(table.substr(at, table.find(",root", at) - at));
  }
  EXPECT_EQ(drawn.size(), 3U) << table;
  study["model"]["cache"] = true;
  scratch.write("study.json", study.dump());
  EXPECT_EQ(mystic(scratch, {"check", "study.json"}).status, 2);
}

TEST(Program, SaysWhyItCannotStart) {
  const ScratchDirectory scratch;
  scratch.write("study.json", code_study("true", evolution).dump());
  int said = 0;
  for (int descriptors = 4; descriptors < 16;
       ++descriptors) {  // some are inherited, some the loader needs
    const std::string limited =
        fmt::format("ulimit -n {}; exec {} run study.json --quiet", descriptors, MYSTIC_PROGRAM);
    const Ended ended = run_program({"sh", "-c", limited}, scratch.path());
    EXPECT_EQ(ended.output.find("terminate"), std::string::npos) << ended.output;
    // A sanitizer, which wants descriptors too, may speak before it and have a status of its own.
    if (ended.status != 0 && ended.output.find("mystic: ") != std::string::npos) ++said;
  }
  EXPECT_GT(said, 0);
}

}  // namespace
}  // namespace mystic::testing
