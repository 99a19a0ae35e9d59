#include "mystic/plots/interval_bars_plot.hpp"

#include "mystic/core/require.hpp"
#include "page_of_svg.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace mystic {
namespace {

using testing::number;
using testing::ReadAxis;
using testing::SvgPage;

IntervalBarsPlot some_plot() {
  IntervalBarsPlot plot{.title = "Sobol' indices", .categories = {"E", "F", "I"}};
  plot.series = {
      {"first order", {Vector{{0.3, 0.4, -0.02}}, Vector{{0.2, 0.35, -0.1}}, Vector{{0.4, 0.45, 0.06}}}},
      {"total", {Vector{{0.5, 0.6, 1.2}}, Vector{{0.4, 0.5, 1.1}}, Vector{{0.6, 0.7, 1.3}}}}};
  return plot;
}

// Ends of whiskers and bars, read off the axis: upright or lying.
void expect_values(const IntervalBarsPlot& plot, bool upright) {
  const SvgPage page(to_svg(plot));
  const ReadAxis axis(page.texts("tick-label"), upright);
  const std::vector<pugi::xml_node> bars = page.all("bar");
  const std::vector<pugi::xml_node> whiskers = page.all("whisker");
  ASSERT_EQ(bars.size(), 6U);
  ASSERT_EQ(whiskers.size(), 6U);
  for (std::size_t c = 0; c < 3; ++c) {
    for (std::size_t s = 0; s < 2; ++s) {
      const PlotEstimates& of = plot.series[s].estimates;
      const auto k = static_cast<Index>(c);
      const pugi::xml_node& bar = bars[2 * c + s];
      const pugi::xml_node& whisker = whiskers[2 * c + s];
      const double near = number(bar, upright ? "y" : "x");
      const double far = near + number(bar, upright ? "height" : "width");
      const double low = std::min(axis.value(near), axis.value(far));
      const double high = std::max(axis.value(near), axis.value(far));
      EXPECT_NEAR(low, std::min(0.0, of.values[k]), 0.004);
      EXPECT_NEAR(high, std::max(0.0, of.values[k]), 0.004);
      EXPECT_NEAR(axis.value(number(whisker, upright ? "y1" : "x1")), of.lower[k], 0.004);
      EXPECT_NEAR(axis.value(number(whisker, upright ? "y2" : "x2")), of.upper[k], 0.004);
    }
  }
}

TEST(IntervalBarsPlot, ReadsOffAsTheNumbersThatItWasGiven) { expect_values(some_plot(), true); }

TEST(IntervalBarsPlot, LiesDownForLongNamesAndReadsOffTheSame) {
  IntervalBarsPlot plot = some_plot();
  plot.categories[1] = "Young's modulus of the material of the upper flange";
  expect_values(plot, false);
}

TEST(IntervalBarsPlot, MarksWhatHasNoEstimateAndSaysSo) {
  IntervalBarsPlot plot = some_plot();
  plot.series[0].estimates.values[1] = std::numeric_limits<double>::quiet_NaN();
  plot.series[1].estimates.lower[2] = -infinity;
  const SvgPage page(to_svg(plot));
  EXPECT_EQ(page.all("bar").size(), 5U);
  EXPECT_EQ(page.all("no-estimate").size(), 1U);
  EXPECT_EQ(page.all("whisker").size(), 4U);
  EXPECT_EQ(page.texts("key-text").back().text, "no estimate");
  EXPECT_EQ(SvgPage(to_svg(some_plot())).all("no-estimate").size(), 0U);
}

TEST(IntervalBarsPlot, NamesItsSeriesOnlyWhereThereAreSeveral) {
  IntervalBarsPlot plot = some_plot();
  EXPECT_EQ(SvgPage(to_svg(plot)).texts("key-text").size(), 2U);
  plot.series.pop_back();
  EXPECT_EQ(SvgPage(to_svg(plot)).texts("key-text").size(), 0U);
}

TEST(IntervalBarsPlot, TellsNumbersWhereOnePoints) {
  EXPECT_NE(to_svg(some_plot()).find("<title>F, total: 0.60 [0.50, 0.70]</title>"), std::string::npos);
}

TEST(IntervalBarsPlot, RefusesWhatDoesNotFit) {
  IntervalBarsPlot plot = some_plot();
  plot.categories.pop_back();
  EXPECT_THROW((void)to_svg(plot), InvalidArgument);
  plot = some_plot();
  plot.series[0].estimates.upper = Vector{};
  EXPECT_THROW((void)to_svg(plot), InvalidArgument);
  plot = some_plot();
  plot.series.resize(7, plot.series[0]);
  EXPECT_THROW((void)to_svg(plot), InvalidArgument);
}

}  // namespace
}  // namespace mystic
