#pragma once

#include "mystic/core/point.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace mystic::reference_test {

/// A run of the original mystic on Rosenbrock's function in three variables, from data/README.md.
struct RecordedRun {
  Vector start;
  Vector lower;  ///< empty: without bounds
  Vector upper;
  Index generations = 0;
  Index evaluations = 0;
  std::vector<Vector> step_points;  ///< after each generation, generation 0 first
  std::vector<double> step_costs;
  std::vector<Vector> points;  ///< all evaluations
  std::vector<double> costs;
};

/// The JSON file of that name in the folder of recorded data.
[[nodiscard]] nlohmann::json read_recorded(const std::string& file);
[[nodiscard]] RecordedRun read_run(const std::string& file);
[[nodiscard]] Vector to_vector(const nlohmann::json& numbers);

/// Largest difference of two points, relative to the larger of them (of norm 1 or more).
[[nodiscard]] double relative_difference(const VectorView& a, const VectorView& b);

}  // namespace mystic::reference_test
