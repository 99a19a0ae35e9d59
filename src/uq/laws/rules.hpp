#pragma once

#include "mystic/core/options.hpp"

#include <cmath>
#include <vector>

namespace mystic::laws {

/// What is wrong with two bounds; nothing where one is no number, which is told by its range.
inline std::string wrong_bounds(double lower, double upper) {
  if (!std::isfinite(lower) || !std::isfinite(upper)) return "";
  if (lower >= upper) {
    return fmt::format("\n  lower = {} must be less than upper = {}", lower, upper);
  }
  if (!std::isfinite(upper - lower)) {
    return fmt::format("\n  upper - lower = {} - {} must be finite", upper, lower);
  }
  return "";
}

/// What is wrong where `first` must be at most `second`.
inline std::string wrong_order(std::string_view first_name, double first, std::string_view second_name,
                               double second) {
  if (!(first > second)) return "";
  return fmt::format("\n  {} = {} must be at most {} = {}", first_name, first, second_name, second);
}

/// What is wrong with numbers that were observed, or nothing: the first that is not finite.
inline std::string wrong_numbers(std::string_view name, const std::vector<double>& numbers) {
  if (numbers.empty()) return fmt::format("\n  {} is empty; it must have at least one number", name);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (!std::isfinite(numbers[i])) {
      return fmt::format("\n  {}[{}] = {} must be finite", name, i, numbers[i]);
    }
  }
  return "";
}

/// What is wrong with `weights` of `count` things.
inline std::string wrong_weights(const std::vector<double>& weights, std::size_t count,
                                 std::string_view things) {
  if (weights.size() != count) {
    return fmt::format("\n  weights: there are {}; there must be one for each of the {} {}",
                       weights.size(), count, things);
  }
  double sum = 0.0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!(weights[i] >= 0.0 && std::isfinite(weights[i]))) {
      return fmt::format("\n  weights[{}] = {} must be finite and at least 0", i, weights[i]);
    }
    sum += weights[i];
  }
  if (!(sum > 0.0)) return fmt::format("\n  weights: all {} are 0; one must be above", count);
  return std::isfinite(sum) ? "" : fmt::format("\n  weights: their sum = {} must be finite", sum);
}

}  // namespace mystic::laws
