#pragma once

#include "mystic/models/extraction.hpp"

#include <string>
#include <vector>

namespace mystic {

/// A text, what is read from it by a rule.
struct ReadCase {
  OutputRule rule;
  std::string text;
  std::vector<double> values;
};

/// A text, and part of the reason for which a rule reads nothing from it.
struct FailCase {
  OutputRule rule;
  std::string text;
  FailureKind kind;
  std::string says;
};

/// Fills in the name and file that the messages must begin with.
OutputRule named(OutputRule rule);

void expect_values(const std::vector<ReadCase>& table);
void expect_failures(const std::vector<FailCase>& table);

/// The message with which a rule is refused, or empty.
std::string refusal_of(const OutputRule& rule);

/// Expects that the refusal of `rule` contains `part`.
void expect_refused(const OutputRule& rule, const std::string& part);

}  // namespace mystic
