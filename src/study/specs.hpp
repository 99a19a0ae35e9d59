#pragma once

#include "mystic/core/options.hpp"

#include <cstdint>
#include <optional>
#include <string>

// The parts of a study that are plain values, each described once: parsing, `mystic list` and the
// manual read these descriptions.
namespace mystic::study {

struct VariableSpec {
  static constexpr std::string_view title = "variable";

  std::string name;
  std::string unit;
  std::string text;
  std::string type = "real";
  std::optional<double> lower;
  std::optional<double> upper;
  std::optional<double> start;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    const Range finite{.open_below = true, .open_above = true};
    field("name", self.name, Anything{},
          "how placeholders and results call it: a letter, then letters, digits, _");
    field("unit", self.unit, Anything{}, "unit, for people");
    field("text", self.text, Anything{}, "what it is, for people");
    field("type", self.type, Choices{{"real", "integer", "choice"}},
          "integer: rounded before it is evaluated; choice: one of `choices`");
    field("lower", self.lower, finite, "lower bound; none: unbounded");
    field("upper", self.upper, finite, "upper bound; none: unbounded");
    field("start", self.start, finite, "where the search begins");
  }
};

struct RequirementSpec {
  static constexpr std::string_view title = "requirement";

  std::string output;
  std::optional<double> at_most;
  std::optional<double> at_least;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    const Range finite{.open_below = true, .open_above = true};
    field("output", self.output, Anything{}, "the output that is limited");
    field("at_most", self.at_most, finite, "upper limit, in the output's unit");
    field("at_least", self.at_least, finite, "lower limit, in the output's unit");
  }
};

struct PenaltySpec {
  static constexpr std::string_view title = "penalty";

  std::string kind = "quadratic";
  double weight = 1000.0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field(
        "kind", self.kind, Choices{{"quadratic", "linear"}},
        "what is added per requirement: weight v^2 or weight v, v the violation relative to the limit");
    field("weight", self.weight, Range{.lower = 0, .open_above = true}, "in the unit of the cost");
  }
};

struct LimitsSpec {
  static constexpr std::string_view title = "limits";

  std::optional<Index> evaluations;
  std::optional<Index> generations;
  std::optional<double> seconds;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("evaluations", self.evaluations, Range{.lower = 1},
          "calls of the model that count; never exceeded");
    field("generations", self.generations, Range{.lower = 0}, "steps after generation 0");
    field("seconds", self.seconds, Range{.lower = 0, .open_below = true, .unit = "s"},
          "running time, all sessions together");
  }
};

struct StudySpec {
  static constexpr std::string_view title = "study";

  std::string name;
  std::string description;
  std::string bounds = "reject";
  std::uint64_t seed = 0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("name", self.name, Anything{}, "name of the study: letters, digits, - and _");
    field("description", self.description, Anything{}, "what it is for, for people");
    field("bounds", self.bounds, Choices{{"reject", "clip", "redraw"}},
          "what happens to a point outside the bounds: not evaluated and ranked last; moved to the "
          "bounds; offending coordinates drawn anew");
    field("seed", self.seed, Range{.lower = 0}, "of every random draw; 0 is a seed like any other");
  }
};

struct PointsSpec {
  static constexpr std::string_view title = "points";

  std::string file;
  std::optional<Index> random;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("file", self.file, Anything{}, "table (CSV) with a column for each variable");
    field("random", self.random, Range{.lower = 1, .upper = 1e7},
          "or so many points, drawn uniformly in the box");
  }
};

struct InitialSpec {
  static constexpr std::string_view title = "initial";

  std::string kind = "around";
  std::string file;
  double radius = 0.05;
  Index count = 1;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("kind", self.kind, Choices{{"given", "around", "random", "multinormal"}},
          "points from a table; drawn around the start, uniformly in the box, or from a normal "
          "distribution whose mean is the start; must be said");
    field("file", self.file, Anything{}, "given: table (CSV) with a column for each variable");
    field("radius", self.radius, Range{.lower = 0, .open_above = true},
          "around: greatest distance, relative to each coordinate of the start (absolute where it is "
          "0)");
    field("count", self.count, Range{.lower = 1, .upper = 1e6},
          "how many, all but given; around: the start is the first; must be said");
  }
};

// Terminations.

struct ValueToReachSpec {
  static constexpr std::string_view title = "value-to-reach";
  double target = 0.0;
  double tolerance = 0.005;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("target", self.target, Range{.open_below = true, .open_above = true}, "best cost to reach");
    field("tolerance", self.tolerance, Range{.lower = 0, .open_above = true}, "in the unit of the cost");
  }
};

struct ChangeSpec {
  static constexpr std::string_view title = "change-over-generation";
  double tolerance = 1e-6;
  Index window = 29;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("tolerance", self.tolerance, Range{.lower = 0, .open_above = true},
          "least fall of the best cost over the window that keeps the search going");
    field("window", self.window, Range{.lower = 1, .upper = 1e6},
          "generations between the two costs compared (mystic's `generations` less 1)");
  }
};

struct NormalisedChangeSpec {
  static constexpr std::string_view title = "normalised-change-over-generation";
  double tolerance = 1e-4;
  Index window = 9;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("tolerance", self.tolerance, Range{.lower = 0, .open_above = true},
          "least fall of the best cost over the window, relative to the cost");
    field("window", self.window, Range{.lower = 1, .upper = 1e6},
          "generations between the two costs compared (mystic's `generations` less 1)");
  }
};

struct CandidateSpec {
  static constexpr std::string_view title = "candidate-relative-tolerance";
  double x_tolerance = 1e-4;
  double cost_tolerance = 1e-4;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("x_tolerance", self.x_tolerance, Range{.lower = 0, .open_above = true},
          "largest distance of a candidate from the best, in each coordinate");
    field("cost_tolerance", self.cost_tolerance, Range{.lower = 0, .open_above = true},
          "largest difference of a candidate's cost from the best");
  }
};

// Maps.

struct ThreadsSpec {
  static constexpr std::string_view title = "threads";
  std::optional<Index> threads;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("threads", self.threads, Range{.lower = 1, .upper = 65536},
          "how many evaluations run at once; none: one per core");
  }
};

struct NoSpec {
  static constexpr std::string_view title = "no options";
  template <class Self, class Field>
  static void describe(Self&, Field&&) {}
};

}  // namespace mystic::study
