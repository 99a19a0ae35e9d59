// The test functions against values recorded from the original mystic, whose names the table knows.

#include "mystic/models/functions.hpp"
#include "recorded_run.hpp"

#include <gtest/gtest.h>

namespace mystic {
namespace {

const TestFunction* find_original(const std::string& name) {
  for (const TestFunction& function : test_functions()) {
    if (function.original == name) return &function;
  }
  return nullptr;
}

TEST(FunctionsReference, GiveTheValuesOfTheOriginalToRounding) {
  const nlohmann::json recorded = reference_test::read_recorded("model_spot_values.json");
  EXPECT_EQ(recorded.size(), 12U);
  for (const auto& [name, values] : recorded.items()) {
    const TestFunction* function = find_original(name);
    ASSERT_NE(function, nullptr) << name;
    for (const auto& pair : values) {
      const auto value = pair.at(1).get<double>();
      EXPECT_NEAR((*function)(reference_test::to_vector(pair.at(0))), value,
                  1e-14 * std::max(1.0, std::abs(value)))
          << name << ' ' << pair.at(0).dump();
    }
  }
}

}  // namespace
}  // namespace mystic
