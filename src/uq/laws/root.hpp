#pragma once

#include <functional>

namespace mystic::laws {

/// Where `function`, which rises and is finite on [lower, upper], passes 0, to about the last digit; an
/// end where it does not.
[[nodiscard]] double root_between(const std::function<double(double)>& function, double lower,
                                  double upper);

}  // namespace mystic::laws
