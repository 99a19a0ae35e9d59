#pragma once

#include "mystic/core/problem.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mystic {

/// How several numbers y_1 ... y_m become one.
enum class Reduction {
  sum,             ///< sum_i y_i
  sum_of_squares,  ///< sum_i y_i^2
  mean,            ///< sum_i y_i / m
  norm,            ///< sqrt(sum_i y_i^2), without overflow on the way
  max,             ///< the largest
  min,             ///< the smallest
};

/// "sum-of-squares" and the like: as a study calls it.
[[nodiscard]] std::string_view name_of(Reduction reduction);
/// The one called `name`, or nothing.
[[nodiscard]] std::optional<Reduction> find_reduction(std::string_view name);
/// All names.
[[nodiscard]] const std::vector<std::string>& reduction_names();

/// Sums are taken from first to last, so that the order of outputs decides their last digits.
/// @param values  m >= 1 numbers of one unit; an infinite one is a value
/// @return a number of that unit, or its square
/// @throws InvalidArgument if there is none
[[nodiscard]] double reduce(Reduction reduction, const VectorView& values);

/// A cost out of those outputs of `problem`'s model that are named (none: all of them, in its order),
/// for Problem::objective.
/// @throws InvalidArgument naming the nearest if an output is not known
[[nodiscard]] Objective reduced(const Problem& problem, Reduction reduction,
                                const std::vector<std::string>& outputs = {});

/// The same by a function of two numbers, from first to last: f(f(y_1, y_2), y_3) ...; of one output,
/// that output.
[[nodiscard]] Objective reduced(const Problem& problem, std::function<double(double, double)> fold,
                                const std::vector<std::string>& outputs = {});

}  // namespace mystic
