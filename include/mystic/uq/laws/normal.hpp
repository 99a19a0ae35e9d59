#pragma once

#include "mystic/uq/law.hpp"
#include "mystic/uq/laws/ranges.hpp"

#include <optional>

namespace mystic::laws {

struct Normal {
  static constexpr std::string_view title = "normal";

  double mean = 0.0;
  double sd = 1.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("mean", self.mean, finite_number, "expectation; unit of x");
    field("sd", self.sd, positive_number, "standard deviation; unit of x");
  }
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// log(X - shift) is normal. Given either by mean_of_log and sd_of_log, or by mean and sd of X itself,
/// the shift included (then mean > shift); by neither: mean_of_log 0, sd_of_log 1.
struct Lognormal {
  static constexpr std::string_view title = "lognormal";

  std::optional<double> mean_of_log = std::nullopt;
  std::optional<double> sd_of_log = std::nullopt;
  std::optional<double> mean = std::nullopt;
  std::optional<double> sd = std::nullopt;
  double shift = 0.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("mean_of_log", self.mean_of_log, finite_number, "expectation of log(x - shift); no unit");
    field("sd_of_log", self.sd_of_log, positive_number, "standard deviation of log(x - shift); no unit");
    field("mean", self.mean, finite_number, "expectation of x, the shift included; unit of x");
    field("sd", self.sd, positive_number, "standard deviation of x; unit of x");
    field("shift", self.shift, finite_number, "lower end of the law; unit of x");
  }
  [[nodiscard]] std::string broken_rules() const;
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

}  // namespace mystic::laws
