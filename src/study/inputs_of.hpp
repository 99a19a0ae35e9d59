#pragma once

#include "mystic/uq/inputs.hpp"
#include "study/problems.hpp"
#include "study/study_file.hpp"

#include <optional>

namespace mystic::study {

/// What is uncertain: an input for each variable, in order, joined as "dependence" says. Its law is that
/// of the variable; where it has none, every value between its two bounds is as likely (of an integer:
/// every whole number; of a choice: each, as its place from 0); where they are equal, it is constant.
/// @return nothing, and problems with their paths, if a variable has neither a law nor two bounds, or a
///         copula does not fit
[[nodiscard]] std::optional<Inputs> read_inputs(const Study& study, Problems& problems);

/// The same of a study for which read_inputs() found no problem. @throws BadInput listing what it finds
[[nodiscard]] Inputs inputs_of(const Study& study);

/// Checks what "dependence" says, as far as that goes where other variables may have neither a law nor
/// bounds.
void check_dependence(const Study& study, Problems& problems);

}  // namespace mystic::study
