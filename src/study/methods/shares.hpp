#pragma once

#include "study/methods/method.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mystic::study {

/// What of an output's variance comes from one input, or group.
struct Share {
  std::string input;
  Index ok = 0;  ///< rows, or points, that count
  Estimate first;
  std::optional<Estimate> total;  ///< all of them have it, or none
};

/// How shares were found, for people.
struct ShareStory {
  std::string kind;   ///< "sobol": of the picture's name
  std::string note;   ///< beneath the picture's title
  std::string count;  ///< "rows": what `ok` counts
  Index asked = 0;    ///< of these
};

/// Into the answer: a table, a picture (unless there are many outputs), and the returned object for
/// JSON.
[[nodiscard]] Json describe_shares(const std::vector<Share>& shares, const PlotLabel& output,
                                   const ShareStory& story, Answer& answer);

/// All of them, total orders first.
void watch_shares(const std::vector<Share>& shares, const std::string& output,
                  std::vector<Watched>& watched);

}  // namespace mystic::study
