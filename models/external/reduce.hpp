#pragma once

#include "mystic/core/outcome.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace mystic::external {

/// What a reduction gave: a number, or why there is none.
struct Reduced {
  double value = 0.0;
  std::optional<Failure> failure = {};
};

/// first, last, min, max, max-abs, sum, mean, norm, rms of at least one value. A NaN among those that
/// count makes it NaN; norm, rms and mean do not overflow where their result does not.
double reduce(std::string_view how, std::span<const double> values);

/// The linear interpolation of `values` over `abscissae` at `at`; exact at a node. Fails unless the
/// abscissae are finite, rise or fall strictly, are as many as the values, and bracket `at`.
Reduced value_at(double at, std::span<const double> abscissae, std::span<const double> values);

}  // namespace mystic::external
