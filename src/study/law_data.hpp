#pragma once

#include "study/read_laws.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mystic::study {

/// What was observed: the list "sample", or the numbers in the table (CSV) "file", those under the
/// header "column" where it has several columns. A table of one column needs no header.
/// @return at least one finite number; or nothing, and a problem: for a file with the line
[[nodiscard]] std::optional<std::vector<double>> read_sample(const Json& json, const std::string& path,
                                                             const LawContext& context);

/// Numbers with a place in the study, which must be whole if the context says so.
void require_whole(const std::vector<double>& values, const std::string& path,
                   const LawContext& context);

}  // namespace mystic::study
