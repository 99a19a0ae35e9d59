// Numbers as people read them.

#include "study/methods/tables.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace mystic::study {
namespace {

TEST(EstimateText, HasTheDigitsThatItsIntervalLeavesAnyMeaningTo) {
  const auto text = [](double value, double half) {
    return to_text(Estimate{value, {value - half, value + half}});
  };
  EXPECT_EQ(text(13.80123, 0.0921), "13.801 [13.709, 13.893]");
  EXPECT_EQ(text(13.80123, 3.0), "13.8 [10.8, 16.8]");
  EXPECT_EQ(text(0.0092, 0.0019), "0.0092 [0.0073, 0.0111]");
  EXPECT_EQ(text(3.4e7, 2.5e5), "3.400e+07 [3.375e+07, 3.425e+07]");
  EXPECT_EQ(text(2.15e-7, 2e-8), "2.15e-07 [1.95e-07, 2.35e-07]");
  EXPECT_EQ(text(-1234.5, 300.0), "-1234 [-1534, -934]");
}

TEST(EstimateText, NeverShowsTwoValuesAsEqualThatTheIntervalParts) {
  for (const double value : {1e-12, 3.7e-5, 0.4, 17.0, 8.2e5, 6.1e11}) {
    for (const double share : {1e-6, 1e-3, 0.1, 1.0, 30.0}) {
      const double half = share * value;
      const std::string text = to_text(Estimate{value, {value - half, value + half}});
      double middle = 0.0;
      double lower = 0.0;
      double upper = 0.0;
      ASSERT_EQ(std::sscanf(text.c_str(), "%lf [%lf, %lf]", &middle, &lower, &upper), 3) << text;
      EXPECT_LT(lower, middle) << text;
      EXPECT_LT(middle, upper) << text;
      EXPECT_NEAR(middle, value, 0.06 * half) << text;
    }
  }
}

TEST(EstimateText, SaysWhatIsNotKnown) {
  EXPECT_EQ(to_text(Estimate{}), "-");
  EXPECT_EQ(to_text(Estimate{3.0, {}}), "3");
  EXPECT_EQ(to_text(Estimate{0.0, {0.0, 0.0}}), "0 [0, 0]");
  EXPECT_EQ(to_text(Estimate{5.0, {-infinity, 6.0}}), "5.0 [-inf, 6.0]");
}

TEST(TextTable, KeepsItsColumnsBelowEachOtherWhateverTheLetters) {
  TextTable table({"Größe", "value", ""});
  table.row({"a", "1.5", "[1, 2]"});
  table.row({"a long name µ", "-12", ""});
  std::istringstream lines(table.text());
  std::vector<std::string> all;
  for (std::string line; std::getline(lines, line);) all.push_back(line);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[1], "  a                1.5  [1, 2]");
  EXPECT_EQ(all[2], "  a long name µ    -12");
}

TEST(FileWord, HoldsNothingThatAFileSystemOrAShellMinds) {
  EXPECT_EQ(file_word("sag[1]"), "sag-1");
  EXPECT_EQ(file_word("../../etc/passwd"), "etc-passwd");
  EXPECT_EQ(file_word("stress_2"), "stress_2");
  EXPECT_EQ(file_word("€"), "output");
}

}  // namespace
}  // namespace mystic::study
