#include "mystic/models/curves.hpp"

#include <cmath>
#include <numbers>

namespace mystic {
namespace {

constexpr double pi = std::numbers::pi;

Curve mogi_with(std::string name, double constant) {
  return {.name = std::move(name),
          .parameters = {"x0", "y0", "depth", "volume"},
          .coordinates = 2,
          .values = 3,
          .predict = [constant](const VectorView& p, const VectorView& place, MutableVectorView u) {
            u << place[0] - p[0], place[1] - p[1], p[2];
            const double distance = u.norm();
            u *= constant * p[3] / (distance * distance * distance);
          }};
}

}  // namespace

Curve polynomial(Index degree) {
  require(degree >= 0, "polynomial: degree = {} must be at least 0", degree);
  Curve curve{.name = "polynomial",
              .predict = [](const VectorView& c, const VectorView& place, MutableVectorView value) {
                value[0] = 0.0;
                for (const double coefficient : c) value[0] = value[0] * place[0] + coefficient;
              }};
  for (Index i = 0; i <= degree; ++i) curve.parameters.push_back(fmt::format("c{}", i));
  return curve;
}

Curve lorentzian() {
  return {.name = "lorentzian",
          .parameters = {"b0", "b1", "b2", "area", "centre", "width"},
          .predict = [](const VectorView& p, const VectorView& place, MutableVectorView value) {
            const double energy = place[0];
            const double off = energy - p[4];
            const double peak = p[3] * (p[5] / (2.0 * pi)) / (off * off + p[5] * p[5] / 4.0);
            value[0] = p[0] + (p[1] + p[2] * energy) * energy + peak;
          }};
}

Curve two_decays() {
  return {.name = "decay",
          .parameters = {"a1", "a2", "a3", "a4", "a5"},
          .predict = [](const VectorView& a, const VectorView& place, MutableVectorView value) {
            value[0] = a[0] + a[1] * std::exp(-place[0] / a[3]) + a[2] * std::exp(-place[0] / a[4]);
          }};
}

Observations bevington_counts() {
  Observations seen;
  seen.values.resize(59);
  seen.values << 775, 479, 380, 302, 185, 157, 137, 119, 110, 89, 74, 61, 66, 68, 48, 54, 51, 46, 55, 29,
      28, 37, 49, 26, 35, 29, 31, 24, 25, 35, 24, 30, 26, 28, 21, 18, 20, 27, 17, 17, 14, 17, 24, 11, 22,
      17, 12, 10, 13, 16, 9, 9, 14, 21, 17, 13, 12, 18, 10;
  seen.places = Vector::LinSpaced(59, 15.0, 885.0).transpose();
  seen.sigmas = seen.values.cwiseSqrt();
  return seen;
}

Curve mogi(double poisson) {
  require(poisson > -1.0 && poisson <= 0.5, "mogi: poisson = {} is not in (-1, 0.5]", poisson);
  return mogi_with("mogi", (1.0 - poisson) / pi);
}

Curve mogi_of_the_original() { return mogi_with("mogi", 0.75 * pi); }

Curve circle_distance() {
  return {.name = "circle",
          .parameters = {"x0", "y0", "r"},
          .coordinates = 2,
          .predict = [](const VectorView& p, const VectorView& place, MutableVectorView value) {
            value[0] = std::hypot(place[0] - p[0], place[1] - p[1]) - p[2];
          }};
}

Curve sum_of(std::vector<Curve> curves) {
  require(!curves.empty(), "sum_of: needs at least one curve");
  Curve sum{.name = "sum", .coordinates = curves[0].coordinates, .values = curves[0].values};
  for (std::size_t i = 0; i < curves.size(); ++i) {
    require(curves[i].coordinates == sum.coordinates && curves[i].values == sum.values,
            "sum_of: '{}' has {} coordinates and {} values, '{}' {} and {}", curves[i].name,
            curves[i].coordinates, curves[i].values, curves[0].name, sum.coordinates, sum.values);
    for (const std::string& name : curves[i].parameters) {
      sum.parameters.push_back(fmt::format("{}_{}", name, i + 1));
    }
  }
  sum.predict = [curves = std::move(curves)](const VectorView& p, const VectorView& place,
                                             MutableVectorView value) {
    value.setZero();
    Vector part(value.size());
    Index first = 0;
    for (const Curve& curve : curves) {
      const auto count = static_cast<Index>(curve.parameters.size());
      curve.predict(p.segment(first, count), place, part);
      value += part;
      first += count;
    }
  };
  return sum;
}

Curve seen_along(Curve curve, const VectorView& direction) {
  require(direction.size() == curve.values, "seen_along: '{}' has {} values, the direction {}",
          curve.name, curve.values, direction.size());
  require(direction.allFinite(), "seen_along: the direction is not finite");
  Curve seen{.name = curve.name, .parameters = curve.parameters, .coordinates = curve.coordinates};
  seen.predict = [all = std::move(curve.predict), weights = Vector(direction)](
                     const VectorView& p, const VectorView& place, MutableVectorView value) {
    Vector values(weights.size());
    all(p, place, values);
    value[0] = weights.dot(values);
  };
  return seen;
}

EnclosingRadius::EnclosingRadius(Points points) : points_(std::move(points)) {
  require(points_.rows() >= 1 && points_.cols() >= 1 && points_.allFinite(),
          "EnclosingRadius: needs at least one point, all of finite numbers");
}

double EnclosingRadius::operator()(const VectorView& centre) const {
  require(centre.size() == points_.rows(),
          "EnclosingRadius: the centre has {} coordinates, the points {}", centre.size(),
          points_.rows());
  double most = 0.0;
  for (const auto& point : points_.colwise()) {
    const double distance = (point - centre).stableNorm();
    if (!(distance <= most)) most = distance;  // a NaN stays
    if (std::isnan(most)) break;
  }
  return most;
}

}  // namespace mystic
