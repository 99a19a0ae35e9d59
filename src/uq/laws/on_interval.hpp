#pragma once

#include "mystic/uq/law.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <utility>

namespace mystic::laws {

/// A point of [0, 1] by its distances from 0 and from 1, so that both are precise where they are small.
struct UnitPoint {
  double below = 0.0;
  double above = 1.0;
};

/// X = lower + width Z, where the law of Z on [0, 1] is a shape: pdf, cdf, survival of a UnitPoint;
/// quantile(p) and upper_quantile(q), which are UnitPoints; moments(). It may say is_level: that
/// quantile(p) is p.
template <class Shape>
class OnInterval final : public LawBody {
 public:
  OnInterval(Shape shape, double lower, double upper, std::string text)
      : shape_(std::move(shape)), lower_(lower), upper_(upper), text_(std::move(text)) {}

  [[nodiscard]] double pdf(double x) const override {
    return x < lower_ || x > upper_ ? 0.0 : shape_.pdf(point(x)) / (upper_ - lower_);
  }
  [[nodiscard]] double cdf(double x) const override {
    if (x <= lower_) return 0.0;
    return x >= upper_ ? 1.0 : shape_.cdf(point(x));
  }
  [[nodiscard]] double survival(double x) const override {
    if (x <= lower_) return 1.0;
    return x >= upper_ ? 0.0 : shape_.survival(point(x));
  }
  [[nodiscard]] double quantile(double p) const override { return place(shape_.quantile(p)); }
  [[nodiscard]] double upper_quantile(double q) const override {
    return place(shape_.upper_quantile(q));
  }
  void to_quantiles(std::span<double> units) const override {
    if constexpr (requires { Shape::is_level; }) {
      // From the nearer end, whose number is looked up: a jump would be guessed wrong half the time.
      const std::array<double, 2> ends = {lower_, upper_};
      const double width = upper_ - lower_;
      for (double& u : units) {
        const auto side = static_cast<std::size_t>(u > 0.5);
        u = ends[side] + width * (u - static_cast<double>(side));
      }
    } else {
      for (double& u : units) u = u < 0.5 ? quantile(u) : upper_quantile(1.0 - u);
    }
  }
  [[nodiscard]] Support support() const override { return {.lower = lower_, .upper = upper_}; }
  [[nodiscard]] LawMoments moments() const override {
    const double width = upper_ - lower_;
    LawMoments result = shape_.moments();
    result.mean = lower_ + width * result.mean;
    result.variance *= width * width;
    return result;
  }
  [[nodiscard]] std::string text() const override { return text_; }

 private:
  [[nodiscard]] UnitPoint point(double x) const {
    const double width = upper_ - lower_;
    return {.below = (x - lower_) / width, .above = (upper_ - x) / width};
  }
  [[nodiscard]] double place(const UnitPoint& z) const {
    const double width = upper_ - lower_;
    return z.below <= z.above ? lower_ + width * z.below : upper_ - width * z.above;
  }

  Shape shape_;
  double lower_;
  double upper_;
  std::string text_;
};

}  // namespace mystic::laws
