#pragma once

#include "study/reading.hpp"
#include "study/study_file.hpp"

namespace mystic::study {

/// "dependence": a list of copulas, each of some variables, into study.dependence. Whether they fit the
/// laws, inputs_of.hpp finds.
void read_dependence(const Json& json, Study& study, Problems& problems);

}  // namespace mystic::study
