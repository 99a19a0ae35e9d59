// JSON and XML.

#include "extraction_fixture.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

using Kind = FailureKind;

OutputRule json(std::string pointer) { return {.json = std::move(pointer)}; }

OutputRule all_of_json(std::string pointer, Index size) {
  return {.json = std::move(pointer), .size = size};
}

OutputRule xml(std::string path, Index nth = 1) { return {.xml = std::move(path), .nth = nth}; }

OutputRule all_of_xml(std::string path, Index size, Index nth = 1) {
  return {.xml = std::move(path), .nth = nth, .size = size};
}

TEST(ExtractionJson, FollowsAPointer) {
  const std::string text = R"({"results": [{"stress": 1.5, "u": [7, 8, 9]}, {"stress": -2.5e3}],
                               "": 3, "a/b": 4, "m~n": 5, "0": 6, "-1": 11, "~1": 12})";
  expect_values({
      {json("/results/0/stress"), text, {1.5}},
      {json("/results/1/stress"), text, {-2500.0}},
      {json("/results/-1/stress"), text, {-2500.0}},
      {json("/results/-2/stress"), text, {1.5}},
      {json("/results/0/u/-1"), text, {9.0}},
      {json("/results/0/u/1"), text, {8.0}},
      {json("/"), text, {3.0}},
      {json("/a~1b"), text, {4.0}},
      {json("/m~0n"), text, {5.0}},
      {json("/0"), text, {6.0}},
      {json("/-1"), text, {11.0}},
      {json("/~01"), text, {12.0}},
  });
}

TEST(ExtractionJson, TakesAllElementsAtAStar) {
  const std::string text = R"({"n": [{"s": 1}, {"s": 2}, {"s": 3}], "o": {"b": 5, "a": 4},
                               "m": [[1, 2], [3, 4]]})";
  expect_values({
      {all_of_json("/n/*/s", 3), text, {1.0, 2.0, 3.0}},
      {all_of_json("/o/*", 2), text, {5.0, 4.0}},
      {all_of_json("/m/*/*", 4), text, {1.0, 2.0, 3.0, 4.0}},
      {all_of_json("/m/*/-1", 2), text, {2.0, 4.0}},
      {all_of_json("/m/0/*", 2), text, {1.0, 2.0}},
  });
  expect_failures({
      {all_of_json("/n/*/s", 2), text, Kind::missing_output,
       "size = 2: so many values are wanted, and there are 3"},
      {all_of_json("/n/*/t", 3), text, Kind::missing_output, "'/n/*' in line 1 has no 't'"},
      {all_of_json("/n/*", 3), text, Kind::unreadable_output,
       "'/n/*' in line 1 is an object of 1 value"},
      {all_of_json("/n/0/s/*", 2), text, Kind::missing_output, "'/n/0/s' in line 1 is a value, '1'"},
  });
}

TEST(ExtractionJson, SaysWhereAPointerLeadsNowhere) {
  const std::string text = "{\n\"results\": {\"stress\": 1,\n \"strain\": [1, 2]}}";
  std::string many = "{";
  for (int k = 0; k < 25; ++k) many += "\"k" + std::to_string(k) + "\": 1, ";
  many += "\"nearest_2\": 1}";
  expect_failures({
      {json("/results/stres"), text, Kind::missing_output,
       "'/results' in line 2 has no 'stres' (did you mean 'stress'?); there are: 'stress', 'strain'"},
      {json("/x"), text, Kind::missing_output, "the whole in line 1 has no 'x'"},
      {json("/x"), "{}", Kind::missing_output, "the whole in line 1 has no 'x'; there is nothing"},
      {json("/far_from_k_24"), many, Kind::missing_output, "'k19', ..."},
      {json("/nearest_29"), many, Kind::missing_output, "(did you mean 'nearest_2'?)"},
      {json("/results/strain/2"), text, Kind::missing_output,
       "'/results/strain' in line 3 is an array of 2 values, and has no element 2"},
      {json("/results/strain/-3"), text, Kind::missing_output, "has no element -3"},
      {json("/results/strain/01"), text, Kind::missing_output, "'01' is no number of an element"},
      {json("/results/strain/-"), text, Kind::missing_output, "'-' is no number of an element"},
      {json("/results/strain/x"), text, Kind::missing_output, "'x' is no number of an element"},
      {json("/results/strain"), text, Kind::unreadable_output,
       "'/results/strain' in line 3 is an array of 2 values; end the pointer with /*"},
      {json("/results/stress/x"), text, Kind::missing_output,
       "'/results/stress' in line 2 is a value, '1'"},
  });
}

TEST(ExtractionJson, ReadsNumbersTextsThatAreNumbersAndTruth) {
  const auto file = [](const std::string& value) { return "{\"y\":" + value + "}"; };
  expect_values({
      {json("/y"), file("0.1"), {0.1}},
      {json("/y"), file("-7"), {-7.0}},
      {json("/y"), file("9007199254740993"), {9007199254740992.0}},
      {json("/y"), file("123456789012345678901234567890"), {123456789012345678901234567890.0}},
      {json("/y"), file("1e-400"), {0.0}},
      {json("/y"), file("\"nan\""), {NAN}},
      {json("/y"), file("\"-Infinity\""), {-INFINITY}},
      {json("/y"), file("\" 1.5D3 \""), {1500.0}},
      {json("/y"), file("\"\\u0031.5\""), {1.5}},
      {json("/y"), file("true"), {1.0}},
      {json("/y"), file("false"), {0.0}},
  });
  expect_failures({
      {json("/y"), file("null"), Kind::unreadable_output, "'null' is not a number"},
      {json("/y"), file("\"1,5\""), Kind::unreadable_output, "'1,5' is not a number"},
      {json("/y"), file("\"- 5.0\""), Kind::unreadable_output, "'- 5.0' is not a number"},
      {json("/y"), file("\"\""), Kind::unreadable_output, "'' is not a number"},
      {json("/y"), file("\"1e400\""), Kind::unreadable_output, "'1e400' is not a number"},
      {json("/y"), file("1e400"), Kind::unreadable_output, "number overflow parsing '1e400'"},
  });
}

TEST(ExtractionJson, SaysWhereAFileIsNotJson) {
  expect_failures({
      {json("/y"), "{\"y\": 1}\n{\"y\": 2}", Kind::unreadable_output, "not JSON: parse error at line 2"},
      {json("/y"), "{\"y\": 1} x", Kind::unreadable_output,
       "not JSON: parse error at line 1, column 10"},
      {json("/y"), "{\"y\": 1", Kind::unreadable_output, "unexpected end of input"},
      {json("/y"), "{\n\"y\": 1,\n\"y\": 2}", Kind::unreadable_output,
       "'y' is there twice in one object, in line 3"},
      {json("/y"), "{\"y\": 1, \"z\": [{\"a\": 1, \"a\": 1}]}", Kind::unreadable_output,
       "'a' is there twice"},
      {json("/y"), "{\"y\": 1, \"z\": NaN}", Kind::unreadable_output, "NaN and Infinity are not JSON"},
      {json("/y"), "{\"y\": -Infinity}", Kind::unreadable_output, "NaN and Infinity are not JSON"},
      {json("/y"), "{\"y\": 1.5D3}", Kind::unreadable_output, "not JSON: parse error at line 1"},
      {json("/y"), "{\"y\": 1,5}", Kind::unreadable_output, "not JSON: parse error at line 1"},
      {json("/y"), "{'y': 1}", Kind::unreadable_output, "not JSON: parse error at line 1"},
      {json("/y"), "", Kind::unreadable_output, "not JSON: the file is empty"},
      {json("/y"), std::string("{\"y\": 1}\0", 9), Kind::unreadable_output,
       "not JSON: there is a NUL byte in line 1"},
      {json("/y"), "{\"\xff\": 1}", Kind::unreadable_output, "not JSON: parse error"},
  });
  // The same name in two objects is no fault.
  expect_values({{json("/a/y"), R"({"a": {"y": 1}, "y": 2, "b": {"y": 3}})", {1.0}}});
}

TEST(ExtractionJson, ReadsWhatIsNestedAMillionDeepWithoutOverflow) {
  const std::size_t depth = 1'000'000;
  const std::string open(depth, '[');
  const std::string close(depth, ']');
  expect_failures({
      {json("/y"), open, Kind::unreadable_output, "unexpected end of input"},
      {json("/y"), open + close, Kind::missing_output, "'y' is no number of an element"},
  });
  std::string objects;
  for (std::size_t k = 0; k < depth / 10; ++k) objects += "{\"a\":";
  expect_failures({{json("/a"), objects, Kind::unreadable_output, "unexpected end of input"}});
}

TEST(ExtractionXml, SelectsAttributesElementsAndTexts) {
  const std::string text =
      "<?xml version=\"1.0\"?>\n<!-- x --><results>\n"
      "<outputs deviation=\"1.5\"/><outputs deviation=' 2.5D1 '/>\n"
      "<node id='7'><stress> 3.5\n</stress></node><node id='8'><stress>4.5</stress></node></results>";
  expect_values({
      {xml("//outputs/@deviation"), text, {1.5}},
      {xml("//outputs/@deviation", 2), text, {25.0}},
      {xml("//outputs/@deviation", -1), text, {25.0}},
      {xml("/results/node[@id='7']/stress"), text, {3.5}},
      {xml("/results/node[@id='8']/stress/text()"), text, {4.5}},
      {all_of_xml("//stress | //@deviation", 4), text, {1.5, 25.0, 3.5, 4.5}},
      {all_of_xml("//stress | //@deviation", 2, 3), text, {3.5, 4.5}},
      {all_of_xml("//stress | //@deviation", 2, -2), text, {3.5, 4.5}},
  });
  expect_failures({
      {xml("//outputs/@deviation", 3), text, Kind::missing_output,
       "node 3 of '//outputs/@deviation' is wanted, and it selects 2"},
      {xml("//nothing"), text, Kind::missing_output, "it selects 0"},
      {xml("//node"), text, Kind::unreadable_output, "'an element with elements' is not a number"},
      {xml("//results/outputs"), text, Kind::unreadable_output, "'' is not a number"},
      {all_of_xml("//stress", 3), text, Kind::missing_output, "and there are 2"},
  });
}

// The text up to a comment is part of a number.
TEST(ExtractionXml, TakesTheWholeTextOfAnElement) {
  expect_values({
      {xml("/y"), "<y>1<!-- c -->.5</y>", {1.5}},
      {xml("/y"), "<y><![CDATA[1.]]>25</y>", {1.25}},
      {xml("/y"), "<y>&#49;.5</y>", {1.5}},
      {xml("/y"), "<y>NaN</y>", {NAN}},
      {xml("/y"), "<y>-inf</y>", {-INFINITY}},
  });
  expect_failures({
      {xml("/y"), "<y>1<unit>mm</unit></y>", Kind::unreadable_output, "is not a number"},
      {xml("/y"), "<y>1,5</y>", Kind::unreadable_output, "'1,5' is not a number"},
      {xml("/y"), "<y>- 5.0</y>", Kind::unreadable_output, "'- 5.0' is not a number"},
      {xml("/y"), "<y>1 2</y>", Kind::unreadable_output, "'1 2' is not a number"},
      {xml("/y"), "<y>&one;</y>", Kind::unreadable_output, "'&one;' is not a number"},
  });
}

TEST(ExtractionXml, SaysWhereAFileIsNotXml) {
  expect_failures({
      {xml("//y"), "<a>\n<y>1</z></a>", Kind::unreadable_output,
       "not XML: Start-end tags mismatch in line 2"},
      {xml("//y"), "<a>\n<y>1</y>", Kind::unreadable_output, "not XML: "},
      {xml("//y"), "", Kind::unreadable_output, "not XML: No document element found"},
      {xml("//y"), "y = 5", Kind::unreadable_output, "not XML: "},
      {xml("//y"), std::string("<y>\n1\0</y>", 10), Kind::unreadable_output, "NUL byte in line 2"},
  });
}

TEST(ExtractionXml, RefusesAbsurdNestingAndReadsManySiblings) {
  std::string open;
  std::string close;
  for (int k = 0; k < 1'000'000; ++k) {
    open += "<a>";
    close += "</a>";
  }
  expect_failures({
      {xml("//a//a//a"), open, Kind::unreadable_output, "not XML: "},
      {xml("//a//a//a"), open + close, Kind::unreadable_output, "nested deeper than 200"},
  });
  std::string siblings = "<r>";
  for (int k = 0; k < 200'000; ++k) siblings += "<a>" + std::to_string(k) + "</a>";
  expect_values({{xml("//a", -1), siblings + "</r>", {199'999.0}}});
}

TEST(OutputRule, RefusesPointersAndPathsThatCannotBeRead) {
  expect_refused(json("results/0"), "json: 'results/0' is no JSON pointer: begin it with '/'");
  expect_refused(json("/a~2"), "json: '/a~2' is no JSON pointer: write ~0 for '~'");
  expect_refused(json("/a~"), "write ~0 for '~'");
  expect_refused(json("/a/*"), "json = '/a/*': a step * gives several values; say how many");
  expect_refused({.json = "/a", .nth = 2}, "nth = 2: means nothing without after, regex or xml");
  expect_refused(xml("//a["), "xml: ");
  expect_refused(xml("//a["), "of '//a['");
  expect_refused(xml("count(//a)"), "selects no nodes, but makes a value");
  EXPECT_EQ(refusal_of(json("/a~0~1/-1")), "");
  EXPECT_EQ(refusal_of(xml("//a[@b='c'][2]/@d | //e/text()")), "");
}

}  // namespace
}  // namespace mystic
