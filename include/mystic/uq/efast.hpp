#pragma once

#include "mystic/uq/evaluate_points.hpp"
#include "mystic/uq/inputs.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mystic {

struct EfastOptions {
  static constexpr std::string_view title = "efast";

  Index samples = 513;
  Index harmonics = 6;
  Index curves = 8;
  double level = 0.95;
  std::uint64_t seed = 0;

  [[nodiscard]] std::string broken_rules() const;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("samples", self.samples, Range{.lower = 1, .upper = 2e4},
          "N, points of a curve, at least 4 M^2 + M: N k curves evaluations for k inputs");
    field("harmonics", self.harmonics, Range{.lower = 1, .upper = 64},
          "M, of an input's own frequency that count for it: what is above is missing in its first "
          "order; 4 is usual, with 6 a quarter of that");
    field("curves", self.curves, Range{.lower = 1, .upper = 1e6},
          "for each input, of random phases; intervals need 2");
    field("level", self.level, Range{.lower = 0, .upper = 1, .open_below = true, .open_above = true},
          "confidence of the intervals");
    field("seed", self.seed, Range{.lower = 0}, "of the phases");
  }
};

/// Curves through the unit cube: curve number c for input i has columns column(c, i, 0) to
/// column(c, i, N - 1), in the order of s.
struct EfastPlan {
  Points points;  ///< n x curves n N
  Index samples = 0;
  Index curves = 0;
  Index harmonics = 0;
  Index frequency = 0;  ///< of the input that a curve is for

  [[nodiscard]] Index column(Index curve, Index input, Index sample) const {
    return (curve * points.rows() + input) * samples + sample;
  }
};

/// The design of extended FAST: along the curve for input i, input j moves as
///
///     u_j(s) = 1/2 + arcsin(sin(w_j s + phase_j)) / pi,   s = 2 pi t / N
///
/// (as many times up and down, each value as often), the input itself at w = N / (2 M + 1/2), others at
/// frequencies spread from 1 to at most w / 2 M, each curve in another order. Source: Saltelli,
/// Tarantola & Chan (1999), doi:10.1080/00401706.1999.10485594.
///
/// What differs: N = 2 M w + 1 there, where harmonics above M of the input, mixed with others, come back
/// right on its own (S of Ishigami's x3 is 0.023 then with M = 4, not 0); here they come back between.
/// And others' frequencies end at w / 4 M if that leaves as many as there are inputs: else their own
/// higher harmonics pass for the input's total (0.487 in place of 0.442 for Ishigami's x2 with w / 2 M
/// and M = 4).
///
/// Extendable: more curves keep those there were.
///
/// @throws InvalidArgument if dimension is below 1; InvalidOptions
[[nodiscard]] EfastPlan efast_plan(Index dimension, const EfastOptions& options = {});

/// Of one input.
struct EfastIndex {
  Index ok = 0;      ///< points of its curves that succeeded
  Index curves = 0;  ///< that had enough of them
  Estimate first;    ///< share of the variance that goes if it alone were known
  Estimate total;    ///< share that stays if all others were known
};

/// Indices from the spectra of an output: power at w, 2 w, ..., M w for the first order, at 1 ... w / 2
/// for all other inputs together, each as a share of the variance, over all curves of the input.
///
/// Intervals: Student's over the curves, by the delta method; NaN from one curve. To that is added what
/// harmonics above M would hold, which are missing in the first order, and what others' harmonics would
/// hold that reach above w / 2, or the input's own mixed with others' that reach below, if powers went
/// on falling from there as k^-4, as at a kink, from what those before them hold. (Of a jump, k^-2, more
/// is missing.) So the intervals are wider than Student's, and mostly too wide.
///
/// Failures: the amplitudes are then those of least squares over the points that succeeded, less what
/// their noise adds to the power on average (noise: the residuals, as if they were white). That biases
/// little as long as failures strike at random: the total of a pure interaction, 1, comes out as 0.999,
/// 0.994, 0.94 where 10, 20, 40 % failed. A curve is left out when not twice as many points succeeded as
/// there are amplitudes, 1.5 w + 2 M + 1, about 0.75 N / M.
///
/// @param output  one number for each point of the plan, or for those of its first curves of all inputs;
///                NaN or infinite: failed
/// @param level   confidence, in (0, 1)
/// @return one for each input; NaN where the output does not vary
/// @throws InvalidArgument if the size is not that of such curves, or `level` is outside
[[nodiscard]] std::vector<EfastIndex> efast_estimates(const EfastPlan& plan, const VectorView& output,
                                                      double level = 0.95);

/// Of one output of a model.
struct OutputEfastIndices {
  std::string output;
  std::vector<EfastIndex> inputs;
};

/// The same, of each output.
[[nodiscard]] std::vector<OutputEfastIndices> efast_estimates(const EfastPlan& plan,
                                                              const PointAnswers& answers,
                                                              double level = 0.95);

/// What the reader of figures from such a plan should know: that inputs share frequencies, for then
/// curves differ much from each other; how many points they would need for frequencies of their own;
/// that there is but one curve.
[[nodiscard]] std::vector<std::string> efast_notes(const EfastPlan& plan);

struct EfastStudy {
  PointAnswers answers;  ///< at the points of efast_plan()
  Points points;         ///< n x m, of the inputs
  std::vector<OutputEfastIndices> outputs;
  std::vector<std::string> notes;
};

/// First-order and total indices of a model's outputs by extended FAST.
/// @throws InvalidOptions; InvalidArgument if there are no inputs, if some depend on each other, or
/// model
///         and inputs do not fit
[[nodiscard]] EfastStudy efast(const std::shared_ptr<const Model>& model, const Inputs& inputs,
                               const EfastOptions& options = {},
                               const EvaluationSettings& settings = {});

/// The same, shared out by a map.
[[nodiscard]] inline EfastStudy efast(const std::shared_ptr<const Model>& model, const Inputs& inputs,
                                      const EfastOptions& options, Map& map) {
  return efast(model, inputs, options, {.map = &map});
}

}  // namespace mystic
