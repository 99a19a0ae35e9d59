// Several values, and one number made of them.

#include "extraction_fixture.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace mystic {
namespace {

using Kind = FailureKind;

OutputRule reduced(OutputRule rule, std::string how) {
  rule.reduce = std::move(how);
  return rule;
}

OutputRule sized(OutputRule rule, Index size) {
  rule.size = size;
  return rule;
}

/// The numbers, each in a line.
std::string column_of(const std::vector<std::string>& numbers) {
  std::string text;
  for (const std::string& number : numbers) text += number + "\n";
  return text;
}

double reduce_lines(const std::string& how, const std::vector<std::string>& numbers) {
  const Extracted extracted = Extraction(named({.line = 1, .reduce = how})).from(column_of(numbers));
  EXPECT_FALSE(extracted.failure) << extracted.failure->text;
  return extracted.failure ? 0.0 : extracted.values.front();
}

TEST(ExtractionSeries, HasExactlyAsManyValuesAsItsSize) {
  const std::string text = "1\n2\n3\n";
  expect_values(
      {{sized({.line = 1}, 3), text, {1.0, 2.0, 3.0}}, {sized({.line = 2}, 2), text, {2.0, 3.0}}});
  expect_failures({
      {sized({.line = 1}, 2), text, Kind::missing_output,
       "size = 2: so many values are wanted, and there are 3"},
      {sized({.line = 1}, 4), text, Kind::missing_output,
       "size = 4: so many values are wanted, and there are 3"},
      {sized({.line = 3}, 2), text, Kind::missing_output, "and there is 1"},
  });
}

TEST(ExtractionSeries, OfLinesGoesFromTheFirstToTheLastAndSkipsBlankOnes) {
  const std::string text = "head\n1 10\r\n2 20\n\n3 30\n4 40\n \n";
  expect_values({
      {sized({.line = 2}, 4), text, {1.0, 2.0, 3.0, 4.0}},
      {sized({.line = 2, .column = 2}, 4), text, {10.0, 20.0, 30.0, 40.0}},
      {sized({.line = 2, .last_line = 5}, 3), text, {1.0, 2.0, 3.0}},
      {sized({.line = 2, .last_line = -3}, 3), text, {1.0, 2.0, 3.0}},
      {sized({.line = -3, .last_line = -2}, 2), text, {3.0, 4.0}},
      {sized({.line = 2, .last_line = 99}, 4), text, {1.0, 2.0, 3.0, 4.0}},
      {sized({.line = 2, .rows = 2}, 2), text, {1.0, 2.0}},
      {sized({.line = 2, .rows = 3}, 3), text, {1.0, 2.0, 3.0}},
      {sized({.line = 2, .last_line = 3, .characters = "2-4"}, 2), text, {10.0, 20.0}},
  });
  expect_failures({
      {sized({.line = 1}, 5), text, Kind::unreadable_output, "'head' is not a number (line 1)"},
      {sized({.line = 2, .column = 3}, 4), text, Kind::missing_output, "line 2 has 2 columns"},
      {sized({.line = 5, .last_line = -6}, 2), text, Kind::missing_output, "lines 5 to 6 from the end"},
      {sized({.line = 5, .last_line = -99}, 2), text, Kind::missing_output,
       "lines 5 to 99 from the end"},
      {sized({.line = 8}, 2), text, Kind::missing_output, "it has no line 8"},
      {sized({.line = 1}, 2), "a\n1,5\n", Kind::unreadable_output, "'a' is not a number"},
      {sized({.line = 1}, 2), "1\n1,5\n", Kind::unreadable_output, "'1,5' is not a number (line 2)"},
  });
}

TEST(ExtractionSeries, BelowATokenEndsAtABlankLine) {
  const std::string dat =
      " stresses for set TIP\n\n  1  1.5\n  2  2.5\r\n  3  3.5D0\n \r\n  4  9\n stresses for set "
      "TOP\n\n  5  7";
  const OutputRule first{.after = "stresses", .below = 2, .column = 2};
  OutputRule second = first;
  second.nth = 2;
  OutputRule lines = first;
  lines.column = 1;
  OutputRule few = first;
  few.rows = 2;
  expect_values({
      {sized(first, 3), dat, {1.5, 2.5, 3.5}},
      {reduced(second, "sum"), dat, {7.0}},
      {sized(few, 2), dat, {1.5, 2.5}},
      {reduced(lines, "count"), dat, {3.0}},
  });
  OutputRule blank = first;
  blank.below = 1;
  OutputRule third = first;
  third.nth = 3;
  OutputRule no_table = third;
  no_table.column = 1;
  OutputRule no_line = blank;
  no_line.column = 1;
  OutputRule beyond = first;
  beyond.below = 99;
  expect_failures({
      {reduced(blank, "sum"), dat, Kind::missing_output, "there is a blank line or none"},
      {reduced(beyond, "sum"), dat, Kind::missing_output, "there is a blank line or none"},
      {reduced(third, "sum"), dat, Kind::missing_output, "occurrence 3 of 'stresses' is wanted"},
      // Nothing was counted where the table is not there.
      {reduced(no_table, "count"), dat, Kind::missing_output, "occurrence 3 of 'stresses' is wanted"},
  });
  expect_values({{reduced(no_line, "count"), dat, {0.0}}});
}

TEST(ExtractionSeries, OfATokenOrAPatternTakesEachOccurrenceFromTheNthOn) {
  const std::string text = "it 1 res=0.5\nit 2 res=0.25 res=4\nit 3 res=1D-1\n";
  expect_values({
      {sized({.after = "res="}, 4), text, {0.5, 0.25, 4.0, 0.1}},
      {sized({.after = "res=", .nth = 2}, 3), text, {0.25, 4.0, 0.1}},
      {sized({.after = "res=", .nth = -2}, 2), text, {4.0, 0.1}},
      {sized({.after = "res=", .rows = 3}, 3), text, {0.5, 0.25, 4.0}},
      {sized({.after = "res=", .nth = -3, .rows = 2}, 2), text, {0.25, 4.0}},
      {sized({.after = "it", .characters = "4-4"}, 3), text, {1.0, 2.0, 3.0}},
      {sized({.regex = "res=(\\S+)"}, 4), text, {0.5, 0.25, 4.0, 0.1}},
      {sized({.regex = "res=(\\S+)", .nth = 3}, 2), text, {4.0, 0.1}},
      {sized({.regex = "res=(\\S+)", .nth = -2}, 2), text, {4.0, 0.1}},
  });
  expect_failures({
      {reduced({.after = "err="}, "sum"), text, Kind::missing_output, "it occurs 0 times"},
      {reduced({.regex = "err=(.)"}, "sum"), text, Kind::missing_output, "it matches 0 times"},
      {reduced({.regex = "res=(\\S+)", .nth = 5}, "sum"), text, Kind::missing_output, "match 5 of"},
      {reduced({.after = "it", .column = 2}, "sum"), text, Kind::unreadable_output,
       "'res' is not a number (line 1)"},
  });
}

TEST(ExtractionSeries, OfATableTakesEachRowFromTheFirstWanted) {
  const std::string table = "t,y\n1,10\n2,20\n\n3,30\n4,40\n";
  expect_values({
      {sized({.csv = "y"}, 4), table, {10.0, 20.0, 30.0, 40.0}},
      {sized({.csv = "y", .row = 3}, 2), table, {30.0, 40.0}},
      {sized({.csv = "y", .row = -3}, 3), table, {20.0, 30.0, 40.0}},
      {sized({.csv = "y", .row = 2, .rows = 2}, 2), table, {20.0, 30.0}},
      {sized({.csv = "y", .row = -3, .rows = 2}, 2), table, {20.0, 30.0}},
      {reduced({.csv = "y"}, "count"), "t,y\n", {0.0}},
  });
  expect_failures({
      {reduced({.csv = "y"}, "sum"), "t,y\n", Kind::missing_output, "row 1 is wanted, and there are 0"},
      {reduced({.csv = "y"}, "count"), "t,x\n1,2\n", Kind::missing_output,
       "no column has the header 'y'"},
      {reduced({.csv = "y"}, "sum"), "t,y\n1,2\n3,x\n", Kind::unreadable_output,
       "'x' is not a number (line 3)"},
      {reduced({.csv = "y"}, "sum"), "t,y\n1,2\n3\n", Kind::missing_output,
       "the row in line 3 has 1 field"},
  });
}

TEST(ExtractionReduce, MakesOneNumberOfAllValues) {
  const std::vector<std::string> numbers{"3", "-12", "4", "0", "0", "0"};
  EXPECT_EQ(reduce_lines("first", numbers), 3.0);
  EXPECT_EQ(reduce_lines("last", {"3", "-12", "4"}), 4.0);
  EXPECT_EQ(reduce_lines("min", numbers), -12.0);
  EXPECT_EQ(reduce_lines("max", numbers), 4.0);
  EXPECT_EQ(reduce_lines("max-abs", numbers), 12.0);
  EXPECT_EQ(reduce_lines("sum", numbers), -5.0);
  EXPECT_EQ(reduce_lines("mean", {"1", "2", "6"}), 3.0);
  EXPECT_EQ(reduce_lines("norm", numbers), 13.0);
  EXPECT_EQ(reduce_lines("rms", {"1", "-7", "1", "-7"}), 5.0);
  EXPECT_EQ(reduce_lines("count", numbers), 6.0);
}

TEST(ExtractionReduce, SwallowsNoNaN) {
  for (const char* how : {"min", "max", "max-abs", "sum", "mean", "norm", "rms"}) {
    for (const std::vector<std::string>& numbers : {std::vector<std::string>{"nan", "1", "2"},
                                                    {"1", "NaN", "2"},
                                                    {"1", "2", "nan"},
                                                    {"inf", "nan"},
                                                    {"nan", "-inf"}}) {
      EXPECT_TRUE(std::isnan(reduce_lines(how, numbers))) << how;
    }
  }
  EXPECT_TRUE(std::isnan(reduce_lines("first", {"nan", "1"})));
  EXPECT_EQ(reduce_lines("last", {"nan", "1"}), 1.0);
  EXPECT_EQ(reduce_lines("count", {"nan", "1"}), 2.0);
}

TEST(ExtractionReduce, OverflowsOnlyWhereTheResultDoes) {
  EXPECT_DOUBLE_EQ(reduce_lines("norm", {"3e200", "-4e200"}), 5e200);
  EXPECT_DOUBLE_EQ(reduce_lines("norm", {"3e-200", "4e-200"}), 5e-200);
  EXPECT_DOUBLE_EQ(reduce_lines("rms", {"1.5e308", "1.5e308"}), 1.5e308);
  EXPECT_DOUBLE_EQ(reduce_lines("mean", {"1.5e308", "1.5e308"}), 1.5e308);
  EXPECT_EQ(reduce_lines("norm", {"1", "-inf"}), INFINITY);
  EXPECT_EQ(reduce_lines("rms", {"0", "0"}), 0.0);
  EXPECT_EQ(reduce_lines("max-abs", {"-inf", "3"}), INFINITY);
  EXPECT_EQ(reduce_lines("mean", {"-inf", "3"}), -INFINITY);
}

TEST(ExtractionReduce, CountsWhatIsNoNumber) {
  const std::string log = "WARNING a\nok\nWARNING\nWARNING 1,5";
  expect_values({
      {{.after = "WARNING", .reduce = "count"}, log, {3.0}},
      {{.regex = "^(WARNING)", .reduce = "count"}, log, {3.0}},
      {{.after = "ERROR", .reduce = "count"}, log, {0.0}},
      {{.regex = "(ERROR)", .reduce = "count"}, log, {0.0}},
      {{.line = 1, .reduce = "count"}, log, {4.0}},
      {{.line = 9, .reduce = "count"}, log, {0.0}},
      {{.json = "/a/*", .reduce = "count"}, R"({"a": [null, "x"]})", {2.0}},
      {{.json = "/a/*", .reduce = "count"}, R"({"a": []})", {0.0}},
      {{.xml = "//b", .reduce = "count"}, "<a><b/><b/><b/></a>", {3.0}},
      {{.xml = "//c", .reduce = "count"}, "<a><b/></a>", {0.0}},
  });
  expect_failures({
      {{.json = "/b/*", .reduce = "count"}, R"({"a": []})", Kind::missing_output, "has no 'b'"},
      {{.json = "/a/*", .reduce = "sum"},
       R"({"a": []})",
       Kind::missing_output,
       "'/a/*' leads to no value"},
  });
}

TEST(ExtractionReduce, ComesAfterAbsoluteScaleAndOffset) {
  const std::string text = "-5\n1\n3\n";
  const auto rule = [](std::string how) {
    return OutputRule{
        .line = 1, .absolute = true, .scale = -2.0, .offset = 1.0, .reduce = std::move(how)};
  };
  // -9, -1, -5
  expect_values({{rule("max"), text, {-1.0}},
                 {rule("min"), text, {-9.0}},
                 {rule("sum"), text, {-15.0}},
                 {rule("max-abs"), text, {9.0}},
                 {rule("first"), text, {-9.0}}});
}

OutputRule value_at(double at, OutputRule rule, std::string over) {
  rule.reduce = "value-at";
  rule.at = at;
  rule.over = std::move(over);
  return rule;
}

TEST(ExtractionValueAt, InterpolatesOverWhateverHoldsTheAbscissae) {
  const std::string table = "t,y\n0,10\n1,20\n3,60\n";
  const std::string lines = "0 10\n1 20\n3 60\n";
  const std::string fixed = "000 10\n001 20\n003 60\n";
  const std::string tree = R"({"t": [0, 1, 3], "y": [10, 20, 60]})";
  const std::string marks = "<r><p t='0'>10</p><p t='1'>20</p><p t='3'>60</p></r>";
  for (const auto& [at, value] :
       {std::pair{0.0, 10.0}, {0.25, 12.5}, {1.0, 20.0}, {2.0, 40.0}, {3.0, 60.0}}) {
    expect_values({
        {value_at(at, {.csv = "y"}, "t"), table, {value}},
        {value_at(at, {.line = 1, .column = 2}, "1"), lines, {value}},
        {value_at(at, {.line = 1, .column = -1}, "-2"), lines, {value}},
        {value_at(at, {.line = 1, .characters = "5-6"}, "1-3"), fixed, {value}},
        {value_at(at, {.after = "#", .below = 1, .column = 2}, "1"), "#\n" + lines, {value}},
        {value_at(at, {.json = "/y/*"}, "/t/*"), tree, {value}},
        {value_at(at, {.xml = "//p"}, "//p/@t"), marks, {value}},
    });
  }
}

TEST(ExtractionValueAt, GivesTheValueOfANodeExactlyAlsoWhenAbscissaeFall) {
  // y = 0.1 * x is not what doubles give; and a neighbour that is NaN or infinite does not count.
  const std::string falling = "t,y\n0.7,0.1\n0.3,inf\n0.1,0.3\n-0.1,nan\n";
  expect_values({
      {value_at(0.7, {.csv = "y"}, "t"), falling, {0.1}},
      {value_at(0.3, {.csv = "y"}, "t"), falling, {INFINITY}},
      {value_at(0.1, {.csv = "y"}, "t"), falling, {0.3}},
      {value_at(0.0, {.csv = "y"}, "t"), falling, {NAN}},
      {value_at(2.5, {.csv = "y"}, "t"), "t,y\n3,30\n2,20\n1,10\n", {25.0}},
      {value_at(5.0, {.csv = "y"}, "t"), "t,y\n5,3\n", {3.0}},
      {value_at(0.0, {.csv = "y"}, "t"), "t,y\n-1.5e308,-3\n1.5e308,4\n", {0.5}},
  });
}

TEST(ExtractionValueAt, ScalesTheValuesAndNotTheAbscissae) {
  OutputRule rule = value_at(2.0, {.csv = "y", .scale = 10.0}, "t");
  expect_values({{rule, "t,y\n1,10\n3,30\n", {200.0}}});
}

TEST(ExtractionValueAt, RefusesAbscissaeThatDoNotRiseOrFallOrBracketIt) {
  const auto at = [](double x) { return value_at(x, {.csv = "y"}, "t"); };
  expect_failures({
      {at(4.0), "t,y\n1,10\n3,30\n", Kind::missing_output,
       "at = 4 is outside the abscissae, which go from 1 to 3"},
      {at(0.5), "t,y\n3,10\n1,30\n", Kind::missing_output, "which go from 3 to 1"},
      {at(1.5), "t,y\n1,10\n2,20\n2,30\n", Kind::unreadable_output,
       "the 3 abscissae from 1 to 2 do not rise or fall strictly"},
      {at(1.5), "t,y\n1,10\n2,20\n0,30\n", Kind::unreadable_output, "do not rise or fall strictly"},
      {at(1.5), "t,y\n1,10\nnan,20\n3,30\n", Kind::unreadable_output, "do not rise or fall strictly"},
      {at(1.5), "t,y\n1,10\ninf,20\n", Kind::unreadable_output, "do not rise or fall strictly"},
      {at(1.5), "t,y\n1,10\nx,20\n", Kind::unreadable_output, "'x' is not a number (line 3)"},
      {at(1.5), "t,y\n", Kind::missing_output, "row 1 is wanted"},
      {at(1.5), "s,y\n1,2\n", Kind::missing_output, "no column has the header 't'"},
      {value_at(1.0, {.json = "/y/*"}, "/t/*"), R"({"t": [1], "y": [1, 2]})", Kind::missing_output,
       "'/y/*' leads to 2 values, and `over` to 1 abscissa"},
      {value_at(1.0, {.xml = "//y"}, "//t"), "<a><t>1</t></a>", Kind::missing_output,
       "'//y' selects 0 values, and `over` 1 abscissa"},
  });
}

TEST(OutputRule, RefusesReductionsThatDoNotFit) {
  const OutputRule lines{.line = 1};
  expect_refused(reduced(lines, "median"), "reduce = median is not in none | first");
  expect_refused(sized(reduced(lines, "sum"), 2), "size = 2: must be 1 with reduce = sum");
  expect_refused(sized(lines, 0), "size = 0 is not in [1, inf]");
  expect_refused({.line = 1, .last_line = 3}, "last_line = 3: means nothing unless several");
  expect_refused({.line = 3, .last_line = 2, .reduce = "sum"}, "last_line = 2: is before line = 3");
  expect_refused({.line = -2, .last_line = -3, .reduce = "sum"}, "last_line = -3: is before line = -2");
  expect_refused({.line = 1, .last_line = 0, .reduce = "sum"}, "last_line = 0: count from 1");
  expect_refused({.regex = "(a)", .last_line = 3, .reduce = "sum"},
                 "last_line = 3: means nothing without line");
  expect_refused({.line = 1, .rows = 3}, "rows = 3: means nothing unless several");
  expect_refused({.regex = "(a)", .rows = 3, .reduce = "sum"}, "rows = 3: means nothing without after");
  expect_refused({.line = 1, .scale = 2.0, .reduce = "count"},
                 "scale = 2: means nothing with reduce = count");
  expect_refused({.line = 1, .column = 2, .reduce = "count"},
                 "column = 2: means nothing without after or line, or to count");
}

TEST(OutputRule, RefusesAnInterpolationThatLacksSomething) {
  expect_refused(reduced({.line = 1}, "value-at"), "at: missing");
  expect_refused(reduced({.line = 1}, "value-at"), "over: missing");
  expect_refused({.line = 1, .at = 2.0}, "at = 2: means nothing without reduce = value-at");
  expect_refused({.line = 1, .over = "1"}, "over = '1': means nothing without reduce = value-at");
  expect_refused(value_at(NAN, {.line = 1}, "1"), "at = nan is not in");
  expect_refused(value_at(1.0, {.line = 1}, "0"), "over: '0' must be the number of a column");
  expect_refused(value_at(1.0, {.line = 1}, "t"), "over: 't' must be the number of a column");
  expect_refused(value_at(1.0, {.line = 1, .characters = "1-2"}, "1"), "over: '1' must be characters");
  expect_refused(value_at(1.0, {.json = "/a/*"}, "t"), "over: 't' is no JSON pointer");
  expect_refused(value_at(1.0, {.xml = "//a"}, "//a["), "over: ");
  expect_refused(value_at(1.0, {.regex = "(a)"}, "1"), "reduce = value-at: not with regex");
}

}  // namespace
}  // namespace mystic
