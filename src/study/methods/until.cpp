#include "study/methods/until.hpp"

#include "study/methods/method.hpp"

#include <algorithm>
#include <cmath>

namespace mystic::study {
namespace {

double half_width(const Watched& watched, bool relative) {
  const Interval& interval = watched.estimate.interval;
  const double half = 0.5 * (interval.upper - interval.lower);
  return relative ? half / std::abs(watched.estimate.value) : half;
}

}  // namespace

std::string Watched::text() const {
  std::string text = what;
  if (!input.empty()) text += " " + input;
  return text + " of " + output;
}

std::optional<Until> read_until(const Json& method, const std::string& path, const UntilKinds& kinds,
                                Problems& problems) {
  const auto found = method.find("until");
  if (found == method.end()) return std::nullopt;
  const std::string place = joined_path(path, "until");
  auto until = read_options<Until>(*found, place, problems);
  until.first_look = until.at_least.value_or(kinds.first_look);
  const auto check = [&](const std::string& word, const char* key,
                         const std::vector<std::string>& known) {
    if (word.empty() || std::find(known.begin(), known.end(), word) != known.end()) return;
    problems.add(joined_path(place, key),
                 fmt::format("'{}' is not known{}; there are: {}", word, did_you_mean(word, known),
                             fmt::join(known, ", ")));
  };
  check(until.of, "of", kinds.of);
  if (!kinds.outputs.empty()) check(until.output, "output", kinds.outputs);
  if (until.half_width.has_value() == until.relative.has_value()) {
    problems.add(place, "must have either half_width or relative: how narrow?");
  }
  return until;
}

std::optional<std::string> is_enough(const Until& until, const std::vector<Watched>& watched) {
  const bool relative = until.relative.has_value();
  const double aim = relative ? *until.relative : until.half_width.value_or(0.0);
  double widest = -infinity;
  const Watched* which = nullptr;
  for (const Watched& one : watched) {
    if (!until.of.empty() && one.what != until.of) continue;
    if (!until.output.empty() && one.output != until.output) continue;
    const double half = half_width(one, relative);
    if (!(half <= aim)) return std::nullopt;
    if (half > widest) {
      widest = half;
      which = &one;
    }
  }
  if (which == nullptr) return std::nullopt;
  return fmt::format("all intervals are as narrow as asked: {} +- {:.3g}{}", which->text(), widest,
                     relative ? " of its size" : "");
}

Index next_look(const Until& until, Index blocks) {
  if (blocks < until.first_look) return until.first_look;
  return std::max(blocks + 1, static_cast<Index>(std::ceil(1.1 * static_cast<double>(blocks))));
}

}  // namespace mystic::study
