#include "mystic/plots/plot_axis.hpp"

#include "mystic/core/require.hpp"
#include "mystic/plots/plot_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace mystic::plots {
namespace {

std::vector<Extent> many_extents() {
  std::vector<Extent> extents;
  for (const double size : {1e-300, 3e-9, 0.02, 1.0, 7.3, 640.0, 3.4e7, 1e300}) {
    for (const double from : {-1.0, -0.37, 0.0, 0.9, 12.0, 1e6}) {
      if (size * (from + 1.0) < most_drawn) extents.push_back({size * from, size * (from + 0.83)});
    }
  }
  return extents;
}

TEST(LinearTicks, CoverTheExtentInEvenNiceSteps) {
  for (const Extent& extent : many_extents()) {
    for (const Index about : {2, 4, 8}) {
      const Ticks ticks = linear_ticks(extent, about);
      ASSERT_GE(ticks.at.size(), 2U) << extent.lower << " " << extent.upper;
      EXPECT_LE(ticks.at.size(), static_cast<std::size_t>(std::max<Index>(about + 1, 5)));
      EXPECT_EQ(ticks.labels.size(), ticks.at.size());
      const double step = ticks.at[1] - ticks.at[0];
      const double digit = step / std::pow(10.0, std::floor(std::log10(step * 1.001)));
      EXPECT_TRUE(std::abs(digit - 1.0) < 1e-3 || std::abs(digit - 2.0) < 1e-3 ||
                  std::abs(digit - 5.0) < 1e-3)
          << step;
      for (std::size_t k = 1; k < ticks.at.size(); ++k) {
        EXPECT_NEAR(ticks.at[k] - ticks.at[k - 1], step, 1e-3 * step);
      }
      EXPECT_GE(ticks.at.front(), extent.lower);
      EXPECT_LE(ticks.at.back(), extent.upper);
      EXPECT_LT(ticks.at.front() - 1.001 * step, extent.lower) << "no room for another";
      EXPECT_GT(ticks.at.back() + 1.001 * step, extent.upper);
    }
  }
}

// The text is the value, divided by the factor, and no two texts are the same.
TEST(LinearTicks, AreNumberedWithWhatTheyAre) {
  for (const Extent& extent : many_extents()) {
    const Ticks ticks = linear_ticks(extent, 6);
    const double step = ticks.at[1] - ticks.at[0];
    double factor = 0.0;
    std::set<std::string> texts;
    for (std::size_t k = 0; k < ticks.at.size(); ++k) {
      std::string text = ticks.labels[k];
      texts.insert(text);
      if (text.starts_with("−")) text.replace(0, 3, "-");
      const double number = std::stod(text);
      if (number == 0.0) {
        EXPECT_NEAR(ticks.at[k], 0.0, 1e-9 * step);
      } else if (factor == 0.0) {
        factor = ticks.at[k] / number;
        const double power = std::log10(factor);
        EXPECT_NEAR(power, std::round(power), 1e-9);
        EXPECT_EQ(ticks.factor,
                  std::round(power) == 0.0 ? "" : power_of_ten(static_cast<int>(std::round(power))));
      } else {
        EXPECT_NEAR(ticks.at[k] / factor, number, 1e-3 * step / factor);
      }
    }
    EXPECT_EQ(texts.size(), ticks.at.size());
  }
}

TEST(LinearTicks, HaveAsManyDecimalsAsTheirStepNeeds) {
  EXPECT_EQ(linear_ticks({0.0, 1.0}, 5).labels,
            (std::vector<std::string>{"0.0", "0.2", "0.4", "0.6", "0.8", "1.0"}));
  EXPECT_EQ(linear_ticks({-5.0, 12.0}, 4).labels, (std::vector<std::string>{"−5", "0", "5", "10"}));
  const Ticks large = linear_ticks({0.0, 4.1e7}, 4);
  EXPECT_EQ(large.labels, (std::vector<std::string>{"0", "20", "40"}));
  EXPECT_EQ(large.factor, "10⁶");
}

TEST(LinearTicks, RefuseWhatCannotBeNumbered) {
  EXPECT_THROW((void)linear_ticks({1.0, 1.0}, 4), InvalidArgument);
  EXPECT_THROW((void)linear_ticks({0.0, infinity}, 4), InvalidArgument);
  EXPECT_THROW((void)linear_ticks({1.0, 1.0 + 1e-14}, 4), InvalidArgument);
  EXPECT_THROW((void)linear_ticks({0.0, 1.0}, 0), InvalidArgument);
  EXPECT_THROW((void)logarithmic_ticks({0.0, 1.0}, 4), InvalidArgument);
}

TEST(LogarithmicTicks, AreDecadesAndTheirFifths) {
  EXPECT_EQ(logarithmic_ticks({8.0, 1200.0}, 8).labels,
            (std::vector<std::string>{"10", "20", "50", "100", "200", "500", "1000"}));
  EXPECT_EQ(logarithmic_ticks({8.0, 2e5}, 6).labels,
            (std::vector<std::string>{"10", "10²", "10³", "10⁴", "10⁵"}));
  const Ticks many = logarithmic_ticks({1e-300, 1e300}, 6);
  EXPECT_LE(many.at.size(), 8U);
  EXPECT_GE(many.at.size(), 2U);
}

TEST(Extent, OfWhatDoesNotVaryOrIsNothingCanStillBeAnAxis) {
  for (const double value : {0.0, 5.0, -3e-9, 1e300, 5e-324}) {
    Extent extent;
    extent.take(value);
    const Extent wider = extent.with_room(0.1);
    EXPECT_LT(wider.lower, value);
    EXPECT_GT(wider.upper, value);
    EXPECT_GE(linear_ticks(wider, 4).at.size(), 2U) << value;
  }
  Extent none;
  none.take(std::nan(""));
  none.take(-infinity);
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(none.with_room(0.1).upper, 1.0);
  EXPECT_EQ(none.from_zero(0.1).upper, 1.0);
}

TEST(Axis, NumbersDoNotTouchHoweverNarrowItIs) {
  for (const Extent& extent : many_extents()) {
    for (const double width : {50.0, 90.0, 300.0, 700.0}) {
      const Axis axis = Axis::across(extent, 100.0, 100.0 + width);
      const Ticks& ticks = axis.ticks();
      double end = 0.0;
      for (std::size_t k = 0; k < ticks.at.size(); ++k) {
        const double half = 0.5 * text_width(ticks.labels[k], axis.style().text_size);
        EXPECT_GT(axis.label_place(k) - half, end) << extent.lower << " in " << width;
        end = axis.label_place(k) + half;
      }
    }
  }
}

TEST(Axis, PlacesItsEndsAtItsPixelsAndTheRestBetween) {
  const Axis upwards = Axis::upwards({-2.0, 6.0}, 300.0, 100.0);
  EXPECT_DOUBLE_EQ(upwards.place(-2.0), 300.0);
  EXPECT_DOUBLE_EQ(upwards.place(6.0), 100.0);
  EXPECT_DOUBLE_EQ(upwards.place(0.0), 250.0);
  const Axis decades = Axis::across({1.0, 1e4}, 0.0, 400.0, {.logarithmic = true});
  EXPECT_NEAR(decades.place(100.0), 200.0, 1e-9);
  EXPECT_FALSE(upwards.shows(std::nan("")));
}

}  // namespace
}  // namespace mystic::plots
