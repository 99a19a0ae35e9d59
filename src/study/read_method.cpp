#include "study/read_method.hpp"

#include "mystic/solvers/points.hpp"
#include "mystic/study/study.hpp"
#include "study/points_table.hpp"
#include "study/registry.hpp"
#include "study/specs.hpp"

#include <cmath>

namespace mystic::study {
namespace {

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

bool has_box(const Study& study) {
  for (const Variable& variable : study.variables) {
    if (!std::isfinite(variable.lower) || !std::isfinite(variable.upper)) return false;
  }
  return true;
}

// A search on its own: its termination and limits are the study's.
void read_single(const SolverEntry& entry, const Json& json, Study& study, Problems& problems) {
  for (const char* key : {"termination", "generations", "evaluations"}) {
    if (json.contains(key)) {
      problems.add(joined_path("solver", key),
                   fmt::format("belongs to the study itself ('{}' or 'limits'); here it is for the "
                               "member of an ensemble",
                               key));
    }
  }
  study.method = entry.make(json, "solver", problems);
  study.method_text = entry.name;
  if (!study.termination) study.termination = entry.usual_termination();
  if (entry.needs_box && entry.needs_box(json) && !has_box(study)) {
    problems.add("solver.algorithm", "needs lower and upper bounds for every variable");
    return;
  }
  if (study.start.size() > 0) return;
  if (entry.needs_start) {
    problems.add("solver.kind",
                 fmt::format("'{}' needs a start: give every variable a 'start'", entry.name));
  } else if (!has_box(study)) {
    problems.add(
        "solver.kind",
        fmt::format("'{}' needs lower and upper bounds for every variable, or a start", entry.name));
  }
}

void read_member_rules(const SolverEntry& entry, const Json& json, Study& study, Problems& problems) {
  const std::string path = "solver.member";
  study.members.termination = entry.usual_termination();
  if (const auto found = json.find("termination"); found != json.end()) {
    study.members.termination = read_termination(*found, path + ".termination", problems);
  }
  const auto read_limit = [&](const char* key, Index least, std::optional<Index>& limit) {
    const auto found = json.find(key);
    if (found == json.end() || !read_value(*found, joined_path(path, key), limit, problems)) return;
    if (*limit < least) {
      problems.add(joined_path(path, key), fmt::format("is {}; must be at least {}", *limit, least));
    }
  };
  read_limit("generations", 0, study.members.generations);
  read_limit("evaluations", 1, study.members.evaluations);
}

void read_ensemble(const EnsembleEntry& entry, const Json& json, Study& study, Problems& problems) {
  const auto found = json.find("member");
  if (found == json.end()) {
    problems.add("solver.member", "is missing: which search does the ensemble start?");
    return;
  }
  const auto kind = kind_of_solver(*found, "solver.member", problems);
  if (!kind) return;
  const SolverEntry* member = find_entry(solvers(), *kind, "solver.member.kind", {}, problems);
  if (member == nullptr) return;
  Algorithm algorithm = member->make(*found, "solver.member", problems);
  study.method_text = fmt::format("{} of {}", entry.name, member->name);
  study.method = entry.make(json, "solver", std::move(algorithm), problems);
  read_member_rules(*member, *found, study, problems);
  if (!has_box(study)) {
    problems.add("solver.kind",
                 fmt::format("'{}' needs lower and upper bounds for every variable, in which "
                             "to draw starts",
                             entry.name));
  }
}

// A table of points in place of a search.
void read_points_method(const Json& json, Study& study, Problems& problems) {
  const auto spec = read_options<PointsSpec>(json, "solver", problems, {"kind"});
  if (spec.file.empty() == !spec.random.has_value()) {
    problems.add("solver", "must have either file or random: which points?");
    return;
  }
  study.evaluates_points = true;
  if (study.termination) problems.add("termination", "means nothing with points: there is no search");
  if (study.policy.continues()) {
    problems.add("policy.continuation", "means nothing with points: there is no good one before them");
  }
  if (spec.random) {
    study.method = random_points(*spec.random);
    study.method_text = fmt::format("{} random points", *spec.random);
    if (!has_box(study))
      problems.add("solver.random", "needs lower and upper bounds for every variable");
    return;
  }
  study.points_file = study.directory / spec.file;
  if (!problems.empty()) return;  // of variables that are wrong, no column can be right
  try {
    Points points = read_points(study, *study.points_file);
    study.method_text = fmt::format("{} points of {}", points.cols(), spec.file);
    study.method = given_points(std::move(points));
  } catch (const BadInput& error) {
    problems.add("solver.file", error.what());
  }
}

void check_bounds_mode(const Study& study, Problems& problems) {
  if (study.bounds != BoundsMode::redraw) return;
  for (const Variable& variable : study.variables) {
    if (std::isfinite(variable.lower) == std::isfinite(variable.upper)) continue;
    problems.add("bounds", fmt::format("'redraw' needs two bounds; '{}' has one", variable.name));
  }
}

}  // namespace

void read_method(const Json& json, Study& study, Problems& problems) {
  if (const auto found = json.find("termination"); found != json.end()) {
    study.termination = read_termination(*found, "termination", problems);
  }
  const Json& solver = json["solver"];
  const auto kind = kind_of_solver(solver, "solver", problems);
  if (!kind) return;
  if (*kind == "points") {
    read_points_method(solver, study, problems);
    return;
  }
  std::vector<std::string> ensemble_names{"points"};
  for (const EnsembleEntry& entry : ensembles()) {
    ensemble_names.push_back(entry.name);
    if (entry.name == *kind) {
      read_ensemble(entry, solver, study, problems);
      check_bounds_mode(study, problems);
      return;
    }
  }
  if (const SolverEntry* entry = find_entry(solvers(), *kind, "solver.kind", ensemble_names, problems)) {
    read_single(*entry, solver, study, problems);
    check_bounds_mode(study, problems);
  }
}

}  // namespace mystic::study
