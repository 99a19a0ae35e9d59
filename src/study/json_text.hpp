#pragma once

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>

namespace mystic::study {

/// Objects keep the order of the file.
using Json = nlohmann::ordered_json;

/// The whole of a file. @throws BadInput naming it
[[nodiscard]] std::string read_file(const std::filesystem::path& file);

/// How many lists and objects may stand within each other: what nests is read, copied and run by
/// recursion.
inline constexpr int deepest_json = 100;

/// JSON with positions in its errors, without repeated keys (the last would win in silence), nested at
/// most `deepest_json` deep. Comments (// and /* */) are allowed. @throws BadInput: "study.json:12:5:
/// ..."
[[nodiscard]] Json parse_json(const std::string& text, const std::string& file);

}  // namespace mystic::study
