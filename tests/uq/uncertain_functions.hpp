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

/// Flow through a borehole, m^3 / yr (Harper & Gupta 1983), of rw, r, Tu, Hu, Tl, Hl, L, Kw.
inline double borehole(const VectorView& x) {
  const double logarithm = std::log(x[1] / x[0]);
  return 2.0 * std::numbers::pi * x[2] * (x[3] - x[5]) /
         (logarithm * (1.0 + x[2] / x[4]) + 2.0 * x[6] * x[2] / (x[0] * x[0] * x[7]));
}
inline Inputs borehole_inputs(const Law& rw, const Law& r) {
  const auto between = [](double lower, double upper) {
    return laws::Uniform{.lower = lower, .upper = upper};
  };
  Inputs inputs;
  inputs.add("rw", rw).add("r", r).add("Tu", between(63070, 115600)).add("Hu", between(990, 1110));
  inputs.add("Tl", between(63.1, 116)).add("Hl", between(700, 820)).add("L", between(1120, 1680));
  return inputs.add("Kw", between(9855, 12045));
}

/// Dakota's cantilever beam, w = t = 2.5, of R (yield stress), E (modulus), X and Y (loads): stress and
/// displacement, each over what is allowed, less 1.
inline double cantilever_stress(const VectorView& x) {
  constexpr double w = 2.5;
  return (600.0 / (w * w * w) * (x[3] + x[2])) / x[0] - 1.0;
}
inline double cantilever_displacement(const VectorView& x) {
  constexpr double w = 2.5;
  return 4e6 / (x[1] * w * w) * std::hypot(x[3] / (w * w), x[2] / (w * w)) / 2.2535 - 1.0;
}
inline Inputs cantilever_inputs() {
  Inputs inputs;
  inputs.add("R", laws::Normal{.mean = 40000, .sd = 2000});
  inputs.add("E", laws::Normal{.mean = 29e6, .sd = 1.45e6});
  inputs.add("X", laws::Normal{.mean = 500, .sd = 100});
  return inputs.add("Y", laws::Normal{.mean = 1000, .sd = 100});
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
