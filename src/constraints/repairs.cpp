#include "mystic/constraints/repairs.hpp"

#include "mystic/core/require.hpp"

#include <cmath>
#include <utility>

namespace mystic {

Repair with_mean(double target) {
  require(std::isfinite(target), "with_mean: target = {} must be finite", target);
  return [target](MutableVectorView x) { x.array() += target - x.mean(); };
}

Repair rounded(std::vector<Index> which) {
  for (const Index i : which) require(i >= 0, "rounded: there is no coordinate {}", i);
  return [which = std::move(which)](MutableVectorView x) {
    if (which.empty()) x = x.array().round();
    for (const Index i : which) {
      require(i < x.size(), "rounded: there is no coordinate {} among {}", i, x.size());
      x[i] = std::round(x[i]);
    }
  };
}

Repair in_order(std::vector<Repair> repairs) {
  for (const Repair& repair : repairs) {
    require(static_cast<bool>(repair), "in_order: there is no function");
  }
  return [repairs = std::move(repairs)](MutableVectorView x) {
    for (const Repair& repair : repairs) repair(x);
  };
}

}  // namespace mystic
