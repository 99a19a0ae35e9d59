#include "study/read_policy.hpp"

#include "mystic/study/study.hpp"

namespace mystic::study {
namespace {

// What to say of a name that is no kind of failure.
std::string no_kind(const std::string& name) {
  std::vector<std::string> names;
  for (const std::string_view kind : failure_kind_names()) names.emplace_back(kind);
  return fmt::format("'{}' is no kind of failure{}; there are: {}", name, did_you_mean(name, names),
                     fmt::join(names, ", "));
}

}  // namespace

FailurePolicy read_policy(const Json& json, const std::string& path, Problems& problems) {
  auto policy = read_options<FailurePolicy>(json, path, problems, {"kinds"});
  if (!json.is_object() || !json.contains("kinds")) return policy;
  const Json& kinds = json["kinds"];
  const std::string place = joined_path(path, "kinds");
  if (!is_object(kinds, place, problems)) return policy;
  for (const auto& [name, rule] : kinds.items()) {
    const auto kind = failure_kind(name);
    if (!kind || *kind == FailureKind::cancelled) {
      problems.add(place, no_kind(name));
    } else {
      policy.kinds[*kind] = read_options<FailureRule>(rule, joined_path(place, name), problems);
    }
  }
  return policy;
}

std::vector<FailureKind> read_failure_kinds(const std::vector<std::string>& names) {
  std::vector<FailureKind> kinds;
  for (const std::string& name : names) {
    const auto kind = failure_kind(name);
    if (!kind) throw BadInput("--kind: " + no_kind(name));
    kinds.push_back(*kind);
  }
  return kinds;
}

}  // namespace mystic::study
