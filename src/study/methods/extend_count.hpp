#pragma once

#include "study/json_text.hpp"
#include "study/reading.hpp"
#include "study/study_file.hpp"

#include <string>

namespace mystic::study {

/// How many samples there are, and shall be.
struct CountChange {
  Index now = 0;
  Index wanted = 0;
  std::string of;  ///< "rows"
};

/// Sets `key` of a method's object, for points that go on where they ended.
/// @param design  of these points; empty: none that could be a Latin hypercube
/// @throws BadInput if there are more already, or the design does not go on
void extend_count(Json& object, const char* key, const CountChange& change, const std::string& design);

/// A problem where inputs depend on each other: `why` a method is not for these.
void refuse_dependence(const Study& study, const std::string& path, const std::string& why,
                       Problems& problems);

}  // namespace mystic::study
