#pragma once

#include "study/reading.hpp"
#include "study/study_file.hpp"

#include <string>
#include <vector>

namespace mystic::study {

/// Inputs that are moved together.
struct Groups {
  std::vector<Index> of_input;     ///< for each input the number of its group; empty: each by itself
  std::vector<std::string> names;  ///< of the groups; an input by itself has its own name

  [[nodiscard]] Index count() const { return static_cast<Index>(names.size()); }
};

/// "groups" of a method: {"beam": ["L", "I"]}; inputs that are in none are each by itself.
[[nodiscard]] Groups read_groups(const Json& method, const std::string& path, const Study& study,
                                 Problems& problems);

}  // namespace mystic::study
