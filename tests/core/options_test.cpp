#include "mystic/core/options.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

struct EngineOptions {
  static constexpr std::string_view title = "engine";

  Index cylinders = 4;
  double stroke = 0.8;
  std::string fuel = "diesel";
  std::optional<double> boost;
  bool turbo = false;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("cylinders", self.cylinders, Range{.lower = 1, .upper = 16}, "how many");
    field("stroke", self.stroke, Range{.lower = 0, .open_below = true, .unit = "m"}, "length");
    field("fuel", self.fuel, Choices{{"diesel", "petrol"}}, "what it burns");
    field("boost", self.boost, Range{.lower = 1, .upper = 3, .open_above = true}, "pressure ratio");
    field("turbo", self.turbo, Anything{}, "whether it has one");
  }

  [[nodiscard]] std::string broken_rules() const {
    return boost && !turbo ? "\n  boost needs turbo = true" : "";
  }
};

TEST(Range, ContainsItsEndsUnlessTheyAreOpen) {
  const Range closed{.lower = 1, .upper = 2};
  EXPECT_TRUE(closed.contains(1) && closed.contains(2) && closed.contains(1.5));
  EXPECT_FALSE(closed.contains(0.999) || closed.contains(2.001));
  const Range open{.lower = 1, .upper = 2, .open_below = true, .open_above = true};
  EXPECT_FALSE(open.contains(1) || open.contains(2));
  EXPECT_TRUE(open.contains(1.5));
}

TEST(Range, ContainsInfinityUnlessToldNotTo) {
  EXPECT_TRUE(Range{}.contains(infinity) && Range{}.contains(-infinity));
  EXPECT_FALSE((Range{.lower = 0, .open_above = true}).contains(infinity));
}

TEST(Range, NeverContainsNaN) {
  EXPECT_FALSE(Range{}.contains(std::nan("")));
  EXPECT_FALSE((Range{.lower = 0, .upper = 1}).contains(std::nan("")));
}

TEST(Range, ReadsAsAnInterval) {
  EXPECT_EQ(to_string(Range{.lower = 4}), "[4, inf]");
  EXPECT_EQ(to_string(Range{.lower = 0, .upper = 2, .open_below = true, .unit = "s"}), "(0, 2] s");
  EXPECT_EQ(to_string(Range{.lower = 1e-9, .upper = 0.1, .open_above = true}), "[1e-09, 0.1)");
}

TEST(Choices, ContainTheirWordsOnly) {
  const Choices choices{{"best1bin", "rand1bin"}};
  EXPECT_TRUE(choices.contains("rand1bin"));
  EXPECT_FALSE(choices.contains("rand1bi") || choices.contains("") || choices.contains("Best1bin"));
  EXPECT_EQ(to_string(choices), "best1bin | rand1bin");
}

TEST(Validate, AcceptsWhatIsInRange) {
  EXPECT_NO_THROW(validate(EngineOptions{}));
  EXPECT_EQ(broken_options(EngineOptions{}), "");
}

TEST(Validate, ListsEverythingThatIsBrokenAtOnce) {
  EngineOptions options;
  options.cylinders = 0;
  options.stroke = std::nan("");
  options.fuel = "coal";
  options.boost = 3.0;
  try {
    validate(options);
    FAIL() << "accepted";
  } catch (const InvalidOptions& error) {
    EXPECT_STREQ(error.what(),
                 "engine:"
                 "\n  cylinders = 0 is not in [1, 16]"
                 "\n  stroke = nan is not in (0, inf] m"
                 "\n  fuel = coal is not in diesel | petrol"
                 "\n  boost = 3 is not in [1, 3)"
                 "\n  boost needs turbo = true");
  }
}

TEST(Validate, ChecksAnOptionalValueOnlyWhereThereIsOne) {
  EngineOptions options;
  options.turbo = true;
  EXPECT_NO_THROW(validate(options));
  options.boost = 0.5;
  EXPECT_THROW(validate(options), InvalidOptions);
  options.boost = 2.0;
  EXPECT_NO_THROW(validate(options));
}

TEST(NearestName, FindsTheWordThatWasMeant) {
  const std::vector<std::string> names = {"weight", "crossover", "population", "seed"};
  EXPECT_EQ(nearest_name("wieght", names), "weight");
  EXPECT_EQ(nearest_name("cross_over", names), "crossover");
  EXPECT_EQ(nearest_name("populatoin", names), "population");
  EXPECT_EQ(nearest_name("Seed", names), "seed");
}

TEST(NearestName, PrefersTheNearestThenTheFirst) {
  EXPECT_EQ(nearest_name("limits", {"limit", "limits2", "limits"}), "limits");
  EXPECT_EQ(nearest_name("limit", {"limits", "limitx"}), "limits");
}

TEST(NearestName, IsEmptyWhereNothingIsNear) {
  EXPECT_EQ(nearest_name("temperature", {"weight", "seed"}), "");
  EXPECT_EQ(nearest_name("seed", {}), "");
  EXPECT_EQ(nearest_name("x", {"y", "z"}), "") << "another letter is not near";
  EXPECT_EQ(nearest_name("ab", {"cd"}), "");
}

TEST(Require, ThrowsUnlessTheConditionHolds) {
  EXPECT_NO_THROW(require(true, "never"));
  const double value = std::nan("");
  EXPECT_THROW(require(value > 0, "value = {}", value), InvalidArgument) << "written as what must hold";
  try {
    require<Error>(false, "{} of {}", 3, "four");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "3 of four");
  }
}

}  // namespace
}  // namespace mystic
