#pragma once

#include "mystic/core/options.hpp"

#include <string>

namespace mystic {

/// What the searches of an ensemble have to do with each other. Distances are the largest difference
/// in a coordinate, as a share of the width of its bounds.
struct EnsembleRules {
  Index together = 0;
  std::string until = "all";
  Index patience = 8;
  double distance = 1e-3;
  std::string near_better = "go-on";
  Index share_every = 0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("together", self.together, Range{.lower = 0, .upper = 1e6},
          "members under way at the same time; the next begins when one ends; 0: all at once");
    field("until", self.until, Choices{{"all", "first", "nothing-new"}},
          "when it is enough: all members have ended; the first has converged; or `patience` members in "
          "a row have converged to minima that were known");
    field("patience", self.patience, Range{.lower = 1, .upper = 1e6}, "for \"nothing-new\"");
    field("distance", self.distance, Range{.lower = 0, .upper = 1, .open_below = true},
          "points closer than this are the same minimum; share of the width of the bounds");
    field(
        "near_better", self.near_better, Choices{{"go-on", "end", "restart"}},
        "what a search does whose best point is within the distance of a better search's: nothing; "
        "end, as a duplicate; or end and be replaced by one from a new start (at most as many times as "
        "there are starts), which keeps searches apart");
    field(
        "share_every", self.share_every, Range{.lower = 0, .upper = 1e6},
        "every so many rounds the worst search, unless it is near the best, ends and one from the best "
        "point of all takes its place (at most as many times as there are starts); 0: never");
  }
};

}  // namespace mystic
