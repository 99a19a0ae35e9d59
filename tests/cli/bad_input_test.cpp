// Bad input gets one clear message that names the file, the place, the value and what would be right,
// and exit code 2; whatever needs no evaluation is found by `check`, too.

#include "tests/cli/studies.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <functional>

namespace mystic::testing {
namespace {

struct BadStudy {
  std::string name;
  std::function<void(Json&)> spoil;   ///< of beam_study()
  std::vector<std::string> must_say;  ///< all of these
};

void PrintTo(const BadStudy& study, std::ostream* out) { *out << study.name; }

// Of variables and models.
const std::vector<BadStudy> bad_models{
    {"UnknownKey", [](Json& s) { s["polcy"] = Json::object(); }, {"polcy", "did you mean 'policy'"}},
    {"UnknownKeyOfVariable",
     [](Json& s) { s["variables"][0]["lowr"] = 1; },
     {"variables[0].lowr", "did you mean 'lower'"}},
    {"UnknownKeyOfModel",
     [](Json& s) { s["model"]["deadlin"] = 1; },
     {"model.deadlin", "did you mean 'deadline'"}},
    {"UnknownKeyOfOutput",
     [](Json& s) { s["model"]["outputs"]["price"]["regx"] = "a"; },
     {"model.outputs.price.regx", "did you mean 'regex'"}},
    {"UnknownKeyOfSolver",
     [](Json& s) { s["solver"]["startz"] = 1; },
     {"solver.startz", "did you mean 'starts'"}},
    {"UnknownKeyOfMember",
     [](Json& s) { s["solver"]["member"]["adaptiv"] = true; },
     {"solver.member.adaptiv", "did you mean 'adaptive'"}},
    {"NoVariables", [](Json& s) { s.erase("variables"); }, {"variables", "missing"}},
    {"EmptyVariables", [](Json& s) { s["variables"] = Json::array(); }, {"variables", "empty"}},
    {"VariablesOfWrongType",
     [](Json& s) { s["variables"] = 3; },
     {"variables", "a number (3)", "must be a list"}},
    {"VariableOfWrongType",
     [](Json& s) { s["variables"][1] = "x"; },
     {"variables[1]", "must be an object"}},
    {"NameOfWrongType",
     [](Json& s) { s["variables"][0]["name"] = 7; },
     {"variables[0].name", "must be a text"}},
    {"NameWithSpaces",
     [](Json& s) { s["variables"][0]["name"] = "a b"; },
     {"variables[0].name", "'a b'", "letters"}},
    {"SameNameTwice", [](Json& s) { s["variables"][1]["name"] = "E"; }, {"variables[1].name", "'E'"}},
    {"LowerIsText",
     [](Json& s) { s["variables"][0]["lower"] = "low"; },
     {"variables[0].lower", "must be a number"}},
    {"BoundsReversed",
     [](Json& s) { s["variables"][0]["lower"] = 9e7; },
     {"variables[0]", "lower = 90000000 is above upper = 48000000"}},
    {"NoWholeNumber",
     [](Json& s) {
       s["variables"][1] = {{"name", "L"}, {"lower", 1.2}, {"upper", 1.8}, {"type", "integer"}};
     },
     {"variables[1]", "no whole number lies in [1.2, 1.8]"}},
    {"UnknownType",
     [](Json& s) { s["variables"][0]["type"] = "complex"; },
     {"variables[0].type", "real | integer"}},
    {"StartOutside",
     [](Json& s) {
       for (auto& v : s["variables"]) v["start"] = 1;
     },
     {"variables[0].start", "must be in [25000000, 48000000]"}},
    {"StartOfSome",
     [](Json& s) { s["variables"][0]["start"] = 3e7; },
     {"variables", "1 of 3 have a start"}},
    {"NoModel", [](Json& s) { s.erase("model"); }, {"model", "missing"}},
    {"NoKindOfModel", [](Json& s) { s["model"].erase("kind"); }, {"model.kind", "missing"}},
    {"UnknownKindOfModel",
     [](Json& s) { s["model"]["kind"] = "extrenal"; },
     {"model.kind", "'extrenal'", "did you mean 'external'"}},
    {"TemplateMissing",
     [](Json& s) { s["model"]["templates"][0] = {{"from", "nowhere.xml"}, {"to", "beam.xml"}}; },
     {"model.templates[0].from", "nowhere.xml"}},
    {"TemplateWithoutTarget",
     [](Json& s) { s["model"]["templates"][0].erase("to"); },
     {"model.templates[0]"}},
    {"PlaceholderLeftOver",
     [](Json& s) { s["model"]["templates"][0]["text"] = "@E@ @L@ @I@ @LL@"; },
     {"model.templates[0]", "LL"}},
    {"PlaceholderMissing", [](Json& s) { s["model"]["templates"][0]["text"] = "@E@ @L@"; }, {"'I'"}},
    {"CommandNotFound",
     [](Json& s) { s["model"]["command"] = {"no-such-program"}; },
     {"model.command", "no-such-program"}},
    {"CommandEmpty", [](Json& s) { s["model"]["command"] = Json::array(); }, {"model.command"}},
    {"CommandNotExecutable",
     [](Json& s) { s["model"]["command"] = {"/etc/passwd"}; },
     {"model.command", "/etc/passwd"}},
    {"FileMissing", [](Json& s) { s["model"]["files"] = {"mesh.msh"}; }, {"model.files[0]", "mesh.msh"}},
    {"NoOutputs", [](Json& s) { s["model"].erase("outputs"); }, {"model.outputs"}},
    {"BadRegex",
     [](Json& s) { s["model"]["outputs"]["price"]["regex"] = "price=("; },
     {"model.outputs.price.regex"}},
    {"RegexWithoutGroup",
     [](Json& s) { s["model"]["outputs"]["price"]["regex"] = "price"; },
     {"model.outputs.price.regex", "group"}},
    {"TwoRules", [](Json& s) { s["model"]["outputs"]["price"]["line"] = 2; }, {"model.outputs.price"}},
    {"DeadlineNegative",
     [](Json& s) { s["model"]["deadline"] = -1; },
     {"model.deadline", "-1", "(0, inf) s"}},
    {"DeadlineText",
     [](Json& s) { s["model"]["deadline"] = "2 s"; },
     {"model.deadline", "must be a number"}},
};

// Of costs, solvers and the rest.
const std::vector<BadStudy> bad_methods{
    {"NoCost", [](Json& s) { s.erase("cost"); }, {"cost", "missing"}},
    {"CostOfUnknownOutput",
     [](Json& s) { s["cost"]["minimise"] = "prise"; },
     {"cost.minimise", "'prise'", "did you mean 'price'"}},
    {"TwoCosts", [](Json& s) { s["cost"]["maximise"] = "price"; }, {"cost", "exactly one of"}},
    {"RequirementOnUnknownOutput",
     [](Json& s) { s["requirements"][0]["output"] = "stress"; },
     {"requirements[0].output", "'stress'", "deviation, price"}},
    {"RequirementWithoutLimit",
     [](Json& s) { s["requirements"][0].erase("at_most"); },
     {"requirements[0]", "either at_most or at_least"}},
    {"RequirementLimitNull",
     [](Json& s) { s["requirements"][0]["at_most"] = nullptr; },
     {"requirements[0].at_most", "null"}},
    {"MapOfWrongType", [](Json& s) { s["map"] = 3; }, {"map", "must be a text", "an object"}},
    {"MapWithoutKind", [](Json& s) { s["map"] = {{"threads", 2}}; }, {"map.kind", "missing"}},
    {"UnknownKindOfMap",
     [](Json& s) { s["map"] = {{"kind", "thread"}}; },
     {"map.kind", "did you mean 'threads'"}},
    {"MapOptionOutOfRange",
     [](Json& s) { s["map"] = {{"kind", "mpi"}, {"prefetch", 0}}; },
     {"map.prefetch", "is 0", "[1, 1000]"}},
    {"MapOptionOfAnotherMap",
     [](Json& s) { s["map"] = {{"kind", "serial"}, {"threads", 2}}; },
     {"map.threads", "unknown key"}},
    {"NoSolver", [](Json& s) { s.erase("solver"); }, {"solver", "missing"}},
    {"UnknownSolver",
     [](Json& s) { s["solver"] = {{"kind", "nelder-meed"}}; },
     {"solver.kind", "did you mean 'nelder-mead'"}},
    {"SolverWithoutStart",
     [](Json& s) { s["solver"] = {{"kind", "powell"}}; },
     {"solver.kind", "needs a start"}},
    {"EnsembleWithoutMember",
     [](Json& s) { s["solver"].erase("member"); },
     {"solver.member", "missing"}},
    {"EnsembleWithoutBox", [](Json& s) { s["variables"][0].erase("upper"); }, {"solver.kind", "bounds"}},
    {"NoStarts", [](Json& s) { s["solver"]["starts"] = 0; }, {"solver.starts", "is 0", "[1, 1000000]"}},
    {"StartsNotWhole",
     [](Json& s) { s["solver"]["starts"] = 2.5; },
     {"solver.starts", "2.5", "whole number"}},
    {"PopulationTooSmall",
     [](Json& s) { s["solver"] = {{"kind", "differential-evolution"}, {"population", 3}}; },
     {"solver.population", "is 3", "[4, "}},
    {"UnknownStrategy",
     [](Json& s) { s["solver"] = {{"kind", "differential-evolution"}, {"strategy", "best3bin"}}; },
     {"solver.strategy", "best1bin | best1exp | rand1bin"}},
    {"PopulationTooSmallForItsStrategy",
     [](Json& s) {
       s["solver"] = {{"kind", "differential-evolution"}, {"strategy", "rand2bin"}, {"population", 5}};
     },
     {"solver", "population = 5", "rand2bin", "6 at least"}},
    {"InitialWithoutKind", [](Json& s) { s["initial"] = {{"count", 5}}; }, {"initial.kind", "given"}},
    {"InitialOfUnknownKind",
     [](Json& s) { s["initial"] = {{"kind", "nearby"}}; },
     {"initial.kind", "nearby", "given | around"}},
    {"InitialWithoutStart",
     [](Json& s) {
       for (Json& variable : s["variables"]) variable.erase("start");
       s["initial"] = {{"kind", "around"}, {"count", 5}};
     },
     {"initial.kind", "needs a start"}},
    {"InitialWithoutCount",
     [](Json& s) { s["initial"] = {{"kind", "random"}}; },
     {"initial.count", "missing"}},
    {"InitialWithAnothersKey",
     [](Json& s) { s["initial"] = {{"kind", "random"}, {"count", 2}, {"radius", 0.1}}; },
     {"initial.radius", "means nothing with 'random'"}},
    {"InitialFromNoFile",
     [](Json& s) { s["initial"] = {{"kind", "given"}, {"file", "nowhere.csv"}}; },
     {"initial.file", "nowhere.csv"}},
    {"UnknownTermination",
     [](Json& s) { s["termination"] = {{"kind", "value-to-raech"}}; },
     {"termination.kind", "did you mean 'value-to-reach'"}},
    {"WindowZero",
     [](Json& s) { s["termination"] = {{"kind", "change-over-generation"}, {"window", 0}}; },
     {"termination.window", "is 0"}},
    {"EmptyAnyOf",
     [](Json& s) { s["termination"] = {{"kind", "any-of"}, {"of", Json::array()}}; },
     {"termination.of", "at least one"}},
    {"LimitZero",
     [](Json& s) { s["limits"]["evaluations"] = 0; },
     {"limits.evaluations", "is 0", "[1, inf]"}},
    {"SecondsNegative", [](Json& s) { s["limits"]["seconds"] = -3; }, {"limits.seconds", "-3"}},
    {"SeedNegative", [](Json& s) { s["seed"] = -1; }, {"seed", "-1", "whole number from 0"}},
    {"UnknownBoundsMode", [](Json& s) { s["bounds"] = "clp"; }, {"bounds", "reject | clip | redraw"}},
    {"ZeroWorkers", [](Json& s) { s["map"] = "threads:0"; }, {"map", "'0'", "[1, 65536]"}},
    {"UnknownMap", [](Json& s) { s["map"] = "thread:2"; }, {"map", "did you mean 'threads'"}},
    {"PenaltyNegative", [](Json& s) { s["penalty"] = {{"weight", -5}}; }, {"penalty.weight", "-5"}},
    {"RetriesNegative", [](Json& s) { s["policy"] = {{"retries", -1}}; }, {"policy.retries", "-1"}},
    {"NameOfStudyIsAPath", [](Json& s) { s["name"] = "../x"; }, {"name", "'../x'"}},
};

std::vector<BadStudy> bad_studies() {
  std::vector<BadStudy> table = bad_models;
  table.insert(table.end(), bad_methods.begin(), bad_methods.end());
  return table;
}

class BadInput : public ::testing::TestWithParam<BadStudy> {};

void expect_refused(const Ended& ended, const std::vector<std::string>& must_say) {
  EXPECT_EQ(ended.status, 2) << ended.output;
  for (const std::string& text : must_say) {
    EXPECT_NE(ended.output.find(text), std::string::npos) << "'" << text << "' is not in:\n"
                                                          << ended.output;
  }
}

TEST_P(BadInput, IsRefusedWithItsPlaceAndFoundByCheck) {
  const ScratchDirectory scratch;
  Json study = beam_study();
  GetParam().spoil(study);
  scratch.write("bad.json", study.dump());
  std::vector<std::string> must_say = GetParam().must_say;
  must_say.insert(must_say.begin(), "bad.json");
  expect_refused(run_program(mystic_command({"check", "bad.json"}), scratch.path()), must_say);
  expect_refused(run_program(mystic_command({"run", "bad.json", "--out", "out"}), scratch.path()),
                 must_say);
  EXPECT_FALSE(std::filesystem::exists(scratch.path() / "out")) << "a refused study leaves no directory";
}

INSTANTIATE_TEST_SUITE_P(Table, BadInput, ::testing::ValuesIn(bad_studies()),
                         [](const auto& row) { return row.param.name; });

TEST(BadInputs, AreAllListedAtOnce) {
  const ScratchDirectory scratch;
  Json study = beam_study();
  study["seed"] = "x";
  study["solver"]["starts"] = 0;
  study["variables"][0]["lower"] = 9e7;
  scratch.write("bad.json", study.dump());
  expect_refused(run_program(mystic_command({"check", "bad.json"}), scratch.path()),
                 {"seed", "solver.starts", "variables[0]"});
}

// What is no JSON, or no file, in words.
TEST(BadInputs, OfTheFileItself) {
  const ScratchDirectory scratch;
  const auto check = [&](const std::string& text, const std::vector<std::string>& must_say) {
    scratch.write("bad.json", text);
    expect_refused(run_program(mystic_command({"check", "bad.json"}), scratch.path()), must_say);
  };
  check("", {"bad.json:1:1"});
  check("{\n  \"name\": nan\n}", {"bad.json:2:"});
  check("{\"seed\": 1e999}", {"bad.json", "1e999"});
  check("{\"seed\": 1, \"seed\": 2}", {"bad.json", "'seed'", "twice"});
  check("[1, 2]", {"bad.json", "must be an object"});
  check("{\"name\": \"a\xff\"}", {"bad.json"});
  expect_refused(run_program(mystic_command({"check", "none.json"}), scratch.path()),
                 {"none.json", "No such file"});
  expect_refused(run_program(mystic_command({"run", "."}), scratch.path()), {"is a directory"});
}

TEST(BadInputs, OfTheCommandLine) {
  const ScratchDirectory scratch;
  scratch.write("study.json", function_study().dump());
  const auto refuse = [&](const std::vector<std::string>& arguments,
                          const std::vector<std::string>& must_say) {
    expect_refused(run_program(mystic_command(arguments), scratch.path()), must_say);
  };
  refuse({}, {"subcommand"});
  refuse({"rnu", "study.json"}, {"'rnu'", "did you mean 'run'"});
  refuse({"run"}, {"STUDY"});
  refuse({"run", "study.json", "--mpa", "serial"}, {"--mpa"});
  refuse({"run", "study.json", "--map", "threads:-1"}, {"--map", "'-1'"});
  refuse({"run", "study.json", "--map", "thread"}, {"--map", "did you mean 'threads'"});
  refuse({"run", "study.json", "--map", "mpi"}, {"mpirun"});
  for (const char* number : {"x", "-1", "+1", "1.5", "1e3", "0x10", "7 ", "", "18446744073709551616",
                             "99999999999999999999"}) {
    refuse({"run", "study.json", "--seed", number},
           {"--seed", fmt::format("'{}'", number), "a whole number from 0 to 18446744073709551615"});
    refuse({"evaluate", "study.json", "--random", number},
           {"--random", fmt::format("'{}'", number), "a whole number from 1 to"});
  }
  refuse({"evaluate", "study.json", "--random", "0"}, {"--random", "'0'", "a whole number from 1 to"});
  refuse(
      {"list", "solver"},
      {"'solver'", "solvers, maps, models, functions, laws, copulas, methods, designs, terminations"});
  refuse({"resume", "nowhere"}, {"nowhere", "no directory"});
  refuse({"run", "study.json", "--out", "/proc/mystic"}, {"/proc/mystic", "cannot be made"});
}

TEST(CommandLine, ReadsNumbersAsTheyAreWritten) {
  const ScratchDirectory scratch;
  scratch.write("study.json", function_study().dump());
  const auto seed_of = [&](const std::string& text, const std::string& out) {
    const Ended ended = run_program(
        mystic_command({"run", "study.json", "--quiet", "--seed", text, "--out", out}), scratch.path());
    if (ended.status != 0) return Json(ended.output);
    return Json::parse(text_of(scratch.path() / out / "result.json"))["seed"];
  };
  EXPECT_EQ(seed_of("010", "ten"), 10);
  EXPECT_EQ(seed_of("18446744073709551615", "most"), std::uint64_t{18446744073709551615U});
  ASSERT_EQ(run_program(mystic_command(
                            {"evaluate", "study.json", "--quiet", "--random", "010", "--out", "points"}),
                        scratch.path())
                .status,
            0);
  EXPECT_EQ(Json::parse(text_of(scratch.path() / "points" / "result.json"))["evaluations"]["total"], 10);
}

TEST(BadInputs, AStudyNeverOverwritesAnother) {
  const ScratchDirectory scratch;
  scratch.write("study.json", function_study().dump());
  ASSERT_EQ(run_program(mystic_command({"run", "study.json", "--quiet", "--out", "out"}), scratch.path())
                .status,
            0);
  const std::string before = lasting_result(scratch.path() / "out");
  expect_refused(
      run_program(mystic_command({"run", "study.json", "--seed", "9", "--out", "out"}), scratch.path()),
      {"out", "exists", "--out"});
  EXPECT_EQ(lasting_result(scratch.path() / "out"), before);
  for (const char* directory : {"trial.run", "trial.run-2"}) {
    ASSERT_EQ(run_program(mystic_command({"run", "study.json", "--quiet"}), scratch.path()).status, 0);
    EXPECT_TRUE(std::filesystem::exists(scratch.path() / directory / "result.json"));
  }
}

TEST(BadInputs, ResumeRefusesAnotherStudyAndSaysWhatDiffers) {
  const ScratchDirectory scratch;
  Json study = function_study();
  scratch.write("study.json", study.dump());
  ASSERT_EQ(run_program(mystic_command({"run", "study.json", "--quiet", "--out", "out"}), scratch.path())
                .status,
            0);
  const auto resume_edited = [&](const Json& edited) {
    scratch.write("out/study.json", edited.dump());
    return run_program(mystic_command({"resume", "out", "--quiet"}), scratch.path());
  };
  Json other = study;
  other["variables"][0]["upper"] = 5;
  expect_refused(resume_edited(other), {"variables[0].upper", "was 4", "is 5"});
  other = study;
  other["seed"] = 4;
  expect_refused(resume_edited(other), {"seed", "was 3", "is 4"});
  other = study;
  other["solver"] = {{"kind", "powell"}};
  expect_refused(resume_edited(other), {"solver.kind", "nelder-mead", "powell"});
  other = study;
  other["limits"]["evaluations"] = 400;
  other["map"] = "serial";
  other["policy"] = {{"retries", 1}};
  EXPECT_EQ(resume_edited(other).status, 0);
}

TEST(BadInputs, ADamagedOrForeignJournalIsRefused) {
  const ScratchDirectory scratch;
  scratch.write("study.json", function_study().dump());
  ASSERT_EQ(run_program(mystic_command({"run", "study.json", "--quiet", "--out", "out"}), scratch.path())
                .status,
            0);
  std::string journal = text_of(scratch.path() / "out" / "journal.mystic");
  journal[journal.size() / 2] = static_cast<char>(journal[journal.size() / 2] ^ 1);
  scratch.write("out/journal.mystic", journal);
  expect_refused(run_program(mystic_command({"resume", "out"}), scratch.path()), {"journal.mystic"});
  scratch.write("out/journal.mystic", "something else altogether, and long enough to be looked at");
  expect_refused(run_program(mystic_command({"resume", "out"}), scratch.path()), {"journal.mystic"});
  std::filesystem::remove(scratch.path() / "out" / "journal.mystic");
  expect_refused(run_program(mystic_command({"resume", "out"}), scratch.path()), {"journal.mystic"});
}

}  // namespace
}  // namespace mystic::testing
