#pragma once

#include "mystic/uq/law.hpp"
#include "mystic/uq/laws/ranges.hpp"

namespace mystic::laws {

/// Density proportional to z^(shape - 1) exp(-z), z = (x - shift) / scale.
struct Gamma {
  static constexpr std::string_view title = "gamma";

  double shape = 1.0;
  double scale = 1.0;
  double shift = 0.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("shape", self.shape, positive_number, "power of the density, plus 1; no unit");
    field("scale", self.scale, positive_number, "unit of x");
    field("shift", self.shift, finite_number, "lower end of the law; unit of x");
  }
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

struct Exponential {
  static constexpr std::string_view title = "exponential";

  double rate = 1.0;
  double shift = 0.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("rate", self.rate, Range{.lower = 1e-300, .upper = 1e300},
          "1 / (mean - shift); 1 / unit of x");
    field("shift", self.shift, finite_number, "lower end of the law; unit of x");
  }
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// The length of a vector of two independent normal numbers of mean 0 and standard deviation `scale`.
struct Rayleigh {
  static constexpr std::string_view title = "rayleigh";

  double scale = 1.0;
  double shift = 0.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("scale", self.scale, positive_number, "where the density is highest, less shift; unit of x");
    field("shift", self.shift, finite_number, "lower end of the law; unit of x");
  }
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// P[X > x] = ((x - shift) / scale)^-shape for x >= shift + scale.
struct Pareto {
  static constexpr std::string_view title = "pareto";

  double shape = 3.0;
  double scale = 1.0;
  double shift = 0.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("shape", self.shape, positive_number, "tail index: moments below it are finite; no unit");
    field("scale", self.scale, positive_number, "least value, less shift; unit of x");
    field("shift", self.shift, finite_number, "added to all values; unit of x");
  }
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

}  // namespace mystic::laws
