// Whatever `run` would refuse, `check` refuses, in one clear message; and no directory is left behind.

#include "tests/cli/studies.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <functional>

namespace mystic::testing {
namespace {

struct Refusal {
  std::string name;
  std::function<Json()> study;
  std::vector<std::string> must_say;
};

void PrintTo(const Refusal& refusal, std::ostream* out) { *out << refusal.name; }

Json with_solver(const std::string& solver) {
  Json study = function_study();
  study.erase("limits");
  for (Json& variable : study["variables"]) variable.erase("start");
  study["solver"] = Json::parse(solver);
  return study;
}

// Members whose whole searches are dealt, with what `change` makes of that study.
Json dealt_whole(const std::function<void(Json&)>& change) {
  Json study =
      with_solver(R"({"kind": "buckshot", "deal": "whole", "member": {"kind": "nelder-mead"}})");
  change(study);
  return study;
}

const std::vector<Refusal> refusals{
    {"EvaluationsOfAWholeDeal",
     [] { return dealt_whole([](Json& s) { s["limits"]["evaluations"] = 100; }); },
     {"limits.evaluations", "\"deal\": \"points\"", "member"}},
    {"GenerationsOfAWholeDeal",
     [] { return dealt_whole([](Json& s) { s["limits"]["generations"] = 100; }); },
     {"limits.generations", "\"deal\": \"points\"", "member"}},
    {"TerminationOfAWholeDeal",
     [] { return dealt_whole([](Json& s) { s["termination"] = {{"kind", "value-to-reach"}}; }); },
     {"termination", "\"deal\": \"points\"", "member"}},
    {"FirstOfAWholeDeal",
     [] { return dealt_whole([](Json& s) { s["solver"]["until"] = "first"; }); },
     {"solver.until", "\"deal\": \"points\""}},
    {"TogetherOfAWholeDeal",
     [] { return dealt_whole([](Json& s) { s["solver"]["together"] = 2; }); },
     {"solver.together", "\"deal\": \"points\""}},
    {"NearBetterOfAWholeDeal",
     [] { return dealt_whole([](Json& s) { s["solver"]["near_better"] = "end"; }); },
     {"solver.near_better", "\"deal\": \"points\""}},
    {"ShareEveryOfAWholeDeal",
     [] { return dealt_whole([](Json& s) { s["solver"]["share_every"] = 3; }); },
     {"solver.share_every", "\"deal\": \"points\""}},
    {"CacheOfAWholeDeal",
     [] {
       Json study = beam_study();
       study.erase("limits");
       study["solver"]["deal"] = "whole";
       study["model"]["cache"] = true;
       return study;
     },
     {"model.cache", "\"deal\": \"points\""}},
    {"CellsWhoseProductWraps",
     [] {
       Json study = with_solver(
           R"({"kind": "lattice", "bins": [65536, 65536, 65536, 65536], "member": {"kind": "powell"}})");
       study["model"]["name"] = "sphere";
       for (const char* name : {"c", "d"})
         study["variables"].push_back({{"name", name}, {"lower", -1}, {"upper", 1}});
       return study;
     },
     {"solver", "bins", "65536", "more than 1000000 cells"}},
    {"CellsWithoutNumber",
     [] {
       return with_solver(
           R"({"kind": "lattice", "bins": [1000000, 1000000], "member": {"kind": "powell"}})");
     },
     {"solver", "bins", "more than 1000000 cells"}},
    {"CellsOfAMemberWithoutNumber",
     [] {
       return with_solver(R"({"kind": "buckshot", "member":
         {"kind": "lattice", "bins": [1000, 1001], "member": {"kind": "powell"}}})");
     },
     {"solver.member", "bins", "more than 1000000 cells"}},
    {"CellsOfTooFewVariables",
     [] { return with_solver(R"({"kind": "lattice", "bins": [4], "member": {"kind": "powell"}})"); },
     {"solver.bins", "has 1 ", "2 variables"}},
    {"CellsOfAMemberOfTooManyVariables",
     [] {
       return with_solver(R"({"kind": "buckshot", "member":
         {"kind": "lattice", "bins": [4, 2, 1], "member": {"kind": "powell"}}})");
     },
     {"solver.member.bins", "has 3 ", "2 variables"}},
    {"NoMemberOfAnyKind",
     [] {
       return with_solver(R"({"kind": "mixed", "buckshot": 0, "lattice": 0, "sparsity": 0,
                              "member": {"kind": "powell"}})");
     },
     {"solver", "buckshot, lattice and sparsity are all 0"}},
    {"SaddlesInOneVariable",
     [] {
       Json study = with_solver(R"({"kind": "search-all", "minima": false, "maxima": false})");
       study["model"]["name"] = "sphere";
       study["variables"].erase(1);
       return study;
     },
     {"solver.saddles", "one variable", "minima or maxima"}},
    {"SaddlesInOneFreeVariable",
     [] {
       Json study = with_solver(R"({"kind": "search-all", "minima": false, "maxima": false})");
       study["variables"][0]["upper"] = study["variables"][0]["lower"];
       return study;
     },
     {"solver.saddles", "one variable", "minima or maxima"}},
    {"NothingFree",
     [] {
       Json study = with_solver(R"({"kind": "search-all"})");
       for (Json& variable : study["variables"]) variable["upper"] = variable["lower"];
       return study;
     },
     {"solver", "the bounds fix every variable"}},
    {"NothingSought",
     [] {
       return with_solver(
           R"({"kind": "search-all", "minima": false, "maxima": false, "saddles": false})");
     },
     {"solver", "neither minima, maxima nor saddles"}},
#if MYSTIC_WITH_NLOPT
    {"DifferencesAlongAnInteger",
     [] {
       Json study = with_solver(R"({"kind": "nlopt", "algorithm": "LD_LBFGS"})");
       study["variables"][0]["type"] = "integer";
       return study;
     },
     {"solver.algorithm", "is not real: differences along it"}},
#endif
    {"RandomPointsWithoutNumber",
     [] { return with_solver(R"({"kind": "points", "random": 1000000000000000000})"); },
     {"solver.random", "[1, 10000000]"}},
    {"MoreInitialPointsThanMembers",
     [] {
       Json study = with_solver(R"({"kind": "buckshot", "starts": 3, "member": {"kind": "powell"}})");
       study["initial"] = {{"kind", "random"}, {"count", 5}};
       return study;
     },
     {"initial: ", "5 initial points for 3 members"}},
};

// For what only the search itself can say, once it is under way.
Json with_nlopt(const std::string& solver) {
  Json study = with_solver(solver);
  study["model"]["name"] = "sphere";
  study["variables"].erase(1);
  study["variables"][0]["start"] = 1;
  return study;
}

void expect_refused(const Ended& ended, const std::vector<std::string>& must_say) {
  EXPECT_EQ(ended.status, 2) << ended.output;
  for (const std::string& text : must_say) {
    EXPECT_NE(ended.output.find(text), std::string::npos) << "'" << text << "' is not in:\n"
                                                          << ended.output;
  }
}

class Refused : public ::testing::TestWithParam<Refusal> {};

TEST_P(Refused, ByCheckAndByRunWhichLeavesNoDirectory) {
  const ScratchDirectory scratch;
  scratch.write("bad.json", GetParam().study().dump());
  std::vector<std::string> must_say = GetParam().must_say;
  must_say.insert(must_say.begin(), "bad.json: ");
  expect_refused(run_program(mystic_command({"check", "bad.json"}), scratch.path()), must_say);
  expect_refused(run_program(mystic_command({"run", "bad.json", "--out", "out"}), scratch.path()),
                 must_say);
  EXPECT_FALSE(std::filesystem::exists(scratch.path() / "out")) << "a refused study leaves no directory";
}

INSTANTIATE_TEST_SUITE_P(Table, Refused, ::testing::ValuesIn(refusals),
                         [](const auto& row) { return row.param.name; });

#if MYSTIC_WITH_NLOPT  // without it there is no search that says so
TEST(Refused, ByTheSearchItselfLeavesNoDirectoryEither) {
  const ScratchDirectory scratch;
  const std::string member = R"({"kind": "nlopt", "algorithm": "LN_NEWUOA_BOUND"})";
  scratch.write("bad.json", with_nlopt(member).dump());
  expect_refused(run_program(mystic_command({"check", "bad.json"}), scratch.path()),
                 {"bad.json: solver: nlopt: LN_NEWUOA_BOUND needs at least 2 variables"});
  scratch.write("bad.json", with_nlopt(R"({"kind": "buckshot", "member": )" + member + "}").dump());
  expect_refused(run_program(mystic_command({"run", "bad.json", "--out", "out"}), scratch.path()),
                 {"nlopt: LN_NEWUOA_BOUND needs at least 2 variables"});
  EXPECT_FALSE(std::filesystem::exists(scratch.path() / "out"));
  // Nor is what has been paid for thrown away.
  scratch.write("bad.json", with_nlopt(R"({"kind": "in-turn", "first":
      {"kind": "powell", "generations": 2}, "second": )" +
                                       member + "}")
                                .dump());
  expect_refused(run_program(mystic_command({"run", "bad.json", "--out", "out"}), scratch.path()),
                 {"nlopt: LN_NEWUOA_BOUND needs at least 2 variables"});
  EXPECT_TRUE(std::filesystem::exists(scratch.path() / "out" / "journal.mystic"));
}
#endif

// Otherwise a deal of whole searches would be for functions only.
TEST(WholeDeal, OfAnExternalModelHasNoCacheUnlessItIsAskedFor) {
  const ScratchDirectory scratch;
  Json study = beam_study();
  study.erase("limits");
  study["solver"]["starts"] = 2;
  study["solver"]["member"]["evaluations"] = 12;
  scratch.write("points.json", study.dump());
  study["solver"]["deal"] = "whole";
  scratch.write("whole.json", study.dump());
  for (const std::string name : {"points", "whole"}) {
    const Ended ended =
        run_program(mystic_command({"run", name + ".json", "--quiet", "--out", name}), scratch.path());
    ASSERT_EQ(ended.status, 0) << ended.output;
  }
  const auto best = [&](const char* name) {
    return Json::parse(text_of(scratch.path() / name / "result.json"))["best"];
  };
  EXPECT_EQ(best("points"), best("whole"));
}

// What stands there but changes nothing, or is right.
TEST(Accepted, IsWhatIsNearToWhatIsRefused) {
  const ScratchDirectory scratch;
  const auto check = [&](Json study, const char* function) {
    study["model"]["name"] = function;
    scratch.write("good.json", study.dump());
    const Ended ended = run_program(mystic_command({"check", "good.json"}), scratch.path());
    EXPECT_EQ(ended.status, 0) << ended.output;
  };
  check(with_solver(R"({"kind": "buckshot", "deal": "whole", "until": "all", "together": 0,
                        "near_better": "go-on", "share_every": 0, "patience": 2,
                        "member": {"kind": "powell"}})"),
        "sphere");
  check(with_solver(R"({"kind": "search-all", "minima": false, "maxima": false})"), "sphere");
  Json one = with_solver(R"({"kind": "search-all", "minima": false})");
  one["variables"].erase(1);
  check(one, "sphere");
  Json seconds = dealt_whole([](Json& s) { s["limits"]["seconds"] = 5; });
  check(seconds, "sphere");
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

// `wrapped` within so many others, which open and close so.
std::string nested(const std::string& open, const std::string& wrapped, const std::string& close,
                   int times) {
  return repeated(open, times) + wrapped + repeated(close, times);
}

std::string text_with(const std::string& key, const std::string& value) {
  Json study = function_study("sphere");
  study[key] = "HERE";
  std::string text = study.dump();
  text.replace(text.find("\"HERE\""), 6, value);
  return text;
}

// What is read by recursion would end the program where its stack does.
TEST(DeepStudies, AreRefusedWhateverNests) {
  const ScratchDirectory scratch;
  const auto refuse = [&](const std::string& text, const std::vector<std::string>& must_say) {
    scratch.write("deep.json", text);
    expect_refused(run_program(mystic_command({"check", "deep.json"}), scratch.path()), must_say);
  };
  const std::string opened_search = R"({"kind": "buckshot", "starts": 1, "member": )";
  const std::string in_turn = R"({"kind": "in-turn", "first": {"kind": "powell"}, "second": )";
  for (const int depth : {99, 200'000}) {  // in the study, and around something
    const std::string limit = "nested more than 100 deep";
    refuse(text_with("termination", nested(R"({"kind": "not", "of": )", "{}", "}", depth)),
           {"deep.json: termination: ", limit});
    refuse(text_with("termination", nested(R"({"kind": "any-of", "of": [)", "{}", "]}", depth)),
           {"deep.json: termination: ", limit});
    refuse(text_with("solver", nested(opened_search, R"({"kind": "powell"})", "}", depth)),
           {"deep.json: solver: ", limit});
    refuse(text_with("solver", nested(in_turn, R"({"kind": "powell"})", "}", depth)),
           {"deep.json: solver: ", limit});
    refuse(text_with("seed", nested("[", "1", "]", depth + 1)), {"deep.json: seed: ", limit});
    refuse(nested("[", "1", "]", depth + 2), {"deep.json: ", limit});
  }
}

TEST(DeepStudies, RunAsDeepAsTheyMay) {
  const ScratchDirectory scratch;
  const auto run = [&](const std::string& key, const std::string& value, const std::string& out) {
    scratch.write("deep.json", text_with(key, value));
    return run_program(mystic_command({"run", "deep.json", "--quiet", "--out", out}), scratch.path());
  };
  const Ended terminated = run("termination",
                               nested(R"({"kind": "not", "of": )",
                                      R"({"kind": "generations-reached", "generations": 4})", "}", 98),
                               "terminated");
  EXPECT_EQ(terminated.status, 0) << terminated.output;
  const Ended searched = run("solver",
                             nested(R"({"kind": "buckshot", "starts": 1, "member": )",
                                    R"({"kind": "powell", "generations": 2})", "}", 98),
                             "searched");
  EXPECT_EQ(searched.status, 0) << searched.output;
  const Ended in_turn = run("solver",
                            nested(R"({"kind": "in-turn", "first": {"kind": "powell"}, "second": )",
                                   R"({"kind": "powell"})", "}", 98),
                            "in-turn");
  EXPECT_EQ(in_turn.status, 0) << in_turn.output;
}

}  // namespace
}  // namespace mystic::testing
