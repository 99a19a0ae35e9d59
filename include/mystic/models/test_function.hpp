#pragma once

#include "mystic/core/point.hpp"
#include "mystic/core/require.hpp"

#include <array>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace mystic {

/// A few numbers, repeated as often as there are variables: {1} is (1, ..., 1), {-5, 0} for two
/// variables (-5, 0). At most 20; none at all stands for zeros.
class Pattern {
 public:
  static constexpr std::size_t capacity = 20;

  constexpr Pattern() = default;
  constexpr Pattern(double value) : size_(1) { values_[0] = value; }
  constexpr Pattern(std::initializer_list<double> values) {
    for (const double value : values) values_.at(size_++) = value;
  }

  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  constexpr double operator[](std::size_t i) const { return size_ == 0 ? 0.0 : values_[i % size_]; }
  /// The first n numbers of the repetition; n >= 0.
  [[nodiscard]] Vector vector(Index n) const;

 private:
  std::array<double, capacity> values_{};
  std::size_t size_ = 0;
};

/// What a function looks like around its minimum.
enum class Shape {
  smooth,  ///< it has a gradient, which is 0 there
  kinked,  ///< it has none there: a cone, a ridge, a corner
  flat,    ///< points beside the minimum have the same value: steps, a plateau
};

/// Where the gradient is 0.
struct KnownStationaryPoint {
  Pattern at = {};  ///< one number for each variable
  double value = 0.0;
  Index index = 0;  ///< negative eigenvalues of the Hessian: 0 a minimum, n a maximum, between: a saddle
};

/// A function with a known minimum: one row of the table of test functions, which is where its formula,
/// box, minimum and source are written.
struct TestFunction {
  std::string_view name = {};
  std::string_view original = {};  ///< its name in the original mystic, if it is there
  std::string_view text = {};      ///< one line: what is hard about it
  std::string_view formula = {};   ///< one or more lines, without a last end of line
  std::string_view source = {};    ///< paper or book

  double (*function)(const VectorView&) = nullptr;  ///< throws InvalidArgument for a wrong size
  Index least_dimension = 1;
  Index most_dimension = 0;  ///< 0: any
  Pattern lower = {};        ///< the usual box to search in
  Pattern upper = {};
  Pattern place = {};          ///< of the minimum (of one of them where there are several)
  double minimum = 0.0;        ///< value there, less what `minimum_terms` says
  Pattern minimum_terms = {};  ///< added for each variable, of functions whose minimum depends on n
  double rounding = 0.0;       ///< how far from it the computed value may lie; 0: exact
  Shape shape = Shape::smooth;

  /// Known stationary points, minima first, each to the last digit or two of a double.
  std::span<const KnownStationaryPoint> stationary = {};
  bool stationary_is_complete = false;  ///< no others exist

  [[nodiscard]] bool takes(Index n) const {
    return n >= least_dimension && (most_dimension == 0 || n <= most_dimension);
  }

  /// @param x  n numbers. @return the value; NaN where x has a NaN. @throws InvalidArgument unless
  /// takes(n)
  double operator()(const VectorView& x) const { return function(x); }

  /// Where the minimum lies among points of n variables. @throws InvalidArgument unless takes(n)
  [[nodiscard]] Vector minimum_at(Index n) const;
  /// The value there. @throws InvalidArgument unless takes(n)
  [[nodiscard]] double minimum_value(Index n) const;
  /// The usual box of n variables. @throws InvalidArgument unless takes(n)
  [[nodiscard]] Vector lower_bounds(Index n) const;
  [[nodiscard]] Vector upper_bounds(Index n) const;

  /// For people: "2", "2 or more", "1 to 10".
  [[nodiscard]] std::string sizes_text() const;
  /// "[-5, 10]", "[-5, 10] x [0, 15]".
  [[nodiscard]] std::string box_text() const;
  /// "0 at (1, ..., 1)", "-418.982887 n at (420.968746, ..., 420.968746)".
  [[nodiscard]] std::string minimum_text() const;
};

}  // namespace mystic
