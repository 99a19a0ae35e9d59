#pragma once

#include "mystic/uq/estimate.hpp"
#include "mystic/uq/morris_plan.hpp"

#include <vector>

namespace mystic {

/// Elementary effects of one input (or group): changes of the output per change of the input, in the
/// unit of the output per width of the unit cube.
struct MorrisIndex {
  Index ok = 0;           ///< effects of which both ends succeeded, at most one for each trajectory
  Estimate mean;          ///< mu: effects of both signs cancel
  Estimate mean_of_size;  ///< mu*: of their absolute values: how much the input matters
  Estimate sd;            ///< sigma: unlike effects: curvature, or other inputs that matter
};

/// Intervals: Student's for the means, that of Moments::sd_within() for sigma; over trajectories, which
/// are independent unless they were chosen for their spread.
///
/// Source: Morris (1991), doi:10.1080/00401706.1991.10484804; mu*: Campolongo, Cariboni & Saltelli
/// (2007), doi:10.1016/j.envsoft.2006.10.004.
/// @param output  one number for each point of the plan; NaN or infinite: failed
/// @param level   confidence, in (0, 1)
/// @return one for each group of the plan
/// @throws InvalidArgument if the size is not that of the plan, or `level` is outside
[[nodiscard]] std::vector<MorrisIndex> morris_estimates(const MorrisPlan& plan, const VectorView& output,
                                                        double level = 0.95);

}  // namespace mystic
