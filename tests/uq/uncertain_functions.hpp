#pragma once

// Functions whose statistics are known, and their inputs. Values: closed forms, or integrals to the
// digits that are given.

#include "mystic/core/callable_model.hpp"
#include "mystic/uq/inputs.hpp"
#include "mystic/uq/laws/bounded.hpp"
#include "mystic/uq/laws/normal.hpp"
#include "mystic/uq/laws/positive.hpp"
#include "mystic/uq/philox.hpp"

#include <cmath>
#include <cstring>
#include <numbers>
#include <stdexcept>
#include <string>

namespace mystic::testing_support {

/// Ishigami & Homma (1990), a = 7, b = 0.1; three inputs uniform in (-pi, pi).
inline double ishigami(const VectorView& x) {
  return std::sin(x[0]) + 7.0 * std::pow(std::sin(x[1]), 2) + 0.1 * std::pow(x[2], 4) * std::sin(x[0]);
}
inline Inputs ishigami_inputs() {
  Inputs inputs;
  for (const char* name : {"x1", "x2", "x3"}) {
    inputs.add(name, laws::Uniform{.lower = -std::numbers::pi, .upper = std::numbers::pi});
  }
  return inputs;
}

/// First and total indices of independent inputs.
struct ExactIndices {
  Vector first;
  Vector total;
};

inline ExactIndices ishigami_indices() {
  return {Vector{{0.3139051911, 0.4424111448, 0.0}}, Vector{{0.5575888552, 0.4424111448, 0.2436836641}}};
}

/// Sobol's g-function: product of (|4 u_i - 2| + a_i) / (1 + a_i), inputs uniform in (0, 1).
struct GFunction {
  Vector a = {};

  double operator()(const VectorView& u) const {
    return ((4.0 * u.array() - 2.0).abs() + a.array()).cwiseQuotient(1.0 + a.array()).prod();
  }
  [[nodiscard]] Vector parts() const { return (3.0 * (1.0 + a.array()).square()).inverse(); }
  [[nodiscard]] double variance() const { return (1.0 + parts().array()).prod() - 1.0; }
  [[nodiscard]] ExactIndices indices() const {
    const Vector part = parts();
    return {part / variance(), part.array() / (1.0 + part.array()) * (1.0 + variance()) / variance()};
  }
};
inline Inputs unit_inputs(Index count) {
  Inputs inputs;
  for (Index i = 1; i <= count; ++i) inputs.add("x" + std::to_string(i), laws::Uniform{});
  return inputs;
}

/// Fails at about a share of all points, at the same ones in every run.
template <class Function>
auto failing(Function function, double share, std::uint64_t seed = 0) {
  return [function, share, seed](const VectorView& x) {
    std::uint64_t mixed = 0;
    for (const double coordinate : x) {
      std::uint64_t bits = 0;
      std::memcpy(&bits, &coordinate, sizeof bits);
      mixed = Philox(seed).at(mixed ^ bits);
    }
    if (open_unit(mixed) < share) throw std::runtime_error("no convergence");
    return function(x);
  };
}

}  // namespace mystic::testing_support
