#include "mystic/constraints/penalties.hpp"

#include "mystic/core/require.hpp"

#include <cmath>
#include <utility>

namespace mystic {
namespace {

// A condition that is NaN makes the cost NaN: ranked last, not taken for kept.
template <class Shape>
Penalty penalty(const char* name, Condition condition, double weight, Shape shape) {
  require(static_cast<bool>(condition), "{}: there is no condition", name);
  require(weight >= 0.0 && std::isfinite(weight), "{}: weight = {} must be finite and at least 0", name,
          weight);
  return [condition = std::move(condition), weight, shape](const VectorView& x) {
    return weight * shape(condition(x));
  };
}

}  // namespace

Penalty quadratic_inequality(Condition g, double weight) {
  return penalty("quadratic_inequality", std::move(g), weight,
                 [](double value) { return value <= 0.0 ? 0.0 : value * value; });
}
Penalty linear_inequality(Condition g, double weight) {
  return penalty("linear_inequality", std::move(g), weight,
                 [](double value) { return value <= 0.0 ? 0.0 : value; });
}
Penalty quadratic_equality(Condition h, double weight) {
  return penalty("quadratic_equality", std::move(h), weight, [](double value) { return value * value; });
}
Penalty linear_equality(Condition h, double weight) {
  return penalty("linear_equality", std::move(h), weight, [](double value) { return std::abs(value); });
}

}  // namespace mystic
