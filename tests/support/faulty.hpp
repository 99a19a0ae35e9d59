#pragma once

#include "mystic/core/point.hpp"

#include <cstdint>

namespace mystic::testing_support {

/// A number that depends on every bit of x: what happens by it is the same in every run.
[[nodiscard]] std::uint64_t bits_of(const VectorView& x);

/// Rosenbrock's function that, for about one point in `one_in`, throws or is NaN; which points depends
/// on x alone.
class FaultyRosenbrock {
 public:
  explicit FaultyRosenbrock(std::uint64_t one_in) : one_in_(one_in) {}
  double operator()(const VectorView& x) const;

 private:
  std::uint64_t one_in_;
};

}  // namespace mystic::testing_support
