#pragma once

#include "mystic/uq/law.hpp"
#include "mystic/uq/laws/ranges.hpp"

namespace mystic::laws {

/// The least of many positive numbers: P[X > x] = exp(-((x - shift) / scale)^shape) for x >= shift.
struct Weibull {
  static constexpr std::string_view title = "weibull";

  double shape = 1.0;
  double scale = 1.0;
  double shift = 0.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("shape", self.shape, positive_number, "no unit");
    field("scale", self.scale, positive_number, "unit of x");
    field("shift", self.shift, finite_number, "lower end of the law; unit of x");
  }
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// The mirror image of Weibull: P[X <= x] = exp(-((shift - x) / scale)^shape) for x <= shift.
struct WeibullMax {
  static constexpr std::string_view title = "weibull-max";

  double shape = 1.0;
  double scale = 1.0;
  double shift = 0.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("shape", self.shape, positive_number, "no unit");
    field("scale", self.scale, positive_number, "unit of x");
    field("shift", self.shift, finite_number, "upper end of the law; unit of x");
  }
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// The greatest of many: P[X <= x] = exp(-exp(-(x - location) / scale)).
struct Gumbel {
  static constexpr std::string_view title = "gumbel";

  double location = 0.0;
  double scale = 1.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("location", self.location, finite_number, "where the density is highest; unit of x");
    field("scale", self.scale, positive_number, "unit of x");
  }
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// P[X <= x] = exp(-((x - shift) / scale)^-shape) for x > shift.
struct Frechet {
  static constexpr std::string_view title = "frechet";

  double shape = 3.0;
  double scale = 1.0;
  double shift = 0.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("shape", self.shape, positive_number, "tail index: moments below it are finite; no unit");
    field("scale", self.scale, positive_number, "unit of x");
    field("shift", self.shift, finite_number, "lower end of the law; unit of x");
  }
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// Generalised extreme values: P[X <= x] = exp(-(1 + shape z)^(-1 / shape)), z = (x - location) / scale.
/// Shape 0 is Gumbel, above 0 Frechet's tail, below 0 an upper end. SciPy's c is -shape.
struct Gev {
  static constexpr std::string_view title = "gev";

  double location = 0.0;
  double scale = 1.0;
  double shape = 0.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("location", self.location, finite_number, "the quantile of 1 / e; unit of x");
    field("scale", self.scale, positive_number, "unit of x");
    field("shape", self.shape, finite_number, "above 0: heavy upper tail; no unit");
  }
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

}  // namespace mystic::laws
