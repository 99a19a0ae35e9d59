#include "study/read_policy.hpp"

namespace mystic::study {

FailurePolicy read_policy(const Json& json, const std::string& path, Problems& problems) {
  auto policy = read_options<FailurePolicy>(json, path, problems, {"kinds"});
  if (!json.is_object() || !json.contains("kinds")) return policy;
  const Json& kinds = json["kinds"];
  const std::string place = joined_path(path, "kinds");
  if (!is_object(kinds, place, problems)) return policy;
  std::vector<std::string> names;
  for (const std::string_view name : failure_kind_names()) names.emplace_back(name);
  for (const auto& [name, rule] : kinds.items()) {
    const std::string here = joined_path(place, name);
    const auto kind = failure_kind(name);
    if (!kind || *kind == FailureKind::cancelled) {
      const std::string near = nearest_name(name, names);
      problems.add(here, fmt::format("is no kind of failure{}; there are: {}",
                                     near.empty() ? "" : fmt::format(" (did you mean '{}'?)", near),
                                     fmt::join(names, ", ")));
      continue;
    }
    policy.kinds[*kind] = read_options<FailureRule>(rule, here, problems);
  }
  return policy;
}

}  // namespace mystic::study
