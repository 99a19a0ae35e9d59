#pragma once

#include "study/reading.hpp"
#include "study/study_file.hpp"

namespace mystic::study {

/// "initial": several points to begin with. Needs the variables.
void read_initial(const Json& json, Study& study, Problems& problems);

}  // namespace mystic::study
