#pragma once

#include "mystic/core/problem.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/study/study.hpp"
#include "study/study_file.hpp"

namespace mystic::study {

/// The problem that a study describes; an external model runs its commands through the host's
/// supervisor.
[[nodiscard]] Problem make_problem(const Study& study, const StudyHost& host);

/// The study's solver, without map, recorder and monitors.
[[nodiscard]] Solver make_solver(const Study& study, std::uint64_t seed);

}  // namespace mystic::study
