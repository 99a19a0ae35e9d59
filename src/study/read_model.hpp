#pragma once

#include "study/reading.hpp"
#include "study/study_file.hpp"

namespace mystic::study {

/// The "model" object: an external code or a test function. Its inputs are the study's variables.
void read_model(const Json& json, Study& study, const Environment& environment, Problems& problems);

}  // namespace mystic::study
