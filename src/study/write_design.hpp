#pragma once

#include "mystic/study/study.hpp"
#include "study/study_file.hpp"

namespace mystic::study {

/// Writes the points of a study whose design is not to be evaluated into a directory of its own.
ExitCode write_design(const Study& study, const StudyHost& host, const RunRequest& request);

}  // namespace mystic::study
