#pragma once

#include "study/read_laws.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace mystic::study {

/// The numbers in a table (CSV): of its only column, or those under the header `column`. A table of one
/// column needs no header.
/// @return at least one finite number
/// @throws BadInput naming the file, and the line
[[nodiscard]] std::vector<double> read_numbers(const std::filesystem::path& path,
                                               const std::optional<std::string>& column);

/// What was observed: the list "sample", or the numbers in the table (CSV) "file", those under the
/// header "column" where it has several columns. A table of one column needs no header.
/// @return at least one finite number; or nothing, and a problem: for a file with the line
[[nodiscard]] std::optional<std::vector<double>> read_sample(const Json& json, const std::string& path,
                                                             const LawContext& context);

/// What a law is to be fitted to: "fit" is a list, or the name of a table, with its "column".
/// @param json  has "fit"
/// @return as read_sample()
[[nodiscard]] std::optional<std::vector<double>> read_fit_data(const Json& json, const std::string& path,
                                                               const LawContext& context);

/// Numbers with a place in the study, which must be whole if the context says so.
void require_whole(const std::vector<double>& values, const std::string& path,
                   const LawContext& context);

}  // namespace mystic::study
