#pragma once

#include "mystic/uq/law.hpp"

#include <cmath>
#include <string>
#include <utility>

namespace mystic::laws {

/// X = location + scale Z, where the law of Z is a shape: pdf(z), cdf(z), survival(z) for finite z in
/// its support, quantile(p), upper_quantile(q), support(), moments(); if it has a faster way for many,
/// to_quantiles(units). scale > 0.
template <class Shape>
class LocationScale final : public LawBody {
 public:
  LocationScale(Shape shape, double location, double scale, std::string text)
      : shape_(std::move(shape)), location_(location), scale_(scale), text_(std::move(text)) {
    const Support ends = shape_.support();
    ends_ = {.lower = moved(ends.lower), .upper = moved(ends.upper)};
  }

  // The ends are compared as numbers x: rounding may bring an x outside them to a z inside.
  [[nodiscard]] double pdf(double x) const override {
    const double z = standardised(x);
    return x < ends_.lower || x > ends_.upper || std::isinf(z) ? 0.0 : shape_.pdf(z) / scale_;
  }
  [[nodiscard]] double cdf(double x) const override {
    const double z = standardised(x);
    if (x <= ends_.lower || z == -infinity) return 0.0;
    return x >= ends_.upper || z == infinity ? 1.0 : shape_.cdf(z);
  }
  [[nodiscard]] double survival(double x) const override {
    const double z = standardised(x);
    if (x <= ends_.lower || z == -infinity) return 1.0;
    return x >= ends_.upper || z == infinity ? 0.0 : shape_.survival(z);
  }
  [[nodiscard]] double quantile(double p) const override { return moved(shape_.quantile(p)); }
  [[nodiscard]] double upper_quantile(double q) const override {
    return moved(shape_.upper_quantile(q));
  }
  void to_quantiles(std::span<double> units) const override {
    if constexpr (requires { shape_.to_quantiles(units); }) {
      shape_.to_quantiles(units);
      const double location = location_;  // copies: `units` might be those
      const double scale = scale_;
      for (double& value : units) value = location + scale * value;
    } else {
      for (double& u : units) u = u < 0.5 ? quantile(u) : upper_quantile(1.0 - u);
    }
  }
  [[nodiscard]] Support support() const override { return ends_; }
  [[nodiscard]] LawMoments moments() const override {
    LawMoments result = shape_.moments();
    result.mean = moved(result.mean);
    result.variance *= scale_ * scale_;
    return result;
  }
  [[nodiscard]] double sample(Random& random) const override {
    if constexpr (requires { shape_.sample(random); }) {
      return moved(shape_.sample(random));
    } else {
      return LawBody::sample(random);
    }
  }
  [[nodiscard]] std::string text() const override { return text_; }

 private:
  [[nodiscard]] double standardised(double x) const { return (x - location_) / scale_; }
  [[nodiscard]] double moved(double z) const { return location_ + scale_ * z; }

  Shape shape_;
  double location_;
  double scale_;
  Support ends_;
  std::string text_;
};

}  // namespace mystic::laws
