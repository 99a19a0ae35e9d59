#include "mystic/models/number.hpp"

#include <gtest/gtest.h>

#include <clocale>
#include <cmath>
#include <limits>
#include <string>

namespace mystic {
namespace {

TEST(ReadNumber, ReadsWhatCodesWrite) {
  const struct {
    const char* text;
    double value;
  } table[] = {
      {"12", 12.0},
      {"+5", 5.0},
      {"-.5", -0.5},
      {"3.", 3.0},
      {"1.5e3", 1500.0},
      {"1.5E+03", 1500.0},
      {"1.5D+03", 1500.0},
      {"1.5d3", 1500.0},
      {"1.5Q-1", 0.15},
      {"1.5+103", 1.5e103},
      {"-1.5-103", -1.5e-103},
      {"007", 7.0},
      {"0.1", 0.1},
      {"1e-400", 0.0},
      {"4.9e-324", 4.9e-324},
      {"1.e+00", 1.0},
      {"inf", INFINITY},
      {"-Infinity", -INFINITY},
      {"+INF", INFINITY},
      {"0.30000000000000004", 0.1 + 0.2},
      {"1.7976931348623157e308", std::numeric_limits<double>::max()},
  };
  for (const auto& [text, value] : table) {
    ASSERT_TRUE(read_number(text).has_value()) << text;
    EXPECT_EQ(*read_number(text), value) << text;
  }
}

TEST(ReadNumber, ReadsNaNInEverySpelling) {
  for (const char* text : {"nan", "NaN", "NAN", "-nan", "+NaN", "nan(0x8)", "-nan(ind)"}) {
    ASSERT_TRUE(read_number(text).has_value()) << text;
    EXPECT_TRUE(std::isnan(*read_number(text))) << text;
  }
}

TEST(ReadNumber, TakesNothingForANumberOfWhichOnlyAPartIsOne) {
  for (const char* text :
       {"",      "+",       "-",    ".",     "e5",    "1,5",    "12abc",    "- 5.0",  " 5",
        "5 ",    "5\n",     "1.5e", "1.5e+", "1.5D",  "1.5+03", "1.5+1034", "12-345", "1+103",
        "1.2.3", "--5",     "+-5",  "0x10",  "1_000", "1e5.0",  "********", "nano",   "infinit",
        "nan(",  "1.#QNAN", "5%",   "1.5f",  "1'000", "one"}) {
    EXPECT_FALSE(read_number(text).has_value()) << text;
  }
}

TEST(ReadNumber, KnowsTooLargeFromTooSmall) {
  const std::string zeros(400, '0');
  EXPECT_FALSE(read_number("1e400").has_value());
  EXPECT_FALSE(read_number("1" + zeros).has_value());
  EXPECT_FALSE(read_number("1" + zeros + "e-50").has_value());
  EXPECT_FALSE(read_number("1e99999999999999999999").has_value());
  EXPECT_EQ(read_number("1" + zeros + "e-390"), 1e10);
  EXPECT_EQ(read_number("0." + zeros + "1"), 0.0);
  EXPECT_EQ(read_number("0." + zeros + "1e5"), 0.0);
  EXPECT_EQ(read_number("0." + zeros + "1e405"), 1e4);
  EXPECT_EQ(read_number("1e-99999999999999999999"), 0.0);
  EXPECT_EQ(read_number("0e99999999999999999999"), 0.0);
}

TEST(ReadNumber, ReadsTheSameInALocaleWithADecimalComma) {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8"}) {
    if (std::setlocale(LC_ALL, name) != nullptr) break;  // where none is installed, nothing changes
  }
  EXPECT_EQ(read_number("1.5"), 1.5);
  EXPECT_FALSE(read_number("1,5").has_value());
  std::setlocale(LC_ALL, before.c_str());
}

}  // namespace
}  // namespace mystic
