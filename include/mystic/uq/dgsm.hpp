#pragma once

#include "mystic/uq/evaluate_points.hpp"
#include "mystic/uq/inputs.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mystic {

struct DgsmOptions {
  static constexpr std::string_view title = "dgsm";

  Index samples = 256;
  std::string design = "sobol";
  double step = 1e-3;
  double level = 0.95;
  std::uint64_t seed = 0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("samples", self.samples, Range{.lower = 2, .upper = 1e9},
          "N, rows: N (k + 1) evaluations for k inputs");
    field("design", self.design, Choices{{"sobol", "monte-carlo", "latin-hypercube"}},
          "of the rows; intervals are too wide but for monte-carlo");
    field(
        "step", self.step, Range{.lower = 1e-8, .upper = 0.5},
        "of the differences, on the scale of a standard normal law: a thousandth of the sd of a normal "
        "input; larger for outputs with few digits");
    field("level", self.level, Range{.lower = 0, .upper = 1, .open_below = true, .open_above = true},
          "confidence of the intervals");
    field("seed", self.seed, Range{.lower = 0}, "of the design and the directions of steps");
  }
};

/// Rows of n + 1 points: column (n + 1) r is a point, column (n + 1) r + 1 + i the same with input i
/// moved one step, up or down by chance.
struct DgsmPlan {
  Points points;  ///< n x N (n + 1)
  Index rows = 0;

  [[nodiscard]] Index width() const { return points.rows() + 1; }
};

/// The design of dgsm(), in the unit cube. Extendable, unless the design is a Latin hypercube.
/// @throws InvalidArgument if dimension is below 1; InvalidOptions
[[nodiscard]] DgsmPlan dgsm_plan(Index dimension, const DgsmOptions& options = {});

/// Of one input x = q(u), u uniform in (0, 1), u = Phi(z), z standard normal. V is the variance of the
/// output, ST the share of it that stays if all other inputs were known (its total Sobol' index).
struct DgsmIndex {
  Index ok = 0;            ///< rows of which both points succeeded
  Estimate mean_square;    ///< nu = E[(df/dx)^2]; (unit of f / unit of x)^2
  Estimate uniform_bound;  ///< E[(df/du)^2] / pi^2 V: at least ST
  Estimate normal_bound;   ///< E[(df/dz)^2] / V: at least ST
};

/// Derivative-based global sensitivity measures, from differences along each input.
///
/// Both bounds hold for every continuous law, by Poincare's inequality for the uniform and for the
/// normal law: what ST is does not change with the scale that an input is measured on. The first is nu
/// (b - a)^2 / pi^2 V for a uniform input, the second nu sigma^2 / V for a normal one; for others the
/// smaller is the better. The first is infinite (its estimate does not settle) for laws whose density
/// falls to 0, such as the normal. An input whose bound is small does not matter; one whose bound is
/// large may or may not.
///
/// Differences: f(z + h) - f(z), by what x, u and z change. Up or down by chance, so that the error of
/// first order in h is 0 on average.
///
/// Intervals: Student's, over rows, of the logarithm, by the delta method; as for independent rows.
///
/// Source: Sobol' & Kucherenko (2009), doi:10.1016/j.matcom.2009.01.023; (2010),
/// doi:10.1016/j.sbspro.2010.05.208; other laws: Lamboni, Iooss, Popelin & Gamboa (2013),
/// doi:10.1016/j.matcom.2012.10.003.
///
/// @param plan    of n inputs
/// @param x       n x m, its points, or the first rows of them, as the model had them
/// @param output  m; NaN or infinite: failed
/// @param level   confidence, in (0, 1)
/// @return n; NaN where fewer than 2 rows are left; bounds too where the output does not vary
/// @throws InvalidArgument if sizes do not match, or `level` is outside
[[nodiscard]] std::vector<DgsmIndex> dgsm_estimates(const DgsmPlan& plan, const PointsView& x,
                                                    const VectorView& output, double level = 0.95);

/// Of one output of a model.
struct OutputDgsmIndices {
  std::string output;
  std::vector<DgsmIndex> inputs;
};

/// The same, of each output.
[[nodiscard]] std::vector<OutputDgsmIndices> dgsm_estimates(const DgsmPlan& plan, const PointsView& x,
                                                            const PointAnswers& answers,
                                                            double level = 0.95);

struct DgsmStudy {
  PointAnswers answers;  ///< at the points of dgsm_plan(), row after row
  Points points;         ///< n x m, of the inputs
  std::vector<OutputDgsmIndices> outputs;
};

/// Derivative-based measures of a model's outputs with respect to its inputs.
/// @throws InvalidOptions; InvalidArgument if there are no inputs, if some depend on each other or have
/// a
///         discrete law, or model and inputs do not fit
[[nodiscard]] DgsmStudy dgsm(const std::shared_ptr<const Model>& model, const Inputs& inputs,
                             const DgsmOptions& options = {}, const EvaluationSettings& settings = {});

/// The same, shared out by a map.
[[nodiscard]] inline DgsmStudy dgsm(const std::shared_ptr<const Model>& model, const Inputs& inputs,
                                    const DgsmOptions& options, Map& map) {
  return dgsm(model, inputs, options, {.map = &map});
}

}  // namespace mystic
