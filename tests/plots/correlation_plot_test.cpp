#include "mystic/plots/correlation_plot.hpp"

#include "mystic/core/require.hpp"
#include "page_of_svg.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

using testing::SvgPage;

CorrelationPlot some_plot(Index n) {
  CorrelationPlot plot{.title = "correlations", .measure = "Spearman's ρ"};
  for (Index k = 0; k < n; ++k) plot.rows.push_back("x" + std::to_string(k));
  plot.values = Points::Constant(n, n, -0.25);
  plot.values.diagonal().setOnes();
  return plot;
}

TEST(CorrelationPlot, HasACellForEachPairWithItsNumberAndColour) {
  const SvgPage page(to_svg(some_plot(3)));
  ASSERT_EQ(page.all("cell").size(), 9U);
  ASSERT_EQ(page.texts("number").size(), 9U);
  EXPECT_EQ(page.texts("number")[0].text, "1.00");
  EXPECT_EQ(page.texts("number")[1].text, "−0.25");
  EXPECT_STREQ(page.all("cell")[0].attribute("fill").value(), "#b2182b");
  CorrelationPlot plot = some_plot(3);
  plot.values(0, 1) = 0.0;
  EXPECT_STREQ(SvgPage(to_svg(plot)).all("cell")[1].attribute("fill").value(), "#ffffff");
}

TEST(CorrelationPlot, LeavesNumbersToTooltipsWhereCellsAreSmall) {
  const SvgPage page(to_svg(some_plot(30)));
  EXPECT_TRUE(page.texts("number").empty());
  EXPECT_STREQ(page.all("cell")[1].child("title").text().get(), "x0, x1: −0.25");
}

TEST(CorrelationPlot, CrossesOutWhatIsNotKnown) {
  CorrelationPlot plot = some_plot(3);
  plot.values(0, 1) = std::numeric_limits<double>::quiet_NaN();
  const SvgPage page(to_svg(plot));
  EXPECT_EQ(page.all("not-known").size(), 1U);
  EXPECT_EQ(page.texts("number").size(), 8U);
}

TEST(CorrelationPlot, MayHaveOtherColumnsThanRows) {
  CorrelationPlot plot = some_plot(4);
  plot.columns = {"deflection"};
  plot.values = Points::Constant(4, 1, 0.5);
  const SvgPage page(to_svg(plot));
  EXPECT_EQ(page.texts("row-name").size(), 4U);
  EXPECT_EQ(page.texts("column-name").size(), 1U);
  EXPECT_EQ(page.all("cell").size(), 4U);
}

TEST(CorrelationPlot, RefusesWhatDoesNotFit) {
  CorrelationPlot plot = some_plot(3);
  plot.rows.pop_back();
  EXPECT_THROW((void)to_svg(plot), InvalidArgument);
  plot = some_plot(3);
  plot.values(1, 2) = 1.2;
  EXPECT_THROW((void)to_svg(plot), InvalidArgument);
  plot.values(1, 2) = infinity;
  EXPECT_THROW((void)to_svg(plot), InvalidArgument);
}

}  // namespace
}  // namespace mystic
