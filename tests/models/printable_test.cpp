#include "../../models/external/printable.hpp"

#include <gtest/gtest.h>

namespace mystic::external {
namespace {

TEST(Printable, KeepsUtf8AndReplacesWhatIsNot) {
  EXPECT_EQ(printable("a\tb\nc"), "a\tb\nc");
  EXPECT_EQ(printable("größe 10 µm € 🜨"), "größe 10 µm € 🜨");
  EXPECT_EQ(printable("\x1b[1m\r\x7f"), "?[1m??");
  EXPECT_EQ(printable("\xe9t\xe9"), "?t?");                         // Latin-1
  EXPECT_EQ(printable("\xc0\xaf\xe0\x80\xaf"), "?????");            // overlong
  EXPECT_EQ(printable("\xed\xa0\x80\xf4\x90\x80\x80"), "???????");  // surrogate, beyond the last
  EXPECT_EQ(printable("\xe2\x82"), "??");                           // cut off
}

TEST(InQuotes, IsOneShortLine) {
  EXPECT_EQ(in_quotes("a\nb"), "'a b'");
  EXPECT_EQ(in_quotes(std::string(100, 'a'), 3), "'aaa...'");
  EXPECT_EQ(in_quotes(""), "''");
}

TEST(LastLines, AreAtMostThoseAndWithoutNewlinesAtTheEnd) {
  EXPECT_EQ(last_lines("a\nb\nc\n", 2, 100), "b\nc");
  EXPECT_EQ(last_lines("a\nb\nc", 3, 100), "a\nb\nc");
  EXPECT_EQ(last_lines("a\nb\nc", 9, 100), "a\nb\nc");
  EXPECT_EQ(last_lines("a\n\n\r\n", 2, 100), "a");
  EXPECT_EQ(last_lines("\na", 1, 100), "a");
  EXPECT_EQ(last_lines("abcdef\n", 2, 3), "def");
  EXPECT_EQ(last_lines("", 2, 3), "");
  EXPECT_EQ(last_lines("\n", 2, 3), "");
}

}  // namespace
}  // namespace mystic::external
