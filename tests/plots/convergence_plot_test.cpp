#include "mystic/plots/convergence_plot.hpp"

#include "mystic/core/require.hpp"
#include "page_of_svg.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

using testing::number;
using testing::SvgPage;
using testing::SvgText;

ConvergencePlot some_plot(double most = 1000.0) {
  const Vector n{{100.0, 200.0, 500.0, most}};
  const Vector mean{{13.0, 14.0, 13.5, 13.8}};
  const Vector half{{2.0, 1.4, 0.9, 0.3}};
  ConvergencePlot plot{.title = "mean"};
  plot.panels = {{{"mean", "mm"}, {{"", n, {mean, mean - half, mean + half}}}, {{13.7, "known"}}}};
  return plot;
}

TEST(ConvergencePlot, EndsWithTheLastEstimateAndItsInterval) {
  const SvgPage page(to_svg(some_plot()));
  std::vector<std::string> ends;
  for (const SvgText& text : page.texts("end-label")) ends.push_back(text.text);
  EXPECT_EQ(ends, (std::vector<std::string>{"13.80 [13.50, 14.10]", "known"}));
}

TEST(ConvergencePlot, TakesALogarithmicAxisForALongRun) {
  EXPECT_TRUE(SvgPage(to_svg(some_plot(2999.0))).all("minor-tick").empty());
  EXPECT_FALSE(SvgPage(to_svg(some_plot(3000.0))).all("minor-tick").empty());
}

TEST(ConvergencePlot, InterruptsLineAndBandWhereThereIsNoEstimate) {
  ConvergencePlot plot = some_plot();
  EXPECT_EQ(SvgPage(to_svg(plot)).all("estimate").size(), 1U);
  PlotEstimates& estimates = plot.panels[0].series[0].estimates;
  for (Vector* all : {&estimates.values, &estimates.lower, &estimates.upper}) {
    Vector longer(5);
    longer << all->head(2), std::numeric_limits<double>::quiet_NaN(), all->tail(2);
    *all = longer;
  }
  plot.panels[0].series[0].evaluations = Vector{{100.0, 200.0, 300.0, 500.0, 1000.0}};
  const SvgPage page(to_svg(plot));
  EXPECT_EQ(page.all("estimate").size(), 2U);
  EXPECT_EQ(page.all("band").size(), 2U);
}

TEST(ConvergencePlot, KeepsLabelsInTheOrderOfTheirLines) {
  ConvergencePlot plot = some_plot();
  plot.panels[0].markers.clear();
  const ConvergenceSeries one = plot.panels[0].series[0];
  plot.panels[0].series.clear();
  for (int k = 0; k < 8; ++k) {
    ConvergenceSeries next = one;
    next.name = "series " + std::to_string(k);
    next.estimates.values.array() += 0.001 * ((5 * k) % 8);
    plot.panels[0].series.push_back(next);
  }
  const SvgPage page(to_svg(plot));
  EXPECT_EQ(testing::faults_of(to_svg(plot)), "");
  std::vector<std::pair<double, int>> order;
  for (const SvgText& text : page.texts("end-label")) {
    if (text.text.starts_with("series")) order.emplace_back(text.box.top, text.text.back() - '0');
  }
  ASSERT_EQ(order.size(), 8U);
  for (std::size_t k = 1; k < 8; ++k) {
    EXPECT_LT(order[k - 1].first, order[k].first);
    EXPECT_GT((5 * order[k - 1].second) % 8, (5 * order[k].second) % 8) << "greater values above";
  }
}

TEST(ConvergencePlot, PutsPanelsBelowEachOtherAboveOneAxis) {
  ConvergencePlot plot = some_plot();
  plot.panels.push_back(plot.panels[0]);
  const SvgPage page(to_svg(plot));
  const auto frames = page.all("frame");
  ASSERT_EQ(frames.size(), 2U);
  EXPECT_EQ(number(frames[0], "x"), number(frames[1], "x"));
  EXPECT_GT(number(frames[1], "y"), number(frames[0], "y") + number(frames[0], "height"));
}

TEST(ConvergencePlot, RefusesWhatDoesNotFit) {
  ConvergencePlot plot = some_plot();
  plot.panels[0].series[0].evaluations[1] = 50.0;
  EXPECT_THROW((void)to_svg(plot), InvalidArgument) << "evaluations descend";
  plot = some_plot();
  plot.panels[0].series.resize(9, plot.panels[0].series[0]);
  EXPECT_THROW((void)to_svg(plot), InvalidArgument);
  plot = some_plot();
  plot.panels[0].series[0].estimates.values = Vector{{1.0}};
  EXPECT_THROW((void)to_svg(plot), InvalidArgument);
}

}  // namespace
}  // namespace mystic
