#include "mystic/models/value_format.hpp"

#include "mystic/core/require.hpp"
#include "mystic/models/number.hpp"

#include <gtest/gtest.h>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_real_distribution.hpp>

#include <cmath>
#include <cstdio>
#include <utility>
#include <vector>

namespace mystic {
namespace {

std::string written(std::string_view format, const Value& value) {
  return ValueFormat(format).write(value);
}

TEST(ValueFormat, WithoutAFormatWritesWhatReadsBackExactly) {
  EXPECT_EQ(written("", 0.1), "0.1");
  EXPECT_EQ(written("", 1.0 / 3.0), "0.3333333333333333");
  EXPECT_EQ(written("", Value("steel", 2)), "steel");
}

// Independent: the C library's own printf. What it writes beyond the width, where it would shift a
// column, we refuse.
TEST(ValueFormat, WithAConversionWritesAsPrintfDoesWithinTheWidth) {
  boost::random::mt19937 rng(3);
  boost::random::uniform_real_distribution<double> exponent(-12.0, 12.0);
  const std::vector<std::pair<const char*, std::size_t>> formats{
      {"%12.4e", 12}, {"%-14.3f", 14}, {"%+.6g", 0}, {"%020.5f", 20}, {"%g", 0}, {"% .3E", 0},
      {"%#8.0f", 8},  {"%.0f", 0},     {"%E", 0},    {"%40.17g", 40}, {"%F", 0}, {"%9.2f", 9}};
  std::size_t refused = 0;
  for (const auto& [format, width] : formats) {
    for (int draw = 0; draw < 200; ++draw) {
      const double value = std::pow(10.0, exponent(rng)) * (draw % 2 == 0 ? 1.0 : -1.0);
      char expected[200];
      std::snprintf(expected, sizeof expected, format, value);
      const std::string text = expected;
      if (width > 0 && text.size() > width) {
        EXPECT_THROW(written(format, value), InvalidArgument) << format << ' ' << value;
        ++refused;
      } else {
        EXPECT_EQ(written(format, value), text) << format << ' ' << value;
      }
    }
  }
  EXPECT_GT(refused, 50U);
}

TEST(ValueFormat, WritesFortransLetterAndWholeNumbers) {
  EXPECT_EQ(written("%14.6D", 1500.0), "  1.500000D+03");
  EXPECT_EQ(read_number(written("%.17D", 0.1)), 0.1);
  EXPECT_EQ(written("%5d", 42.0), "   42");
  EXPECT_EQ(written("%-5d", -3.0), "-3   ");
  EXPECT_THROW(written("%d", 0.5), InvalidArgument);
}

TEST(ValueFormat, FillsAFixedWidthWithTheNearestNumberThatFits) {
  EXPECT_EQ(written("8", 1.0), "      1.");
  EXPECT_EQ(written("-8", 1.0), "1.      ");
  EXPECT_EQ(written("8", 210000.0), " 210000.");
  EXPECT_EQ(written("8", M_PI), "3.141593");
  EXPECT_EQ(written("8", -M_PI), "-3.14159");
  EXPECT_EQ(written("8", 1.23456789e-7), "1.235e-7");
  EXPECT_EQ(written("8", 123456789.0), "1.2346e8");
  EXPECT_EQ(written("6", Value("S235", 0)), "  S235");
  EXPECT_THROW(written("3", Value("S235", 0)), InvalidArgument);
  EXPECT_THROW(written("3", -1e100), InvalidArgument);
}

TEST(ValueFormat, OfAFixedWidthNeverShiftsAColumnAndLosesLessThanADigitMore) {
  boost::random::mt19937 rng(5);
  boost::random::uniform_real_distribution<double> exponent(-30.0, 30.0);
  for (int draw = 0; draw < 5000; ++draw) {
    const double value = std::pow(10.0, exponent(rng)) * (draw % 2 == 0 ? 1.0 : -1.0);
    const std::string text = written("10", value);
    ASSERT_EQ(text.size(), 10U) << value;
    const double back = read_number(text.substr(text.find_first_not_of(' '))).value_or(NAN);
    // "-d.ddde-dd": at least four digits stay.
    EXPECT_LE(std::abs(back - value), 0.6e-3 * std::abs(value)) << text << " for " << value;
    EXPECT_NE(text.find_first_of(".e"), std::string::npos) << text;
  }
}

TEST(ValueFormat, RefusesAValueThatIsTooLongForItsColumn) {
  EXPECT_EQ(written("%5.1f", 999.9), "999.9");
  EXPECT_THROW(written("%5.1f", 1000.0), InvalidArgument);
  EXPECT_THROW(written("%10.2f", Value("steel", 0)), InvalidArgument);
}

TEST(ValueFormat, RefusesWhatIsNone) {
  for (const char* format : {"x", "%", "%s", "%5", "8.3", "%n", "%10.4", "%.d", "%5.2d", "%99999999f",
                             "%ff", "0", "-", "%1$f", "%*f", "%lf", "99999999999999999999"}) {
    EXPECT_THROW(ValueFormat{format}, InvalidArgument) << format;
  }
}

}  // namespace
}  // namespace mystic
