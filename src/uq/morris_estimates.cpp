#include "mystic/uq/morris_estimates.hpp"

#include "mystic/core/require.hpp"
#include "mystic/uq/moments.hpp"

#include <cmath>

namespace mystic {

std::vector<MorrisIndex> morris_estimates(const MorrisPlan& plan, const VectorView& output,
                                          double level) {
  require(output.size() == plan.points.cols() && output.size() > 0,
          "morris_estimates: {} outputs for {} points", output.size(), plan.points.cols());
  std::vector<Moments> effects(static_cast<std::size_t>(plan.groups));
  std::vector<Moments> sizes(effects.size());
  for (Index trajectory = 0; trajectory < plan.trajectories; ++trajectory) {
    for (Index number = 0; number < plan.groups; ++number) {
      const MorrisStep& step = plan.step(trajectory, number);
      const Index before = plan.column(trajectory, number);
      // NaN where an end failed: counted, and left out.
      const double effect = (output[before + 1] - output[before]) / (step.direction * plan.delta);
      effects[static_cast<std::size_t>(step.group)].add(effect);
      sizes[static_cast<std::size_t>(step.group)].add(std::abs(effect));
    }
  }
  std::vector<MorrisIndex> found;
  for (std::size_t group = 0; group < effects.size(); ++group) {
    found.push_back({effects[group].ok(), effects[group].mean_within(level),
                     sizes[group].mean_within(level), effects[group].sd_within(level)});
  }
  return found;
}

}  // namespace mystic
