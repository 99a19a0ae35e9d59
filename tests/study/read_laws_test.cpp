#include "study/read_laws.hpp"

#include "law_cases.hpp"
#include "study/law_registry.hpp"
#include "tests/support/program.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace mystic::study {
namespace {

// A law from JSON, and what is wrong with it.
struct Read {
  std::optional<Law> law;
  std::string problems;
  std::vector<std::string> files = {};
};

Read read_json(const Json& json, bool whole = false) {
  Read read;
  Problems problems;
  read.law = read_law(json, "law", {".", read.files, problems, whole});
  read.problems = fmt::format("{}", fmt::join(problems.lines(), "\n"));
  return read;
}

Read read(const std::string& json) { return read_json(Json::parse(json)); }

class EveryLaw : public ::testing::TestWithParam<LawCase> {};

TEST_P(EveryLaw, IsTheOneThatCppMakes) {
  const auto& [json, law] = GetParam();
  const Read found = read(json);
  ASSERT_TRUE(found.law) << found.problems;
  EXPECT_EQ(found.problems, "");
  EXPECT_EQ(found.law->text(), law.text());
  EXPECT_EQ(found.law->mean(), law.mean());
  EXPECT_EQ(found.law->is_discrete(), law.is_discrete());
  for (const double p : {1e-6, 0.1, 0.37, 0.5, 0.9, 0.999}) {
    EXPECT_EQ(found.law->quantile(p), law.quantile(p)) << p;
  }
}

TEST_P(EveryLaw, RefusesWhatItDoesNotKnow) {
  Json json = Json::parse(GetParam().json);
  json["shapee"] = 1;
  const Read found = read_json(json);
  EXPECT_FALSE(found.law);
  EXPECT_TRUE(found.problems.starts_with("law.shapee: unknown key; ")) << found.problems;
}

// What a law of this kind may be without, of what `json` says.
bool may_go(const Json& json, const std::string& key) {
  const std::string kind = json["kind"];
  if (kind == "truncated") return key != "law" && json.contains("lower") && json.contains("upper");
  if (key == "weights") return kind != "histogram";
  if (key == "families" || key == "criterion") return true;
  return key == "shift" || key == "bins" || key == "bandwidth";
}

// Nothing is guessed.
TEST_P(EveryLaw, IsNoneWithoutWhatIsNeeded) {
  const Json whole = Json::parse(GetParam().json);
  for (const auto& [key, value] : whole.items()) {
    Json json = whole;
    json.erase(key);
    const Read found = read_json(json);
    const bool there = key != "kind" && may_go(whole, key);
    EXPECT_EQ(found.law.has_value(), there) << key << ": " << found.problems;
    EXPECT_EQ(found.problems.empty(), there) << key << ": " << found.problems;
  }
}

// Every parameter that stands in the list is read: of another type it is refused at its place.
TEST_P(EveryLaw, ReadsEveryOptionOfTheList) {
  for (const LawEntry& entry : law_entries()) {
    Json json = Json::parse(GetParam().json);
    if (entry.name != json["kind"].get<std::string>()) continue;
    for (const OptionText& option : entry.options) {
      Json spoilt = json;
      spoilt[option.name] = true;
      const Read found = read_json(spoilt);
      EXPECT_FALSE(found.law) << option.name;
      EXPECT_NE(found.problems.find(option.name), std::string::npos) << found.problems;
      EXPECT_EQ(found.problems.find("unknown key"), std::string::npos) << found.problems;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Laws, EveryLaw, ::testing::ValuesIn(law_cases()));

TEST(LawEntries, AreAllFamiliesOfTheLibraryAndAllHaveACase) {
  std::set<std::string> names;
  for (const LawEntry& entry : law_entries()) EXPECT_TRUE(names.insert(entry.name).second) << entry.name;
  std::set<std::string> with_case;
  for (const LawCase& row : law_cases()) with_case.insert(Json::parse(row.json)["kind"]);
  EXPECT_EQ(with_case, names);
  EXPECT_EQ(names.erase("best-fit"), 1U) << "no family, but the choice of one";
  std::set<std::string> in_headers;
  const auto headers = std::filesystem::path(MYSTIC_SOURCE_DIR) / "include/mystic/uq/laws";
  for (const auto& header : std::filesystem::directory_iterator(headers)) {
    std::ifstream stream(header.path());
    for (std::string line; std::getline(stream, line);) {
      const std::regex title("string_view title = \"(.*)\";");
      if (std::smatch match; std::regex_search(line, match, title)) in_headers.insert(match[1]);
    }
  }
  EXPECT_EQ(in_headers, names);
}

struct Refusal {
  std::string name;
  std::string json;
  std::string must_say;  ///< the whole message
};
void PrintTo(const Refusal& row, std::ostream* stream) { *stream << row.name; }

class RefusedLaw : public ::testing::TestWithParam<Refusal> {};

TEST_P(RefusedLaw, WithOneMessage) {
  const Read found = read(GetParam().json);
  EXPECT_FALSE(found.law);
  EXPECT_EQ(found.problems, GetParam().must_say);
}

INSTANTIATE_TEST_SUITE_P(
    Laws, RefusedLaw,
    ::testing::Values(
        Refusal{"NoSpread", R"({"kind": "normal", "mean": 30, "sd": 0})",
                "law.sd: is 0; must be in (0, inf)"},
        Refusal{"NegativeRate", R"({"kind": "exponential", "rate": -2})",
                "law.rate: is -2; must be in [1e-300, 1e+300]"},
        Refusal{"ReversedBounds", R"({"kind": "uniform", "lower": 3, "upper": 2})",
                "law: lower = 3 must be less than upper = 2"},
        Refusal{"ModeOutside", R"({"kind": "triangular", "lower": 0, "mode": 5, "upper": 2})",
                "law: mode = 5 must be at most upper = 2"},
        Refusal{"MeanBelowShift", R"({"kind": "lognormal", "mean": 1, "sd": 1, "shift": 2})",
                "law: mean = 1 must be greater than shift = 2: all x are"},
        Refusal{"HalfALognormal", R"({"kind": "lognormal", "mean": 1})",
                "law: mean without sd: the pair mean and sd must be whole"},
        Refusal{"NothingOfALognormal", R"({"kind": "lognormal", "shift": 1})",
                "law: must have mean_of_log and sd_of_log, or mean and sd"},
        Refusal{"TextForANumber", R"({"kind": "normal", "mean": "a", "sd": 1})",
                "law.mean: is a text (\"a\"); must be a number"},
        Refusal{"HalfATrial", R"({"kind": "binomial", "trials": 2.5, "probability": 0.5})",
                "law.trials: is a number (2.5); must be a whole number"},
        Refusal{"CertainSuccess", R"({"kind": "geometric", "probability": 1})",
                "law.probability: is 1; must be in (0, 1)"},
        Refusal{"MisspeltKey", R"({"kind": "normal", "mean": 1, "sd": 1, "men": 3})",
                "law.men: unknown key; did you mean 'mean'?"},
        Refusal{"NoKind", R"({"mean": 1})",
                "law.kind: is missing: which law? `mystic list laws` has them all"},
        Refusal{"NoObject", R"([1])", "law: is a list ([1]); must be an object {...}"},
        Refusal{"WeightsOfOthers", R"({"kind": "finite-discrete", "values": [1, 2], "weights": [1]})",
                "law: weights: there are 1; there must be one for each of the 2 values"},
        Refusal{"NegativeWeight", R"({"kind": "finite-discrete", "values": [1], "weights": [-1]})",
                "law: weights[0] = -1 must be finite and at least 0"},
        Refusal{"NoValues", R"({"kind": "finite-discrete", "values": []})",
                "law: values is empty; it must have at least one number"},
        Refusal{"EdgesReversed", R"({"kind": "histogram", "edges": [1, 0], "weights": [1]})",
                "law: edges[1] = 0 must be greater than edges[0] = 1"},
        Refusal{"BinsOfEdges", R"({"kind": "histogram", "edges": [0, 1], "weights": [1], "bins": 2})",
                "law.bins: goes with sample or file"},
        Refusal{"NoBins", R"({"kind": "histogram", "sample": [0, 1], "bins": 0})",
                "law.bins: is 0; must be in [1, 1000000]"},
        Refusal{"NothingToDivide", R"({"kind": "histogram", "sample": [2, 2]})",
                "law: from 2 to 2 there is nothing to divide into bins"},
        Refusal{"NoSample", R"({"kind": "empirical"})",
                "law: must have either sample (a list of numbers) or file (a table, CSV)"},
        Refusal{"EmptySample", R"({"kind": "empirical", "sample": []})",
                "law.sample: is empty; must hold at least one number"},
        Refusal{"WordInASample", R"({"kind": "empirical", "sample": [1, "x"]})",
                "law.sample[1]: is a text (\"x\"); must be a number"},
        Refusal{"ColumnOfASample", R"({"kind": "empirical", "sample": [1], "column": "x"})",
                "law.column: goes with file"},
        Refusal{"SameNumbersSmoothed", R"({"kind": "kernel-smoothed", "sample": [2, 2]})",
                "law: bandwidth: Silverman's rule gives 0 for 2 numbers that are all the same; it must "
                "be given"},
        Refusal{"TruncationOfNothing", R"({"kind": "truncated", "lower": 1})",
                "law.law: is missing: of which law?"},
        Refusal{"TruncationWithoutBounds",
                R"({"kind": "truncated", "law": {"kind": "normal", "mean": 0, "sd": 1}})",
                "law: must have lower or upper, or both"},
        Refusal{"NestedMistake",
                R"({"kind": "truncated", "lower": 0, "law": {"kind": "normal", "mean": 0, "sd": -1}})",
                "law.law.sd: is -1; must be in (0, inf)"},
        Refusal{"MistakeInAMixture",
                R"({"kind": "mixture", "laws": [{"kind": "poisson", "mean": 1},
                    {"kind": "poisson", "mean": 0}]})",
                "law.laws[1].mean: is 0; must be in (0, 1000000000000]"},
        Refusal{"EmptyMixture", R"({"kind": "mixture", "laws": []})",
                "law: laws is empty; it must have at least one law"}),
    [](const auto& row) { return row.param.name; });

TEST(RefusedLaw, NamesTheNearestLaw) {
  const Read found = read(R"({"kind": "lognormel", "mean": 1, "sd": 1})");
  EXPECT_FALSE(found.law);
  EXPECT_TRUE(found.problems.starts_with(
      "law.kind: 'lognormel' is not known (did you mean 'lognormal'?); there are: uniform, "))
      << found.problems;
}

TEST(RefusedLaw, SaysAllThatIsWrongAtOnce) {
  EXPECT_EQ(read(R"({"kind": "beta", "alpha": 0, "beta": 2, "lower": "a"})").problems,
            "law.alpha: is 0; must be in (0, inf)\n"
            "law.lower: is a text (\"a\"); must be a number\n"
            "law.upper: is missing: greatest value; unit of x, in (-inf, inf)");
}

// Of the cubes of 1, ..., 1000 the bins shall be 2 (x_0.75 - x_0.25) / 10 = 8.14e7 wide: 13 of them.
TEST(Histogram, HasTheBinsOfFreedmanAndDiaconis) {
  Json numbers = Json::array();
  for (int i = 1; i <= 1000; ++i) numbers.push_back(i * i * i);
  const Read found = read_json(Json{{"kind", "histogram"}, {"sample", numbers}});
  ASSERT_TRUE(found.law) << found.problems;
  const double width = (1e9 - 1.0) / 13.0;
  for (int bin = 0; bin < 13; ++bin) {
    const double edge = 1.0 + width * bin;
    const double below = std::ceil(std::cbrt(edge) - 1e-9) - 1.0;  // cubes below the edge
    EXPECT_NEAR(found.law->cdf(edge), below / 1000.0, 1e-12) << bin;
    EXPECT_EQ(found.law->pdf(edge + 0.1 * width), found.law->pdf(edge + 0.9 * width)) << bin;
  }
}

TEST(Whole, NumbersAreWantedOfAnInteger) {
  const auto problems = [](const std::string& json) {
    return read_json(Json::parse(json), true).problems;
  };
  EXPECT_EQ(problems(R"({"kind": "constant", "value": 2.5})"),
            "law.value: 2.5 is no whole number, and the variable is an integer");
  EXPECT_EQ(problems(R"({"kind": "mixture", "laws": [{"kind": "poisson", "mean": 1.5},
                         {"kind": "finite-discrete", "values": [1, 0.5], "weights": [1, 1e-9]}]})"),
            "law.laws[1].values: 0.5 is no whole number, and the variable is an integer");
  EXPECT_EQ(problems(R"({"kind": "empirical", "sample": [3, 4.25]})"),
            "law.sample: 4.25 is no whole number, and the variable is an integer");
  EXPECT_EQ(problems(R"({"kind": "finite-discrete", "values": [1, -2e3]})"), "");
}

}  // namespace
}  // namespace mystic::study
