#pragma once

#include "mystic/core/problem.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/study/study.hpp"
#include "study/study_file.hpp"

namespace mystic::study {

/// The problem that a study describes; an external model runs its commands through the host's
/// supervisor.
[[nodiscard]] Problem make_problem(const Study& study, const StudyHost& host, std::uint64_t seed);

/// The external model of a study that has one. `seed`: of the draws for its `seed_input`.
[[nodiscard]] std::shared_ptr<const ExternalModel> make_external_model(const Study& study,
                                                                       const StudyHost& host,
                                                                       std::uint64_t seed);

/// Where its work directories go that are kept.
[[nodiscard]] std::filesystem::path kept_directory(const Study& study);

/// The study's solver (of a study of uncertainty: that of its points), without map, recorder and
/// monitors.
[[nodiscard]] Solver make_solver(const Study& study, std::uint64_t seed);

/// Evaluates the points of a study of uncertainty.
[[nodiscard]] Solver make_points_solver(const Study& study, std::uint64_t seed, const Points& points);

}  // namespace mystic::study
