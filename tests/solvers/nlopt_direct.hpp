#pragma once

#include "tests/support/trace.hpp"

#include "mystic/core/random.hpp"
#include "mystic/solvers/nlopt.hpp"

#include <functional>

namespace mystic::testing_support {

/// What NLopt is asked to do.
struct DirectRun {
  NloptOptions options;
  Vector start;
  Vector lower;  ///< -inf: none
  Vector upper;
  Random random;                ///< the search's own stream
  std::size_t evaluations = 0;  ///< as many as may be made
};

/// NLopt called by itself, without mystic's driver: everything that it evaluated, neighbours for
/// derivatives included. A cost of `cost` that is +inf is told as the manual says.
[[nodiscard]] Trace call_nlopt_directly(const DirectRun& run,
                                        const std::function<double(const Vector&)>& cost);

}  // namespace mystic::testing_support
