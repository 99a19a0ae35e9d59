#include "mystic/plots/scatter_matrix_plot.hpp"

#include "mystic/core/require.hpp"
#include "page_of_svg.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace mystic {
namespace {

using testing::SvgPage;

ScatterMatrixPlot some_plot(Index n, Index m) {
  ScatterMatrixPlot plot{.title = "points"};
  for (Index k = 0; k < n; ++k) plot.quantities.push_back({"x" + std::to_string(k), "mm"});
  plot.points.resize(n, m);
  for (Index j = 0; j < m; ++j) {
    for (Index k = 0; k < n; ++k) plot.points(k, j) = static_cast<double>((j * (2 * k + 1)) % (m + k));
  }
  return plot;
}

// Dots of all layers in all cells.
std::size_t dots(const SvgPage& page) {
  std::size_t count = 0;
  for (const pugi::xml_node& path : page.all("points")) {
    count += static_cast<std::size_t>(std::ranges::count(std::string(path.attribute("d").value()), 'M'));
  }
  return count;
}

TEST(ScatterMatrixPlot, DrawsEveryPointInEveryCellOffTheDiagonal) {
  EXPECT_EQ(dots(SvgPage(to_svg(some_plot(3, 50)))), 6U * 50U);
}

TEST(ScatterMatrixPlot, PutsCorrelationsAboveTheDiagonal) {
  ScatterMatrixPlot plot = some_plot(3, 50);
  plot.correlations = Points::Constant(3, 3, 0.99);
  plot.correlations(0, 1) = 0.12;
  plot.correlations(0, 2) = -0.345;
  plot.correlations(1, 2) = std::numeric_limits<double>::quiet_NaN();
  plot.correlation = "Spearman's ρ";
  const SvgPage page(to_svg(plot));
  EXPECT_EQ(dots(page), 3U * 50U);
  ASSERT_EQ(page.texts("number").size(), 3U);
  EXPECT_EQ(page.texts("number")[0].text, "0.12");
  EXPECT_TRUE(page.texts("number")[1].text.starts_with("−0.3"));
  EXPECT_EQ(page.texts("number")[2].text, "–");
  EXPECT_EQ(page.texts("note").at(0).text, "above the diagonal: Spearman's ρ");
}

TEST(ScatterMatrixPlot, ThinsManyPointsAndSaysSo) {
  ScatterMatrixPlot plot = some_plot(2, 5000);
  const SvgPage page(to_svg(plot));
  EXPECT_LE(dots(page), 2U * 2000U);
  EXPECT_GE(dots(page), 2U * 1990U);
  EXPECT_TRUE(page.texts("note").at(0).text.ends_with("of 5000 points drawn"));
  plot.most_points = 5000;
  EXPECT_EQ(dots(SvgPage(to_svg(plot))), 2U * 5000U);
}

// Every fourth point of a two-level design would be one corner of it.
TEST(ScatterMatrixPlot, ThinsInStepWithNoPatternOfTheDesign) {
  ScatterMatrixPlot plot = some_plot(2, 4096);
  for (Index j = 0; j < 4096; ++j)
    plot.points.col(j) << static_cast<double>(j % 2), static_cast<double>(j / 2 % 2);
  plot.most_points = 1024;
  const SvgPage page(to_svg(plot));
  std::map<std::string, int> corners;
  for (const pugi::xml_node& path : page.all("points")) {
    std::string d = path.attribute("d").value();
    for (std::size_t at = d.find('M'); at != std::string::npos; at = d.find('M', at + 1)) {
      ++corners[d.substr(at, d.find('h', at) - at)];
    }
  }
  ASSERT_EQ(corners.size(), 8U) << "four corners in two cells";
  for (const auto& [place, count] : corners) EXPECT_NEAR(count, 256, 10) << place;
}

TEST(ScatterMatrixPlot, ShowsTheFirstTwelveOfManyOrThoseThatAreAsked) {
  ScatterMatrixPlot plot = some_plot(30, 10);
  const SvgPage first(to_svg(plot));
  EXPECT_EQ(dots(first), 12U * 11U * 10U);
  EXPECT_EQ(first.texts("note").at(0).text, "12 of 30 quantities shown");
  plot.shown = {29, 4};
  const SvgPage asked(to_svg(plot));
  EXPECT_EQ(dots(asked), 2U * 10U);
  EXPECT_EQ(asked.texts("axis-label").at(0).text, "x29 [mm]");
}

TEST(ScatterMatrixPlot, LeavesOutPairsWithWhatIsNoNumber) {
  ScatterMatrixPlot plot = some_plot(3, 20);
  plot.points(1, 4) = infinity;
  plot.points(2, 7) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(dots(SvgPage(to_svg(plot))), 4U * 19U + 2U * 18U);
}

TEST(ScatterMatrixPlot, HasHistogramsOfAllPointsOnItsDiagonal) {
  ScatterMatrixPlot plot = some_plot(1, 1000);
  plot.points.row(0).setConstant(3.0);
  EXPECT_EQ(SvgPage(to_svg(plot)).all("bar").size(), 1U);
  plot.points.row(0).setLinSpaced(1000, 0.0, 1.0);
  const SvgPage page(to_svg(plot));
  EXPECT_EQ(page.all("bar").size(), 20U) << "2 * 1000^(1/3)";
  for (const pugi::xml_node& bar : page.all("bar")) {
    EXPECT_DOUBLE_EQ(testing::number(bar, "height"), testing::number(page.all("bar")[0], "height"));
  }
}

TEST(ScatterMatrixPlot, RefusesWhatDoesNotFit) {
  ScatterMatrixPlot plot = some_plot(3, 5);
  plot.quantities.pop_back();
  EXPECT_THROW((void)to_svg(plot), InvalidArgument);
  plot = some_plot(3, 5);
  plot.shown = {3};
  EXPECT_THROW((void)to_svg(plot), InvalidArgument);
  plot.shown = std::vector<Index>(13, 0);
  EXPECT_THROW((void)to_svg(plot), InvalidArgument);
  plot = some_plot(3, 5);
  plot.correlations = Points::Zero(2, 3);
  EXPECT_THROW((void)to_svg(plot), InvalidArgument);
  plot = some_plot(3, 5);
  plot.most_points = 0;
  EXPECT_THROW((void)to_svg(plot), InvalidArgument);
}

}  // namespace
}  // namespace mystic
