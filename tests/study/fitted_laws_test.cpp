// Laws fitted to data, where a study has them: {"kind": "normal", "fit": ...} and "best-fit".

#include "study/fitted_laws.hpp"

#include "mystic/uq/law_fit.hpp"
#include "tests/support/program.hpp"

#include <gtest/gtest.h>

namespace mystic::study {
namespace {

const std::vector<double> twenty{0.4, 1.1, 2.2, 0.9, 1.7, 3.1, 0.6, 1.3, 2.6, 1.9,
                                 0.8, 4.9, 1.2, 2.0, 1.5, 0.3, 1.6, 7.2, 1.0, 2.4};
const std::vector<double> counts{0, 3, 1, 1, 2, 0, 5, 1};

VectorView view_of(const std::vector<double>& values) {
  return Eigen::Map<const Vector>(values.data(), static_cast<Index>(values.size()));
}

std::string table_of(const std::vector<double>& values) {
  std::string text = "run,x\n";
  for (const double value : values) text += fmt::format("7,{}\n", value);
  return text;
}

class FittedLaws : public ::testing::Test {
 protected:
  std::optional<Law> read(const std::string& json) {
    Problems problems;
    files_.clear();
    auto law = read_law(Json::parse(json), "law", {scratch_.path(), files_, problems});
    problem_ = fmt::format("{}", fmt::join(problems.lines(), "\n"));
    EXPECT_EQ(law.has_value(), problems.empty());
    return law;
  }
  std::string problem_of(const std::string& json) {
    EXPECT_FALSE(read(json)) << json;
    return problem_;
  }

  testing::ScratchDirectory scratch_;
  std::vector<std::string> files_;
  std::string problem_;
};

TEST_F(FittedLaws, OfEveryFamilyAreThoseOfTheLibrary) {
  scratch_.write("reals.csv", table_of(twenty));
  scratch_.write("counts.csv", table_of(counts));
  for (const std::string& family : fitted_families()) {
    const bool discrete = family == "poisson" || family == "geometric";
    const std::string file = discrete ? "counts.csv" : "reals.csv";
    const auto law = read(fmt::format(R"({{"kind": "{}", "fit": "{}", "column": "x"}})", family, file));
    ASSERT_TRUE(law) << problem_;
    EXPECT_EQ(law->text(), fit_law(family, view_of(discrete ? counts : twenty)).law.text());
    EXPECT_EQ(files_, std::vector<std::string>{file}) << "belongs to the study";
  }
}

TEST_F(FittedLaws, KeepTheEndsThatAreGiven) {
  const std::string numbers = fmt::format("[{}]", fmt::join(twenty, ", "));
  for (const char* family : {"lognormal", "exponential", "gamma", "rayleigh", "weibull", "frechet"}) {
    const auto law = read(fmt::format(R"({{"kind": "{}", "fit": {}, "shift": -1}})", family, numbers));
    ASSERT_TRUE(law) << problem_;
    EXPECT_EQ(law->text(), fit_law(family, view_of(twenty), {.shift = -1.0}).law.text());
    EXPECT_EQ(law->support().lower, -1.0) << family;
  }
  const auto beta = read(R"({"kind": "beta", "lower": -1, "upper": 12, "fit": )" + numbers + "}");
  ASSERT_TRUE(beta) << problem_;
  EXPECT_EQ(beta->support().lower, -1.0);
  EXPECT_EQ(beta->support().upper, 12.0);
}

TEST_F(FittedLaws, AreRefusedWithOneProblem) {
  scratch_.write("same.csv", "x\n2\n2\n2\n");
  scratch_.write("negative.csv", "x\n2\n-1\n");
  EXPECT_TRUE(problem_of(R"({"kind": "normal", "fit": "same.csv"})")
                  .starts_with("law.fit: same.csv: fit of normal: all "))
      << problem_;
  EXPECT_TRUE(problem_of(R"({"kind": "lognormal", "fit": "negative.csv"})")
                  .starts_with("law.fit: negative.csv: fit of lognormal: "))
      << problem_;
  EXPECT_NE(problem_.find("-1"), std::string::npos) << problem_;
  EXPECT_EQ(problem_of(R"({"kind": "normal", "fit": [1]})"),
            "law.fit: fit of normal: there is 1 value; two are needed");
  EXPECT_EQ(problem_of(R"({"kind": "normal", "fit": []})"),
            "law.fit: is empty; must hold at least one number");
  EXPECT_EQ(problem_of(R"({"kind": "normal", "fit": 3})"),
            "law.fit: is a number; must be the name of a table (CSV), or a list of numbers");
  EXPECT_EQ(problem_of(R"({"kind": "normal", "fit": [1, 2], "sd": 3})"),
            "law.sd: means nothing with fit: the data say what it is");
  EXPECT_EQ(problem_of(R"({"kind": "uniform", "fit": [1, 2], "lower": 0})"),
            "law.lower: means nothing with fit: the data say what it is");
  EXPECT_EQ(problem_of(R"({"kind": "normal", "fit": [1, 2], "column": "x"})"),
            "law.column: goes with a table");
  EXPECT_EQ(problem_of(R"({"kind": "gamma", "fit": [1, 2], "shift": "a"})"),
            "law.shift: is a text (\"a\"); must be a number");
  EXPECT_EQ(problem_of(R"({"kind": "beta", "fit": [1, 2], "lower": 4, "upper": 3})"),
            "law: lower = 4 must be less than upper = 3");
  EXPECT_TRUE(problem_of(R"({"kind": "triangular", "fit": [1, 2]})")
                  .starts_with("law.fit: 'triangular' cannot be fitted; these can: beta, "))
      << problem_;
  EXPECT_TRUE(problem_of(R"({"kind": "empirical", "sample": [1, 2], "fit": [1]})")
                  .starts_with("law.fit: unknown key; "))
      << problem_;
}

// A Weibull law of shape 2.2 is nearly Rayleigh's (shape 2): of 200 values the second parameter gains
// 2.7 in twice the log-likelihood, above Akaike's price of 2 and below log 200 = 5.3.
TEST_F(FittedLaws, AreChosenByTheCriterion) {
  std::vector<double> values;
  const Law truth = laws::Weibull{.shape = 2.2, .scale = 1.0};
  for (int i = 0; i < 200; ++i) values.push_back(truth.quantile((i + 0.5) / 200.0));
  scratch_.write("data.csv", table_of(values));
  const auto chosen = [&](const std::string& how) {
    const auto law = read(R"({"kind": "best-fit", "file": "data.csv", "column": "x")" + how + "}");
    return law ? law->text().substr(0, law->text().find('(')) : problem_;
  };
  const std::string two = R"(, "families": ["weibull", "rayleigh"])";
  EXPECT_EQ(chosen(two + R"(, "criterion": "aic")"), "weibull");
  EXPECT_EQ(chosen(two + R"(, "criterion": "bic")"), "rayleigh");
  EXPECT_EQ(chosen(two), "rayleigh");
  EXPECT_EQ(files_, std::vector<std::string>{"data.csv"});
  EXPECT_EQ(chosen(""), best_fit(view_of(values)).family);
}

TEST_F(FittedLaws, HaveNoBestOfWhatDoesNotFit) {
  scratch_.write("same.csv", "2\n2\n");
  const std::string problem =
      problem_of(R"({"kind": "best-fit", "file": "same.csv", "families": ["normal", "laplace"]})");
  EXPECT_TRUE(problem.starts_with("law.file: same.csv: no family fits: fit of normal: ")) << problem;
  EXPECT_NE(problem.find("; fit of laplace: "), std::string::npos) << problem;
  EXPECT_EQ(problem.find('\n'), std::string::npos) << problem;
  EXPECT_TRUE(problem_of(R"({"kind": "best-fit", "sample": [1, 2], "families": ["normel"]})")
                  .starts_with("law.families[0]: 'normel' cannot be fitted (did you mean 'normal'?); "))
      << problem_;
  EXPECT_EQ(problem_of(R"({"kind": "best-fit", "sample": [1, 2], "families": []})"),
            "law.families: is empty; without it all continuous ones are tried");
  EXPECT_EQ(problem_of(R"({"kind": "best-fit", "sample": [1, 2], "families": ["normal", "poisson"]})"),
            "law.sample: fit: normal and poisson do not compare: one has densities, the other "
            "probabilities");
  EXPECT_EQ(problem_of(R"({"kind": "best-fit", "sample": [1, 2], "criterion": "dic"})"),
            "law.criterion: is dic; must be one of aic | bic");
}

}  // namespace
}  // namespace mystic::study
