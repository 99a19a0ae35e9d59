// Buckshot as in mystic: uniform starts in the box. What differs: the driver advances all members
// evaluation by evaluation over one map (fine-grained), where mystic maps whole solves.

#include "mystic/ensembles/buckshot.hpp"

#include <utility>

namespace mystic {

Ensemble buckshot(Algorithm member, const BuckshotOptions& options) {
  validate(options);
  const auto starts = [options](Start& whole) {
    require(whole.has_box(), "buckshot: give every variable two finite bounds, in which to draw starts");
    std::vector<Vector> points;
    for (Index i = 0; i < options.starts; ++i) {
      points.push_back(uniform(whole.random, whole.lower, whole.upper));
    }
    if (whole.x.size() > 0) points.front() = whole.x;
    return points;
  };
  return {fmt::format("buckshot of {}", member.name), std::move(member), starts};
}

}  // namespace mystic
