// Buckshot as in mystic: uniform starts in the box. What differs: the driver advances all members
// evaluation by evaluation over one map (fine-grained), where mystic maps whole solves.

#include "mystic/ensembles/buckshot.hpp"

#include "pack.hpp"

#include <utility>

namespace mystic {

Ensemble buckshot(Algorithm member, const BuckshotOptions& options) {
  validate(options);
  const auto starts = [options](Start& whole) -> Starts {
    require_box(whole, BuckshotOptions::title);
    return {options.starts,
            [](Start& box, const PointsView&) { return uniform(box.random, box.lower, box.upper); }};
  };
  return ensemble_of("buckshot", std::move(member), starts, options.rules, true);
}

}  // namespace mystic
