#pragma once

#include "mystic/core/model.hpp"
#include "mystic/core/options.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mystic {

/// How a surface is laid through points. Distances r are those of the unit box: each coordinate is
/// scaled so that the points fill [0, 1].
struct RadialBasisOptions {
  static constexpr std::string_view title = "RadialBasisOptions";

  std::string kernel = "thin-plate";
  std::optional<double> width = {};
  std::optional<Index> degree = {};
  double smoothing = 0.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("kernel", self.kernel,
          Choices{{"thin-plate", "multiquadric", "inverse-multiquadric", "gaussian", "linear", "cubic",
                   "quintic"}},
          "r^2 log r, sqrt(1 + r^2), 1/sqrt(1 + r^2), exp(-r^2), r, r^3, r^5, with r in units of width");
    field("width", self.width, Range{.lower = 0, .open_below = true},
          "of the kernel, in the unit box; none: m^(-1/n) of m points of n variables, their mean "
          "distance");
    field("degree", self.degree, Range{.lower = -1, .upper = 2},
          "of the polynomial beside the kernels, -1: no polynomial; none: the least that the kernel "
          "needs: 2 "
          "quintic, 1 thin-plate and cubic, 0 linear and multiquadric, otherwise -1");
    field("smoothing", self.smoothing, Range{.lower = 0},
          "0: through every point; more: smoother, and values may differ at one point (their mean "
          "counts)");
  }

  /// The degree that is used.
  [[nodiscard]] Index used_degree() const;
  [[nodiscard]] std::string broken_rules() const;
};

/// A smooth surface through (or near) values at scattered points, to search instead of a costly model:
///
///     s(x) = sum_j w_j phi(|x - x_j| / width) + p(x),   sum_j w_j q(x_j) = 0 for all q of p's degree
///
/// from (K + smoothing D) w + P c = y, P^T w = 0; D is diagonal, 1 / (values given at that point).
/// Polynomials of p's degree are reproduced. Costs m^3 / 3 once, m n for each value.
/// Source: Wendland, Scattered Data Approximation (2005), chapters 6-8; Wahba, Spline Models for
/// Observational Data (1990), section 2.4, for the smoothing.
class RadialBasis {
 public:
  /// @param points  n x m, finite; points that are there twice are merged
  /// @param values  m numbers, finite
  /// @throws InvalidOptions; InvalidArgument if sizes differ, something is not finite, values differ at
  /// one
  ///         point without smoothing, the points are too few or lie too special for the polynomial (on a
  ///         line, say), or the system is singular to rounding: too wide a kernel
  static RadialBasis fit(const PointsView& points, const VectorView& values,
                         const RadialBasisOptions& options = {});

  /// @param x  n numbers. @throws InvalidArgument for another size
  [[nodiscard]] double value(const VectorView& x) const;
  double operator()(const VectorView& x) const { return value(x); }
  /// n numbers. At a point of the fit the kernel "linear" has a kink; the gradient there leaves its cone
  /// out.
  [[nodiscard]] Vector gradient(const VectorView& x) const;

  [[nodiscard]] Index dimension() const { return scale_.size(); }
  /// How many points are left after merging.
  [[nodiscard]] Index size() const { return centres_.cols(); }
  [[nodiscard]] double width() const { return width_; }

 private:
  enum class Kernel { thin_plate, multiquadric, inverse_multiquadric, gaussian, linear, cubic, quintic };

  RadialBasis() = default;
  static double kernel_value(Kernel kernel, double r);
  static double kernel_slope(Kernel kernel, double r);
  void place(const PointsView& points, const RadialBasisOptions& options);
  void solve(const Vector& values, const Vector& counts, double smoothing);

  Kernel kernel_ = Kernel::thin_plate;
  double width_ = 1.0;
  Index degree_ = 1;
  Vector origin_;  // of the unit box
  Vector scale_;   // 1 / its side
  Points centres_;
  Vector weights_;
  Vector polynomial_;
};

/// A surface as a model, with one output.
class RadialBasisModel : public Model {
 public:
  /// @param inputs  names, surface.dimension() of them. @throws InvalidArgument for another number
  RadialBasisModel(RadialBasis surface, std::vector<std::string> inputs, std::string output = "cost");

  [[nodiscard]] const std::vector<std::string>& inputs() const override { return inputs_; }
  [[nodiscard]] const std::vector<std::string>& outputs() const override { return outputs_; }
  void evaluate(const Question& question, std::span<Outcome> outcomes) const override;

 private:
  RadialBasis surface_;
  std::vector<std::string> inputs_;
  std::vector<std::string> outputs_;
};

}  // namespace mystic
