#pragma once

#include "mystic/core/options.hpp"

#include <optional>
#include <string>

// Terminations of a study that have no options struct in the library, each described once.
namespace mystic::study {

struct ReachOrChangeSpec {
  static constexpr std::string_view title = "value-to-reach-or-change";
  double target = 0.0;
  double cost_tolerance = 0.005;
  double change_tolerance = 1e-6;
  Index window = 29;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("target", self.target, Range{.open_below = true, .open_above = true}, "best cost to reach");
    field("cost_tolerance", self.cost_tolerance, Range{.lower = 0, .open_above = true},
          "how near the target is near enough, in the unit of the cost");
    field("change_tolerance", self.change_tolerance, Range{.lower = 0, .open_above = true},
          "least fall of the best cost over the window that keeps the search going");
    field("window", self.window, Range{.lower = 1, .upper = 1e6},
          "generations between the two costs compared (mystic's `generations` less 1)");
  }
};

struct CostTargetSpec {
  static constexpr std::string_view title = "normalised-cost-target";
  std::optional<double> target;
  double tolerance = 1e-6;
  Index window = 29;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("target", self.target, Range{.open_below = true, .open_above = true},
          "best cost to reach; none: holds when the best cost does not fall over the window");
    field("tolerance", self.tolerance, Range{.lower = 0, .open_above = true},
          "how near the target is near enough, relative to the target");
    field("window", self.window, Range{.lower = 1, .upper = 1e6},
          "generations between the two costs compared where there is no target");
  }
};

struct SpreadSpec {
  static constexpr std::string_view title = "population-spread";
  double tolerance = 1e-6;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("tolerance", self.tolerance, Range{.lower = 0, .open_above = true},
          "largest distance of a candidate from the best, relative to each coordinate of the best");
  }
};

struct ImprovementSpec {
  static constexpr std::string_view title = "solution-improvement";
  double tolerance = 1e-5;
  Index window = 29;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("tolerance", self.tolerance, Range{.lower = 0, .open_above = true},
          "how far the best point may move over the window, summed over its coordinates");
    field("window", self.window, Range{.lower = 1, .upper = 1e6},
          "generations between the two points compared");
  }
};

struct GenerationsSpec {
  static constexpr std::string_view title = "generations-reached";
  std::optional<Index> generations;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("generations", self.generations, Range{.lower = 0}, "after generation 0; must be given");
  }
};

struct EvaluationsSpec {
  static constexpr std::string_view title = "evaluations-reached";
  std::optional<Index> evaluations;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("evaluations", self.evaluations, Range{.lower = 1},
          "looked at after each generation, where limits.evaluations is exact; must be given");
  }
};

struct SecondsSpec {
  static constexpr std::string_view title = "seconds-reached";
  std::optional<double> seconds;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("seconds", self.seconds,
          Range{.lower = 0, .open_below = true, .open_above = true, .unit = "s"},
          "running time, all sessions together, looked at after each generation; must be given");
  }
};

}  // namespace mystic::study
