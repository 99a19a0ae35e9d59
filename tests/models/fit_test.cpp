#include "mystic/control/terminations.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/models/curves.hpp"
#include "mystic/solvers/nelder_mead.hpp"

#include "evaluate.hpp"

#include <gtest/gtest.h>

#include <numbers>

namespace mystic {
namespace {

constexpr double pi = std::numbers::pi;

double at(const Curve& curve, const Vector& parameters, double place) {
  return predictions(curve, parameters, Points::Constant(1, 1, place))[0];
}

Observations seen_by(const Curve& curve, const Vector& parameters, const Points& places) {
  return {.places = places, .values = predictions(curve, parameters, places), .sigmas = {}};
}

Result minimise(const FitModel& model, const Vector& start, Index most = 20000) {
  Solver solver(nelder_mead());
  return solver.start(start)
      .terminate(candidate_relative_tolerance(1e-9, 1e-13))
      .limits({.evaluations = most})
      .solve([&](const VectorView& x) { return model.misfit(x); });
}

// The fit is that of Bevington & Robinson (1992), section 8: (10.4, 958.3, 131.4, 33.9, 205.0), 66.1.
// Gauss-Newton with 30 digits (mpmath, 2026-11-21) gives all the digits below.
TEST(TwoDecays, FitBevingtonsCountsWithThePublishedChiSquared) {
  const FitModel fit({{.curve = two_decays(), .observations = bevington_counts()}});
  const Vector book{{10.4, 958.3, 131.4, 33.9, 205.0}};
  EXPECT_NEAR(fit.misfit(book), 66.1029448, 1e-6);
  const Vector best{{10.134097469216329, 957.77051117691594, 128.28113988255332, 34.244285120617014,
                     209.69078261662559}};
  EXPECT_NEAR(fit.misfit(best), 66.078523508348931, 1e-11);
  const Result result = minimise(fit, book);
  EXPECT_NEAR(result.best.cost, 66.078523508348931, 1e-9);
  EXPECT_LT((result.best.x - best).cwiseQuotient(best).cwiseAbs().maxCoeff(), 1e-4);
}

TEST(Polynomial, IsTheSumOfItsPowers) {
  EXPECT_NEAR(at(polynomial(4), Vector{{-1, 4, -5, 20, 5}}, 2.0), -16.0 + 32.0 - 20.0 + 40.0 + 5.0,
              1e-13);
  EXPECT_EQ(at(polynomial(0), Vector{{7}}, 3.0), 7.0);
  EXPECT_THROW(static_cast<void>(polynomial(-1)), InvalidArgument);
}

// The parameters of the original's example: 5 coefficients from 21 exact values.
TEST(Polynomial, IsFoundFromItsValues) {
  const Curve curve = polynomial(2);
  const Vector truth{{1, 2, 1}};
  const FitModel fit(
      {{.curve = curve,
        .observations = seen_by(curve, truth, Vector::LinSpaced(21, -1, 1).transpose())}});
  EXPECT_EQ(fit.misfit(truth), 0.0);
  const Result result = minimise(fit, Vector{{5, -3, 9}});
  EXPECT_LT((result.best.x - truth).norm(), 1e-6);
}

TEST(Lorentzian, HasItsHeightItsHalfWidthAndItsArea) {
  const Curve curve = lorentzian();
  const Vector peak{{0, 0, 0, 3.0, 1.5, 0.4}};
  const double top = at(curve, peak, 1.5);
  EXPECT_NEAR(top, 2.0 * 3.0 / (pi * 0.4), 1e-13);
  EXPECT_NEAR(at(curve, peak, 1.5 + 0.2), top / 2.0, 1e-13);
  EXPECT_NEAR(at(curve, peak, 1.5 - 0.2), top / 2.0, 1e-13);
  double area = 0.0;
  constexpr double h = 0.01;
  for (int i = -20000; i <= 20000; ++i) area += h * at(curve, peak, 1.5 + h * i);
  // What lies beyond +-200 is 2/pi * (w/2) / 200 of the area.
  EXPECT_NEAR(area, 3.0 * (1.0 - 2.0 / pi * 0.2 / 200.0), 1e-6);
  EXPECT_NEAR(at(curve, Vector{{1, 2, 3, 0, 0, 1}}, 2.0), 17.0, 1e-13);
}

TEST(Mogi, LiftsTheGroundAboveTheSourceByTheClosedForm) {
  const Vector source{{100.0, -50.0, 2000.0, 1e6}};
  const Vector above = predictions(mogi(), source, Points{{100.0}, {-50.0}});
  EXPECT_NEAR(above[2], 3.0 / (4.0 * pi) * 1e6 / (2000.0 * 2000.0), 1e-15);
  EXPECT_EQ(above[0], 0.0);
  // Horizontal displacement is greatest at a distance of d / sqrt(2), and points away.
  const double far = 2000.0 / std::sqrt(2.0);
  const auto radial = [&](double r) {
    return predictions(mogi(), source, Points{{100.0 + r}, {-50.0}})[0];
  };
  EXPECT_GT(radial(far), radial(far * 1.01));
  EXPECT_GT(radial(far), radial(far * 0.99));
  EXPECT_LT(radial(-far), 0.0);
  EXPECT_THROW(static_cast<void>(mogi(0.6)), InvalidArgument);
}

// The uplift of the whole surface is (1 - nu) 2 dV (Delaney & McTigue, 1994), hence 1.5 dV for rock.
TEST(Mogi, LiftsAVolumeOfTwiceOneMinusPoissonTimesItsOwn) {
  const Curve uplift = seen_along(mogi(), Vector{{0, 0, 1}});
  double volume = 0.0;
  constexpr double h = 0.05;
  for (int i = 0; i < 40000; ++i) {
    const double r = h * (i + 0.5);
    volume += 2.0 * pi * r * h * predictions(uplift, Vector{{0, 0, 1.0, 1.0}}, Points{{r}, {0.0}})[0];
  }
  EXPECT_NEAR(volume, 1.5, 1.5 / 2000.0 + 1e-3);
}

TEST(Mogi, OfTheOriginalIsTooLargeByTheSquareOfPi) {
  const Vector source{{1, 2, 3, 4}};
  const Points place{{5.0}, {-1.0}};
  const Vector ours = predictions(mogi(), source, place);
  EXPECT_LT((predictions(mogi_of_the_original(), source, place) - pi * pi * ours).norm(), 1e-14);
}

TEST(Mogi, IsFoundFromTheDisplacementsOfItsSurface) {
  Points places(2, 25);
  for (Index i = 0; i < 25; ++i) {
    places.col(i) << static_cast<double>(i % 5) - 2.0, static_cast<double>(i / 5) - 2.0;
  }
  const Vector truth{{0.3, -0.6, 1.4, 2.0}};
  const FitModel fit({{.curve = mogi(), .observations = seen_by(mogi(), truth, places)}});
  const Result result = minimise(fit, Vector{{0, 0, 1, 1}});
  EXPECT_LT((result.best.x - truth).norm(), 1e-5);
}

TEST(Curves, OfTwoSourcesAddUp) {
  const Points place{{0.5}, {0.25}};
  const Vector one{{1, 2, 3, 4}};
  const Vector two{{-1, 0, 2, 7}};
  const Curve both = sum_of({mogi(), mogi()});
  EXPECT_EQ(both.parameters[0], "x0_1");
  EXPECT_EQ(both.parameters[7], "volume_2");
  Vector parameters(8);
  parameters << one, two;
  const Vector sum = predictions(mogi(), one, place) + predictions(mogi(), two, place);
  EXPECT_LT((predictions(both, parameters, place) - sum).norm(), 1e-15);
  EXPECT_THROW(static_cast<void>(sum_of({mogi(), lorentzian()})), InvalidArgument);
  EXPECT_THROW(static_cast<void>(sum_of({})), InvalidArgument);
  EXPECT_THROW(static_cast<void>(seen_along(mogi(), Vector{{1, 0}})), InvalidArgument);
}

TEST(CircleDistance, FitsACircleToPointsOnIt) {
  Points places(2, 7);
  for (Index i = 0; i < 7; ++i) {
    const double angle = 0.4 * static_cast<double>(i);
    places.col(i) << 3.0 + 2.5 * std::cos(angle), -1.0 + 2.5 * std::sin(angle);
  }
  const FitModel fit({{.curve = circle_distance(), .observations = {places, Vector::Zero(7), {}}}});
  EXPECT_LT((minimise(fit, Vector{{1, 1, 1}}).best.x - Vector{{3, -1, 2.5}}).norm(), 1e-5);
}

// Of an acute triangle it is the circumscribed circle, of an obtuse one that over the longest side.
TEST(EnclosingRadius, IsLeastAtTheCentreOfTheSmallestEnclosingCircle) {
  const EnclosingRadius acute(Points{{0, 4, 1, 1.5}, {0, 0, 3, 1}});
  // |c|^2 = |c - (4, 0)|^2 = |c - (1, 3)|^2: c = (2, 1), r = sqrt(5).
  EXPECT_NEAR(acute(Vector{{2, 1}}), std::sqrt(5.0), 1e-15);
  Solver solver(nelder_mead());
  const Result result =
      solver.start({0.5, 0.5}).terminate(candidate_relative_tolerance(1e-10, 1e-10)).solve(acute);
  EXPECT_NEAR(result.best.cost, std::sqrt(5.0), 1e-6);
  EXPECT_LT((result.best.x - Vector{{2, 1}}).norm(), 1e-4);
  const EnclosingRadius obtuse(Points{{-3, 3, 1}, {0, 0, 1}});
  EXPECT_EQ(obtuse(Vector{{0, 0}}), 3.0);
  EXPECT_GT(obtuse(Vector{{0, 0.01}}), 3.0);
  EXPECT_GT(obtuse(Vector{{0.01, 0}}), 3.0);
  EXPECT_TRUE(std::isnan(obtuse(Vector{{std::nan(""), 0}})));
  EXPECT_THROW(obtuse(Vector{{1}}), InvalidArgument);
  EXPECT_THROW(EnclosingRadius(Points(2, 0)), InvalidArgument);
}

TEST(FitModel, WeighsEachResidualByItsSigma) {
  const Observations seen{Points{{0, 1, 2}}, Vector{{1, 2, 5}}, Vector{{1, 0.5, 2}}};
  const auto misfit = [&](const std::string& metric) {
    return FitModel({{.curve = polynomial(0), .observations = seen}}, {.metric = metric})
        .misfit(Vector{{3}});
  };
  // residuals 2, 2, -1
  EXPECT_EQ(misfit("squares"), 9.0);
  EXPECT_EQ(misfit("mean-square"), 3.0);
  EXPECT_EQ(misfit("absolute"), 5.0);
  EXPECT_EQ(misfit("largest"), 2.0);
}

TEST(FitModel, GivesMisfitPredictionsOrResidualsAsOutputs) {
  const Observations seen{Points{{0, 1}}, Vector{{1, 2}}, Vector{{2, 4}}};
  const std::vector<FitTerm> terms{{.curve = polynomial(1), .observations = seen}};
  const Points asked{{1.0, 0.0}, {1.0, 3.0}};
  const FitModel misfit(terms);
  EXPECT_EQ(misfit.outputs(), std::vector<std::string>{"misfit"});
  EXPECT_EQ(misfit.inputs(), (std::vector<std::string>{"c0", "c1"}));
  EXPECT_EQ(evaluate(misfit, asked)[0].outputs, (Vector{{0.0}}));
  EXPECT_EQ(evaluate(misfit, asked)[1].outputs, (Vector{{1.0625}}));
  const FitModel predicted(terms, {.gives = "predictions"});
  EXPECT_EQ(predicted.outputs(), (std::vector<std::string>{"polynomial_0", "polynomial_1"}));
  EXPECT_EQ(evaluate(predicted, asked)[1].outputs, (Vector{{3.0, 3.0}}));
  const FitModel residuals(terms, {.gives = "residuals"});
  EXPECT_EQ(evaluate(residuals, asked)[1].outputs, (Vector{{1.0, 0.25}}));
}

// A slope that two data sets share, each with an offset of its own.
TEST(FitModel, SharesParametersOfTheSameName) {
  const Points places{{0, 1, 2}};
  const FitModel fit(
      {{polynomial(1), seen_by(polynomial(1), Vector{{2, 5}}, places), {"slope", "first"}},
       {polynomial(1), seen_by(polynomial(1), Vector{{2, -7}}, places), {"slope", "second"}}});
  EXPECT_EQ(fit.inputs(), (std::vector<std::string>{"slope", "first", "second"}));
  EXPECT_EQ(fit.misfit(Vector{{2, 5, -7}}), 0.0);
  EXPECT_EQ(fit.misfit(Vector{{2, 5, -8}}), 3.0);
  EXPECT_EQ(fit.misfit(Vector{{3, 5, -7}}), 2.0 * 5.0);
}

TEST(FitModel, IsNaNWhereAPredictionIs) {
  const Observations seen{Points{{1, 0, 2}}, Vector{{1, 1, 1}}, {}};
  const Curve undefined_at_zero{
      .name = "inverse",
      .parameters = {"a"},
      .predict = [](const VectorView& a, const VectorView& x, MutableVectorView y) {
        y[0] = x[0] == 0.0 ? std::nan("") : a[0] / x[0];
      }};
  for (const char* metric : {"squares", "mean-square", "absolute", "largest"}) {
    const FitModel fit({{.curve = undefined_at_zero, .observations = seen}}, {.metric = metric});
    EXPECT_TRUE(std::isnan(fit.misfit(Vector{{1.0}}))) << metric;
  }
}

TEST(FitModel, RefusesWhatDoesNotGoTogether) {
  const Observations good{Points{{1, 2}}, Vector{{1, 1}}, {}};
  const auto refused = [](const Curve& curve, const Observations& seen,
                          std::vector<std::string> names = {}) {
    EXPECT_THROW(FitModel({FitTerm{curve, seen, std::move(names)}}), InvalidArgument);
  };
  refused(mogi(), good);
  refused(polynomial(1), {good.places, Vector{{1}}, {}});
  refused(polynomial(1), {good.places, good.values, Vector{{1}}});
  refused(polynomial(1), {good.places, good.values, Vector{{1, 0}}});
  refused(polynomial(1), {good.places, good.values, Vector{{1, std::nan("")}}});
  refused(polynomial(1), {good.places, Vector{{1, std::nan("")}}, {}});
  refused(polynomial(1), {Points{{1, infinity}}, good.values, {}});
  refused(polynomial(1), {Points(1, 0), Vector(), {}});
  refused(polynomial(1), good, {"a"});
  refused(polynomial(1), good, {"a", "a"});
  refused(Curve{.name = "none", .parameters = {"a"}}, good);
  EXPECT_THROW(FitModel({}), InvalidArgument);
  EXPECT_THROW(FitModel({{polynomial(1), good, {}}}, {.metric = "cubes"}), InvalidOptions);
  const FitModel fit({{.curve = polynomial(1), .observations = good}});
  EXPECT_THROW(static_cast<void>(fit.misfit(Vector{{1}})), InvalidArgument);
}

}  // namespace
}  // namespace mystic
