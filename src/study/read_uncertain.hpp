#pragma once

#include "study/reading.hpp"
#include "study/study_file.hpp"

namespace mystic::study {

/// "method", in place of a search: a study of uncertainty. `json` is the whole study; of a model that is
/// not known (its own problems are said already) outputs cannot be checked.
void read_uncertain(const Json& json, Study& study, bool model_is_known, Problems& problems);

/// How many evaluations the method of a study asks for, if nothing ends it before.
[[nodiscard]] double evaluations_of(const Study& study);

}  // namespace mystic::study
