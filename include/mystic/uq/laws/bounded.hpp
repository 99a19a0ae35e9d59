#pragma once

#include "mystic/uq/law.hpp"
#include "mystic/uq/laws/ranges.hpp"

namespace mystic::laws {

/// Every number between two bounds is as likely.
struct Uniform {
  static constexpr std::string_view title = "uniform";

  double lower = 0.0;
  double upper = 1.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("lower", self.lower, finite_number, "least value; unit of x");
    field("upper", self.upper, finite_number, "greatest value; unit of x");
  }
  [[nodiscard]] std::string broken_rules() const;
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// The logarithm is uniform: every factor is as likely. Also named reciprocal.
struct Loguniform {
  static constexpr std::string_view title = "loguniform";

  double lower = 1.0;
  double upper = 10.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("lower", self.lower, positive_number, "least value; unit of x");
    field("upper", self.upper, positive_number, "greatest value; unit of x");
  }
  [[nodiscard]] std::string broken_rules() const;
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// The density rises in a straight line to the mode and falls in one; the mode may be a bound.
struct Triangular {
  static constexpr std::string_view title = "triangular";

  double lower = 0.0;
  double mode = 0.5;
  double upper = 1.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("lower", self.lower, finite_number, "least value; unit of x");
    field("mode", self.mode, finite_number, "where the density is highest; unit of x");
    field("upper", self.upper, finite_number, "greatest value; unit of x");
  }
  [[nodiscard]] std::string broken_rules() const;
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// The density rises in a straight line, is level, and falls in one; any of the three may be missing.
struct Trapezoidal {
  static constexpr std::string_view title = "trapezoidal";

  double lower = 0.0;
  double level_from = 0.25;
  double level_to = 0.75;
  double upper = 1.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("lower", self.lower, finite_number, "least value; unit of x");
    field("level_from", self.level_from, finite_number, "where the rise ends; unit of x");
    field("level_to", self.level_to, finite_number, "where the fall begins; unit of x");
    field("upper", self.upper, finite_number, "greatest value; unit of x");
  }
  [[nodiscard]] std::string broken_rules() const;
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// Density proportional to (x - lower)^(alpha - 1) (upper - x)^(beta - 1). OpenTURNS' Beta since 1.15
/// has the same four parameters.
struct Beta {
  static constexpr std::string_view title = "beta";

  double alpha = 2.0;
  double beta = 2.0;
  double lower = 0.0;
  double upper = 1.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("alpha", self.alpha, positive_number, "shape at the lower bound; no unit");
    field("beta", self.beta, positive_number, "shape at the upper bound; no unit");
    field("lower", self.lower, finite_number, "least value; unit of x");
    field("upper", self.upper, finite_number, "greatest value; unit of x");
  }
  [[nodiscard]] std::string broken_rules() const;
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

}  // namespace mystic::laws
