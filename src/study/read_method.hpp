#pragma once

#include "study/reading.hpp"
#include "study/study_file.hpp"

namespace mystic::study {

/// "solver", "termination" and what they need of the variables. `json` is the whole study.
void read_method(const Json& json, Study& study, Problems& problems);

}  // namespace mystic::study
