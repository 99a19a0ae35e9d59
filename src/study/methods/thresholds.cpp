#include "study/methods/thresholds.hpp"

#include "mystic/uq/exceedance.hpp"
#include "study/methods/tables.hpp"

#include <algorithm>

namespace mystic::study {
namespace {

std::string name_of_chance(const std::string& output, const Threshold& threshold) {
  return threshold.above ? fmt::format("P[{} > {}]", output, *threshold.above)
                         : fmt::format("P[{} < {}]", output, threshold.below.value_or(0.0));
}

// P[y < t] is P[-y > -t].
Exceedance chance(const SortedSample& sorted, const Threshold& threshold, double level) {
  if (threshold.above) return exceedance(sorted, *threshold.above, level);
  return exceedance(SortedSample(-sorted.values()), -*threshold.below, level);
}

Json chance_json(const Exceedance& chance, const Threshold& threshold) {
  Json json;
  json[threshold.above ? "above" : "below"] = threshold.above ? *threshold.above : *threshold.below;
  json["beyond"] = chance.above;
  json["of"] = chance.ok;
  json["probability"] = estimate_json(chance.probability);
  json["surely"] = interval_json(chance.surely);
  json["reliability_index"] = estimate_json(chance.index);
  return json;
}

std::string chance_text(const std::string& name, const Exceedance& chance) {
  return fmt::format("  {}  {}; surely in {}; {} of {}; reliability index {}\n", name,
                     to_text(chance.probability), interval_text(chance.surely), chance.above, chance.ok,
                     to_text(chance.index));
}

}  // namespace

void Thresholds::describe(const std::string& output, const SortedSample& sorted, double level,
                          Json& json, std::string& text, std::vector<PlotMarker>& markers) const {
  for (const Threshold& threshold : thresholds_) {
    if (threshold.output != output || sorted.ok() == 0) continue;
    if (threshold.probability) {
      const Estimate estimate = level_exceeded(sorted, *threshold.probability, level);
      Json row = estimate_json(estimate);
      row["probability"] = *threshold.probability;
      json["levels"].push_back(std::move(row));
      text +=
          fmt::format("  exceeded with probability {}: {}\n", *threshold.probability, to_text(estimate));
      markers.push_back({estimate.value, fmt::format("exceeded: {}", *threshold.probability)});
      continue;
    }
    const Exceedance found = chance(sorted, threshold, level);
    json["exceed"].push_back(chance_json(found, threshold));
    text += chance_text(name_of_chance(output, threshold), found);
    const double at = threshold.above ? *threshold.above : *threshold.below;
    markers.push_back(
        {at, fmt::format("{} = {:.3g}", name_of_chance(output, threshold), found.probability.value)});
  }
  if (!wilks_) return;
  const bool enough = sorted.ok() >= wilks_size(*wilks_);
  Json row;
  row["coverage"] = wilks_->coverage;
  row["confidence"] = wilks_->confidence;
  row["bound"] = enough ? interval_json(wilks_bound(sorted, *wilks_)) : Json(nullptr);
  json["wilks"] = std::move(row);
  const std::string what = fmt::format("covers {:g} % with confidence {:g} %", 100.0 * wilks_->coverage,
                                       100.0 * wilks_->confidence);
  text += enough
              ? fmt::format("  Wilks' bound {}: {}\n", what, interval_text(wilks_bound(sorted, *wilks_)))
              : fmt::format("  Wilks' bound that {}: needs {} successes, has {}\n", what,
                            wilks_size(*wilks_), sorted.ok());
}

void Thresholds::watch(const std::string& output, const SortedSample& sorted, double level,
                       std::vector<Watched>& watched) const {
  for (const Threshold& threshold : thresholds_) {
    if (threshold.output != output || sorted.ok() == 0) continue;
    if (threshold.probability) {
      watched.push_back({"level", output, "", level_exceeded(sorted, *threshold.probability, level)});
    } else {
      watched.push_back({"probability", output, "", chance(sorted, threshold, level).probability});
    }
  }
}

void Thresholds::add_kinds(std::vector<std::string>& kinds) const {
  bool levels = false;
  bool chances = false;
  for (const Threshold& threshold : thresholds_) (threshold.probability ? levels : chances) = true;
  if (chances) kinds.emplace_back("probability");
  if (levels) kinds.emplace_back("level");
}

void Thresholds::check_size(Index samples, const std::string& path, Problems& problems) const {
  if (!wilks_ || samples >= wilks_size(*wilks_)) return;
  problems.add(joined_path(path, "samples"),
               fmt::format("is {}; Wilks' bound needs at least {} evaluations that succeed", samples,
                           wilks_size(*wilks_)));
}

Thresholds read_thresholds(const Json& json, const std::string& path, const Study& study,
                           Problems& problems) {
  const std::vector<std::string> outputs = output_names(study);
  std::vector<Threshold> thresholds;
  const auto found = json.find("exceed");
  if (found != json.end() && is_list(*found, joined_path(path, "exceed"), problems)) {
    for (std::size_t i = 0; i < found->size(); ++i) {
      const std::string place = fmt::format("{}.exceed[{}]", path, i);
      auto threshold = read_options<Threshold>((*found)[i], place, problems);
      if (threshold.output.empty() && outputs.size() == 1) threshold.output = outputs.front();
      if (std::find(outputs.begin(), outputs.end(), threshold.output) == outputs.end()) {
        problems.add(joined_path(place, "output"),
                     fmt::format("'{}' is no output of the model{}; there are: {}", threshold.output,
                                 did_you_mean(threshold.output, outputs), fmt::join(outputs, ", ")));
      }
      if (int{threshold.above.has_value()} + int{threshold.below.has_value()} +
              int{threshold.probability.has_value()} !=
          1) {
        problems.add(place, "must have exactly one of: above, below, probability");
      }
      thresholds.push_back(std::move(threshold));
    }
  }
  for (const RequirementSpec& requirement : study.requirements) {
    thresholds.push_back({.output = requirement.output,
                          .above = requirement.at_most,
                          .below = requirement.at_least,
                          .probability = {}});
  }
  std::optional<WilksOptions> wilks;
  if (const auto asked = json.find("wilks"); asked != json.end()) {
    const std::string place = joined_path(path, "wilks");
    const std::size_t before = problems.count();
    wilks = read_options<WilksOptions>(*asked, place, problems);
    if (problems.count() != before) wilks.reset();
  }
  return {std::move(thresholds), wilks};
}

}  // namespace mystic::study
