// "method" of a study: what is wrong with it is said in one line, with its place and its value, before
// anything is made or evaluated.

#include "mystic/study/study.hpp"
#include "study/methods/method.hpp"
#include "study/session.hpp"
#include "tests/support/program.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mystic::study {
namespace {

// Three inputs, the first with a law without ends; a sample of 100.
Json sound_study() {
  return Json::parse(R"({
    "name": "trial",
    "variables": [{"name": "a", "law": {"kind": "normal", "mean": 1, "sd": 0.5}},
                  {"name": "b", "lower": -1, "upper": 2}, {"name": "c", "lower": 0, "upper": 1}],
    "model": {"kind": "function", "name": "sphere"},
    "method": {"propagate": {"samples": 100}},
    "seed": 3})");
}

Study read(const Json& json, const std::filesystem::path& directory = ".") {
  return read_study_text(json.dump(), "s.json", directory, {});
}

// All that is wrong, without the name of the file.
std::string problems_of(const Json& json, const std::filesystem::path& directory = ".") {
  try {
    static_cast<void>(read(json, directory));
    return "";
  } catch (const BadInput& error) {
    std::string text = error.what();
    for (std::size_t at = 0; (at = text.find("s.json: ", at)) != std::string::npos;) text.erase(at, 8);
    return text;
  }
}

struct Mistake {
  std::string key;    ///< of the study
  std::string value;  ///< in its place, as JSON
  std::string line;   ///< how the only line of what is said begins
};

void expect_refused(const Mistake& mistake) {
  Json json = sound_study();
  json[mistake.key] = Json::parse(mistake.value);
  const std::string said = problems_of(json);
  EXPECT_EQ(said.substr(0, mistake.line.size()), mistake.line) << mistake.value;
  EXPECT_EQ(said.find('\n'), std::string::npos) << said;
}

void expect_method_refused(const std::string& value, const std::string& line) {
  expect_refused({"method", value, line});
}

void expect_law_refused(const std::string& law, const std::string& line) {
  Json json = sound_study();
  json["variables"][0]["law"] = Json::parse(law);
  const std::string said = problems_of(json);
  EXPECT_EQ(said.substr(0, line.size()), line) << law;
  EXPECT_EQ(said.find('\n'), std::string::npos) << said;
}

TEST(Method, OfASoundStudyIsRead) {
  EXPECT_EQ(problems_of(sound_study()), "");
  EXPECT_EQ(read(sound_study()).method_text, "propagate, 100 points of monte-carlo");
}

TEST(Method, IsOneOfThree) {
  expect_method_refused(R"({"propogate": {"samples": 10}})",
                        "method.propogate: unknown key; did you mean 'propagate'?");
  expect_method_refused(R"({"propagate": {"samples": 10}, "design": {"kind": "sobol", "samples": 3}})",
                        "method: must have exactly one of: propagate, sensitivity, design");
  expect_method_refused("{}", "method: must have exactly one of: propagate, sensitivity, design");
  expect_method_refused("3", "method: is a number (3); must be an object {...}");
  expect_method_refused(R"({"propagate": 3})",
                        "method.propagate: is a number (3); must be an object {...}");
  expect_method_refused(R"({"propagate": {"sample": 10, "samples": 10}})",
                        "method.propagate.sample: unknown key; did you mean 'samples'?");
}

TEST(Laws, OfAStudyWithAMethodAreRefusedInOneLine) {
  expect_law_refused(R"({"kind": "normal", "mean": 1, "sd": 0})",
                     "variables[0].law.sd: is 0; must be in (0, inf)");
  expect_law_refused(R"({"kind": "exponential", "rate": -2})", "variables[0].law.rate: is -2; must be");
  expect_law_refused(R"({"kind": "uniform", "lower": 2, "upper": 1})",
                     "variables[0].law: lower = 2 must be less than upper = 1");
  expect_law_refused(R"({"kind": "lognorml", "mean": 1, "sd": 1})",
                     "variables[0].law.kind: 'lognorml' is not known (did you mean 'lognormal'?)");
  expect_refused({"variables", R"([{"name": "b", "lower": 2, "upper": 1}])",
                  "variables[0]: lower = 2 is above upper = 1"});
  expect_refused({"variables", R"([{"name": "b", "lower": 2}])",
                  "variables[0]: 'b' has neither a law nor two bounds: how is it uncertain?"});
}

TEST(Laws, OfFilesWithoutNumbersAreRefused) {
  const testing::ScratchDirectory scratch;
  scratch.write("empty.csv", "");
  scratch.write("header.csv", "a\n");
  Json json = sound_study();
  const auto said_of = [&](const std::string& file) {
    json["variables"][0]["law"] = {{"kind", "empirical"}, {"file", file}};
    return problems_of(json, scratch.path());
  };
  const auto expected = [&](const std::string& file, const std::string& what) {
    return "variables[0].law.file: " + (scratch.path() / file).string() + ": " + what;
  };
  EXPECT_EQ(said_of("empty.csv"), expected("empty.csv", "is empty; must hold numbers, one a line"));
  EXPECT_EQ(said_of("header.csv"), expected("header.csv", "holds no number below its header"));
  EXPECT_EQ(said_of("absent.csv"), expected("absent.csv", "cannot be read: No such file or directory"));
}

TEST(Dependence, ThatCannotBeIsRefusedWithTheNearestThatCan) {
  expect_refused({"dependence", R"([{"copula": "normal", "of": ["a", "b"], "spearman": 1.2}])",
                  "dependence[0].spearman: is 1.2; must be in [-1, 1]"});
  expect_refused({"dependence",
                  R"([{"copula": "normal", "of": ["a", "b", "c"],
                       "spearman": [[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]}])",
                  "dependence[0].spearman: correlation matrix: is not positive definite (least "
                  "eigenvalue -0.8): no inputs have these correlations. The nearest that is: [[1, 0.5, "
                  "-0.5], [0.5, 1, 0.5], [-0.5, 0.5, 1]]"});
}

TEST(Dependence, IsRefusedByMethodsForIndependentInputs) {
  Json json = sound_study();
  json["dependence"] = Json::parse(R"([{"copula": "normal", "of": ["a", "b"], "spearman": 0.3}])");
  for (const char* kind : {"sobol", "morris", "efast", "dgsm"}) {
    json["method"] = {{"sensitivity", {{"kind", kind}}}};
    const std::string said = problems_of(json);
    EXPECT_EQ(said.find("method.sensitivity: is for independent inputs: "), 0U) << kind << ": " << said;
    EXPECT_NE(said.find("leave \"dependence\" out, or ask for {\"sensitivity\": {\"kind\": "
                        "\"correlation\"}}"),
              std::string::npos);
    EXPECT_EQ(said.find('\n'), std::string::npos) << said;
  }
  for (const char* method :
       {R"({"sensitivity": {"kind": "correlation", "samples": 50}})",
        R"({"propagate": {"samples": 50}})", R"({"design": {"kind": "sobol", "samples": 50}})"}) {
    json["method"] = Json::parse(method);
    EXPECT_EQ(problems_of(json), "") << method;
  }
}

TEST(Samples, AreSaidAndEnough) {
  expect_method_refused(R"({"propagate": {}})",
                        "method.propagate.samples: is missing: how many points?");
  expect_method_refused(R"({"propagate": {"samples": 1}})",
                        "method.propagate.samples: is 1; must be in [2, 100000000]");
  expect_method_refused(R"({"propagate": {"samples": 10.5}})",
                        "method.propagate.samples: is a number (10.5); must be a whole number");
  expect_method_refused(
      R"({"propagate": {"samples": 298, "wilks": {"coverage": 0.99, "confidence": 0.95}}})",
      "method.propagate.samples: is 298; Wilks' bound needs at least 299 evaluations "
      "that succeed");
  expect_method_refused(R"({"sensitivity": {"kind": "correlation", "samples": 5}})",
                        "method.sensitivity.samples: is 5; coefficients of 3 inputs need at least 6");
  expect_method_refused(R"({"sensitivity": {"kind": "sobol", "samples": 1}})",
                        "method.sensitivity.samples: is 1; must be in [4, 1000000000]");
  expect_method_refused(R"({"sensitivity": {"kind": "efast", "samples": 10}})",
                        "method.sensitivity: samples = 10 must be at least 150, for 6 harmonics");
  expect_method_refused(R"({"sensitivity": {"kind": "rbd-fast", "samples": 3}})",
                        "method.sensitivity.samples: is 3; 10 harmonics need more than 40");
  expect_method_refused(R"({"design": {"kind": "sobol"}})",
                        "method.design.samples: is missing: how many points?");
  expect_method_refused(R"({"design": {"kind": "full-factorial", "samples": 4}})",
                        "method.design.samples: 'full-factorial' says by itself how many points it has");
  expect_method_refused(
      R"({"propagate": {"samples": 1000, "design": {"kind": "latin-hypercube", "doublings": 20}}})",
      "method.propagate.samples: 1000 doubled 20 times is more than 1e8 points");
  Json enough = sound_study();
  enough["method"]["propagate"] = {{"samples", 299},
                                   {"wilks", {{"coverage", 0.99}, {"confidence", 0.95}}}};
  EXPECT_EQ(problems_of(enough), "");
}

TEST(Sensitivity, IsOfAKindThatThereIs) {
  expect_method_refused(R"({"sensitivity": {"kind": "sobl", "samples": 8}})",
                        "method.sensitivity.kind: 'sobl' is not known (did you mean 'sobol'?); there "
                        "are: sobol, morris, efast, rbd-fast, dgsm, correlation");
  expect_method_refused(R"({"sensitivity": {"samples": 8}})",
                        "method.sensitivity.kind: is missing; there are: sobol, morris");
  expect_method_refused(R"({"sensitivity": {"kind": "sobol", "estimator": "jansn"}})",
                        "method.sensitivity.estimator: is jansn; must be one of saltelli | jansen");
  expect_method_refused(R"({"sensitivity": {"kind": "morris", "trajectory": 4}})",
                        "method.sensitivity.trajectory: unknown key; did you mean 'trajectories'?");
}

TEST(Sensitivity, ByMorrisHasAPlanThatCanBeMade) {
  expect_method_refused(R"({"sensitivity": {"kind": "morris", "levels": 5}})",
                        "method.sensitivity: levels = 5 must be even, for a step is half of them");
  expect_method_refused(R"({"sensitivity": {"kind": "morris", "trajectories": 40, "candidates": 10}})",
                        "method.sensitivity: candidates = 10 must be 0 or at least trajectories = 40");
  expect_method_refused(R"({"sensitivity": {"kind": "morris", "grid": "ends"}})",
                        "method.sensitivity: morris: the support of input 'a', normal(mean 1, sd 0.5), "
                        "has no ends; grid must be centres, or auto");
}

TEST(Groups, HoldVariablesOnceAndHaveNamesOfTheirOwn) {
  const auto expect_groups_refused = [](const std::string& groups, const std::string& line) {
    for (const char* kind : {"sobol", "morris"}) {
      expect_method_refused(
          fmt::format(R"({{"sensitivity": {{"kind": "{}", "groups": {}}}}})", kind, groups),
          "method.sensitivity.groups." + line);
    }
  };
  expect_groups_refused(R"({"g": ["a", "x"]})", "g: 'x' is no variable");
  expect_groups_refused(R"({"a": ["c"]})", "a: is the name of a variable; give the group another");
  expect_groups_refused(R"({"g": ["a"], "h": []})", "h: is empty; must hold at least one variable");
  expect_groups_refused(R"({"g": ["a", "b"], "h": ["b"]})", "h: 'b' is in a group already");
}

TEST(Until, SaysOfWhatAndHowNarrow) {
  const std::string path = "method.propagate.until";
  const auto expect_until_refused = [](const std::string& until, const std::string& line) {
    expect_method_refused(R"({"propagate": {"samples": 100, "until": )" + until + "}}", line);
  };
  const std::string how = path + ": must have either half_width or relative: how narrow?";
  expect_until_refused(R"({"of": "mean"})", how);
  expect_until_refused(R"({"half_width": 1, "relative": 0.1})", how);
  expect_until_refused(R"({"half_width": 0})", path + ".half_width: is 0; must be in (0, inf)");
  expect_until_refused(R"({"of": "meen", "relative": 1})",
                       path +
                           ".of: 'meen' is not known (did you mean 'mean'?); there are: mean, sd, "
                           "quantile 0.05, quantile 0.5, quantile 0.95");
  expect_until_refused(R"({"output": "coost", "relative": 1})",
                       path + ".output: 'coost' is not known (did you mean 'cost'?); there are: cost");
  // A probability is watched only where one is asked for.
  expect_until_refused(R"({"of": "probability", "half_width": 1})", path + ".of: 'probability' is not");
  expect_method_refused(
      R"({"sensitivity": {"kind": "sobol", "until": {"of": "totl", "half_width": 1}}})",
      "method.sensitivity.until.of: 'totl' is not known (did you mean 'total'?)");
  expect_method_refused(R"({"design": {"kind": "sobol", "samples": 8, "until": {"half_width": 1}}})",
                        "method.design.until: unknown key");
}

TEST(Exceed, IsOneQuestionOfOneOutput) {
  const auto expect_exceed_refused = [](const std::string& exceed, const std::string& line) {
    expect_method_refused(R"({"propagate": {"samples": 100, "exceed": )" + exceed + "}}",
                          "method.propagate.exceed" + line);
  };
  const std::string one = "[0]: must have exactly one of: above, below, probability";
  expect_exceed_refused(R"([{"above": 1, "below": 2}])", one);
  expect_exceed_refused(R"([{"above": 1, "probability": 0.2}])", one);
  expect_exceed_refused(R"([{"below": 1, "probability": 0.2}])", one);
  expect_exceed_refused(R"([{"output": "cost"}])", one);
  expect_exceed_refused(R"([{"probability": 1.2}])", "[0].probability: is 1.2; must be in (0, 1)");
  expect_exceed_refused(
      R"([{"above": 2}, {"output": "cots", "above": 2}])",
      "[1].output: 'cots' is no output of the model (did you mean 'cost'?); there are: "
      "cost");
  expect_exceed_refused(R"({"above": 2})", ": is an object");
  // Requirements are levels that may be exceeded, too.
  expect_refused({"requirements", R"([{"output": "cots", "at_most": 2}])",
                  "requirements[0].output: 'cots' is no output of the model (did you mean 'cost'?)"});
}

TEST(Designs, AreKnownAndFitTheInputs) {
  expect_method_refused(R"({"propagate": {"samples": 9, "design": "sobl"}})",
                        "method.propagate.design: 'sobl' is not known (did you mean 'sobol'?); there "
                        "are: monte-carlo, latin-hypercube, sobol, halton");
  expect_method_refused(R"({"design": {"kind": "latin-hypercub", "samples": 9}})",
                        "method.design.kind: 'latin-hypercub' is not known (did you mean "
                        "'latin-hypercube'?)");
  expect_method_refused(R"({"propagate": {"design": "full-factorial"}})",
                        "method.propagate.design: 'full-factorial' is no sample of the inputs: its "
                        "points say nothing on probabilities; {\"design\": ...} evaluates it");
  expect_method_refused(R"({"propagate": {"design": {"kind": "sobol", "samples": 3}}})",
                        "method.propagate.design.samples: belongs to 'method.propagate' itself");
  for (const std::string kind : {"full-factorial", "box-behnken", "central-composite"}) {
    expect_method_refused(R"({"design": {"kind": ")" + kind + "\"}}",
                          "method.design: '" + kind +
                              "' has points at the ends of a box, and 'a' (normal(mean 1, sd 0.5)) has "
                              "none: give the variable lower and upper bounds, or truncate its law");
    Json bounded = sound_study();
    bounded["method"] = {{"design", {{"kind", kind}}}};
    bounded["variables"][0]["lower"] = 0;
    bounded["variables"][0]["upper"] = 2;
    EXPECT_EQ(problems_of(bounded), "") << kind;
  }
  expect_method_refused(R"({"design": {"kind": "full-factorial", "levels": [2, 3]}})",
                        "method.design.levels: has 2 numbers for 3 variables");
  expect_method_refused(R"({"design": {"kind": "file"}})",
                        "method.design.file: is missing: which table?");
  expect_method_refused(R"({"design": {"kind": "file", "file": "absent.csv"}})",
                        "method.design.file: ./absent.csv: cannot be read: No such file or directory");
  expect_method_refused(R"({"design": {"kind": "fractional-factorial"}})",
                        "method.design.generators: is missing: which variables follow from which");
}

TEST(Designs, OfATableThatIsWrongAreRefused) {
  const testing::ScratchDirectory scratch;
  Json json = sound_study();
  json["method"] = {{"design", {{"kind", "file"}, {"file", "t.csv"}}}};
  const auto said_of = [&](const std::string& table) {
    scratch.write("t.csv", table);
    return problems_of(json, scratch.path());
  };
  EXPECT_NE(said_of("").find("t.csv: is empty; its first line must name the columns"),
            std::string::npos);
  EXPECT_NE(said_of("a,b,c\n").find("t.csv: holds no point below its header"), std::string::npos);
  EXPECT_NE(said_of("a,b,c\n1,2,x\n").find("t.csv:2: c = 'x' is no finite number"), std::string::npos);
  EXPECT_EQ(said_of("a,b,c\n1,2,3\n"), "");
}

// Three options of a sequence are its own; the seed is the study's.
TEST(Seed, IsAKeyOfTheWholeStudy) {
  const std::string is = "seed: is a key of the whole study";
  expect_method_refused(R"({"propagate": {"samples": 9, "seed": 3}})", "method.propagate." + is);
  expect_method_refused(R"({"propagate": {"samples": 9, "design": {"kind": "sobol", "seed": 3}}})",
                        "method.propagate.design." + is);
  expect_method_refused(R"({"sensitivity": {"kind": "sobol", "seed": 1}})", "method.sensitivity." + is);
  expect_method_refused(R"({"sensitivity": {"kind": "morris", "seed": 1}})", "method.sensitivity." + is);
  expect_method_refused(R"({"design": {"kind": "sobol", "samples": 9, "seed": 1}})",
                        "method.design." + is);
}

TEST(Searches, LeaveNothingInAStudyWithAMethod) {
  expect_refused({"solver", R"({"kind": "powell"})",
                  "solver: a study has either a solver or a method: copy it for the other"});
  expect_refused({"termination", R"({"kind": "improvement-below"})",
                  "termination: means nothing with a method: there is no search; \"until\" in the "
                  "method ends it"});
  expect_refused({"penalty", R"({"weight": 3})", "penalty: means nothing with a method"});
  expect_refused({"limits", R"({"generations": 3})",
                  "limits.generations: means nothing with a method: there is no search"});
  expect_refused(
      {"policy", R"({"continuation": 3})", "policy.continuation: means nothing with a method"});
  expect_refused({"initial", R"({"kind": "random", "count": 3})",
                  "initial: means nothing with a method: there is no search"});
}

// The directions of Joe and Kuo end there; for indices each input has two coordinates.
TEST(SobolSequences, OfMoreThan3667CoordinatesAreRefusedBeforeAnythingIsMade) {
  Json json = sound_study();
  const auto refuses = [&](int inputs, const Json& method) {
    json["variables"] = Json::array();
    for (int i = 0; i < inputs; ++i)
      json["variables"].push_back({{"name", fmt::format("x{}", i)}, {"lower", 0}, {"upper", 1}});
    json["method"] = method;
    try {
      static_cast<void>(planned_points(read(json), 1));
      return std::string();
    } catch (const Error& error) {
      return std::string(error.what());
    }
  };
  const Json propagate{{"propagate", {{"samples", 2}, {"design", "sobol"}}}};
  const Json indices{{"sensitivity", {{"kind", "sobol"}, {"samples", 4}}}};
  const std::string line = "dimension = 3668 is not in [1, 3667]";
  EXPECT_NE(refuses(3668, propagate).find(line), std::string::npos);
  EXPECT_EQ(refuses(3667, propagate), "");
  EXPECT_NE(refuses(1834, indices).find(line), std::string::npos);
  EXPECT_EQ(refuses(1833, indices), "");
}

}  // namespace
}  // namespace mystic::study
