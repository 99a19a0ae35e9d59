#pragma once

#include "mystic/uq/law.hpp"
#include "mystic/uq/laws/ranges.hpp"

namespace mystic::laws {

/// Student's t, moved and stretched.
struct Student {
  static constexpr std::string_view title = "student";

  double degrees_of_freedom = 5.0;
  double location = 0.0;
  double scale = 1.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("degrees_of_freedom", self.degrees_of_freedom, positive_number,
          "tail index: moments below it are finite; no unit");
    field("location", self.location, finite_number, "centre; unit of x");
    field("scale", self.scale, positive_number, "not the standard deviation; unit of x");
  }
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// Density proportional to exp(-|x - location| / scale).
struct Laplace {
  static constexpr std::string_view title = "laplace";

  double location = 0.0;
  double scale = 1.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("location", self.location, finite_number, "centre; unit of x");
    field("scale", self.scale, positive_number, "mean distance from the centre; unit of x");
  }
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// P[X <= x] = 1 / (1 + exp(-(x - location) / scale)).
struct Logistic {
  static constexpr std::string_view title = "logistic";

  double location = 0.0;
  double scale = 1.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("location", self.location, finite_number, "centre; unit of x");
    field("scale", self.scale, positive_number, "not the standard deviation; unit of x");
  }
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// Directions: density proportional to exp(concentration cos(x - location)) on
/// [location - pi, location + pi], and 0 elsewhere: a law on the line, not on the circle; nothing is
/// wrapped, and its mean and variance are those of the line.
struct VonMises {
  static constexpr std::string_view title = "von-mises";

  double location = 0.0;
  double concentration = 1.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("location", self.location, finite_number, "centre; radian");
    field("concentration", self.concentration, Range{.lower = 0.0, .upper = 1e15},
          "about 1 / variance where large; 0: uniform; no unit");
  }
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

}  // namespace mystic::laws
