// Where a value was read, and files that are not as one expects.

#include "extraction_fixture.hpp"

#include <gtest/gtest.h>

#include <random>
#include <thread>

namespace mystic {
namespace {

using Kind = FailureKind;

const std::vector<OutputRule>& all_ways() {
  static const std::vector<OutputRule> rules{
      {.after = "y"},
      {.after = "y", .below = 1, .reduce = "max"},
      {.after = "y", .reduce = "count"},
      {.after = "y", .characters = "2-4", .reduce = "sum"},
      {.regex = "y=(.*)$"},
      {.regex = "(\\d*)", .reduce = "sum"},
      {.line = 2, .column = 2},
      {.line = -1, .characters = "1-3"},
      {.line = 1, .last_line = -2, .reduce = "norm"},
      {.csv = "y"},
      {.csv = "y", .row = -1, .separator = " "},
      {.csv = "y", .header = 2, .reduce = "value-at", .at = 1.0, .over = "x"},
      {.json = "/y"},
      {.json = "/*/-1", .reduce = "mean"},
      {.json = "/y/*", .reduce = "value-at", .at = 1.0, .over = "/x/*"},
      {.xml = "//y"},
      {.xml = "//@y", .nth = -1},
      {.xml = "//y//y", .reduce = "rms"},
  };
  return rules;
}

TEST(Extraction, SaysInWhichLineItReadWhat) {
  const auto expect_origin = [](const OutputRule& rule, const std::string& text, std::size_t line,
                                const std::string& found) {
    const Extracted extracted = Extraction(named(rule)).from(text);
    ASSERT_FALSE(extracted.failure) << extracted.failure->text;
    EXPECT_EQ(extracted.line, line) << text;
    EXPECT_EQ(extracted.found, found) << text;
  };
  expect_origin({.after = "y="}, "x\n\ny=1.50\n", 3, "1.50");
  expect_origin({.after = "y=", .below = 1}, "x\ny=\n2D0\n", 3, "2D0");
  expect_origin({.after = "y=", .below = 1, .size = 2}, "x\ny=\n2D0\n3\n", 3, "2D0");
  expect_origin({.regex = "y=(.*)$", .nth = 2}, "y=1\r\ny= 2 \r\n", 2, "2");
  expect_origin({.line = -1, .column = 2}, "a\n1 2", 2, "2");
  expect_origin({.line = 2, .reduce = "max"}, "a\n1\n2\n", 2, "1");
  expect_origin({.csv = "y", .row = 2}, "x,y\n\n1,2\n3,\"4.0\"\n", 4, "4.0");
  expect_origin({.json = "/y"}, "{\n\"x\": 1,\n\"y\": 2.50\n}", 3, "2.50");
  expect_origin({.json = "/y"}, "{\n\"x\": 1,\n\"y\": \"nan\"\n}", 3, "nan");
  expect_origin({.json = "/y"}, "{\n\"x\": 1,\n\"y\": true\n}", 3, "1");
  expect_origin({.json = "/y/*", .size = 2}, "{\n\"y\": [1\n,2]}", 2, "1");
  expect_origin({.xml = "//y"}, "<x>\n<z/>\n<y> 5 </y></x>", 3, "5");
  expect_origin({.xml = "//@y"}, "<x>\n<z y='6'/></x>", 2, "6");
}

TEST(Extraction, PassesOverAByteOrderMark) {
  const std::string mark = "\xEF\xBB\xBF";
  expect_values({
      {{.line = 1}, mark + "1.5\n", {1.5}},
      {{.line = 1, .characters = "1-3"}, mark + "1.5\n", {1.5}},
      {{.regex = "^(.*)$"}, mark + "1.5\n", {1.5}},
      {{.csv = "x"}, mark + "x,y\n1.5,2\n", {1.5}},
      {{.csv = "x"}, mark + "\"x\",y\n1.5,2\n", {1.5}},
      {{.json = "/x"}, mark + "{\"x\": 1.5}", {1.5}},
      {{.xml = "//x"}, mark + "<x>1.5</x>", {1.5}},
  });
}

TEST(Extraction, ReadsAByteOrderMarkAsNoNumberAnywhereElse) {
  expect_failures({{{.line = 2},
                    "1\n\xEF\xBB\xBF"
                    "2\n",
                    Kind::unreadable_output,
                    "is not a number"}});
}

TEST(Extraction, AnswersToAnyBytes) {
  using namespace std::string_view_literals;
  constexpr std::string_view alphabet = "y=,\"\n\r \t<>/{}[]:*-+.eD019x#\0\xEF\xBB\xBF\xff&;!'@"sv;
  std::mt19937 engine(20240717);
  std::vector<Extraction> extractions;
  for (const OutputRule& rule : all_ways()) extractions.emplace_back(named(rule));
  std::size_t failures = 0;
  for (int k = 0; k < 4000; ++k) {
    std::string text;
    const std::size_t length = engine() % 60;
    for (std::size_t i = 0; i < length; ++i) text += alphabet[engine() % alphabet.size()];
    for (const Extraction& extraction : extractions) {
      const Extracted extracted = extraction.from(text);
      ASSERT_EQ(extracted.values.size(), extracted.failure ? 0U : 1U) << text;
      failures += extracted.failure ? 1 : 0;
    }
  }
  EXPECT_GT(failures, 4000U);
}

// A time that grows with the square of the file's size would be hours.
TEST(Extraction, TakesATimeThatDoesNotGrowWithTheSquareOfTheFile) {
  const std::size_t size = 300'000;
  for (const char c : {'y', ',', '"', ' ', '\n', '[', '<', '{', '0', '\t'}) {
    const std::string text(size, c);
    for (const OutputRule& rule : all_ways()) {
      const Extracted extracted = Extraction(named(rule)).from(text);
      EXPECT_EQ(extracted.values.size(), extracted.failure ? 0U : 1U) << c;
    }
  }
  const std::string everywhere(size, 'a');
  expect_failures({{{.after = "a", .reduce = "sum"},
                    everywhere,
                    Kind::unreadable_output,
                    "'a' occurs too often in a line that is too long"}});
  expect_values({{{.after = "a", .reduce = "count"}, everywhere, {static_cast<double>(size)}}});
}

TEST(Extraction, ReadsALongTableSoon) {
  std::string text = "x,y\n";
  for (int k = 0; k < 200'000; ++k) text += std::to_string(k) + "," + std::to_string(2 * k) + "\n";
  expect_values({
      {{.csv = "y", .row = -1}, text, {399'998.0}},
      {{.csv = "y", .reduce = "count"}, text, {200'000.0}},
      {{.csv = "y", .reduce = "value-at", .at = 1234.5, .over = "x"}, text, {2469.0}},
      {{.line = 2, .column = 2, .separator = ",", .reduce = "max"}, text, {399'998.0}},
  });
}

TEST(Extraction, ServesManyThreadsAtOnce) {
  const Extraction xml(named({.xml = "//y[@k='3']"}));
  const Extraction json(named({.json = "/y/*", .reduce = "sum"}));
  const Extraction regex(named({.regex = "y=(\\d+)", .reduce = "sum"}));
  std::vector<std::thread> threads;
  std::vector<int> wrong(4, 0);
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int k = 0; k < 200; ++k) {
        const double n = static_cast<double>(t) + 1.0;
        const std::string number = std::to_string(t + 1);
        const auto a = xml.from("<x><y k='1'>9</y><y k='3'>" + number + "</y></x>");
        const auto b = json.from("{\"y\": [" + number + ", 1]}");
        const auto c = regex.from("y=" + number + " y=2");
        if (a.values != std::vector{n} || b.values != std::vector{n + 1} ||
            c.values != std::vector{n + 2}) {
          ++wrong[t];
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(wrong.size(), 0));
}

}  // namespace
}  // namespace mystic
