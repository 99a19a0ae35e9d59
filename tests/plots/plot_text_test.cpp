#include "mystic/plots/plot_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace mystic::plots {
namespace {

TEST(Escaped, LeavesNoMarkupNoControlCharacterAndNoBrokenUtf8) {
  EXPECT_EQ(escaped("<a & \"b\" 'c'>"), "&lt;a &amp; &quot;b&quot; &#39;c&#39;&gt;");
  EXPECT_EQ(escaped("σ² 応 🙂"), "σ² 応 🙂");
  EXPECT_EQ(escaped("a\tb\nc"), "a b c");
  EXPECT_EQ(escaped(std::string("\x01\x1f\x7f", 3)), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(escaped("\xff\xc3"), "\uFFFD\uFFFD") << "no first byte; a first byte alone";
  EXPECT_EQ(escaped("\xc0\xaf"), "\uFFFD\uFFFD") << "overlong";
  EXPECT_EQ(escaped("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD") << "half a surrogate pair";
  EXPECT_EQ(escaped("\xef\xbf\xbf"), "\uFFFD") << "U+FFFF is not XML";
}

TEST(Shortened, FindsRoomAndKeepsBothEnds) {
  const std::string name = "wing.spar.youngs_modulus_upper";
  for (const double room : {0.0, 10.0, 30.0, 77.0, 150.0, 500.0}) {
    EXPECT_LE(text_width(shortened(name, room, 12.0), 12.0), room + 1e-9);
  }
  const std::string text = shortened(name, 120.0, 12.0);
  EXPECT_TRUE(text.starts_with("wing") && text.ends_with("pper")) << text;
  EXPECT_EQ(shortened("σσσσσσσσ", 40.0, 12.0).find("\uFFFD"), std::string::npos);
  EXPECT_EQ(shortened(name, 500.0, 12.0), name);
}

TEST(ShortenedNames, KeepNamesApartThatDifferInTheMiddle) {
  std::vector<std::string> names{"x"};
  for (int k = 1; k <= 30; ++k) {
    names.push_back("wing.spar.section_" + std::to_string(k) + ".youngs_modulus_of_the_flange");
  }
  for (const double room : {70.0, 120.0, 200.0}) {
    const std::vector<std::string> texts = shortened_names(names, room, 11.0);
    EXPECT_EQ(std::set<std::string>(texts.begin(), texts.end()).size(), names.size()) << room;
    EXPECT_EQ(texts[0], "x");
    for (const std::string& text : texts) EXPECT_LE(text_width(text, 11.0), room) << text;
  }
}

TEST(Wrapped, BreaksBetweenWordsAndShortensTheLastLine) {
  const std::string words = "one two three four five six seven eight nine ten";
  const std::vector<std::string> lines = wrapped(words, 100.0, 12.0, 2);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(words.substr(0, lines[0].size()), lines[0]);
  EXPECT_EQ(words[lines[0].size()], ' ');
  EXPECT_NE(lines[1].find("…"), std::string::npos);
  EXPECT_EQ(wrapped(words, 1000.0, 12.0, 2), std::vector<std::string>{words});
  EXPECT_TRUE(wrapped("", 100.0, 12.0, 3).empty());
  for (const std::string& line : wrapped("a word_without_any_blank_that_is_too_long", 100.0, 12.0, 3)) {
    EXPECT_LE(text_width(line, 12.0), 100.0) << line;
  }
}

TEST(LabelText, ShortensTheNameBeforeTheUnit) {
  EXPECT_EQ(label_text({"load", "kN"}, 200.0, 12.0), "load [kN]");
  EXPECT_EQ(label_text({"", "kN"}, 200.0, 12.0), "[kN]");
  EXPECT_TRUE(label_text({"load at the free end", "kN"}, 90.0, 12.0).ends_with("[kN]"));
}

TEST(NumberText, RoundsToItsDigitsAndHasAnExponentWhereNeeded) {
  EXPECT_EQ(number_text(13.8449), "13.84");
  EXPECT_EQ(number_text(-0.0025), "−0.002500");
  EXPECT_EQ(number_text(33874362.0), "3.387×10⁷");
  EXPECT_EQ(number_text(9.9999e5), "1.000×10⁶");
  EXPECT_EQ(number_text(1e-300, 2), "1.0×10⁻³⁰⁰");
  EXPECT_EQ(number_text(0.0), "0");
  EXPECT_EQ(number_text(-infinity), "−∞");
  EXPECT_EQ(number_text(std::nan("")), "not known");
}

TEST(EstimateText, HasTheDigitsThatItsIntervalSupports) {
  EXPECT_EQ(estimate_text(13.8449, 13.51, 14.18), "13.84 [13.51, 14.18]");
  EXPECT_EQ(estimate_text(0.0101, 0.0041, 0.0161), "0.0101 [0.0041, 0.0161]");
  EXPECT_EQ(estimate_text(1234.0, 1000.0, 1468.0), "1234 [1000, 1468]");
  EXPECT_EQ(estimate_text(3.387e7, 3.36e7, 3.414e7), "3.387 [3.360, 3.414]×10⁷");
  EXPECT_EQ(estimate_text(2.0, 2.0, 2.0), "2.000") << "an interval without width says nothing";
  EXPECT_EQ(estimate_text(2.0, std::nan(""), 3.0), "2.000");
}

}  // namespace
}  // namespace mystic::plots
