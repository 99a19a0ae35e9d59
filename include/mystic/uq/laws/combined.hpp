#pragma once

#include "mystic/uq/law.hpp"
#include "mystic/uq/laws/normal.hpp"

#include <vector>

namespace mystic::laws {

/// `law`, given that its number is in [lower, upper], both ends included.
struct Truncated {
  static constexpr std::string_view title = "truncated";

  Law law = Normal{};
  double lower = -infinity;
  double upper = infinity;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("lower", self.lower, Range{.open_above = true}, "least value; unit of x");
    field("upper", self.upper, Range{.open_below = true}, "greatest value; unit of x");
  }
  [[nodiscard]] std::string broken_rules() const;
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// A number of one of the laws, by chance. Laws are all discrete, or none is.
struct Mixture {
  static constexpr std::string_view title = "mixture";

  std::vector<Law> laws = {};
  std::vector<double> weights = {};  ///< one for each law, at least 0, proportional to the probability

  template <class Self, class Field>
  static void describe(Self&, Field&&) {}
  [[nodiscard]] std::string broken_rules() const;
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

}  // namespace mystic::laws
