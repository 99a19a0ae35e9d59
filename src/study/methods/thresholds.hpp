#pragma once

#include "mystic/uq/quantiles.hpp"
#include "study/methods/method.hpp"
#include "study/study_file.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mystic::study {

/// {"output": "y", "above": 30}, or "below", or the level that is exceeded with a "probability".
struct Threshold {
  static constexpr std::string_view title = "exceed";

  std::string output;
  std::optional<double> above;
  std::optional<double> below;
  std::optional<double> probability;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    const Range finite{.open_below = true, .open_above = true};
    field("output", self.output, Anything{}, "of which output");
    field("above", self.above, finite, "the chance that it lies above this level");
    field("below", self.below, finite, "or below it");
    field("probability", self.probability,
          Range{.lower = 0, .upper = 1, .open_below = true, .open_above = true},
          "or the level that it exceeds with this probability");
  }
};

/// What is asked of an output beyond its moments and quantiles: thresholds, and Wilks' bounds.
class Thresholds {
 public:
  Thresholds(std::vector<Threshold> thresholds, std::optional<WilksOptions> wilks)
      : thresholds_(std::move(thresholds)), wilks_(wilks) {}

  /// Into an output's object, its text, and the markers of its histogram.
  void describe(const std::string& output, const SortedSample& sorted, double level, Json& json,
                std::string& text, std::vector<PlotMarker>& markers) const;
  void watch(const std::string& output, const SortedSample& sorted, double level,
             std::vector<Watched>& watched) const;
  /// What `until` may be of.
  void add_kinds(std::vector<std::string>& kinds) const;
  /// A problem if `samples` are too few for Wilks' bounds.
  void check_size(Index samples, const std::string& path, Problems& problems) const;

 private:
  std::vector<Threshold> thresholds_;
  std::optional<WilksOptions> wilks_;
};

/// "exceed" and "wilks" of a method; and the study's requirements: the chance to break each.
[[nodiscard]] Thresholds read_thresholds(const Json& json, const std::string& path, const Study& study,
                                         Problems& problems);

}  // namespace mystic::study
