#pragma once

#include "study/reading.hpp"
#include "study/study_file.hpp"

#include <string_view>

namespace mystic::study {

/// Whether `text` is letters, digits and what stands in `extra`, not empty, and does not begin with a
/// digit unless it may.
[[nodiscard]] bool is_word(const std::string& text, bool may_begin_with_digit, std::string_view extra);

/// "variables": into study.variables, study.choices and study.start.
void read_variables(const Json& json, Study& study, Problems& problems);

/// A value that an input may have, from a JSON number or text; false, and a problem, for others.
bool read_choice(const Json& json, const std::string& path, double place, Value& value,
                 Problems& problems);

}  // namespace mystic::study
