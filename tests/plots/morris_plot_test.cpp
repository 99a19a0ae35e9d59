#include "mystic/plots/morris_plot.hpp"

#include "mystic/core/require.hpp"
#include "page_of_svg.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace mystic {
namespace {

using testing::number;
using testing::ReadAxis;
using testing::SvgPage;
using testing::SvgText;

MorrisPlot some_plot() {
  MorrisPlot plot{.title = "screening", .unit = "mm", .names = {"E", "F", "I"}};
  plot.mean_of_size = {Vector{{1.0, 8.0, 4.0}}, Vector{{0.5, 7.0, 3.0}}, Vector{{1.5, 9.0, 5.0}}};
  plot.sd = {Vector{{0.2, 3.0, 5.0}}, Vector{{-0.1, 2.0, 4.0}}, Vector{{0.5, 4.0, 6.5}}};
  return plot;
}

struct Axes {
  explicit Axes(const SvgPage& page) : x(at(page, true), false), y(at(page, false), true) {}
  static std::vector<SvgText> at(const SvgPage& page, bool beneath) {
    const pugi::xml_node frame = page.all("frame")[0];
    std::vector<SvgText> found;
    for (const SvgText& text : page.texts("tick-label")) {
      if ((text.box.top > number(frame, "y") + number(frame, "height")) == beneath)
        found.push_back(text);
    }
    return found;
  }
  ReadAxis x;
  ReadAxis y;
};

TEST(MorrisPlot, HasItsPointsWhereTheEstimatesAre) {
  const SvgPage page(to_svg(some_plot()));
  const Axes axes(page);
  const auto points = page.all("point");
  ASSERT_EQ(points.size(), 3U);
  const std::vector<Index> greatest_first{1, 2, 0};
  for (std::size_t i = 0; i < 3; ++i) {
    const Index k = greatest_first[i];
    EXPECT_NEAR(axes.x.value(number(points[i], "cx")), some_plot().mean_of_size.values[k], 0.02);
    EXPECT_NEAR(axes.y.value(number(points[i], "cy")), some_plot().sd.values[k], 0.02);
  }
}

TEST(MorrisPlot, HasIntervalsBothWaysAndCutsThemAtZero) {
  const SvgPage page(to_svg(some_plot()));
  const Axes axes(page);
  const auto whiskers = page.all("whisker");
  ASSERT_EQ(whiskers.size(), 6U);
  EXPECT_NEAR(axes.x.value(number(whiskers[0], "x1")), 7.0, 0.02);
  EXPECT_NEAR(axes.x.value(number(whiskers[0], "x2")), 9.0, 0.02);
  EXPECT_NEAR(axes.y.value(number(whiskers[1], "y1")), 2.0, 0.02);
  EXPECT_NEAR(axes.y.value(number(whiskers[1], "y2")), 4.0, 0.02);
  EXPECT_NEAR(axes.y.value(number(whiskers[5], "y1")), 0.0, 0.02) << "sigma is not negative";
}

TEST(MorrisPlot, HasLinesOfEqualRatio) {
  const SvgPage page(to_svg(some_plot()));
  const Axes axes(page);
  const auto lines = page.all("ratio");
  ASSERT_EQ(lines.size(), 3U);
  const std::vector<double> ratios{1.0, 0.5, 0.1};
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_NEAR(axes.y.value(number(lines[k], "y2")), ratios[k] * axes.x.value(number(lines[k], "x2")),
                0.03);
  }
}

TEST(MorrisPlot, CountsWhatHasNoEstimate) {
  MorrisPlot plot = some_plot();
  plot.sd.values[1] = std::numeric_limits<double>::quiet_NaN();
  const SvgPage page(to_svg(plot));
  EXPECT_EQ(page.all("point").size(), 2U);
  EXPECT_EQ(page.texts("note").at(0).text, "1 of 3 without an estimate");
}

TEST(MorrisPlot, NamesEveryPointBesideItOrInTheNote) {
  MorrisPlot plot{.title = "crowd"};
  const Index n = 30;
  for (Index k = 0; k < n; ++k) plot.names.push_back("input" + std::to_string(k + 100));
  plot.mean_of_size.values = Vector::LinSpaced(n, 0.01, 0.02);
  plot.mean_of_size.values[4] = 10.0;
  plot.sd.values = plot.mean_of_size.values;
  const SvgPage page(to_svg(plot));
  std::string note;
  for (const SvgText& line : page.texts("note")) note += line.text + " ";
  const auto beside = page.texts("name");
  EXPECT_LT(beside.size(), plot.names.size());
  for (const std::string& name : plot.names) {
    const bool placed = std::ranges::any_of(beside, [&](const SvgText& t) { return t.text == name; });
    EXPECT_NE(placed, note.find(name) != std::string::npos) << name;
  }
}

TEST(MorrisPlot, RefusesWhatDoesNotFit) {
  MorrisPlot plot = some_plot();
  plot.names.pop_back();
  EXPECT_THROW((void)to_svg(plot), InvalidArgument);
  plot = some_plot();
  plot.sd.lower = Vector{};
  EXPECT_THROW((void)to_svg(plot), InvalidArgument);
}

}  // namespace
}  // namespace mystic
