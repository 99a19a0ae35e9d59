// Laws and dependence as a study says them: from its text to Inputs, and what is wrong with it.

#include "study/inputs_of.hpp"

#include "mystic/study/study.hpp"
#include "mystic/uq/correlation_matrix.hpp"
#include "mystic/uq/laws.hpp"

#include <gtest/gtest.h>

#include <numbers>

namespace mystic::study {
namespace {

// A study of a test function of any number of variables.
Json study_of(const std::string& variables, const std::string& dependence = "") {
  Json json = Json::parse(R"({"model": {"kind": "function", "name": "sphere"}})");
  json["variables"] = Json::parse(variables);
  if (!dependence.empty()) json["dependence"] = Json::parse(dependence);
  return json;
}

Study read(const Json& json) {
  return read_study_text(json.dump(), "s.json", ".", {}, Purpose::model_only);
}

// All that is wrong, without the name of the file.
std::string problems_of(const Json& json) {
  try {
    const Study study = read(json);
    Problems problems;
    const bool there = read_inputs(study, problems).has_value();
    EXPECT_EQ(there, problems.empty());
    return fmt::format("{}", fmt::join(problems.lines(), "\n"));
  } catch (const BadInput& error) {
    std::string text = error.what();
    for (std::size_t at = 0; (at = text.find("s.json: ", at)) != std::string::npos;) text.erase(at, 8);
    return text;
  }
}

const char* const four = R"([
  {"name": "E", "law": {"kind": "normal", "mean": 3.4e7, "sd": 4.5e6}},
  {"name": "F", "law": {"kind": "lognormal", "mean": 30000, "sd": 9000, "shift": 15000}},
  {"name": "L", "lower": 250, "upper": 260},
  {"name": "I", "lower": 0, "upper": 1e9,
   "law": {"kind": "beta", "alpha": 2.5, "beta": 4, "lower": 310, "upper": 450}}])";

TEST(InputsOf, AreTheLawsOfTheVariablesOrTheirBounds) {
  const Inputs inputs = inputs_of(read(study_of(R"([
      {"name": "a", "lower": 250, "upper": 260},
      {"name": "b", "lower": 0, "upper": 1, "law": {"kind": "normal", "mean": 3, "sd": 2}},
      {"name": "c", "type": "integer", "lower": -1.5, "upper": 2},
      {"name": "d", "type": "integer", "lower": 1, "upper": 9, "law": {"kind": "poisson", "mean": 4}},
      {"name": "e", "type": "choice", "choices": ["x", "y", "z"]},
      {"name": "f", "type": "choice", "choices": ["x", "y", 7], "weights": [1, 0, 3]},
      {"name": "g", "lower": 2.5, "upper": 2.5}])")));
  const std::vector<Law> expected{laws::Uniform{.lower = 250, .upper = 260},
                                  laws::Normal{.mean = 3, .sd = 2},
                                  laws::FiniteDiscrete{.values = {-1, 0, 1, 2}, .weights = {1, 1, 1, 1}},
                                  laws::Poisson{.mean = 4},
                                  laws::FiniteDiscrete{.values = {0, 1, 2}, .weights = {1, 1, 1}},
                                  laws::FiniteDiscrete{.values = {0, 1, 2}, .weights = {1, 0, 3}},
                                  laws::Constant{.value = 2.5}};
  EXPECT_EQ(inputs.names(), (std::vector<std::string>{"a", "b", "c", "d", "e", "f", "g"}));
  ASSERT_EQ(inputs.laws().size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(inputs.laws()[i].text(), expected[i].text());
    for (const double p : {0.01, 0.3, 0.7, 0.99}) {
      EXPECT_EQ(inputs.laws()[i].quantile(p), expected[i].quantile(p)) << inputs.names()[i] << p;
    }
  }
  EXPECT_TRUE(inputs.are_independent());
}

TEST(InputsOf, NeedALawOrTwoBounds) {
  const Json json = study_of(R"([{"name": "a", "lower": 0, "upper": 1}, {"name": "b", "lower": 0},
                                 {"name": "c", "type": "integer", "upper": 3}])");
  EXPECT_NO_THROW(static_cast<void>(read(json)));
  EXPECT_EQ(problems_of(json),
            "variables[1]: 'b' has neither a law nor two bounds: how is it uncertain?\n"
            "variables[2]: 'c' has neither a law nor two bounds: how is it uncertain?");
  EXPECT_THROW(static_cast<void>(inputs_of(read(json))), BadInput);
  EXPECT_EQ(
      problems_of(study_of(R"([{"name": "n", "type": "integer", "lower": 1, "upper": 1e7}])")),
      "variables[0]: there are 10000000 whole numbers in its bounds; without a law at most 1000000 "
      "may be");
}

TEST(Variables, OfATypeHaveALawThatGoesWithIt) {
  EXPECT_EQ(problems_of(study_of(R"([{"name": "n", "type": "integer",
                                      "law": {"kind": "normal", "mean": 3, "sd": 2}}])")),
            "variables[0].law: normal(mean 3, sd 2) is continuous, and the variable an integer; use a "
            "discrete law, or the type 'real'");
  EXPECT_EQ(problems_of(study_of(R"([{"name": "n", "type": "integer",
                                      "law": {"kind": "finite-discrete", "values": [1, 1.5]}}])")),
            "variables[0].law.values: 1.5 is no whole number, and the variable is an integer");
  EXPECT_EQ(problems_of(study_of(R"([{"name": "n", "type": "choice", "choices": [1, 2],
                                      "law": {"kind": "poisson", "mean": 3}}])")),
            "variables[0].law: a choice has none; its chances are 'weights': a list of numbers, one for "
            "each choice");
  EXPECT_EQ(problems_of(study_of(R"([{"name": "n", "lower": 0, "upper": 1, "weights": [1]}])")),
            "variables[0].weights: means nothing unless the type is 'choice'");
  EXPECT_EQ(problems_of(study_of(R"([{"name": "n", "type": "choice", "choices": [1, 2],
                                      "weights": [1, 2, 3]}])")),
            "variables[0].weights: weights: there are 3; there must be one for each of the 2 values");
  EXPECT_EQ(problems_of(study_of(R"([{"name": "x", "law": 3}])")),
            "variables[0].law: is a number (3); must be an object {...}");
}

// The correlation of the normal law behind the joined inputs, from what a corner of the cube becomes:
// the first input stays, the second is the quantile at r z1 + sqrt(1 - r^2) z2.
double joined_normal_correlation(const Inputs& inputs, Index first, Index second) {
  Points u = Points::Constant(inputs.dimension(), 1, 0.5);
  const Law normal = laws::Normal{};
  u(first, 0) = normal.cdf(1.0);
  const Points x = inputs.from_unit(u);
  return normal.quantile(inputs.laws()[static_cast<std::size_t>(second)].cdf(x(second, 0)));
}

TEST(Dependence, IsThatOfTheCorrelationThatIsNamed) {
  const auto correlation = [](const std::string& how) {
    const auto inputs =
        inputs_of(read(study_of(four, R"([{"copula": "normal", "of": ["L", "I"], )" + how + "}]")));
    EXPECT_FALSE(inputs.are_independent());
    return joined_normal_correlation(inputs, 2, 3);
  };
  EXPECT_NEAR(correlation(R"("spearman": -0.2)"), 2.0 * std::sin(-0.2 * std::numbers::pi / 6.0), 1e-12);
  EXPECT_NEAR(correlation(R"("kendall": 0.4)"), std::sin(0.4 * std::numbers::pi / 2.0), 1e-12);
  EXPECT_NEAR(correlation(R"("normal": 0.4)"), 0.4, 1e-12);
  EXPECT_NEAR(correlation(R"("spearman": [[1, -0.2], [-0.2, 1]])"),
              2.0 * std::sin(-0.2 * std::numbers::pi / 6.0), 1e-12);
  const Points pearson =
      normal_correlation((Points(2, 2) << 1.0, 0.6, 0.6, 1.0).finished(), CorrelationKind::pearson,
                         {laws::Uniform{.lower = 250, .upper = 260},
                          laws::Beta{.alpha = 2.5, .beta = 4, .lower = 310, .upper = 450}});
  EXPECT_NEAR(correlation(R"("pearson": 0.6)"), pearson(0, 1), 1e-12);
  EXPECT_GT(std::abs(pearson(0, 1) - 0.6), 1e-3);
}

TEST(Dependence, JoinsSeveralGroups) {
  const auto inputs =
      inputs_of(read(study_of(four, R"([{"copula": "gumbel", "of": ["I", "E"], "kendall": 0.5},
                {"copula": "clayton", "of": ["L", "F"], "theta": 2}])")));
  Points u = Points::Constant(4, 1, 0.3);
  const Points x = inputs.from_unit(u);
  const auto level = [&](Index i) { return inputs.laws()[static_cast<std::size_t>(i)].cdf(x(i, 0)); };
  Vector pair = Vector::Constant(2, 0.3);
  gumbel_copula(2.0).join(pair);
  EXPECT_NEAR(level(3), 0.3, 1e-12);
  EXPECT_NEAR(level(0), pair[1], 1e-12);
  pair = Vector::Constant(2, 0.3);
  clayton_copula(2, 2.0).join(pair);
  EXPECT_NEAR(level(2), 0.3, 1e-12);
  EXPECT_NEAR(level(1), pair[1], 1e-12);
}

struct Refusal {
  std::string name;
  std::string dependence;  ///< of E, F, L, I
  std::string must_say;    ///< the whole message
};
void PrintTo(const Refusal& row, std::ostream* stream) { *stream << row.name; }

class RefusedDependence : public ::testing::TestWithParam<Refusal> {};

TEST_P(RefusedDependence, BySayingOneThing) {
  EXPECT_EQ(problems_of(study_of(four, GetParam().dependence)), GetParam().must_say);
}

INSTANTIATE_TEST_SUITE_P(
    Dependence, RefusedDependence,
    ::testing::Values(
        Refusal{"CorrelationAboveOne", R"([{"copula": "normal", "of": ["L", "I"], "spearman": 1.2}])",
                "dependence[0].spearman: is 1.2; must be in [-1, 1]"},
        Refusal{"CorrelationAboveOneInAMatrix",
                R"([{"copula": "normal", "of": ["L", "I"], "kendall": [[1, 1.2], [1.2, 1]]}])",
                "dependence[0].kendall: correlation matrix: 1.2 at [1, 0] is not in [-1, 1]"},
        Refusal{"NotSymmetric",
                R"([{"copula": "normal", "of": ["L", "I"], "kendall": [[1, 0.2], [0.3, 1]]}])",
                "dependence[0].kendall: correlation matrix: is not symmetric: 0.3 at [1, 0], 0.2 at "
                "[0, 1]"},
        Refusal{
            "NotPositiveDefinite",
            R"([{"copula": "normal", "of": ["E", "L", "I"],
                     "spearman": [[1, 0.9, 0.7], [0.9, 1, -0.2], [0.7, -0.2, 1]]}])",
            "dependence[0].spearman: correlation matrix: is not positive definite (least eigenvalue "
            "-0.242): no inputs have these correlations. The nearest that is: [[1, 0.751596, 0.579848], "
            "[0.751596, 1, -0.1016], [0.579848, -0.1016, 1]]; it differs most at [1, 0], 0.751596 in "
            "place of 0.9"},
        // s / sqrt(exp(s^2) - 1), s^2 = log(1 + (9000 / 15000)^2)
        Refusal{"PearsonOutOfReach", R"([{"copula": "normal", "of": ["F", "E"], "pearson": 0.999}])",
                "dependence[0]: correlation matrix: 0.999 at [1, 0]: a normal copula gives these laws "
                "(-0.924188, 0.924188)"},
        Refusal{"NoCorrelation", R"([{"copula": "normal", "of": ["L", "I"]}])",
                "dependence[0]: must have exactly one of: spearman, pearson, kendall, normal"},
        Refusal{"TwoCorrelations",
                R"([{"copula": "normal", "of": ["L", "I"], "spearman": 0, "pearson": 0}])",
                "dependence[0]: must have exactly one of: spearman, pearson, kendall, normal"},
        Refusal{"SpearmanOfStudent",
                R"([{"copula": "student", "of": ["L", "I"], "freedom": 3, "spearman": 0.1}])",
                "dependence[0].spearman: unknown key; known here: freedom, copula, of, kendall, normal\n"
                "dependence[0]: must have exactly one of: kendall, normal"},
        Refusal{"NoFreedom", R"([{"copula": "student", "of": ["L", "I"], "kendall": 0.1}])",
                "dependence[0].freedom: is missing: degrees of freedom, in [1, 1e6]"},
        Refusal{"LittleFreedom",
                R"([{"copula": "student", "of": ["L", "I"], "kendall": 0.1, "freedom": 0.5}])",
                "dependence[0].freedom: is 0.5; must be in [1, 1000000]"},
        Refusal{"ThetaAndKendall",
                R"([{"copula": "clayton", "of": ["L", "I"], "kendall": 0.1, "theta": 2}])",
                "dependence[0]: must have exactly one of: theta, kendall"},
        Refusal{"KendallOfTheWrongSign", R"([{"copula": "gumbel", "of": ["L", "I"], "kendall": -0.1}])",
                "dependence[0].kendall: is -0.1; must be in [0, 1)"},
        Refusal{"NoStrength", R"([{"copula": "frank", "of": ["L", "I"], "theta": 0}])",
                "dependence[0]: frank_copula: theta = 0 is not in [-500, -1e-4] or [1e-4, 500]"},
        Refusal{"ThreeOfAFamilyOfTwo", R"([{"copula": "frank", "of": ["L", "I", "E"], "theta": 2}])",
                "dependence[0].of: names 3; 'frank' joins 2"},
        Refusal{"OneNumberForThree", R"([{"copula": "normal", "of": ["L", "I", "E"], "spearman": 0.2}])",
                "dependence[0].spearman: is one number, for two variables; for 3 it must be a list of 3 "
                "lists of 3 numbers"},
        Refusal{"MatrixOfTwoForThree",
                R"([{"copula": "normal", "of": ["L", "I", "E"], "spearman": [[1, 0.2], [0.2, 1]]}])",
                "dependence[0].spearman: must be a list of 3 lists of 3 numbers, one for each variable"},
        Refusal{"WordInAMatrix",
                R"([{"copula": "normal", "of": ["L", "I"], "spearman": [[1, "x"], [0.2, 1]]}])",
                "dependence[0].spearman[0][1]: is a text (\"x\"); must be a number"},
        Refusal{"UnknownCopula", R"([{"copula": "claiton", "of": ["L", "I"], "theta": 2}])",
                "dependence[0].copula: 'claiton' is not known (did you mean 'clayton'?); there are: "
                "normal, student, clayton, frank, gumbel"},
        Refusal{"NoCopula", R"([{"of": ["L", "I"], "theta": 2}])",
                "dependence[0].copula: is missing: which? `mystic list copulas` has them all"},
        Refusal{"UnknownKey", R"([{"copula": "gumbel", "of": ["L", "I"], "theta": 2, "thta": 1}])",
                "dependence[0].thta: unknown key; did you mean 'theta'?"},
        Refusal{"NoNames", R"([{"copula": "gumbel", "theta": 2}])",
                "dependence[0].of: is missing: a list of the variables that hang together"},
        Refusal{"OneName", R"([{"copula": "gumbel", "of": ["L"], "theta": 2}])",
                "dependence[0].of: names 1; a copula joins at least 2"},
        Refusal{"UnknownName", R"([{"copula": "gumbel", "of": ["L", "J"], "theta": 2}])",
                "dependence[0].of[1]: 'J' is no variable; there are: E, F, L, I"},
        Refusal{"NameTwice", R"([{"copula": "gumbel", "of": ["L", "L"], "theta": 2}])",
                "dependence[0].of[1]: 'L' is joined by dependence[0].of[0] already"},
        Refusal{"JoinedTwice",
                R"([{"copula": "gumbel", "of": ["L", "I"], "theta": 2},
                    {"copula": "frank", "of": ["E", "I"], "theta": 2}])",
                "dependence[1].of[1]: 'I' is joined by dependence[0].of[1] already"},
        Refusal{"NoList", R"({"copula": "gumbel"})",
                "dependence: is an object ({\"copula\":\"gumbel\"}); must be a list [...]"}),
    [](const auto& row) { return row.param.name; });

TEST(Dependence, IsRefusedByTheReadingOfTheStudyForWhatItJoinsOnly) {
  // Without dependence b needs neither a law nor bounds: a search from a start would do without.
  const char* const variables = R"([{"name": "a", "lower": 0, "upper": 1}, {"name": "b"},
      {"name": "c", "law": {"kind": "poisson", "mean": 2}}, {"name": "d", "lower": 0, "upper": 1}])";
  EXPECT_NO_THROW(static_cast<void>(
      read(study_of(variables, R"([{"copula": "frank", "of": ["a", "d"], "theta": 2}])"))));
  EXPECT_EQ(problems_of(study_of(variables, R"([{"copula": "frank", "of": ["a", "b"], "theta": 2}])")),
            "variables[1]: 'b' has neither a law nor two bounds: how is it uncertain?");
  EXPECT_EQ(problems_of(study_of(variables, R"([{"copula": "frank", "of": ["a", "c"], "theta": 2}])")),
            "dependence[0]: inputs: 'c' is discrete (poisson(mean 2)): copulas join continuous inputs");
}

}  // namespace
}  // namespace mystic::study
