#pragma once

#include "mystic/uq/law.hpp"

#include <ostream>
#include <string>
#include <vector>

namespace mystic::study {

/// A law in JSON, and the same made in C++.
struct LawCase {
  std::string json;
  Law law;
};

inline void PrintTo(const LawCase& row, std::ostream* stream) { *stream << row.json; }

/// Every family at least once.
[[nodiscard]] std::vector<LawCase> law_cases();

}  // namespace mystic::study
