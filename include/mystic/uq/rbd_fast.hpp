#pragma once

#include "mystic/uq/evaluate_points.hpp"
#include "mystic/uq/inputs.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mystic {

struct RbdFastOptions {
  static constexpr std::string_view title = "rbd-fast";

  Index harmonics = 10;
  double level = 0.95;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("harmonics", self.harmonics, Range{.lower = 1, .upper = 1000},
          "M: how fine an effect can be to be seen; the sample must have more than 4 M points");
    field("level", self.level, Range{.lower = 0, .upper = 1, .open_below = true, .open_above = true},
          "confidence of the intervals");
  }
};

/// Of one input.
struct RbdFastIndex {
  Index ok = 0;    ///< points that count
  Estimate first;  ///< share of the variance that goes if it alone were known
};

/// First-order indices from any sample, by random balance designs: put into the order of an input, up
/// along every second value and down along the others, an output that depends on it is one slow
/// oscillation; the power of harmonics 1 to M is the input's share P of the variance, and
///
///     S = P - 2 M / N / (1 - 2 M / N) (1 - P)
///
/// takes off what noise puts there. Only the order of an input counts: values, scores and numbers of
/// cells give the same. Ties stay in the order of the points.
///
/// Intervals are asymptotic, for independent points: from the influence of each point on S,
/// 2 y m(x) - m(x)^2 - S y^2 with m the smooth part of y (Da Veiga & Gamboa 2013); where S is near 0,
/// they are too wide. They do not know of harmonics above M.
///
/// Not for points of a low-discrepancy sequence: their noise has less power than the correction takes
/// off, and small indices come out too low by some M / N.
///
/// Inputs that depend on each other: S is the share that goes if the input were known, with what that
/// tells of the others; such shares do not add up to 1.
///
/// Source: Tarantola, Gatelli & Mara (2006), doi:10.1016/j.ress.2005.06.003; as a method for given data:
/// Plischke (2010), doi:10.1016/j.ress.2009.11.005; correction: Tissot & Prieur (2012),
/// doi:10.1016/j.ress.2012.06.010.
///
/// @param points  n x m, of the inputs or of the unit cube
/// @param output  m; NaN or infinite: failed, left out before all else
/// @return n; NaN where not more than 4 M points are left, or the output does not vary
/// @throws InvalidOptions; InvalidArgument if sizes do not match, a coordinate is not finite, or m is
/// not
///         above 4 M
[[nodiscard]] std::vector<RbdFastIndex> rbd_fast(const PointsView& points, const VectorView& output,
                                                 const RbdFastOptions& options = {});

struct RbdFastStudyOptions {
  static constexpr std::string_view title = "rbd-fast";

  Index samples = 1024;
  std::string design = "latin-hypercube";
  std::uint64_t seed = 0;
  RbdFastOptions estimates = {};

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("samples", self.samples, Range{.lower = 5, .upper = 1e9}, "evaluations, whatever the inputs");
    field("design", self.design, Choices{{"latin-hypercube", "monte-carlo"}},
          "of the points; intervals of a hypercube are a little too wide");
    field("seed", self.seed, Range{.lower = 0}, "of the design");
  }
};

/// Of one output of a model.
struct OutputRbdFastIndices {
  std::string output;
  std::vector<RbdFastIndex> inputs;
};

struct RbdFastStudy {
  PointAnswers answers;
  Points points;  ///< n x m, of the inputs
  std::vector<OutputRbdFastIndices> outputs;
};

/// The points that rbd_fast() asks for, in the unit cube. More of them begin with those there were,
/// unless the design is a Latin hypercube.
[[nodiscard]] Points rbd_fast_plan(Index dimension, const RbdFastStudyOptions& options = {});

/// Of each output of a model at points that it was asked at.
[[nodiscard]] std::vector<OutputRbdFastIndices> rbd_fast(const PointsView& points,
                                                         const PointAnswers& answers,
                                                         const RbdFastOptions& options = {});

/// First-order indices of a model's outputs.
/// @throws InvalidOptions; InvalidArgument if there are no inputs, or model and inputs do not fit
[[nodiscard]] RbdFastStudy rbd_fast(const std::shared_ptr<const Model>& model, const Inputs& inputs,
                                    const RbdFastStudyOptions& options = {},
                                    const EvaluationSettings& settings = {});

/// The same, shared out by a map.
[[nodiscard]] inline RbdFastStudy rbd_fast(const std::shared_ptr<const Model>& model,
                                           const Inputs& inputs, const RbdFastStudyOptions& options,
                                           Map& map) {
  return rbd_fast(model, inputs, options, {.map = &map});
}

}  // namespace mystic
