#pragma once

#include "mystic/uq/law.hpp"
#include "study/reading.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace mystic::study {

/// What the reading of laws needs to know, and what it finds.
struct LawContext {
  const std::filesystem::path& directory;  ///< which relative paths of files start from
  std::vector<std::string>& files;         ///< takes the names of those that were read
  Problems& problems;
  bool whole = false;  ///< values that stand in the law must be whole numbers
};

/// A law from {"kind": "normal", "mean": 30, "sd": 9}; `truncated` and `mixture` hold others.
/// @return nothing, and problems, if it is none
[[nodiscard]] std::optional<Law> read_law(const Json& json, const std::string& path,
                                          const LawContext& context);

}  // namespace mystic::study
