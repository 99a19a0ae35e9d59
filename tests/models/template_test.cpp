#include "mystic/models/template.hpp"

#include "mystic/core/require.hpp"

#include <gtest/gtest.h>

#include <boost/random/mersenne_twister.hpp>

#include <bit>
#include <charconv>
#include <cmath>

namespace mystic {
namespace {

const std::vector<std::string> xy = {"x", "y"};

std::string filled(std::string_view text, const std::vector<std::string>& inputs, const Vector& values,
                   const Delimiters& delimiters = {}) {
  return Template(text, inputs, delimiters).fill(values);
}

TEST(Template, PutsEachValueInItsPlaces) {
  EXPECT_EQ(filled("F=@y@ E=@x@ @y@@x@", xy, Vector{{1.5, -2.0}}), "F=-2 E=1.5 -21.5");
  EXPECT_EQ(filled("@x@", xy, Vector{{1.0, 2.0}}), "1");
  EXPECT_EQ(filled("", xy, Vector{{1.0, 2.0}}), "");
}

TEST(Template, TellsNamesThatBeginAlikeApart) {
  const std::vector<std::string> inputs = {"x1", "x10", "x"};
  EXPECT_EQ(filled("@x@ @x1@ @x10@ @x1@0@", inputs, Vector{{1.0, 2.0, 3.0}}), "3 1 2 10@");
}

// OpenTURNS' replace() runs for ever when a value holds its own token.
TEST(Template, NeverLooksAtAValueAgain) {
  const std::vector<std::string> inputs = {"1", "e"};
  EXPECT_EQ(filled("@1@@e@", inputs, Vector{{1.0, 1.0}}), "11");
  EXPECT_EQ(filled("1e1", inputs, Vector{{5.0, 1e121}}, {"1", "1"}), "1e+121");
}

TEST(Template, WritesValuesThatReadBackExactly) {
  boost::random::mt19937_64 rng(2);
  for (int draw = 0; draw < 20000; ++draw) {
    const double value = std::bit_cast<double>(rng());
    if (!std::isfinite(value)) continue;
    const std::string text = filled("@x@", {"x"}, Vector{{value}});
    double back = 0.0;
    std::from_chars(text.data(), text.data() + text.size(), back);
    EXPECT_EQ(std::bit_cast<std::uint64_t>(back), std::bit_cast<std::uint64_t>(value)) << text;
    EXPECT_LE(text.size(), 24U) << text;
  }
  EXPECT_EQ(filled("@x@", {"x"}, Vector{{0.1}}), "0.1");
  EXPECT_EQ(filled("@x@", {"x"}, Vector{{1e-9}}), "1e-09");
}

TEST(Template, PassesEveryOtherByteUntouched) {
  using namespace std::string_literals;
  const std::string bytes = "a\r\n\0\xff\xc3\r@x@\n\n\r\n\xe9@"s;
  const std::string expected = "a\r\n\0\xff\xc3\r7\n\n\r\n\xe9@"s;
  EXPECT_EQ(filled(bytes, xy, Vector{{7.0, 0.0}}), expected);
}

TEST(Template, TakesALoneDelimiterForText) {
  for (const std::string text :
       {"me@example.org", "a@b", "@", "@@", "@@@", "@ x @", "@x", "x@", "@x y@", "@1a@", "@x-y@"}) {
    EXPECT_EQ(filled(text, xy, Vector{{1.0, 2.0}}), text);
    EXPECT_TRUE(Template(text, xy).broken().empty()) << text;
  }
  EXPECT_EQ(filled("me@example.org: @x@", xy, Vector{{1.0, 2.0}}), "me@example.org: 1");
  EXPECT_EQ(filled("@@x@@", xy, Vector{{1.0, 2.0}}), "@1@");
}

TEST(Template, FindsUnknownPlaceholdersWhereTheyStand) {
  const Template text("first @x@\r\n  @wide@ and @y@\n\n@X@@wide@\n", xy);
  ASSERT_EQ(text.broken().size(), 2U);
  EXPECT_EQ(text.broken()[0].name, "wide");
  EXPECT_EQ(text.broken()[0].line, 2U);
  EXPECT_EQ(text.broken()[0].column, 3U);
  EXPECT_EQ(text.broken()[1].name, "X");
  EXPECT_EQ(text.broken()[1].line, 4U);
  EXPECT_EQ(text.broken()[1].column, 1U);
  EXPECT_THROW(static_cast<void>(text.fill(Vector{{1.0, 2.0}})), InvalidArgument);
}

TEST(Template, TakesOtherDelimiters) {
  const Vector values{{1.0, 2.0}};
  EXPECT_EQ(filled("{{x}} {y} @x@ {{{y}}}", xy, values, {"{{", "}}"}), "1 {y} @x@ {2}");
  EXPECT_EQ(filled("${x} $x {x}", xy, values, {"${", "}"}), "1 $x {x}");
  EXPECT_EQ(filled("a<x>b<<y>>", xy, values, {"<", ">"}), "a1b<2>");
  EXPECT_EQ(Template("{{z}}", xy, {"{{", "}}"}).broken().size(), 1U);
  EXPECT_THROW(Template("x", xy, {"", "@"}), InvalidArgument);
  EXPECT_THROW(Template("x", xy, {"@", ""}), InvalidArgument);
}

TEST(Template, TakesNamesThatAreNoIdentifiers) {
  const std::vector<std::string> inputs = {"young's modulus", "größe", "x.1"};
  EXPECT_EQ(filled("@young's modulus@,@größe@,@x.1@", inputs, Vector{{1.0, 2.0, 3.0}}), "1,2,3");
}

TEST(Template, KnowsWhichInputsItUses) {
  const Template text("@y@", xy);
  EXPECT_FALSE(text.uses(0));
  EXPECT_TRUE(text.uses(1));
}

TEST(Template, RefusesAPointOfAnotherSize) {
  EXPECT_THROW(filled("@x@", xy, Vector{{1.0}}), InvalidArgument);
  EXPECT_THROW(filled("@x@", xy, Vector{{1.0, 2.0, 3.0}}), InvalidArgument);
}

}  // namespace
}  // namespace mystic
