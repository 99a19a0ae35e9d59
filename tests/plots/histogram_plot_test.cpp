#include "mystic/plots/histogram_plot.hpp"

#include "mystic/core/require.hpp"
#include "page_of_svg.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

using testing::number;
using testing::ReadAxis;
using testing::SvgPage;
using testing::SvgText;

HistogramPlot some_plot() {
  HistogramPlot plot{.title = "y", .note = "n = 990 of 1000", .quantity = {"y", "mm"}};
  plot.edges = Vector{{0.0, 1.0, 2.0, 4.0}};
  plot.densities = Vector{{0.2, 0.5, 0.15}};
  plot.cdf = {Vector{{0.0, 1.0, 2.0, 4.0}}, Vector{{0.0, 0.2, 0.7, 1.0}}};
  plot.markers = {{1.0, "median"}, {3.0, "threshold"}};
  return plot;
}

// Numbers of the axes of the frame: those beneath it, at its left, at its right.
std::vector<SvgText> labels(const SvgPage& page, int side) {
  const pugi::xml_node frame = page.all("frame")[0];
  std::vector<SvgText> found;
  for (const SvgText& text : page.texts("tick-label")) {
    const bool beneath = text.box.top > number(frame, "y") + number(frame, "height");
    const bool left = text.box.right() < number(frame, "x");
    if (side == (beneath ? 0 : (left ? 1 : 2))) found.push_back(text);
  }
  return found;
}

TEST(HistogramPlot, HasABarForEachDensityAsWideAndHighAsItIs) {
  const SvgPage page(to_svg(some_plot()));
  const ReadAxis x(labels(page, 0), false);
  const ReadAxis y(labels(page, 1), true);
  const std::vector<pugi::xml_node> bars = page.all("bar");
  ASSERT_EQ(bars.size(), 3U);
  for (std::size_t k = 0; k < 3; ++k) {
    const auto i = static_cast<Index>(k);
    EXPECT_NEAR(x.value(number(bars[k], "x")), some_plot().edges[i], 0.01);
    EXPECT_NEAR(x.value(number(bars[k], "x") + number(bars[k], "width")), some_plot().edges[i + 1],
                0.01);
    EXPECT_NEAR(y.value(number(bars[k], "y")), some_plot().densities[i], 0.002);
    EXPECT_NEAR(y.value(number(bars[k], "y") + number(bars[k], "height")), 0.0, 0.002);
  }
}

TEST(HistogramPlot, DrawsTheDistributionFunctionOnTheAxisAtTheRight) {
  const SvgPage page(to_svg(some_plot()));
  const ReadAxis share(labels(page, 2), true);
  double x = 0.0;
  double y = 0.0;
  const std::string points = page.all("cdf")[0].attribute("points").value();
  ASSERT_EQ(std::sscanf(points.c_str(), "%lf,%lf", &x, &y), 2);
  EXPECT_NEAR(share.value(y), 0.0, 0.005);
  ASSERT_EQ(std::sscanf(points.substr(points.rfind(' ')).c_str(), "%lf,%lf", &x, &y), 2);
  EXPECT_NEAR(share.value(y), 1.0, 0.005);
}

TEST(HistogramPlot, MarksValuesWhereTheyAre) {
  const SvgPage page(to_svg(some_plot()));
  const ReadAxis x(labels(page, 0), false);
  const auto lines = page.all("marker");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_NEAR(x.value(number(lines[0], "x1")), 3.0, 0.01);
  EXPECT_NEAR(x.value(number(lines[1], "x1")), 1.0, 0.01);
  EXPECT_EQ(page.texts("marker-label").size(), 2U);
}

TEST(HistogramPlot, LeavesOutWhatIsNoNumber) {
  HistogramPlot plot = some_plot();
  plot.densities[1] = infinity;
  plot.markers[0].at = infinity;
  plot.cdf.y[1] = std::numeric_limits<double>::quiet_NaN();
  const SvgPage page(to_svg(plot));
  EXPECT_EQ(page.all("bar").size(), 2U);
  EXPECT_EQ(page.all("marker").size(), 1U);
  EXPECT_EQ(page.all("cdf").size(), 2U) << "two pieces, a gap between";
}

TEST(HistogramPlot, DrawsALineWhereAllValuesAreTheSame) {
  HistogramPlot plot;
  plot.edges = Vector{{5.0, 5.0}};
  plot.densities = Vector{{infinity}};
  const SvgPage page(to_svg(plot));
  EXPECT_EQ(page.all("spike").size(), 1U);
  EXPECT_TRUE(page.texts("no-data").empty());
}

TEST(HistogramPlot, NamesUnitsOfDensities) {
  HistogramPlot plot = some_plot();
  EXPECT_NE(to_svg(plot).find(">density [1/mm]<"), std::string::npos);
  plot.quantity.unit = "m/s";
  EXPECT_NE(to_svg(plot).find(">density [1/(m/s)]<"), std::string::npos);
}

TEST(HistogramPlot, RefusesWhatDoesNotFit) {
  HistogramPlot plot = some_plot();
  plot.edges = Vector{{0.0, 1.0}};
  EXPECT_THROW((void)to_svg(plot), InvalidArgument);
  plot = some_plot();
  plot.edges[1] = 3.0;
  EXPECT_THROW((void)to_svg(plot), InvalidArgument) << "edges descend";
  plot = some_plot();
  plot.densities[0] = -0.1;
  EXPECT_THROW((void)to_svg(plot), InvalidArgument);
  plot = some_plot();
  plot.cdf.lower = Vector{{0.0}};
  EXPECT_THROW((void)to_svg(plot), InvalidArgument);
}

}  // namespace
}  // namespace mystic
