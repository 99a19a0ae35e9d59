#include "mystic/models/extraction.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

using Kind = FailureKind;

OutputRule after(std::string token) {
  return {.name = "y", .file = "out.txt", .after = std::move(token)};
}
OutputRule regex(std::string text) { return {.name = "y", .file = "out.txt", .regex = std::move(text)}; }
OutputRule line(Index number) { return {.name = "y", .file = "out.txt", .line = number}; }

OutputRule with(OutputRule rule, Index nth, Index column = 1) {
  rule.nth = nth;
  rule.column = column;
  return rule;
}

OutputRule separated(OutputRule rule, std::string separator) {
  rule.separator = std::move(separator);
  return rule;
}

OutputRule below(OutputRule rule, Index lines, Index column = 1) {
  rule.below = lines;
  rule.column = column;
  return rule;
}

struct Read {
  OutputRule rule;
  std::string text;
  double value;
};

struct Fails {
  OutputRule rule;
  std::string text;
  Kind kind;
  std::string says;
};

/// The beginning of a text that may be very long.
std::string shown(const std::string& text) { return text.substr(0, 200); }

void expect_reads(const std::vector<Read>& table) {
  for (const auto& [rule, text, value] : table) {
    const Extracted extracted = Extraction(rule).from(text);
    ASSERT_FALSE(extracted.failure) << shown(text) << "\n" << extracted.failure->text;
    EXPECT_EQ(extracted.values, std::vector{value}) << shown(text);
  }
}

void expect_fails(const std::vector<Fails>& table) {
  for (const auto& [rule, text, kind, says] : table) {
    const Extracted extracted = Extraction(rule).from(text);
    ASSERT_TRUE(extracted.failure) << shown(text) << " gave " << extracted.values.front();
    EXPECT_EQ(extracted.failure->kind, kind) << shown(text) << "\n" << extracted.failure->text;
    EXPECT_NE(extracted.failure->text.find(says), std::string::npos) << extracted.failure->text;
    EXPECT_TRUE(extracted.failure->text.starts_with("output 'y' in 'out.txt': "))
        << extracted.failure->text;
  }
}

TEST(ExtractionAfter, TakesTheFieldRightBehindTheToken) {
  expect_reads({
      {after("Y="), "X=1.5\nY=2.5\n", 2.5},
      {after("Y"), "Y = 2.5", 2.5},
      {after("Y"), "Y: 2.5 mm", 2.5},
      {after("Y="), "Y=1.5D+03\r\n", 1500.0},
      {after("Y="), "Y=\t -3", -3.0},
      {after("deviation="), "<outputs deviation=\"13.25\" weight=\"2\"/>", 13.25},
      {after("<y>"), "<y>3.5</y>", 3.5},
      {after("\"y\""), "{\"y\":3.5,\"z\":4.5}", 3.5},
      {after("Y="), "Y=(1.5, 2.5);", 1.5},
      {after("Y="), "Y=7", 7.0},
  });
}

TEST(ExtractionAfter, CountsOccurrencesFromEitherEnd) {
  const std::string text = "Y=1\nY=2\nY=3\nY=4\n";
  expect_reads({
      {after("Y="), text, 1.0},
      {with(after("Y="), 2), text, 2.0},
      {with(after("Y="), 4), text, 4.0},
      {with(after("Y="), -1), text, 4.0},
      {with(after("Y="), -4), text, 1.0},
      {with(after("ab"), 2), "abab 5", 5.0},
  });
  expect_fails({
      {with(after("Y="), 5), text, Kind::missing_output,
       "occurrence 5 of 'Y=' is wanted, and it occurs 4 times"},
      {with(after("Y="), -5), text, Kind::missing_output, "occurrence 5 from the end of 'Y='"},
      {after("Z="), text, Kind::missing_output, "it occurs 0 times"},
      {after("Z="), "", Kind::missing_output, "it occurs 0 times"},
  });
}

TEST(ExtractionAfter, CountsColumnsFromEitherEnd) {
  const std::string text = "stress: 1.5, 2.5 MPa, 3.5\n9 9 9 9 9\n";
  expect_reads({
      {with(after("stress"), 1, 2), text, 2.5},
      {with(after("stress"), 1, 4), text, 3.5},
      {with(after("stress"), 1, -1), text, 3.5},
  });
  expect_fails({
      {with(after("stress"), 1, 3), text, Kind::unreadable_output, "'MPa' is not a number"},
      {with(after("stress"), 1, 5), text, Kind::missing_output, "has 4 columns"},
      {with(after("stress"), 1, -5), text, Kind::missing_output, "column 5 from the end"},
  });
}

// OpenTURNS reads 1.5 and 1.0 from the first two; a search for the next number finds that of Z in
// others.
TEST(ExtractionAfter, NeverTakesANumberThatIsNotTheWholeFieldOrNotThatOne) {
  expect_fails({
      {after("Y="), "Y=1.5X+03", Kind::unreadable_output, "'1.5X+03' is not a number"},
      {after("Y="), "Y=1,5", Kind::unreadable_output, "'1,5' is not a number"},
      {after("Y="), "Y=12abc", Kind::unreadable_output, "'12abc' is not a number"},
      {after("Y="), "Y=- 5.0", Kind::unreadable_output, "'-' is not a number"},
      {after("Y="), "Y=********  Z=1.0", Kind::unreadable_output, "'********' is not a number"},
      {after("Y="), "Y= failed, tolerance 1e-6", Kind::unreadable_output, "'failed' is not a number"},
      {after("Y="), "Y=\nZ=3.0", Kind::missing_output, "has 0 columns"},
      {after("Y="), "Y=", Kind::missing_output, "has 0 columns"},
      {after("Y="), "Y= , \n3.0", Kind::missing_output, "has 0 columns"},
      {after("Y="), "Y=1e999", Kind::unreadable_output, "'1e999' is not a number"},
  });
}

// The form of a CalculiX .dat file.
TEST(ExtractionAfter, GoesDownToATableBelow) {
  const std::string dat =
      "\n displacements (vx,vy,vz) for set TIP and time  0.1000000E+01\n\n"
      "       102  1.052E-05 -7.361E-18 -4.444E-04\n       103  2.0E-05 0.0 -5.0E-04\n";
  const OutputRule token = after("for set TIP");
  expect_reads({
      {below(token, 2, 4), dat, -4.444e-4},
      {below(token, 3, -1), dat, -5.0e-4},
      {below(token, 0, -1), dat, 1.0},
      {below(after("time"), 2, 1), "time 1\r\n\r\n5\r\n", 5.0},
  });
  expect_fails({
      {below(token, 1, 1), dat, Kind::missing_output, "line 1 below 'for set TIP' has 0 columns"},
      {below(token, 4, 1), dat, Kind::missing_output, "4 lines below 'for set TIP' is wanted"},
      {below(token, 2, 5), dat, Kind::missing_output, "has 4 columns"},
  });
}

TEST(ExtractionAfter, DividesAtASeparatorIfToldTo) {
  expect_reads({
      {separated(with(after("Y,"), 1, 2), ","), "Y,1.5,2.5", 2.5},
      {separated(with(after("Y,"), 1, 3), ","), "Y,1.5, ,  3.5 ", 3.5},
  });
  expect_fails({
      {separated(with(after("Y,"), 1, 2), ","), "Y,1.5,,3", Kind::unreadable_output,
       "'' is not a number"},
  });
}

TEST(ExtractionRegex, TakesTheGroupOfTheNthMatch) {
  const std::string text = "it 1 res 0.5\r\nit 2 res 0.25\r\nit 3 res 1.25D-01\r\n";
  expect_reads({
      {regex("res (.*)$"), text, 0.5},
      {with(regex("res (\\S+)"), 2), text, 0.25},
      {with(regex("res (.*)$"), -1), text, 0.125},
      {with(regex("^it (\\d)"), -3), text, 1.0},
      {regex("(?:it) 2 res(.*)"), text, 0.25},
      {regex("(?i)IT\\s+3\\s+RES\\s+(\\S+)"), text, 0.125},
      {regex("(?s)it 1.*?it 2 res (\\S+)"), text, 0.25},
      {with(regex("res (\\S+)$"), 2), text, 0.25},
      {regex("v=\"([^\"]*)\""), "<o v=\" 7 \"/>", 7.0},
  });
  expect_fails({
      {with(regex("res (\\S+)"), 4), text, Kind::missing_output,
       "match 4 of 'res (\\S+)' is wanted, and it matches 3 times"},
      {with(regex("res (\\S+)"), -4), text, Kind::missing_output, "match 4 from the end"},
      {regex("^res (.*)"), text, Kind::missing_output, "it matches 0 times"},
      {regex("it (.*) res"), "it - 5.0 res", Kind::unreadable_output, "'- 5.0' is not a number"},
      {regex("it|(res)"), text, Kind::unreadable_output, "'' is not a number"},
      {regex("(\\d+),"), "", Kind::missing_output, "it matches 0 times"},
  });
}

TEST(ExtractionRegex, CountsMatchesOfNoCharactersOnce) {
  // 5, the nothing behind it, the nothing before x, ...: as Perl counts.
  expect_reads({{with(regex("(\\d*)"), 1), "5x7", 5.0},
                {with(regex("(\\d*)"), 3), "5x7", 7.0},
                {with(regex("(?=(\\d))"), 2), "aa5b6", 6.0}});
  expect_fails({{with(regex("(\\d*)"), 5), "5x7", Kind::missing_output, "it matches 4 times"}});
}

TEST(ExtractionRegex, MatchesTextThatIsNotUtf8AndHasNulBytes) {
  using namespace std::string_literals;
  expect_reads({{regex("Y\xe9?.Z=(\\S+)"), "\xff\0 Y\xe9\0Z=2.5"s, 2.5}});
}

TEST(ExtractionRegex, GivesUpOnAPatternThatBacktracksWithoutEnd) {
  const std::string text = std::string(40, 'a') + "b?!";
  expect_fails({{regex("((?:a+)+)[^a]!"), text, Kind::unreadable_output, "gave up"}});
}

// std::regex overflows the stack on the first.
TEST(ExtractionRegex, ReadsAVeryLongLine) {
  const std::string line_end = " y=3.5";
  expect_reads({{regex("^(?:a|b)* y=(.*)$"), std::string(200'000, 'a') + line_end, 3.5},
                {regex("y=(.*)$"), std::string(20'000'000, 'a') + line_end, 3.5}});
  // Needs more memory than it may have, and says so.
  expect_fails({{regex("^(?:a|b)* y=(.*)$"), std::string(5'000'000, 'a') + line_end,
                 Kind::unreadable_output, "gave up: heap limit exceeded"}});
}

TEST(ExtractionLine, TakesTheColumnOfTheLine) {
  const std::string text = "1 2 3\n4 5 6\r\n\n x 8 y=9 1.5,\n";
  const auto at = [](Index number, Index column) { return with(line(number), 1, column); };
  expect_reads({
      {at(1, 1), text, 1.0},
      {at(1, 3), text, 3.0},
      {at(2, -1), text, 6.0},
      {at(-4, 2), text, 2.0},
      {at(-1, 2), text, 8.0},
      {at(4, -3), text, 8.0},
      {at(-1, 2), "1 2\n3 4", 4.0},
      {at(-1, 1), "7", 7.0},
  });
  expect_fails({
      {at(5, 1), text, Kind::missing_output, "it has no line 5"},
      {at(-5, 1), text, Kind::missing_output, "it has no line 5 from the end"},
      {at(3, 1), text, Kind::missing_output, "column 1 is wanted, and line 3 has 0 columns"},
      {at(1, 4), text, Kind::missing_output, "line 1 has 3 columns"},
      {at(1, -4), text, Kind::missing_output, "column 4 from the end is wanted"},
      {at(4, 3), text, Kind::unreadable_output, "'y=9' is not a number"},
      {at(4, 4), text, Kind::unreadable_output, "'1.5,' is not a number"},
      {at(1, 1), "", Kind::missing_output, "it has no line 1"},
      {at(-1, 1), "", Kind::missing_output, "it has no line 1 from the end"},
  });
}

TEST(ExtractionLine, DividesAtASeparatorIfToldTo) {
  const auto at = [](Index column) { return separated(with(line(-1), 1, column), ";"); };
  expect_reads({{at(2), "a;b\n1,5; 2.5 ;;4\n", 2.5}, {at(-1), "1;2;3\r\n", 3.0}});
  expect_fails({{at(1), "1,5;2", Kind::unreadable_output, "'1,5' is not a number"},
                {at(3), "1;2;;4", Kind::unreadable_output, "'' is not a number"},
                {at(5), "1;2;;4", Kind::missing_output, "has 4 columns"}});
}

TEST(Extraction, TakesTheSignThenScalesThenAddsTheOffset) {
  OutputRule rule = after("T=");
  rule.absolute = true;
  rule.scale = -2.0;
  rule.offset = 100.0;
  expect_reads({{rule, "T=-5", 90.0}, {rule, "T=5", 90.0}});
  rule.absolute = false;
  expect_reads({{rule, "T=-5", 110.0}});
}

TEST(Extraction, ReturnsNaNAndInfinityAsNumbers) {
  const Extracted nan = Extraction(after("Y=")).from("Y=NaN");
  EXPECT_FALSE(nan.failure);
  EXPECT_TRUE(std::isnan(nan.values.front()));
  expect_reads({{after("Y="), "Y=-inf", -INFINITY}, {after("Y="), "Y= Infinity", INFINITY}});
}

TEST(Extraction, MakesBinaryTextPrintableInItsMessages) {
  const Extracted found = Extraction(after("Y=")).from("Y=\xff\x01\x1b[2Jé");
  ASSERT_TRUE(found.failure);
  EXPECT_NE(found.failure->text.find("'??\?'"), std::string::npos) << found.failure->text;
}

std::string refusal(const OutputRule& rule) {
  try {
    const Extraction extraction(rule);
    return "";
  } catch (const InvalidOptions& error) {
    return error.what();
  }
}

TEST(OutputRule, MustSayInOneWayWhereTheNumberStands) {
  EXPECT_NE(refusal({.name = "y"}).find("one of after, regex, line, csv, json and xml"),
            std::string::npos);
  EXPECT_NE(refusal({.after = "a", .regex = "(b)"}).find("only one of"), std::string::npos);
  EXPECT_NE(refusal({.after = "a", .line = 3}).find("only one of"), std::string::npos);
}

TEST(OutputRule, ListsAllThatIsWrongAtOnce) {
  const std::string text = refusal({.regex = "(a", .nth = 0, .below = -1, .column = 0, .scale = 0.0});
  for (const char* part : {"below = -1 is not in", "nth = 0", "column = 0", "scale = 0", "regex: "}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << " in " << text;
  }
}

TEST(OutputRule, SaysWhereAPatternIsWrongAndWantsExactlyOneGroup) {
  EXPECT_NE(refusal(regex("ab(c")).find("missing closing parenthesis at offset 4 of 'ab(c'"),
            std::string::npos)
      << refusal(regex("ab(c"));
  EXPECT_NE(refusal(regex("abc")).find("has 0 capture groups"), std::string::npos);
  EXPECT_NE(refusal(regex("(a)(b)")).find("has 2 capture groups"), std::string::npos);
  EXPECT_EQ(refusal(regex("(?:a)(b)(?=c)")), "");
}

TEST(OutputRule, RefusesWhatMeansNothing) {
  EXPECT_NE(refusal(with(line(2), 3)).find("nth = 3: means nothing without"), std::string::npos);
  EXPECT_NE(refusal(below(line(2), 1)).find("below = 1: means nothing without"), std::string::npos);
  EXPECT_NE(refusal(with(regex("(a)"), 1, 2)).find("column = 2: means nothing"), std::string::npos);
  EXPECT_NE(refusal(separated(regex("(a)"), ",")).find("separator = ',': means nothing"),
            std::string::npos);
  OutputRule rule = after("Y");
  rule.scale = NAN;
  rule.offset = INFINITY;
  EXPECT_NE(refusal(rule).find("scale = nan"), std::string::npos);
  EXPECT_NE(refusal(rule).find("offset = inf"), std::string::npos);
}

}  // namespace
}  // namespace mystic
