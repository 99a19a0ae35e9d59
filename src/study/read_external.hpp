#pragma once

#include "study/reading.hpp"
#include "study/study_file.hpp"

namespace mystic::study {

/// A model of kind "external" into study.model. What can be known to be wrong without running it becomes
/// problems.
void read_external(const Json& json, Study& study, const Environment& environment, Problems& problems);

}  // namespace mystic::study
