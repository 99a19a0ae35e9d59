// Tables: CSV, and columns of characters.

#include "extraction_fixture.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

using Kind = FailureKind;

OutputRule csv(std::string header, Index row = 1) { return {.csv = std::move(header), .row = row}; }

OutputRule csv_from(Index header, std::string name) {
  return {.csv = std::move(name), .header = header};
}

OutputRule csv_divided(std::string separator, std::string name) {
  return {.csv = std::move(name), .separator = std::move(separator)};
}

OutputRule characters(Index line, std::string range) {
  return {.line = line, .characters = std::move(range)};
}

TEST(ExtractionCsv, TakesTheColumnUnderTheHeaderWhereverItIs) {
  const std::string table = "time,stress,strain\n1,10,0.5\n2,20,0.25\n3,30,0.125\n";
  expect_values({
      {csv("stress"), table, {10.0}},
      {csv("time"), table, {1.0}},
      {csv("strain"), table, {0.5}},
      {csv("strain", 3), table, {0.125}},
      {csv("strain", -1), table, {0.125}},
      {csv("strain", -3), table, {0.5}},
      {csv("stress"), "stress,time\n10,1\n", {10.0}},
  });
}

TEST(ExtractionCsv, ReadsFieldsInQuotesAsRfc4180HasThem) {
  const std::string table =
      "\"Name, full\",\"stress \"\"von Mises\"\"\",note\r\n"
      "\"Miller, \"\"Joe\"\"\",\"1.5\",\"two\r\nlines, and 9\"\r\n"
      "plain,2.5,\"\"\r\n";
  expect_values({
      {csv("stress \"von Mises\""), table, {1.5}},
      {csv("stress \"von Mises\"", 2), table, {2.5}},
      {csv("stress \"von Mises\"", -1), table, {2.5}},
  });
  expect_failures({
      {csv("Name, full"), table, Kind::unreadable_output, "'Miller, \"\"Joe\"\"' is not a number"},
      {csv("note", 2), table, Kind::unreadable_output, "'' is not a number"},
      {csv("b"), "a,b\n\"1,2\n", Kind::unreadable_output,
       "the quote that opens in line 2 is not closed"},
      {csv("b"), "a,b\n\"1\"5,2\n", Kind::unreadable_output, "in line 2 there is text right behind"},
      {csv("b"), "a,\"b\n", Kind::unreadable_output, "the quote that opens in line 1 is not closed"},
  });
}

TEST(ExtractionCsv, DoesNotMindBlanksAroundFieldsBlankLinesOrTheLastNewline) {
  expect_values({
      {csv("b"), "\n \r\n a ,\tb \n\n 1 , 2.5\t\n \n3,\"4\" \n", {2.5}},
      {csv("b", 2), "\n \r\n a ,\tb \n\n 1 , 2.5\t\n \n3, \"4\" \n", {4.0}},
      {csv("b", -1), "a,b\r\n1,2\r\n3,4", {4.0}},
      {csv("b"), "a,b,\n1,2,\n", {2.0}},
      {csv("b"), "a,b\n1,2,,\n", {2.0}},
      {csv("x y"), "# t, x y\n1,2\n", {2.0}},
      {csv("t"), "\n  #t,x\n1,2\n", {1.0}},
  });
}

TEST(ExtractionCsv, DividesAtTheSeparator) {
  expect_values({
      {csv_divided(";", "b"), "a;b\n1,5;2.5\n", {2.5}},
      {csv_divided("\t", "b"), "a\tb\tc\n\t2\t\n", {2.0}},
      {csv_divided("||", "b"), "a||b\n1|0||2\n", {2.0}},
      {csv_divided(" ", "b"), "#  a \t b\n  1  2.5\r\n", {2.5}},
      {csv_divided(" ", "a b"), "\"a b\"  c\n1  2.5\n", {1.0}},
  });
  expect_failures({
      {csv_divided("\t", "a"), "a\tb\tc\n\t2\t\n", Kind::unreadable_output, "'' is not a number"},
      {csv_divided(";", "a"), "a;b\n1,5;2.5\n", Kind::unreadable_output, "'1,5' is not a number"},
  });
}

TEST(ExtractionCsv, FindsTheHeadersBelowCommentsIfToldTo) {
  const std::string table = "Code 3.1, \"run of\nDate, 5\n\nx,y\n1,2\n";
  expect_values({{csv_from(4, "y"), table, {2.0}}, {csv_from(4, "x"), table, {1.0}}});
  expect_failures({
      {csv_from(3, "y"), table, Kind::missing_output, "header = 3: that line is blank"},
      {csv_from(6, "y"), table, Kind::missing_output, "header = 6: it has no such line"},
      {csv_from(2, "y"), table, Kind::missing_output, "no column has the header 'y' in line 2"},
  });
}

TEST(ExtractionCsv, NamesTheHeadersThereAreTheNearestFirst) {
  expect_failures({
      {csv("stres"), "time,strain,stress\n1,2,3\n", Kind::missing_output,
       "no column has the header 'stres' in line 1; there are: 'stress', 'time', 'strain'"},
      {csv("Time"), "time\n1\n", Kind::missing_output, "there are: 'time'"},
      {csv("x"), "x,y,x\n1,2,3\n", Kind::missing_output, "2 columns have the header 'x'"},
      {csv("x"), "", Kind::missing_output, "the file is blank"},
      {csv("x"), "\n\n , ,\n", Kind::missing_output, "the file is blank"},
  });
}

// A decimal comma shifts all fields behind it by one; a row cut off by a crash ends in part of a number.
TEST(ExtractionCsv, RefusesARowThatHasNotAsManyFieldsAsThereAreHeaders) {
  expect_failures({
      {csv("b"), "a,b\n1,5,2\n", Kind::unreadable_output,
       "the row in line 2 has 3 fields, and there are 2 headers; is a comma in it a decimal point?"},
      {csv("a"), "a,b\n1,5,2\n", Kind::unreadable_output, "decimal point"},
      {csv("a", 2), "a,b\n1,5\n2\n", Kind::missing_output,
       "the row in line 3 has 1 field, and there are 2"},
      {csv("b", 3), "a,b\n1,5\n2,6\n", Kind::missing_output, "row 3 is wanted, and there are 2"},
      {csv("b", -2), "a,b\n1,5\n", Kind::missing_output, "row 2 from the end is wanted, and there is 1"},
  });
  // Rows that nobody asked for may be as they like.
  expect_values({{csv("a", 1), "a,b\n1,5\n2\n", {1.0}}});
}

TEST(ExtractionCsv, ReadsTheNumbersThatCodesWriteAndNoOthers) {
  const auto table = [](const std::string& field) { return "n,y\n1," + field + "\n"; };
  expect_values({
      {csv("y"), table("1.5D+03"), {1500.0}},
      {csv("y"), table("1.5-103"), {1.5e-103}},
      {csv("y"), table(" NaN "), {NAN}},
      {csv("y"), table("-inf"), {-INFINITY}},
      {csv("y"), table("1e-400"), {0.0}},
  });
  expect_failures({
      {csv("y"), table("\"1,5\""), Kind::unreadable_output, "'1,5' is not a number"},
      {csv("y"), table("- 5.0"), Kind::unreadable_output, "'- 5.0' is not a number"},
      {csv("y"), table("*****"), Kind::unreadable_output, "'*****' is not a number"},
      {csv("y"), table("1e400"), Kind::unreadable_output, "'1e400' is not a number"},
      {csv("y"), table(std::string("1\0", 2)), Kind::unreadable_output, "'1?' is not a number"},
  });
}

// 12 characters each, as Fortran's (4E12.4) writes them: a number with a minus touches the one before.
TEST(ExtractionCharacters, ReadsNumbersThatRunTogether) {
  const std::string table =
      "        NODE\n 1.0000E+00-2.5000E+00-3.5000D+02 4.5000E-01\r\n-1.0000E+10-2.0000E+10\n";
  expect_values({
      {characters(2, "1-11"), table, {1.0}},
      {characters(2, "12-22"), table, {-2.5}},
      {characters(2, "23-33"), table, {-350.0}},
      {characters(2, "34-44"), table, {0.45}},
      {characters(2, "34-"), table, {0.45}},
      {characters(-1, "12-22"), table, {-2.0e10}},
      {characters(-1, "12-"), table, {-2.0e10}},
      {characters(2, "2-2"), table, {1.0}},
  });
}

TEST(ExtractionCharacters, AreThoseOfTheWholeLineThatATokenLeadsTo) {
  const std::string text = "disp x  1.5  2.5\n        3.5  4.5\n";
  const OutputRule beside{.after = "x", .characters = "14-16"};
  OutputRule under{.after = "x", .below = 1, .characters = "9-12"};
  expect_values({{beside, text, {2.5}}, {under, text, {3.5}}});
}

TEST(ExtractionCharacters, AreMissingWhereTheLineIsBlankOrEndsBefore) {
  const std::string text = "1.25      2\r\n";
  expect_failures({
      {characters(1, "5-10"), text, Kind::missing_output,
       "characters 5-10 are wanted, and line 1 has only blanks there: '1.25      2'"},
      {characters(1, "12-14"), text, Kind::missing_output, "and line 1 has 11 characters"},
      {characters(1, "11-12"), text, Kind::missing_output, "and line 1 has 11 characters"},
      {characters(1, "12-"), text, Kind::missing_output, "characters 12- are wanted"},
      {characters(1, "1-11"), text, Kind::unreadable_output, "'1.25      2' is not a number"},
      {characters(2, "1-11"), text, Kind::missing_output, "it has no line 2"},
  });
}

TEST(OutputRule, RefusesCharactersThatAreNoRange) {
  for (const char* range :
       {"", "5", "-5", "0-3", "5-4", "a-b", "1 - 3", "1-3-5", "1-99999999999999999999"}) {
    if (*range == '\0') continue;
    expect_refused(characters(1, range), "characters = '" + std::string(range) + "': write the first");
  }
  expect_refused({.line = 1, .column = 2, .characters = "1-2"},
                 "column = 2: means nothing with characters");
  expect_refused({.line = 1, .characters = "1-2", .separator = ";"},
                 "separator = ';': means nothing with");
  expect_refused({.regex = "(a)", .characters = "1-2"},
                 "characters = 1-2: means nothing without after or");
}

TEST(OutputRule, RefusesOptionsOfTablesElsewhere) {
  expect_refused({.line = 1, .header = 2}, "header = 2: means nothing without csv");
  expect_refused({.line = 1, .row = 2}, "row = 2: means nothing without csv");
  expect_refused({.csv = "a", .row = 0}, "row = 0: count from 1");
  expect_refused({.csv = "a", .header = -1}, "header = -1 is not in");
  expect_refused({.csv = "a", .rows = 3}, "rows = 3: means nothing unless several");
  expect_refused({.csv = "a", .nth = 2}, "nth = 2: means nothing without after, regex or xml");
  expect_refused({.csv = "a", .column = 2}, "column = 2: means nothing without after or line");
  expect_refused({.csv = "a", .separator = "\""}, "separator = '\"': a quote or a line's end");
}

}  // namespace
}  // namespace mystic
