#include "mystic/uq/inputs.hpp"

#include "mystic/core/require.hpp"
#include "mystic/uq/correlation.hpp"
#include "mystic/uq/correlation_matrix.hpp"
#include "mystic/uq/laws/bounded.hpp"
#include "mystic/uq/laws/normal.hpp"
#include "mystic/uq/laws/positive.hpp"
#include "mystic/uq/monte_carlo.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace mystic {
namespace {

Points pair_matrix(double r) {
  Points matrix = Points::Identity(2, 2);
  matrix(0, 1) = matrix(1, 0) = r;
  return matrix;
}

TEST(Inputs, HaveTheirLawsAtTheQuantiles) {
  Inputs inputs;
  inputs.add("a", laws::Uniform{.lower = 2.0, .upper = 6.0})
      .add("b", laws::Normal{.mean = 1.0, .sd = 2.0});
  Points u(2, 3);
  u << 0.25, 0.5, 0.75, 0.5, 0.975, 1.0 - 0x1p-53;
  const Points x = inputs.from_unit(u);
  EXPECT_DOUBLE_EQ(x(0, 0), 3.0);
  EXPECT_DOUBLE_EQ(x(0, 2), 5.0);
  EXPECT_DOUBLE_EQ(x(1, 0), 1.0);
  EXPECT_NEAR(x(1, 1), 1.0 + 2.0 * 1.959963984540054, 1e-12);
  EXPECT_TRUE(std::isfinite(x(1, 2)));
}

TEST(Inputs, GoThereAndBack) {
  Inputs inputs;
  inputs.add("a", laws::Normal{})
      .add("b", laws::Uniform{})
      .add("c", laws::Normal{.mean = 5.0, .sd = 0.1});
  inputs.join({"c", "a"}, normal_copula(pair_matrix(-0.8)));
  EXPECT_FALSE(inputs.are_independent());
  const Points u = monte_carlo_points(3, 200, {.seed = 3});
  EXPECT_LT((inputs.to_unit(inputs.from_unit(u)) - u).cwiseAbs().maxCoeff(), 1e-9);
}

TEST(Inputs, KeepTheCorrelationOfRanksWhateverTheLaws) {
  Inputs inputs;
  inputs.add("I", laws::Uniform{.lower = 310.0, .upper = 450.0}).add("L", laws::Normal{.mean = 255.0});
  inputs.join({"L", "I"},
              normal_copula(normal_correlation(pair_matrix(-0.2), CorrelationKind::spearman)));
  const Points x = inputs.from_unit(monte_carlo_points(2, 40000, {.seed = 5}));
  EXPECT_NEAR(spearman(x.row(0).transpose(), x.row(1).transpose()).value, -0.2, 0.02);
}

// Pearson's correlation of the inputs themselves, one of them far from normal.
TEST(Inputs, HaveThePearsonCorrelationThatNatafPromises) {
  Inputs inputs;
  inputs.add("a", laws::Uniform{}).add("b", laws::Normal{});
  const Points r = normal_correlation(pair_matrix(0.6), CorrelationKind::pearson, inputs.laws());
  // In closed form: corr(uniform, normal) = sqrt(3 / pi) r.
  EXPECT_NEAR(r(0, 1), 0.6 * std::sqrt(std::acos(-1.0) / 3.0), 1e-6);
  inputs.join({"a", "b"}, normal_copula(r));
  const Points x = inputs.from_unit(monte_carlo_points(2, 40000, {.seed = 6}));
  EXPECT_NEAR(pearson(x.row(0).transpose(), x.row(1).transpose()).value, 0.6, 0.015);
}

TEST(Inputs, SayWhichPearsonCorrelationsTheirLawsCanHave) {
  const std::vector<Law> laws{laws::Uniform{}, laws::Normal{}};
  try {
    static_cast<void>(normal_correlation(pair_matrix(0.99), CorrelationKind::pearson, laws));
    FAIL();
  } catch (const InvalidArgument& error) {
    EXPECT_NE(std::string(error.what()).find("0.99 at [1, 0]: a normal copula gives these laws (-0.97"),
              std::string::npos)
        << error.what();
  }
}

std::string refusal(Inputs inputs, const std::vector<std::string>& names, const Copula& copula) {
  try {
    inputs.join(names, copula);
  } catch (const InvalidArgument& error) {
    return error.what();
  }
  return "";
}

TEST(Inputs, RefuseWhatCannotBeJoined) {
  Inputs inputs;
  inputs.add("load", laws::Normal{}).add("length", laws::Uniform{}).add("width", laws::Uniform{});
  const Copula two = frank_copula(2.0);
  EXPECT_EQ(refusal(inputs, {"load", "lenght"}, two),
            "inputs: there is no input 'lenght' (did you mean 'length'?)");
  EXPECT_NE(refusal(inputs, {"load", "load"}, two).find("named twice"), std::string::npos);
  EXPECT_NE(refusal(inputs, {"load", "length", "width"}, two).find("cannot join 3"), std::string::npos);
  inputs.join({"load", "length"}, two);
  EXPECT_NE(refusal(inputs, {"width", "load"}, two).find("another copula"), std::string::npos);
  EXPECT_THROW(inputs.add("load", laws::Normal{}), InvalidArgument);
  EXPECT_THROW(inputs.add("", laws::Normal{}), InvalidArgument);
  EXPECT_THROW(static_cast<void>(inputs.from_unit(Points::Constant(2, 1, 0.5))), InvalidArgument);
  EXPECT_THROW(static_cast<void>(inputs.from_unit(Points::Constant(3, 1, 1.0))), InvalidArgument);
}

TEST(Inputs, ReachTheEndsOfSupportsThatHaveEnds) {
  Inputs inputs;
  inputs.add("a", laws::Uniform{.lower = 2, .upper = 5});
  EXPECT_EQ(inputs.from_unit(Points::Zero(1, 1))(0, 0), 2.0);
  EXPECT_EQ(inputs.from_unit(Points::Ones(1, 1))(0, 0), 5.0);
  EXPECT_THROW(static_cast<void>(inputs.from_unit(Points::Constant(1, 1, -0.1))), InvalidArgument);
  inputs.add("b", laws::Exponential{});
  EXPECT_EQ(inputs.from_unit(Points::Zero(2, 1))(1, 0), 0.0);
  EXPECT_THROW(static_cast<void>(inputs.from_unit(Points::Ones(2, 1))), InvalidArgument);
  inputs.join({"a", "b"}, gumbel_copula(2.0));
  EXPECT_THROW(static_cast<void>(inputs.from_unit(Points::Zero(2, 1))), InvalidArgument);
}

}  // namespace
}  // namespace mystic
