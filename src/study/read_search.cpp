#include "study/read_search.hpp"

#include "mystic/ensembles/nested.hpp"
#include "mystic/ensembles/search_all.hpp"
#include "mystic/solvers/collapsing.hpp"
#include "mystic/solvers/nlopt.hpp"
#include "mystic/solvers/until_flat.hpp"

#include <utility>

namespace mystic::study {
namespace {

// Of what ends by itself.
Termination when_all_have_ended() {
  return Termination(0, [](const Progress&) -> Verdict { return std::nullopt; });
}

std::optional<SearchRead> read_nested(const EnsembleEntry& entry, const Json& json,
                                      const std::string& path, const std::vector<std::string>& variables,
                                      Problems& problems) {
  auto member = read_member(json, path, "member", variables, problems);
  if (!member) return std::nullopt;
  if (json.contains("deal")) {
    problems.add(joined_path(path, "deal"), "belongs to the study's own ensemble, not to one within it");
  }
  const std::string text = fmt::format("{} of {}", entry.name, member->search.text);
  auto ensemble =
      read_ensemble_options(entry, json, path, std::move(member->search.algorithm), variables, problems);
  if (!ensemble || !problems.empty()) return std::nullopt;
  return SearchRead{.text = text,
                    .algorithm = as_search(std::move(*ensemble), std::move(member->rules)),
                    .needs_start = false,
                    .needs_box = true,
                    .usual_termination = when_all_have_ended};
}

std::optional<SearchRead> read_in_turn(const Json& json, const std::string& path,
                                       const std::vector<std::string>& variables, Problems& problems) {
  refuse_unknown_keys(
      json, path,
      {"kind", "first", "second", "termination", "generations", "evaluations", "collapse", "until_flat"},
      problems);
  auto first = read_member(json, path, "first", variables, problems);
  auto second = read_member(json, path, "second", variables, problems);
  if (!first || !second || !problems.empty()) return std::nullopt;
  return SearchRead{.text = fmt::format("{}, then {}", first->search.text, second->search.text),
                    .algorithm = in_turn(std::move(first->search.algorithm), std::move(first->rules),
                                         std::move(second->search.algorithm), std::move(second->rules)),
                    .needs_start = first->search.needs_start,
                    .needs_box = first->search.needs_box || second->search.needs_box,
                    .usual_termination = when_all_have_ended};
}

// "collapse" and "until_flat" beside the options of any search.
void read_wrappers(const Json& json, const std::string& path, SearchRead& search, Problems& problems) {
  if (const auto found = json.find("collapse"); found != json.end()) {
    const auto options =
        read_options<CollapsingOptions>(*found, joined_path(path, "collapse"), problems);
    if (problems.empty()) search.algorithm = collapsing(std::move(search.algorithm), options);
  }
  if (const auto found = json.find("until_flat"); found != json.end()) {
    const auto options =
        read_options<FlatnessOptions>(*found, joined_path(path, "until_flat"), problems);
    if (problems.empty()) search.algorithm = until_flat(std::move(search.algorithm), options);
  }
}

std::optional<SearchRead> read_plain(const Json& json, const std::string& kind, const std::string& path,
                                     const std::vector<std::string>& variables, Problems& problems) {
  if (kind == "in-turn") return read_in_turn(json, path, variables, problems);
  std::vector<std::string> others{"in-turn"};
  if (path == "solver") others.insert(others.end(), {std::string(SearchAllOptions::title), "points"});
  for (const EnsembleEntry& entry : ensembles()) {
    if (entry.name == kind) return read_nested(entry, json, path, variables, problems);
    others.push_back(entry.name);
  }
  const SolverEntry* entry = find_entry(solvers(), kind, joined_path(path, "kind"), others, problems);
  if (entry == nullptr) return std::nullopt;
  return SearchRead{.text = entry->name,
                    .algorithm = entry->make(json, path, problems),
                    .needs_start = entry->needs_start,
                    .needs_box = entry->needs_box && entry->needs_box(json),
                    .usual_termination = entry->usual_termination};
}

}  // namespace

std::optional<std::string> kind_of_solver(const Json& json, const std::string& path,
                                          Problems& problems) {
  if (!is_object(json, path, problems)) return std::nullopt;
  const auto found = json.find("kind");
  std::string kind;
  if (found == json.end()) {
    problems.add(joined_path(path, "kind"), "is missing: which solver?");
    return std::nullopt;
  }
  if (!read_value(*found, joined_path(path, "kind"), kind, problems)) return std::nullopt;
  return kind;
}

std::optional<SearchRead> read_search(const Json& json, const std::string& path,
                                      const std::vector<std::string>& variables, Problems& problems) {
  const auto kind = kind_of_solver(json, path, problems);
  if (!kind) return std::nullopt;
  auto search = read_plain(json, *kind, path, variables, problems);
  if (search) read_wrappers(json, path, *search, problems);
  return search;
}

void refuse_rounded(const Json& solver, const std::string& path, const std::vector<Variable>& variables,
                    Problems& problems) {
  const auto rounded = rounded_variables(variables);
  if (rounded.empty() || !solver.is_object()) return;
  if (solver.value("kind", Json()) == Json(SearchAllOptions::title)) {
    problems.add(joined_path(path, "kind"), no_differences_along(rounded));
  }
  const Json algorithm = solver.value("algorithm", Json());
  if (solver.value("kind", Json()) == Json(NloptOptions::title) && algorithm.is_string() &&
      algorithm.get<std::string>().starts_with("LD_")) {
    problems.add(joined_path(path, "algorithm"), no_differences_along(rounded));
  }
  if (solver.contains("until_flat")) {
    problems.add(joined_path(path, "until_flat"), no_differences_along(rounded));
  }
  for (const char* inner : {"member", "first", "second"}) {
    if (solver.contains(inner)) {
      refuse_rounded(solver[inner], joined_path(path, inner), variables, problems);
    }
  }
}

MemberRules read_member_rules(const SearchRead& member, const Json& json, const std::string& path,
                              const std::vector<std::string>& variables, Problems& problems) {
  MemberRules rules{.termination = member.usual_termination()};
  if (const auto found = json.find("termination"); found != json.end()) {
    const std::string place = joined_path(path, "termination");
    rules.termination = read_termination(*found, {place, variables, problems});
    if (rules.termination && rules.termination->needs().from_outside()) {
      problems.add(place,
                   "is by time: a member has none of its own; use the study's termination or limits");
    }
  }
  const auto read_limit = [&](const char* key, Index least, std::optional<Index>& limit) {
    const auto found = json.find(key);
    if (found == json.end() || !read_value(*found, joined_path(path, key), limit, problems)) return;
    if (*limit < least) {
      problems.add(joined_path(path, key), fmt::format("is {}; must be at least {}", *limit, least));
    }
  };
  read_limit("generations", 0, rules.generations);
  read_limit("evaluations", 1, rules.evaluations);
  return rules;
}

std::optional<Ensemble> read_ensemble_options(const EnsembleEntry& entry, const Json& json,
                                              const std::string& path, Algorithm member,
                                              const std::vector<std::string>& variables,
                                              Problems& problems) {
  std::optional<Ensemble> ensemble;
  try {
    ensemble = entry.make(json, path, std::move(member), problems);
  } catch (const InvalidOptions& error) {  // a rule across options
    problems.add(path, error.what());
  }
  const auto bins = json.find("bins");
  if (bins != json.end() && bins->is_array() && !bins->empty() && bins->size() != variables.size()) {
    problems.add(joined_path(path, "bins"),
                 fmt::format("has {} entries for {} variables", bins->size(), variables.size()));
  }
  return ensemble;
}

std::optional<MemberRead> read_member(const Json& ensemble, const std::string& path,
                                      const std::string& key, const std::vector<std::string>& variables,
                                      Problems& problems) {
  const std::string place = joined_path(path, key);
  const auto found = ensemble.find(key);
  if (found == ensemble.end()) {
    problems.add(place, "is missing: which search?");
    return std::nullopt;
  }
  auto search = read_search(*found, place, variables, problems);
  if (!search) return std::nullopt;
  MemberRules rules = read_member_rules(*search, *found, place, variables, problems);
  return MemberRead{std::move(*search), std::move(rules)};
}

}  // namespace mystic::study
