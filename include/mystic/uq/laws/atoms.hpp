#pragma once

#include "mystic/uq/law.hpp"
#include "mystic/uq/laws/ranges.hpp"

#include <vector>

namespace mystic::laws {

/// Always the same number. Its skewness and kurtosis do not exist.
struct Constant {
  static constexpr std::string_view title = "constant";

  double value = 0.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("value", self.value, finite_number, "unit of x");
  }
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// One of some numbers, in any order. The same number twice has both weights.
struct FiniteDiscrete {
  static constexpr std::string_view title = "finite-discrete";

  std::vector<double> values = {};   ///< finite; unit of x
  std::vector<double> weights = {};  ///< one for each value, at least 0, proportional to the probability

  template <class Self, class Field>
  static void describe(Self&, Field&&) {}
  [[nodiscard]] std::string broken_rules() const;
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// What was observed, each as likely; a discrete law. In any order.
struct Empirical {
  static constexpr std::string_view title = "empirical";

  std::vector<double> sample = {};  ///< at least one, finite; unit of x

  template <class Self, class Field>
  static void describe(Self&, Field&&) {}
  [[nodiscard]] std::string broken_rules() const;
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

}  // namespace mystic::laws
