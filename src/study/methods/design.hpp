#pragma once

#include "study/reading.hpp"
#include "study/registry.hpp"
#include "study/study_file.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace mystic::study {

/// What the coordinates of a design are.
enum class DesignSpace {
  unit,    ///< probabilities, in (0, 1): through the laws and copulas
  box,     ///< shares of the box: 0 is an input's least value, 1 its greatest
  inputs,  ///< the inputs themselves
};

/// How a design goes on from points that it has given already.
enum class DesignGrowth { none, any, doubling };

/// Weighted points, if the design has weights: of a quadrature.
struct DesignPoints {
  Points points;   ///< n x m
  Vector weights;  ///< m, or none
};

/// Points that were chosen by {"kind": "sobol", ...}.
struct Design {
  std::string kind;
  DesignSpace space = DesignSpace::unit;
  DesignGrowth growth = DesignGrowth::none;
  bool counts = true;  ///< takes a number of samples; else its options say how many there are
  Index doublings = 0;
  std::string file = {};  ///< the table that they come from, as the study names it; empty: none
  std::function<DesignPoints(Index dimension, Index samples, std::uint64_t seed)> points;
};

struct DesignEntry {
  std::string name;
  std::string text;
  std::vector<OptionText> options;
  /// From its object; nothing, and problems, if it is none.
  std::function<std::optional<Design>(const Json&, const std::string& path, const Study&, Problems&)>
      make;
};

/// A new design is one line in design.cpp or design_plans.cpp.
[[nodiscard]] const std::vector<DesignEntry>& sampling_designs();
[[nodiscard]] const std::vector<DesignEntry>& planned_designs();

/// Both, in the order in which people read them.
[[nodiscard]] std::vector<DesignEntry> all_designs();

/// A design from its word, or its object; `other_keys` of the object are read elsewhere.
[[nodiscard]] std::optional<Design> read_design(const Json& json, const std::string& path,
                                                const Study& study, Problems& problems);

}  // namespace mystic::study
