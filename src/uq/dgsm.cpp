// Derivative-based global sensitivity measures: formulas and sources in the header. One difference
// serves three scales, for only what the input changed by differs.

#include "mystic/uq/dgsm.hpp"

#include "designs/draws.hpp"
#include "designs/large_points.hpp"
#include "independent_inputs.hpp"
#include "laws/standard_normal.hpp"
#include "mystic/core/require.hpp"
#include "mystic/uq/sampling.hpp"
#include "mystic/uq/moments.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace mystic {
namespace {

// 1 - u is exact from 1/2 on: the upper tail has all its digits.
double score(double u) { return u < 0.5 ? laws::normal_quantile(u) : -laws::normal_quantile(1.0 - u); }

double moved(double u, double step) {
  const double z = score(u) + step;
  const double there = z < 0.0 ? laws::normal_cdf(z) : 1.0 - laws::normal_cdf(-z);
  return std::clamp(there, 0x1p-1000, 1.0 - 0x1p-53);
}

// Of the rows of which both points succeeded.
struct Differences {
  std::vector<double> outputs;  // f at the points
  // Squares of the derivatives on each scale.
  std::vector<double> by_x;
  std::vector<double> by_u;
  std::vector<double> by_z;
};

Differences differences(const DgsmPlan& plan, const PointsView& x, const VectorView& output,
                        Index input) {
  Differences found;
  for (Index first = 0; first < output.size(); first += plan.width()) {
    const Index other = first + 1 + input;
    const double change = output[other] - output[first];
    const double u = plan.points(input, first);
    const double v = plan.points(input, other);
    const auto square = [change](double by) { return change / by * (change / by); };
    const double by_x = square(x(input, other) - x(input, first));
    // A quantile function can be flat, and so x not move.
    if (!std::isfinite(output[first]) || !std::isfinite(by_x)) continue;
    found.outputs.push_back(output[first]);
    found.by_x.push_back(by_x);
    found.by_u.push_back(square(v - u));
    found.by_z.push_back(square(score(v) - score(u)));
  }
  return found;
}

Moments moments_of(const std::vector<double>& values) {
  Moments moments;
  for (const double value : values) moments.add(value);
  return moments;
}

// Of a value that cannot be negative: the interval of its logarithm, whose law is less skew.
Estimate above_zero(double value, double sd, double n, double level) {
  if (!(value > 0.0)) return {value, {value, value}};
  const double factor = std::exp(student_width(level, n - 1.0) * sd / std::sqrt(n) / value);
  return {value, {value / factor, value * factor}};
}

Estimate mean(const std::vector<double>& squares, double level) {
  const Moments moments = moments_of(squares);
  return above_zero(moments.mean(), moments.sd(), static_cast<double>(squares.size()), level);
}

// mean of squares / variance of outputs.
Estimate share(const std::vector<double>& squares, const std::vector<double>& outputs,
               const Moments& of_outputs, double level) {
  const double variance = of_outputs.variance();
  if (!(variance > 0.0)) return {};
  const double value = moments_of(squares).mean() / variance;
  Moments influence;
  for (std::size_t k = 0; k < squares.size(); ++k) {
    const double distance = outputs[k] - of_outputs.mean();
    influence.add((squares[k] - value * distance * distance) / variance);
  }
  return above_zero(value, influence.sd(), static_cast<double>(squares.size()), level);
}

Estimate times(const Estimate& estimate, double factor) {
  return {estimate.value * factor, {estimate.interval.lower * factor, estimate.interval.upper * factor}};
}

}  // namespace

DgsmPlan dgsm_plan(Index dimension, const DgsmOptions& options) {
  validate(options);
  require_size("dgsm_plan", dimension, options.samples);
  require_size("dgsm_plan", dimension * (dimension + 1), options.samples);
  const Points base = sampling_points(options.design, dimension, options.samples, options.seed);
  DgsmPlan plan{.points = large_points(dimension, options.samples * (dimension + 1)),
                .rows = options.samples};
  for (Index row = 0; row < plan.rows; ++row) {
    const Index first = row * plan.width();
    plan.points.middleCols(first, plan.width()).colwise() = base.col(row);
    for (Index i = 0; i < dimension; ++i) {
      const bool goes_up =
          draws(options.seed, Draws::dgsm, i).at(static_cast<std::uint64_t>(row)) >> 63U;
      plan.points(i, first + 1 + i) = moved(base(i, row), goes_up ? options.step : -options.step);
    }
  }
  return plan;
}

std::vector<DgsmIndex> dgsm_estimates(const DgsmPlan& plan, const PointsView& x,
                                      const VectorView& output, double level) {
  require(output.size() > 0 && output.size() % plan.width() == 0 && output.size() <= plan.points.cols(),
          "dgsm_estimates: {} outputs are not whole rows of {} points, at most {} of them",
          output.size(), plan.width(), plan.rows);
  require(x.rows() == plan.points.rows() && x.cols() >= output.size(),
          "dgsm_estimates: the points are {} x {}, not {} x {}", x.rows(), x.cols(), plan.points.rows(),
          output.size());
  require(level > 0.0 && level < 1.0, "dgsm_estimates: level = {} is not in (0, 1)", level);
  std::vector<DgsmIndex> found;
  for (Index input = 0; input < x.rows(); ++input) {
    const Differences rows = differences(plan, x, output, input);
    DgsmIndex index{.ok = static_cast<Index>(rows.outputs.size()),
                    .mean_square = {},
                    .uniform_bound = {},
                    .normal_bound = {}};
    if (index.ok >= 2) {
      const Moments outputs = moments_of(rows.outputs);
      constexpr double pi = std::numbers::pi;
      index.mean_square = mean(rows.by_x, level);
      index.uniform_bound = times(share(rows.by_u, rows.outputs, outputs, level), 1.0 / (pi * pi));
      index.normal_bound = share(rows.by_z, rows.outputs, outputs, level);
    }
    found.push_back(index);
  }
  return found;
}

std::vector<OutputDgsmIndices> dgsm_estimates(const DgsmPlan& plan, const PointsView& x,
                                              const PointAnswers& answers, double level) {
  std::vector<OutputDgsmIndices> found;
  for (Index output = 0; output < answers.outputs.rows(); ++output) {
    const Vector values = answers.outputs.row(output);
    found.push_back(
        {answers.names[static_cast<std::size_t>(output)], dgsm_estimates(plan, x, values, level)});
  }
  return found;
}

DgsmStudy dgsm(const std::shared_ptr<const Model>& model, const Inputs& inputs,
               const DgsmOptions& options, const EvaluationSettings& settings) {
  validate(options);
  require_independent("dgsm", inputs, "a step of one of them would move others");
  for (Index i = 0; i < inputs.dimension(); ++i) {
    const Law& law = inputs.laws()[static_cast<std::size_t>(i)];
    require(!law.is_discrete(), "dgsm: input '{}' is discrete ({}); there are no derivatives by it",
            inputs.names()[static_cast<std::size_t>(i)], law.text());
  }
  const DgsmPlan plan = dgsm_plan(inputs.dimension(), options);
  DgsmStudy study{.answers = {}, .points = inputs.from_unit(plan.points), .outputs = {}};
  study.answers = evaluate_points(model, inputs.names(), study.points, settings);
  study.outputs = dgsm_estimates(plan, study.points, study.answers, options.level);
  return study;
}

}  // namespace mystic
