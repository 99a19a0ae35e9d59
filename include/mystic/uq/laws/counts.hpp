#pragma once

#include "mystic/uq/law.hpp"
#include "mystic/uq/laws/ranges.hpp"

namespace mystic::laws {

inline constexpr Range probability_between{
    .lower = 0.0, .upper = 1.0, .open_below = true, .open_above = true};

/// Events in a time in which `mean` are expected.
struct Poisson {
  static constexpr std::string_view title = "poisson";

  double mean = 1.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("mean", self.mean, Range{.lower = 0.0, .upper = 1e12, .open_below = true}, "expected number");
  }
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// Successes among `trials`.
struct Binomial {
  static constexpr std::string_view title = "binomial";

  Index trials = 1;
  double probability = 0.5;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("trials", self.trials, Range{.lower = 1, .upper = 1e12}, "how many");
    field("probability", self.probability, probability_between, "of one success");
  }
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// Failures before the success number `successes`: 0, 1, 2...; a number of successes that is not whole
/// gives the mixture of Poisson laws by a gamma law.
struct NegativeBinomial {
  static constexpr std::string_view title = "negative-binomial";

  double successes = 1.0;
  double probability = 0.5;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("successes", self.successes, Range{.lower = 0.0, .upper = 1e12, .open_below = true},
          "how many end the trials");
    field("probability", self.probability, probability_between, "of one success");
  }
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// Failures before the first success: 0, 1, 2... (SciPy's geom counts the success too: one more).
struct Geometric {
  static constexpr std::string_view title = "geometric";

  double probability = 0.5;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("probability", self.probability, probability_between, "of one success");
  }
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

/// Marked things among `draws` taken at once from `population`, of which `marked` are marked.
struct Hypergeometric {
  static constexpr std::string_view title = "hypergeometric";

  Index population = 10;
  Index marked = 5;
  Index draws = 3;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("population", self.population, Range{.lower = 1, .upper = 1e6}, "how many there are");
    field("marked", self.marked, Range{.lower = 0, .upper = 1e6}, "how many of them are marked");
    field("draws", self.draws, Range{.lower = 0, .upper = 1e6}, "how many are taken");
  }
  [[nodiscard]] std::string broken_rules() const;
  [[nodiscard]] std::shared_ptr<const LawBody> body() const;
};

}  // namespace mystic::laws
