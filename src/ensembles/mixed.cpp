// Mixed as in mystic: one ensemble whose starts come from several rules. What differs: mystic's default
// is a random mixture; here the numbers are options.

#include "mystic/ensembles/mixed.hpp"

#include "mystic/ensembles/lattice.hpp"
#include "mystic/ensembles/sparsity.hpp"

#include "cells.hpp"
#include "pack.hpp"

#include <utility>

namespace mystic {

Ensemble mixed(Algorithm member, const MixedOptions& options) {
  validate(options);
  const Index count = options.buckshot + options.lattice + options.sparsity;
  require<InvalidOptions>(count >= 1, "mixed: buckshot, lattice and sparsity are all 0: no member");
  const auto starts = [options, count](Start& whole) -> Starts {
    require_box(whole, MixedOptions::title);
    std::vector<Index> bins;
    if (options.lattice > 0) bins = share_out(options.lattice, whole.dimension());
    return {count, [options, bins, k = Index{0}](Start& box, const PointsView& taken) mutable {
              const Index i = k++;
              if (i < options.lattice) return centre_of_cell(box, bins, i);
              if (i < options.lattice + options.buckshot) {
                return uniform(box.random, box.lower, box.upper);
              }
              return largest_gap(box.random, box.lower, box.upper, taken, options.candidates);
            }};
  };
  return ensemble_of("mixed", std::move(member), starts, options.rules);
}

}  // namespace mystic
