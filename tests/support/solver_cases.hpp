#pragma once

#include "mystic/control/monitors.hpp"
#include "mystic/core/solver.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace mystic::testing_support {

/// A solver under test: everything set for box_problem() except what stops it.
struct SolverCase {
  std::string name;
  bool ensemble = false;
  bool gives_up = false;  ///< ends by itself where all costs are the same
  std::function<Solver()> make;
  bool real_only = false;  ///< refuses variables that are rounded
};

inline void PrintTo(const SolverCase& solver, std::ostream* stream) { *stream << solver.name; }
inline std::string name_of_case(const testing::TestParamInfo<SolverCase>& info) {
  return info.param.name;
}

[[nodiscard]] std::vector<SolverCase> single_solvers();
[[nodiscard]] std::vector<SolverCase> ensembles();  ///< a buckshot of each of them
[[nodiscard]] std::vector<SolverCase> all_solvers();
/// Searches made of searches, and ensembles whose members begin and end as they go. They may end by
/// themselves, and need the box: for the contracts on order, drivers and replay.
[[nodiscard]] std::vector<SolverCase> composed_solvers();

/// Three variables in [-2, 2]; points outside are rejected.
[[nodiscard]] Problem box_problem(std::shared_ptr<const Model> model);
template <PointFunction Function>
[[nodiscard]] Problem box_problem(Function function) {
  return box_problem(make_model(std::move(function)));
}

/// Gives each member of an ensemble 120 evaluations, if it is one; a search on its own stays as it is.
void limit_members(Solver& solver);

/// Everything that must not depend on who computes, or when.
struct ObservedRun {
  Result result;
  std::vector<RecordingMonitor::StepEntry> steps;
  std::vector<RecordingMonitor::EvaluationEntry> evaluations;
};

/// Solves `problem` with monitors attached, after `set` has added what it wants.
ObservedRun observe(const SolverCase& solver, const Problem& problem,
                    const std::function<void(Solver&)>& set);

/// Equal to the last bit, apart from Result::run.
[[nodiscard]] testing::AssertionResult same(const Result& left, const Result& right);
[[nodiscard]] testing::AssertionResult same(const ObservedRun& left, const ObservedRun& right);

}  // namespace mystic::testing_support
