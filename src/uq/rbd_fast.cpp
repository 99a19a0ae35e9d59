// RBD-FAST on given data: formulas and sources in the header. The interval is ours.

#include "mystic/uq/rbd_fast.hpp"

#include "mystic/core/require.hpp"
#include "mystic/uq/sampling.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace mystic {
namespace {

// Up along every second of the values in `order`, then down along the others.
std::vector<Index> folded(const std::vector<Index>& order) {
  std::vector<Index> there_and_back;
  const std::size_t size = order.size();
  for (std::size_t k = 0; k < size; k += 2) there_and_back.push_back(order[k]);
  for (std::size_t k = size - size % 2; k > 0; k -= 2) there_and_back.push_back(order[k - 1]);
  return there_and_back;
}

// Harmonics 1 ... M of y, as a curve at each of its places.
Vector smooth_part(const Vector& y, Index harmonics) {
  const auto n = static_cast<double>(y.size());
  Vector smooth = Vector::Zero(y.size());
  Vector cosine(y.size());
  Vector sine(y.size());
  for (Index p = 1; p <= harmonics; ++p) {
    double along = 0.0;
    double across = 0.0;
    for (Index t = 0; t < y.size(); ++t) {
      const double angle = 2.0 * std::numbers::pi * static_cast<double>(p * t % y.size()) / n;
      cosine[t] = std::cos(angle);
      sine[t] = std::sin(angle);
      along += y[t] * cosine[t];
      across += y[t] * sine[t];
    }
    smooth += 2.0 / n * (along * cosine + across * sine);
  }
  return smooth;
}

double mean_square(const Vector& values) {
  double sum = 0.0;
  for (const double value : values) sum += value * value;
  return sum / static_cast<double>(values.size());
}

// Of an output with mean 0, in folded order.
Estimate first_order(const Vector& y, const RbdFastOptions& options) {
  const double variance = mean_square(y);
  if (!(variance > 0.0)) return {};
  const Vector smooth = smooth_part(y, options.harmonics);
  const auto n = static_cast<double>(y.size());
  const double share = mean_square(smooth) / variance;
  const double noise = 2.0 * static_cast<double>(options.harmonics) / n;
  const double value = share - noise / (1.0 - noise) * (1.0 - share);
  const Vector influence =
      (2.0 * y.array() * smooth.array() - smooth.array().square() - share * y.array().square()) /
      variance;
  // Noise in the smooth part adds 4 noise (1 - S)^2 to the square of the influence, twice the variance
  // of its power: so intervals of small samples are a little too wide, and at S = 0 by sqrt 2.
  const double half =
      normal_width(options.level) / (1.0 - noise) * std::sqrt(mean_square(influence) / n);
  return {value, {value - half, value + half}};
}

}  // namespace

std::vector<RbdFastIndex> rbd_fast(const PointsView& points, const VectorView& output,
                                   const RbdFastOptions& options) {
  validate(options);
  require(points.rows() >= 1 && points.cols() == output.size(),
          "rbd_fast: {} outputs for {} points of {}", output.size(), points.cols(), points.rows());
  require(output.size() > 4 * options.harmonics,
          "rbd_fast: {} points are too few for {} harmonics; must be more than {}", output.size(),
          options.harmonics, 4 * options.harmonics);
  require(points.allFinite(), "rbd_fast: a coordinate is not finite");
  std::vector<Index> ok;
  double sum = 0.0;
  for (Index k = 0; k < output.size(); ++k) {
    if (!std::isfinite(output[k])) continue;
    ok.push_back(k);
    sum += output[k];
  }
  const auto count = static_cast<Index>(ok.size());
  std::vector<RbdFastIndex> found(static_cast<std::size_t>(points.rows()), {.ok = count, .first = {}});
  if (count <= 4 * options.harmonics) return found;
  const double mean = sum / static_cast<double>(count);
  for (Index input = 0; input < points.rows(); ++input) {
    std::vector<Index> order = ok;
    std::ranges::stable_sort(order, {}, [&](Index k) { return points(input, k); });
    order = folded(order);
    Vector y(count);
    for (Index t = 0; t < count; ++t) y[t] = output[order[static_cast<std::size_t>(t)]] - mean;
    found[static_cast<std::size_t>(input)].first = first_order(y, options);
  }
  return found;
}

Points rbd_fast_plan(Index dimension, const RbdFastStudyOptions& options) {
  validate(options);
  return sampling_points(options.design, dimension, options.samples, options.seed);
}

std::vector<OutputRbdFastIndices> rbd_fast(const PointsView& points, const PointAnswers& answers,
                                           const RbdFastOptions& options) {
  std::vector<OutputRbdFastIndices> found;
  for (Index output = 0; output < answers.outputs.rows(); ++output) {
    const Vector values = answers.outputs.row(output);
    found.push_back(
        {answers.names[static_cast<std::size_t>(output)], rbd_fast(points, values, options)});
  }
  return found;
}

RbdFastStudy rbd_fast(const std::shared_ptr<const Model>& model, const Inputs& inputs,
                      const RbdFastStudyOptions& options, const EvaluationSettings& settings) {
  validate(options.estimates);
  require(inputs.dimension() >= 1, "rbd_fast: there are no inputs");
  require(options.samples > 4 * options.estimates.harmonics,
          "rbd_fast: samples = {} must be more than {}, for {} harmonics", options.samples,
          4 * options.estimates.harmonics, options.estimates.harmonics);
  RbdFastStudy study{.answers = {},
                     .points = inputs.from_unit(rbd_fast_plan(inputs.dimension(), options)),
                     .outputs = {}};
  study.answers = evaluate_points(model, inputs.names(), study.points, settings);
  study.outputs = rbd_fast(study.points, study.answers, options.estimates);
  return study;
}

}  // namespace mystic
