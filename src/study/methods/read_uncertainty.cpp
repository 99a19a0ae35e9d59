#include "study/methods/read_uncertainty.hpp"

#include "mystic/uq/propagate.hpp"
#include "study/methods/own_keys.hpp"
#include "study/methods/sampled.hpp"

namespace mystic::study {
namespace {

std::shared_ptr<UncertaintyMethod> read_sensitivity(const Json& json, const std::string& path,
                                                    const Study& study, Problems& problems) {
  std::string kind;
  const auto found = json.find("kind");
  const std::string place = joined_path(path, "kind");
  if (found == json.end()) {
    std::vector<std::string> names;
    for (const SensitivityEntry& entry : sensitivity_methods()) names.push_back(entry.name);
    problems.add(place, fmt::format("is missing; there are: {}", fmt::join(names, ", ")));
    return nullptr;
  }
  if (!read_value(*found, place, kind, problems)) return nullptr;
  const SensitivityEntry* const entry = find_entry(sensitivity_methods(), kind, place, {}, problems);
  return entry == nullptr ? nullptr : entry->make(json, path, study, problems);
}

}  // namespace

const std::vector<SensitivityEntry>& sensitivity_methods() {
  static const std::vector<SensitivityEntry> entries{
      sobol_entry(), morris_entry(), efast_entry(), rbd_fast_entry(), dgsm_entry(), correlation_entry()};
  return entries;
}

std::vector<OptionText> propagate_options() {
  return joined(samples_option(), design_option, option_texts<StatisticsOptions>(), until_option);
}

std::shared_ptr<UncertaintyMethod> read_uncertainty(const Json& json, const Study& study,
                                                    Problems& problems) {
  if (!is_object(json, "method", problems)) return nullptr;
  const std::vector<std::string> known{"propagate", "sensitivity", "design"};
  refuse_unknown_keys(json, "method", known, problems);
  if (json.size() != 1) {
    problems.add("method", fmt::format("must have exactly one of: {}", fmt::join(known, ", ")));
    return nullptr;
  }
  const std::string what = json.begin().key();
  const Json& object = json.begin().value();
  const std::string path = "method." + what;
  if (!is_object(object, path, problems)) return nullptr;
  if (what == "propagate") return read_propagate(object, path, study, problems);
  if (what == "sensitivity") return read_sensitivity(object, path, study, problems);
  if (what == "design") return read_design_method(object, path, study, problems);
  return nullptr;
}

}  // namespace mystic::study
