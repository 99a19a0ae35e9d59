#pragma once

#include "mystic/uq/law.hpp"
#include "mystic/uq/laws/ranges.hpp"

#include <optional>
#include <vector>

namespace mystic::laws {

/// A density that is level between two edges.
struct Histogram {
  static constexpr std::string_view title = "histogram";

  std::vector<double> edges = {};  ///< ascending; unit of x
  std::vector<double> weights =
      {};  ///< one less than edges, at least 0, proportional to the probability

  template <class Self, class Field>
  static void describe(Self&, Field&&) {}
  [[nodiscard]] std::string broken_rules() const;
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// What was observed, each spread by a normal law of standard deviation `bandwidth`. Without one, by
/// the rule 1.06 sd n^(-1/5), sd with n - 1.
/// Source: Silverman, "Density estimation for statistics and data analysis" (1986), equation 3.28: for
/// data that are about normal. It is not his 3.31, 0.9 min(sd, interquartile range / 1.34) n^(-1/5),
/// which is for data that may have two modes.
struct KernelSmoothed {
  static constexpr std::string_view title = "kernel-smoothed";

  std::vector<double> sample = {};  ///< at least one, finite; unit of x
  std::optional<double> bandwidth = std::nullopt;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("bandwidth", self.bandwidth, positive_number,
          "standard deviation of a kernel; none: Silverman's rule; unit of x");
  }
  [[nodiscard]] std::string broken_rules() const;
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

}  // namespace mystic::laws
