// The program as a user meets it.

#include "tests/cli/studies.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace mystic::testing {
namespace {

Ended mystic(const std::vector<std::string>& arguments, const ScratchDirectory& scratch) {
  return run_program(mystic_command(arguments), scratch.path());
}

TEST(Commands, EachHasHelpAndTheProgramHasAVersion) {
  const ScratchDirectory scratch;
  for (const char* command : {"run", "resume", "check", "fit", "list"}) {
    const Ended help = mystic({command, "--help"}, scratch);
    EXPECT_EQ(help.status, 0);
    EXPECT_NE(help.output.find("Usage"), std::string::npos) << help.output;
  }
  const Ended all = mystic({"--help"}, scratch);
  EXPECT_NE(all.output.find("Exit codes: 0 done"), std::string::npos) << all.output;
  EXPECT_NE(mystic({"--version"}, scratch).output.find("mystic " MYSTIC_VERSION), std::string::npos);
}

TEST(List, NamesEveryOptionWithDefaultAndRange) {
  const ScratchDirectory scratch;
  const std::string solvers = mystic({"list", "solvers"}, scratch).output;
  for (const char* text : {"nelder-mead", "powell", "differential-evolution", "buckshot",
                           "best1bin | best1exp | rand1bin", "default 0.8", "(0, 2]", "default 40"}) {
    EXPECT_NE(solvers.find(text), std::string::npos) << text << " is not in:\n" << solvers;
  }
  EXPECT_NE(solvers.find("nlopt\n  an algorithm of the NLopt library"), std::string::npos) << solvers;
  EXPECT_EQ(solvers.find("not in this build (needs libnlopt-dev)") == std::string::npos,
            static_cast<bool>(MYSTIC_WITH_NLOPT));
  const std::string terminations = mystic({"list", "terminations"}, scratch).output;
  for (const char* text :
       {"value-to-reach", "change-over-generation", "normalised-change-over-generation",
        "candidate-relative-tolerance", "any-of", "seconds"}) {
    EXPECT_NE(terminations.find(text), std::string::npos) << text;
  }
  const std::string models = mystic({"list", "models"}, scratch).output;
  for (const char* text : {"external", "deadline", "rosenbrock", "zimmermann", "regex", "retries"}) {
    EXPECT_NE(models.find(text), std::string::npos) << text;
  }
  EXPECT_NE(mystic({"list", "maps"}, scratch).output.find("threads[:N]"), std::string::npos);
  const std::string study = mystic({"list", "study"}, scratch).output;
  for (const char* text : {"at_most", "misfit", "sync_seconds", "reject | clip | redraw", "variables"}) {
    EXPECT_NE(study.find(text), std::string::npos) << text;
  }
}

// docs/functions.md: made by the program, so that no number on it can be another than the library's.
TEST(List, FunctionsAreThoseOfTheManualsPage) {
  const ScratchDirectory scratch;
  const Ended ended = mystic({"list", "functions"}, scratch);
  ASSERT_EQ(ended.status, 0);
  const std::string page = text_of(std::filesystem::path(MYSTIC_SOURCE_DIR) / "docs" / "functions.md");
  EXPECT_NE(page.find("```text\n" + ended.output + "```\n"), std::string::npos)
      << "replace the block of docs/functions.md by what 'mystic list functions' prints:\n"
      << ended.output;
  for (const char* text : {"rosenbrock\n", "minimum: 0 at (1, ..., 1)", "Himmelblau"}) {
    EXPECT_NE(ended.output.find(text), std::string::npos) << text;
  }
}

TEST(Check, NamesTheNearestTestFunctionAndHowManyVariablesItTakes) {
  const ScratchDirectory scratch;
  Json study = function_study("himelblau");
  scratch.write("study.json", study.dump());
  Ended ended = mystic({"check", "study.json"}, scratch);
  EXPECT_EQ(ended.status, 2);
  EXPECT_NE(ended.output.find("did you mean 'himmelblau'?"), std::string::npos) << ended.output;
  scratch.write("study.json", function_study("corana").dump());
  ended = mystic({"check", "study.json"}, scratch);
  EXPECT_EQ(ended.status, 2);
  EXPECT_NE(ended.output.find("'corana' takes 4 variables, not 2"), std::string::npos) << ended.output;
}

TEST(Run, TakesAnyTestFunctionByItsName) {
  const ScratchDirectory scratch;
  for (const char* name : {"himmelblau", "wavy2", "foxholes"}) {
    Json study = function_study(name);
    study["limits"] = {{"evaluations", 50}};
    scratch.write("study.json", study.dump());
    const Ended ended = mystic({"run", "study.json", "--quiet", "--out", name}, scratch);
    EXPECT_TRUE(ended.status == 0 || ended.status == 3) << name << ended.status << ended.output;
  }
}

TEST(Run, TakesTheMapAndItsOptionsFromTheStudy) {
  const ScratchDirectory scratch;
  Json study = function_study();
  study["map"] = {{"kind", "threads"}, {"threads", 3}};
  scratch.write("study.json", study.dump());
  ASSERT_EQ(mystic({"run", "study.json", "--quiet", "--out", "out"}, scratch).status, 0);
  const Json run = Json::parse(text_of(scratch.path() / "out" / "result.json"))["run"];
  EXPECT_EQ(run["map"], "threads:3");
  EXPECT_EQ(run["workers"], 3);
  if (!has_mpi()) return;
  study["map"] = {{"kind", "mpi"}, {"deal", "equalportion"}, {"prefetch", 2}, {"liveness", 30}};
  scratch.write("study.json", study.dump());
  const Ended ended =
      run_program(mpirun_command(2, {"run", "study.json", "--quiet", "--out", "dealt"}), scratch.path());
  ASSERT_EQ(ended.status, 0) << ended.output;
  EXPECT_EQ(Json::parse(text_of(scratch.path() / "dealt" / "result.json"))["run"]["map"],
            "mpi:equalportion");
}

TEST(Check, SpeaksOnceUnderMpirun) {
  if (!has_mpi()) return;
  const ScratchDirectory scratch;
  scratch.write("study.json", function_study().dump());
  const Ended ended = run_program(mpirun_command(3, {"check", "study.json"}), scratch.path());
  EXPECT_EQ(ended.status, 0) << ended.output;
  const std::size_t first = ended.output.find("nothing wrong");
  ASSERT_NE(first, std::string::npos) << ended.output;
  EXPECT_EQ(ended.output.find("nothing wrong", first + 1), std::string::npos) << ended.output;
}

TEST(Run, ReportsOutputsInTheOrderOfTheStudy) {
  const ScratchDirectory scratch;
  const std::string text = beam_study().dump();
  const std::string before = R"("outputs":{"deviation":)";
  const std::size_t place = text.find(before);
  ASSERT_NE(place, std::string::npos) << text;
  std::string turned = text;  // "year" stands before "deviation" though it comes after in the alphabet
  turned.replace(place, before.size(),
                 R"("outputs":{"year":{"file":"_beam_outputs_.xml","after":"deviation="},"deviation":)");
  scratch.write("study.json", turned);
  ASSERT_EQ(mystic({"run", "study.json", "--quiet", "--out", "out"}, scratch).status, 0);
  const std::string result = text_of(scratch.path() / "out" / "result.json");
  EXPECT_LT(result.find("\"year\""), result.find("\"deviation\"")) << result;
}

TEST(Run, WritesADirectoryWithAllThatWasPromised) {
  const ScratchDirectory scratch;
  scratch.write("study.json", beam_study().dump());
  const Ended ended = mystic({"run", "study.json", "--out", "out", "--seed", "8"}, scratch);
  ASSERT_EQ(ended.status, 0) << ended.output;
  const auto out = scratch.path() / "out";
  EXPECT_EQ(text_of(out / "study.json"), beam_study().dump());
  EXPECT_NE(text_of(out / "log.txt").find("stopped (evaluations)"), std::string::npos);
  EXPECT_TRUE(std::filesystem::file_size(out / "journal.mystic") > 1000);
  std::istringstream progress(text_of(out / "progress.jsonl"));
  Json last;
  for (std::string line; std::getline(progress, line);) last = Json::parse(line);
  EXPECT_GE(last["done"], 90);
  const Json result = Json::parse(text_of(out / "result.json"));
  EXPECT_EQ(result["seed"], 8);
  EXPECT_EQ(result["evaluations"]["total"], 90);
  EXPECT_EQ(result["evaluations"]["failed"], 0);
  EXPECT_EQ(result["stop"]["kind"], "evaluations");
  for (const char* name : {"E", "L", "I"}) EXPECT_TRUE(result["best"]["x"][name].is_number());
  EXPECT_EQ(result["best"]["requirements"][0]["output"], "deviation");
  EXPECT_EQ(result["best"]["requirements"][0]["value"], result["best"]["outputs"]["deviation"]);
  for (const char* key :
       {"map", "workers", "utilisation", "seconds", "replayed", "speculative", "host"}) {
    EXPECT_TRUE(result["run"].contains(key)) << key;
  }
  for (const char* text :
       {"Best design", "Requirements", "Stopped", "made, 0 failed", "busy", "resume"}) {
    EXPECT_NE(ended.output.find(text), std::string::npos) << text << " is not in:\n" << ended.output;
  }
}

TEST(Run, QuietPrintsNothing) {
  const ScratchDirectory scratch;
  scratch.write("study.json", function_study().dump());
  const Ended ended = mystic({"run", "study.json", "--quiet"}, scratch);
  EXPECT_EQ(ended.status, 0);
  EXPECT_EQ(ended.output, "");
}

TEST(Run, EndsWithItsOwnCodeWhenTooManyEvaluationsFail) {
  const ScratchDirectory scratch;
  Json study = beam_study();
  study["model"]["command"] = {"sh", "-c", "echo no licence >&2; exit 7"};
  scratch.write("study.json", study.dump());
  const Ended ended = mystic({"run", "study.json", "--out", "out"}, scratch);
  EXPECT_EQ(ended.status, 3) << ended.output;
  EXPECT_NE(ended.output.find("20 of 20 evaluations failed"), std::string::npos) << ended.output;
  EXPECT_NE(text_of(scratch.path() / "out" / "log.txt").find("no licence"), std::string::npos);
  const Json result = Json::parse(text_of(scratch.path() / "out" / "result.json"));
  EXPECT_TRUE(result["best"].is_null());
  EXPECT_EQ(result["stop"]["kind"], "failures");
  const auto lines_with = [&](const char* words) {
    std::istringstream log(text_of(scratch.path() / "out" / "log.txt"));
    int count = 0;
    for (std::string line; std::getline(log, line);) count += line.find(words) != std::string::npos;
    return count;
  };
  const int failures = lines_with("failed (exit_status");
  EXPECT_GE(failures, 20);
  EXPECT_EQ(mystic({"resume", "out"}, scratch).status, 3);
  EXPECT_EQ(lines_with("failed (exit_status"), failures) << "replayed failures are not logged again";
  EXPECT_EQ(lines_with("stopped (failures)"), 2);
}

TEST(Run, FindsTheClosedFormOptimumOfTheBeam) {
  const ScratchDirectory scratch;
  Json study = beam_study();
  study["bounds"] = "clip";
  study["penalty"] = {{"weight", 1e5}};
  study["solver"] = {{"kind", "buckshot"}, {"starts", 3}, {"member", {{"kind", "nelder-mead"}}}};
  study["limits"] = {{"evaluations", 1500}};
  scratch.write("study.json", study.dump());
  ASSERT_EQ(mystic({"run", "study.json", "--quiet", "--out", "out"}, scratch).status, 0);
  const Json best = Json::parse(text_of(scratch.path() / "out" / "result.json"))["best"];
  // L at its bound, E = 6e7 / sqrt(3), I from the requirement: price 107.543 (examples/03_beam).
  EXPECT_NEAR(best["cost"].get<double>(), 107.543, 0.1) << best;
  EXPECT_EQ(best["requirements"][0]["violation"], 0.0) << best;
}

}  // namespace
}  // namespace mystic::testing
