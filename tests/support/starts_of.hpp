#pragma once

#include "mystic/core/conductor.hpp"

#include <vector>

namespace mystic::testing_support {

/// Where the members of an ensemble begin.
inline std::vector<Vector> starts_of(const Ensemble& ensemble, Start& whole) {
  Directions directions;
  const auto conductor = ensemble.conductor();
  conductor->begin(whole, directions);
  std::vector<Vector> starts;
  for (const NewMember& member : directions.add) starts.push_back(member.x);
  return starts;
}

}  // namespace mystic::testing_support
