#pragma once

#include "study/reading.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mystic::study {

struct Watched;

/// When enough is known: intervals are as narrow as asked.
struct Until {
  static constexpr std::string_view title = "until";

  std::string of;
  std::string output;
  std::optional<double> half_width;
  std::optional<double> relative;
  std::optional<Index> at_least;
  Index first_look = 100;  ///< unless at_least says it; of the method, not of a study

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    const Range positive{.lower = 0, .open_below = true, .open_above = true};
    field("of", self.of, Anything{}, "which estimates; none: all that the method watches");
    field("output", self.output, Anything{}, "of which output; none: of all");
    field("half_width", self.half_width, positive,
          "half the width that an interval may have, in the unit of the estimate");
    field("relative", self.relative, positive, "or that over the size of the estimate");
    field("at_least", self.at_least, Range{.lower = 2, .upper = 1e9},
          "samples (rows, trajectories, curves) before the first look, each further one with a tenth "
          "more; "
          "none: 100 samples, 64 rows, 10 trajectories, 4 curves");
  }
};

/// What `until` may be of.
struct UntilKinds {
  std::vector<std::string> of;       ///< estimates
  std::vector<std::string> outputs;  ///< of the model
  Index first_look = 100;            ///< in blocks, unless a study says otherwise
};

/// "until" from a method's object.
[[nodiscard]] std::optional<Until> read_until(const Json& method, const std::string& path,
                                              const UntilKinds& kinds, Problems& problems);

/// Why it is enough, or nothing. An estimate that is not known is not narrow.
[[nodiscard]] std::optional<std::string> is_enough(const Until& until,
                                                   const std::vector<Watched>& watched);

/// The number of blocks at the next look after `blocks`, or at the first: 0.
[[nodiscard]] Index next_look(const Until& until, Index blocks);

}  // namespace mystic::study
