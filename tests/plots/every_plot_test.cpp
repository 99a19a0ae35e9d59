// What must hold of each picture, whatever is drawn.

#include "mystic/plots/convergence_plot.hpp"
#include "mystic/plots/correlation_plot.hpp"
#include "mystic/plots/histogram_plot.hpp"
#include "mystic/plots/interval_bars_plot.hpp"
#include "mystic/plots/morris_plot.hpp"
#include "mystic/plots/scatter_matrix_plot.hpp"
#include "page_of_svg.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace mystic {
namespace {

using testing::faults_of;
using testing::SvgPage;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// What a picture is drawn of.
struct Situation {
  Index count = 3;      ///< of inputs, bins, points
  int names = 0;        ///< short, long, odd
  double scale = 1.0;   ///< of values
  double offset = 0.0;  ///< of values, in units of the scale
  bool gaps = false;    ///< some numbers are NaN or infinite
};

std::string name_of(const Situation& s, Index k) {
  if (s.names == 0) return fmt::format("x{}", k + 1);
  if (s.names == 1) return fmt::format("wing.spar.section_{}.youngs_modulus_of_the_upper_flange", k + 1);
  return fmt::format("<σ{}> & \"größte\" 'Spannung' \xff 応力", k + 1);
}

std::vector<std::string> names_of(const Situation& s) {
  std::vector<std::string> names;
  for (Index k = 0; k < s.count; ++k) names.push_back(name_of(s, k));
  return names;
}

// Numbers without a pattern in [-1, 1], scaled.
Vector values_of(const Situation& s, Index n, double phase) {
  Vector values(n);
  for (Index k = 0; k < n; ++k) {
    const double turn = static_cast<double>(k) + phase;
    values[k] = s.scale * (s.offset + std::sin(12.9898 * turn * turn));
    if (s.gaps && k % 5 == 1) values[k] = nothing;
    if (s.gaps && k % 5 == 3) values[k] = infinity;
  }
  return values;
}

PlotEstimates estimates_of(const Situation& s, Index n, double phase) {
  const Vector values = values_of(s, n, phase);
  const Vector half = Vector::Constant(n, 0.2 * s.scale);
  PlotEstimates estimates{values, values - half, values + half};
  if (s.gaps && n > 4) estimates.lower[4] = -infinity;
  return estimates;
}

std::string histogram(const Situation& s) {
  HistogramPlot plot{
      .title = name_of(s, 0), .note = "n = 990 of 1000", .quantity = {name_of(s, 1), "MPa"}};
  const double lower = s.scale * (s.offset - 1.0);
  const double upper = s.scale * (s.offset + 1.0);
  if (s.count > 0) {
    plot.edges = Vector::LinSpaced(s.count + 1, lower, upper);
    plot.densities = values_of({.gaps = s.gaps}, s.count, 0.5).cwiseAbs() / s.scale;
    const Vector x = Vector::LinSpaced(s.count, lower, upper);
    const Vector share = Vector::LinSpaced(s.count, 0.0, 1.0);
    plot.density = {x, plot.densities, 0.9 * plot.densities, 1.1 * plot.densities};
    plot.cdf = {x, share, share.array() - 0.1, share.array() + 0.1};
  }
  for (Index k = 0; k < std::min<Index>(s.count, 8); ++k) {
    plot.markers.push_back({values_of(s, s.count, 0.1)[k], name_of(s, k)});
  }
  return to_svg(plot);
}

std::string scatter_matrix(const Situation& s) {
  ScatterMatrixPlot plot{.title = name_of(s, 0), .note = name_of(s, 1)};
  for (Index k = 0; k < s.count; ++k) plot.quantities.push_back({name_of(s, k), k % 2 == 0 ? "mm" : ""});
  plot.points.resize(s.count, 30);
  for (Index k = 0; k < s.count; ++k) {
    plot.points.row(k) = values_of(s, 30, static_cast<double>(k)).transpose();
  }
  if (s.count % 2 == 0) plot.correlations = Points::Constant(s.count, s.count, s.gaps ? nothing : -0.5);
  return to_svg(plot);
}

std::string bars(const Situation& s) {
  IntervalBarsPlot plot{.title = name_of(s, 0), .note = name_of(s, 1)};
  plot.categories = names_of(s);
  for (Index k = 0; k < 1 + s.count % 3; ++k) {
    plot.series.push_back({name_of(s, k), estimates_of(s, s.count, static_cast<double>(k))});
  }
  return to_svg(plot);
}

std::string morris(const Situation& s) {
  MorrisPlot plot{.title = name_of(s, 0), .note = name_of(s, 1), .unit = "kN/m", .names = names_of(s)};
  plot.mean_of_size = estimates_of(s, s.count, 0.3);
  plot.sd = estimates_of(s, s.count, 0.7);
  for (Vector* all : {&plot.mean_of_size.values, &plot.sd.values}) *all = all->cwiseAbs();
  return to_svg(plot);
}

std::string convergence(const Situation& s) {
  ConvergencePlot plot{.title = name_of(s, 0), .note = name_of(s, 1)};
  for (Index p = 0; p < std::min<Index>(s.count, 3); ++p) {
    ConvergencePanel panel{.quantity = {name_of(s, p), "m"}};
    for (Index k = 0; k < std::min<Index>(s.count, 8); ++k) {
      panel.series.push_back({name_of(s, k), Vector::LinSpaced(s.count, 10.0, p == 0 ? 1e4 : 1e3),
                              estimates_of(s, s.count, static_cast<double>(k))});
    }
    panel.markers = {{s.scale * s.offset, "known"}, {nothing, "not known"}};
    plot.panels.push_back(panel);
  }
  return to_svg(plot);
}

std::string correlation(const Situation& s) {
  CorrelationPlot plot{.title = name_of(s, 0), .note = name_of(s, 1), .rows = names_of(s)};
  plot.values.resize(s.count, s.count);
  for (Index k = 0; k < s.count; ++k) {
    plot.values.col(k) = values_of({.gaps = s.gaps}, s.count, static_cast<double>(k));
    plot.values.col(k) = plot.values.col(k).array().isInf().select(nothing, plot.values.col(k));
  }
  return to_svg(plot);
}

struct Kind {
  const char* name;
  std::string (*draw)(const Situation&);
};

class EveryPlot : public ::testing::TestWithParam<Kind> {
 protected:
  // Draws each situation there is.
  static void for_each(const std::function<void(const Situation&)>& look) {
    for (const Index count : {0, 1, 3, 8, 30}) {
      for (const int names : {0, 1, 2}) {
        for (const bool gaps : {false, true}) look({.count = count, .names = names, .gaps = gaps});
      }
      for (const double scale : {1e-300, 2.7e-9, 3.4e7, 1e300}) look({.count = count, .scale = scale});
      for (const double offset : {-3.0, 1e4, 1e7}) {
        look({.count = count, .scale = 0.013, .offset = offset, .gaps = true});
      }
    }
  }

  static std::string words(const Situation& s) {
    return fmt::format("{} of names {}, {} * ({} +- 1){}", s.count, s.names, s.scale, s.offset,
                       s.gaps ? ", gaps" : "");
  }
};

TEST_P(EveryPlot, KeepsTextsApartAndAllInsideThePage) {
  for_each([](const Situation& s) { EXPECT_EQ(faults_of(GetParam().draw(s)), "") << words(s); });
}

TEST_P(EveryPlot, IsTheSameBytesTwice) {
  for_each([](const Situation& s) { EXPECT_EQ(GetParam().draw(s), GetParam().draw(s)) << words(s); });
}

TEST_P(EveryPlot, WritesTextAsItWasGiven) {
  const Situation odd{.count = 1, .names = 2};
  const SvgPage page(GetParam().draw(odd));
  std::string title;
  for (const testing::SvgText& line : page.texts("title"))
    title += (title.empty() ? "" : " ") + line.text;
  EXPECT_EQ(title, "<σ1> & \"größte\" 'Spannung' \uFFFD 応力");
}

TEST_P(EveryPlot, SaysSoWhereThereIsNothingToDraw) {
  EXPECT_EQ(SvgPage(GetParam().draw({.count = 0})).texts("no-data").size(), 1U);
  EXPECT_EQ(SvgPage(GetParam().draw({.count = 3})).texts("no-data").size(), 0U);
}

// A page that is too small for its picture, or a number that does not fit its axis, is found above.
TEST(SvgPage, FindsTextsOverEachOtherAndBeyondTheEdge) {
  plots::SvgCanvas canvas(100.0, 50.0, "page");
  canvas.text({10.0, 20.0}, "one");
  canvas.text({14.0, 22.0}, "two");
  canvas.text({90.0, 40.0}, "beyond");
  canvas.line({0.0, 0.0}, {0.0, 51.0}, "");
  EXPECT_EQ(SvgPage(canvas.finished()).faults().size(), 3U);
}

INSTANTIATE_TEST_SUITE_P(Plots, EveryPlot,
                         ::testing::Values(Kind{"Histogram", histogram},
                                           Kind{"ScatterMatrix", scatter_matrix}, Kind{"Bars", bars},
                                           Kind{"Morris", morris}, Kind{"Convergence", convergence},
                                           Kind{"Correlation", correlation}),
                         [](const auto& kind) { return std::string(kind.param.name); });

}  // namespace
}  // namespace mystic
