// `mystic fit`: what is said of numbers, and the picture.

#include "mystic/study/study.hpp"
#include "mystic/uq/goodness_of_fit.hpp"
#include "tests/support/program.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace mystic {
namespace {

const Vector eight{{1.5, -0.5, 2.25, 3.5, 0.75, 1.25, 2.0, 1.0}};

class FitData : public ::testing::Test {
 protected:
  FitData() {
    scratch_.write("data.csv", "run,x\n1,1.5\n2,-0.5\n3,2.25\n4,3.5\n5,0.75\n6,1.25\n7,2\n8,1\n");
    request_.file = scratch_.path() / "data.csv";
    request_.column = "x";
    request_.families = {"laplace", "normal", "lognormal", "uniform"};
    request_.replicates = 19;
  }

  std::string said() {
    std::ostringstream out;
    StudyHost host;
    host.out = &out;
    fit_data(request_, host);
    return out.str();
  }
  std::string refusal() {
    try {
      said();
      return "none";
    } catch (const BadInput& error) {
      return error.what();
    }
  }

  testing::ScratchDirectory scratch_;
  FitRequest request_;
};

TEST_F(FitData, NamesTheBestFirstAndRefusalsWithReasons) {
  const LawRanking ranking = rank_fits(eight, request_.families);
  const std::string text = said();
  EXPECT_NE(text.find("n = 8, from -0.5 to 3.5, mean 1.46875, sd "), std::string::npos) << text;
  std::size_t at = text.find("Families by BIC");
  ASSERT_NE(at, std::string::npos) << text;
  for (const LawFit& fit : ranking.fits) {
    at = text.find("\n  " + fit.family, at);
    ASSERT_NE(at, std::string::npos) << fit.family << "\n" << text;
    EXPECT_NE(text.find(fmt::format("{:.2f}  {:.2f}", fit.bic, fit.aic), at), std::string::npos) << text;
  }
  ASSERT_EQ(ranking.refused.size(), 1U);
  EXPECT_NE(text.find(ranking.refused[0].reason, text.find("Refused")), std::string::npos) << text;
  EXPECT_NE(text.find(fmt::format(R"("kind":"{}")", ranking.fits[0].family)), std::string::npos) << text;
}

TEST_F(FitData, HasPOfLawsFittedAnew) {
  request_.families = {"normal"};
  const GoodnessOfFit test = goodness_of_fit("normal", eight, {}, {.replicates = 19, .seed = 0});
  const std::string text = said();
  EXPECT_NE(text.find(fmt::format("{:.4f}  {:.3f}  {:.4f}", test.kolmogorov_smirnov.statistic,
                                  test.kolmogorov_smirnov.p_value, test.anderson_darling.statistic)),
            std::string::npos)
      << text;
  // Ends of a uniform law lie on values: A^2 is infinite, and says nothing.
  request_.families = {"uniform"};
  EXPECT_EQ(said().find("inf"), std::string::npos);
}

TEST_F(FitData, DrawsTheBestAndOverwritesNothing) {
  request_.out = scratch_.path() / "fit.svg";
  EXPECT_NE(said().find("Picture "), std::string::npos);
  const std::string picture = testing::text_of(*request_.out);
  EXPECT_NE(picture.find("best by BIC"), std::string::npos);
  EXPECT_NE(picture.find("class=\"bar\""), std::string::npos);
  EXPECT_NE(refusal().find("exists; `fit` overwrites nothing"), std::string::npos);
  request_.out = scratch_.path() / "gone" / "fit.svg";
  EXPECT_NE(refusal().find("there is no directory"), std::string::npos) << refusal();
  request_.out = scratch_.path() / "pictures";
  said();
  EXPECT_TRUE(std::filesystem::exists(scratch_.path() / "pictures" / "fit-x.svg"));
}

TEST_F(FitData, TakesCounts) {
  scratch_.write("data.csv", "x\n0\n1\n1\n3\n2\n0\n1\n");
  request_.families = {"poisson", "geometric"};
  request_.out = scratch_.path() / "fit.svg";
  EXPECT_NE(said().find("there are none of discrete laws"), std::string::npos);
}

TEST_F(FitData, RefusesWhatItCannotRead) {
  request_.column = "y";
  EXPECT_NE(refusal().find("data.csv: there is no column 'y'"), std::string::npos) << refusal();
  request_.column = "x";
  request_.families = {"normel"};
  EXPECT_NE(refusal().find("did you mean 'normal'?"), std::string::npos) << refusal();
  request_.families = {"lognormal"};
  EXPECT_NE(refusal().find("no family fits:\n  fit of lognormal"), std::string::npos) << refusal();
  request_.replicates = 18;
  EXPECT_NE(refusal().find("replicates = 18 is not in [19, "), std::string::npos) << refusal();
  request_.replicates = 19;
  request_.criterion = "dic";
  EXPECT_EQ(refusal(), "--criterion: 'dic' is neither aic nor bic");
}

}  // namespace
}  // namespace mystic
