#include "mystic/models/expression.hpp"

#include "mystic/core/require.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <thread>

namespace mystic {
namespace {

const std::vector<std::string> names{"width", "height", "sin", "größe"};

double value(const std::string& text, double width = 3.0, double height = 4.0, double third = 7.0) {
  return Expression(text, names).value(std::vector<double>{width, height, third, 0.0});
}

std::string error_of(const std::string& text) {
  try {
    const Expression expression(text, names);
  } catch (const InvalidArgument& error) {
    return error.what();
  }
  return "none";
}

TEST(Expression, ComputesWhatItsFormulaSays) {
  EXPECT_EQ(value("sqrt(width^2 + height^2)"), 5.0);
  EXPECT_EQ(value("width > height ? 1 : 2"), 2.0);
  EXPECT_EQ(value("width == 3 && height != 3"), 1.0);
  EXPECT_EQ(value("min(width, height, 1e-3)"), 1e-3);
  EXPECT_EQ(value("0.1 + 0.2"), 0.1 + 0.2);
  EXPECT_DOUBLE_EQ(value("cos(_pi) + ln(_e)"), 0.0);
  EXPECT_TRUE(std::isnan(value("sqrt(-width)")));
  EXPECT_EQ(value("1 / 0"), INFINITY);
}

TEST(Expression, KnowsWhichNamesItUses) {
  const Expression expression("2 * height", names);
  EXPECT_FALSE(expression.uses(0));
  EXPECT_TRUE(expression.uses(1));
  EXPECT_FALSE(expression.uses(2));
}

TEST(Expression, TakesNoNameForAFunctionOfTheSameName) { EXPECT_EQ(value("sin(0) + width"), 3.0); }

TEST(Expression, NamesTheNearestWhereANameIsUnknown) {
  EXPECT_NE(error_of("widht * 2").find("did you mean 'width'?"), std::string::npos);
  EXPECT_NE(error_of("2 * quux").find("there are: width, height"), std::string::npos);
}

TEST(Expression, AssignsNothing) {
  for (const char* text : {"width = 5", "width=height", "(width=2)+1", "width == (height = 3)"}) {
    EXPECT_NE(error_of(text).find("nothing can be assigned"), std::string::npos) << text;
  }
  EXPECT_EQ(error_of("width <= height"), "none");
  EXPECT_EQ(error_of("width >= height"), "none");
}

TEST(Expression, RefusesWhatIsNone) {
  for (const char* text : {"", "  ", "1 +", "(1", "1)", "1 2", "system(1)", "\"text\"", "width,height",
                           "f(1)", "1..2", "width height", "{1}"}) {
    EXPECT_NE(error_of(text), "none") << text;
  }
  EXPECT_NE(error_of(std::string(100'000, '(')), "none");
}

TEST(Expression, ComputesTheSameOnManyThreads) {
  const Expression expression("width * 1000 + height", names);
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&expression, t] {
      for (int i = 0; i < 2000; ++i) {
        const std::vector<double> values{static_cast<double>(t), static_cast<double>(i), 0.0, 0.0};
        ASSERT_EQ(expression.value(values), 1000.0 * t + i);
      }
    });
  }
}

}  // namespace
}  // namespace mystic
