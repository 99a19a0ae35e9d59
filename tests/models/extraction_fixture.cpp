#include "extraction_fixture.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mystic {
namespace {

/// The beginning of a text that may be very long.
std::string shown(const std::string& text) { return text.substr(0, 200); }

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

}  // namespace

OutputRule named(OutputRule rule) {
  rule.name = "y";
  rule.file = "out.txt";
  return rule;
}

void expect_values(const std::vector<ReadCase>& table) {
  for (const auto& [rule, text, values] : table) {
    const Extracted extracted = Extraction(named(rule)).from(text);
    ASSERT_FALSE(extracted.failure) << shown(text) << "\n" << extracted.failure->text;
    ASSERT_EQ(extracted.values.size(), values.size()) << shown(text);
    for (std::size_t i = 0; i < values.size(); ++i) {
      EXPECT_TRUE(same(extracted.values[i], values[i]))
          << extracted.values[i] << " is not " << values[i] << " from\n"
          << shown(text);
    }
  }
}

void expect_failures(const std::vector<FailCase>& table) {
  for (const auto& [rule, text, kind, says] : table) {
    const Extracted extracted = Extraction(named(rule)).from(text);
    ASSERT_TRUE(extracted.failure) << shown(text) << " gave " << extracted.values.front();
    EXPECT_EQ(extracted.failure->kind, kind) << shown(text) << "\n" << extracted.failure->text;
    EXPECT_NE(extracted.failure->text.find(says), std::string::npos) << extracted.failure->text;
    EXPECT_TRUE(extracted.failure->text.starts_with("output 'y' in 'out.txt': "))
        << extracted.failure->text;
    EXPECT_TRUE(extracted.values.empty()) << shown(text);
  }
}

std::string refusal_of(const OutputRule& rule) {
  try {
    const Extraction extraction(rule);
    return "";
  } catch (const InvalidOptions& error) {
    return error.what();
  }
}

void expect_refused(const OutputRule& rule, const std::string& part) {
  const std::string refusal = refusal_of(rule);
  EXPECT_NE(refusal.find(part), std::string::npos) << part << "\nis not in\n" << refusal;
}

}  // namespace mystic
