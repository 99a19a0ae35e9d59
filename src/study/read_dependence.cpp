#include "study/read_dependence.hpp"

#include "study/law_registry.hpp"

#include <algorithm>
#include <map>

namespace mystic::study {
namespace {

// The names of what is joined; `places` are those joined before, with where.
std::vector<std::string> read_names(const Json& json, const std::string& path,
                                    const std::vector<std::string>& known,
                                    std::map<std::string, std::string>& places, Problems& problems) {
  std::vector<std::string> names;
  const auto found = json.find("of");
  if (found == json.end()) {
    problems.add(path + ".of", "is missing: a list of the variables that hang together");
    return names;
  }
  if (!read_value(*found, path + ".of", names, problems)) return {};
  if (names.size() < 2) {
    problems.add(path + ".of", fmt::format("names {}; a copula joins at least 2", names.size()));
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string place = fmt::format("{}.of[{}]", path, i);
    if (std::find(known.begin(), known.end(), names[i]) == known.end()) {
      problems.add(place, fmt::format("'{}' is no variable{}; there are: {}", names[i],
                                      did_you_mean(names[i], known), fmt::join(known, ", ")));
    } else if (const auto [before, is_new] = places.emplace(names[i], place); !is_new) {
      problems.add(place, fmt::format("'{}' is joined by {} already", names[i], before->second));
    }
  }
  return names;
}

const CopulaEntry* read_kind(const Json& json, const std::string& path, Problems& problems) {
  const std::string place = path + ".copula";
  const auto found = json.find("copula");
  std::string kind;
  if (found == json.end()) {
    problems.add(place, "is missing: which? `mystic list copulas` has them all");
    return nullptr;
  }
  if (!read_value(*found, place, kind, problems)) return nullptr;
  return find_entry(copula_entries(), kind, place, {}, problems);
}

}  // namespace

void read_dependence(const Json& json, Study& study, Problems& problems) {
  if (!is_list(json, "dependence", problems)) return;
  std::vector<std::string> known;
  for (const Variable& variable : study.variables) known.push_back(variable.name);
  std::map<std::string, std::string> places;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string path = fmt::format("dependence[{}]", i);
    if (!is_object(json[i], path, problems)) continue;
    const std::size_t before = problems.count();
    const CopulaEntry* entry = read_kind(json[i], path, problems);
    std::vector<std::string> names = read_names(json[i], path, known, places, problems);
    if (entry == nullptr || names.size() < 2) continue;
    auto copula = entry->make(json[i], path, static_cast<Index>(names.size()), problems);
    if (!copula || problems.count() > before) continue;
    study.dependence.push_back({path, std::move(names), std::move(*copula)});
  }
}

}  // namespace mystic::study
