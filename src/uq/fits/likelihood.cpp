#include "likelihood.hpp"

#include <cmath>

namespace mystic::fits {

FittedParameter real_parameter(const char* name, double value, double error, double level) {
  const double half = normal_width(level) * error;
  return {name, {value, {value - half, value + half}}, error};
}

FittedParameter positive_parameter(const char* name, double value, double error, double level) {
  const double factor = std::exp(normal_width(level) * error / value);
  return {name, {value, {value / factor, value * factor}}, error};
}

double mean_of(const VectorView& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

Vector above_shift(std::string_view family, const Vector& values, double shift) {
  Vector above = values.array() - shift;
  for (Index i = 0; i < values.size(); ++i) {
    require(above[i] > 0.0, "fit of {}: value {} of {} is {}; all must be greater than the shift, {}",
            family, i + 1, values.size(), values[i], shift);
  }
  return above;
}

void require_variation(std::string_view family, const Vector& values) {
  require(values.minCoeff() < values.maxCoeff(),
          "fit of {}: all {} values are {}; two must differ, or the law is a constant", family,
          values.size(), values[0]);
}

void require_counts(std::string_view family, const Vector& values) {
  for (Index i = 0; i < values.size(); ++i) {
    require(values[i] >= 0.0 && values[i] == std::floor(values[i]),
            "fit of {}: value {} of {} is {}; all must be whole numbers, 0 or more", family, i + 1,
            values.size(), values[i]);
  }
}

}  // namespace mystic::fits
