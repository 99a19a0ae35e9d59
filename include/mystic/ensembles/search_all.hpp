#pragma once

#include "mystic/core/conductor.hpp"
#include "mystic/core/evaluation_id.hpp"
#include "mystic/core/options.hpp"
#include "mystic/solvers/stationary_point.hpp"

#include <memory>
#include <vector>

namespace mystic {

struct SearchAllOptions {
  static constexpr std::string_view title = "search-all";

  bool minima = true;
  bool maxima = true;
  bool saddles = true;
  Index starts = 8;
  Index patience = 6;
  Index hits = 2;
  Index rounds = 100;
  double distance = 1e-3;
  Index candidates = 500;
  double trust_radius = 0.05;
  double difference = 1e-4;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("minima", self.minima, Anything{}, "whether minima are sought");
    field("maxima", self.maxima, Anything{}, "whether maxima are sought");
    field("saddles", self.saddles, Anything{},
          "whether saddles (transition points) are, of every index");
    field("starts", self.starts, Range{.lower = 1, .upper = 1e6},
          "searches of each kind (minima, maxima, saddles of each index) in each sweep");
    field("patience", self.patience, Range{.lower = 1, .upper = 1e6},
          "sweeps in a row that find nothing new: one condition for the end");
    field(
        "hits", self.hits, Range{.lower = 1, .upper = 1e6},
        "searches that must have ended at each point found: the other condition, since points hit only "
        "once hint at others not hit yet");
    field("rounds", self.rounds, Range{.lower = 1, .upper = 1e6}, "most sweeps");
    field("distance", self.distance, Range{.lower = 0, .upper = 1, .open_below = true},
          "points closer than this in every coordinate are the same one; share of the bounds' width");
    field("candidates", self.candidates, Range{.lower = 1, .upper = 1e7},
          "random points of which the one farthest from all starts and finds is the next start");
    field("trust_radius", self.trust_radius, Range{.lower = 0, .upper = 1, .open_below = true},
          "longest step of a search, as a share of the width of the bounds");
    field("difference", self.difference, Range{.lower = 1e-9, .upper = 0.1},
          "step of the differences, as a share of the width of the bounds");
  }
};

/// A stationary point that a search for all has found.
struct FoundPoint {
  StationaryPoint point;
  Index hits = 1;     ///< searches that ended there from starts chosen without regard to what was known
  SearchPath by;      ///< the first of them; empty for one that was known before
  Points trajectory;  ///< n x k: the steps of that search
};

/// "minimum", "maximum", "saddle of index 1", ...
[[nodiscard]] std::string kind_of(const StationaryPoint& point);

/// What is known of a surface's stationary points.
struct StationaryPoints {
  std::vector<FoundPoint> points;  ///< as they were found, none twice
  Index sweeps = 0;
};

/// Searches for all minima, maxima and saddles of a smooth surface in the box at once. In sweeps: each
/// starts searches of every kind where nothing has been looked at yet (the largest gaps between starts
/// and finds), at random, and between two finds, and waits until all of them have ended; enough when
/// some sweeps in a row find nothing new. Needs two finite bounds for every variable. Points given to
/// begin with are the first starts of each kind. Variables are real, but for those that the bounds fix.
///
/// @param found  takes what is found, however the run ends; what it holds when search_all() is called is
///               known to every run, and not found again
/// @throws InvalidOptions if no kind is sought; what stationary_point() throws at its start
[[nodiscard]] Ensemble search_all(std::shared_ptr<StationaryPoints> found,
                                  const SearchAllOptions& options = {});

}  // namespace mystic
