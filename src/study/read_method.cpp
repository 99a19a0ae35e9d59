#include "study/read_method.hpp"

#include "mystic/core/callable_model.hpp"
#include "mystic/ensembles/rules.hpp"
#include "mystic/ensembles/search_all.hpp"
#include "mystic/solvers/points.hpp"
#include "mystic/study/study.hpp"
#include "study/points_table.hpp"
#include "study/read_search.hpp"
#include "study/specs.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

namespace mystic::study {
namespace {

std::vector<std::string> variable_names(const Study& study) {
  std::vector<std::string> names;
  for (const Variable& variable : study.variables) names.push_back(variable.name);
  return names;
}

bool has_box(const Study& study) {
  for (const Variable& variable : study.variables) {
    if (!std::isfinite(variable.lower) || !std::isfinite(variable.upper)) return false;
  }
  return true;
}

void refuse_member_keys(const Json& json, Problems& problems) {
  for (const char* key : {"termination", "generations", "evaluations"}) {
    if (json.contains(key)) {
      problems.add(joined_path("solver", key),
                   fmt::format("belongs to the study itself ('{}' or 'limits'); here it is for the "
                               "member of an ensemble",
                               key));
    }
  }
}

// A search on its own: its termination and limits are the study's.
void read_single(const Json& json, Study& study, Problems& problems) {
  refuse_member_keys(json, problems);
  auto search = read_search(json, "solver", variable_names(study), problems);
  if (!search) return;
  study.method = std::move(search->algorithm);
  study.method_text = search->text;
  if (!study.termination) study.termination = search->usual_termination();
  if (search->needs_box && !has_box(study)) {
    problems.add(json.contains("algorithm") ? "solver.algorithm" : "solver",
                 "needs lower and upper bounds for every variable");
    return;
  }
  if (study.start.size() > 0 || study.initial) return;
  if (search->needs_start) {
    problems.add("solver.kind",
                 fmt::format("'{}' needs a start: give every variable a 'start'", search->text));
  } else if (!has_box(study)) {
    problems.add(
        "solver.kind",
        fmt::format("'{}' needs lower and upper bounds for every variable, or a start", search->text));
  }
}

// What needs to see the points of searches that are dealt whole.
void refuse_what_needs_points(const Json& json, const Study& study, Problems& problems) {
  const std::string points = "needs \"deal\": \"points\"";
  const auto of_the_whole = [&](bool there, const char* key) {
    if (there) problems.add(key, fmt::format("of the whole {}; give the member one", points));
  };
  of_the_whole(study.termination.has_value(), "termination");
  of_the_whole(study.limits.generations.has_value(), "limits.generations");
  of_the_whole(study.limits.evaluations.has_value(), "limits.evaluations");
  const EnsembleRules neutral;
  const auto rule = [&](const char* key, const Json& standard) {
    const auto found = json.find(key);
    if (found == json.end() || *found == standard) return;
    problems.add(joined_path("solver", key),
                 fmt::format("looks at how the searches stand, which {}", points));
  };
  rule("together", neutral.together);
  rule("until", neutral.until);
  rule("near_better", neutral.near_better);
  rule("share_every", neutral.share_every);
  const auto model = study.json.find("model");
  if (model != study.json.end() && model->is_object() && model->value("cache", Json()) == Json(true)) {
    problems.add("model.cache",
                 fmt::format("is true; of searches dealt whole a cache sees nothing: it {}", points));
  }
}

void read_deal(const Json& json, Study& study, Problems& problems) {
  const auto found = json.find("deal");
  std::string deal = "points";
  if (found == json.end() || !read_value(*found, "solver.deal", deal, problems)) return;
  if (deal != "points" && deal != "whole") {
    problems.add("solver.deal", fmt::format("is '{}'; must be one of points | whole", deal));
  }
  study.deals_whole = deal == "whole";
  if (study.deals_whole) refuse_what_needs_points(json, study, problems);
}

void read_ensemble(const EnsembleEntry& entry, const Json& json, Study& study, Problems& problems) {
  refuse_member_keys(json, problems);
  for (const char* key : {"collapse", "until_flat"}) {
    if (json.contains(key)) problems.add(joined_path("solver", key), "belongs to the member");
  }
  read_deal(json, study, problems);
  auto member = read_member(json, "solver", "member", variable_names(study), problems);
  if (!member) return;
  study.method_text = fmt::format("{} of {}", entry.name, member->search.text);
  auto ensemble = read_ensemble_options(entry, json, "solver", std::move(member->search.algorithm),
                                        variable_names(study), problems);
  if (ensemble) study.method = std::move(*ensemble);
  study.members = std::move(member->rules);
  if (!has_box(study)) {
    problems.add("solver.kind",
                 fmt::format("'{}' needs lower and upper bounds for every variable, in which "
                             "to place starts",
                             entry.name));
  }
}

// All stationary points of the surface.
void read_search_all(const Json& json, Study& study, Problems& problems) {
  const auto options = read_options<SearchAllOptions>(json, "solver", problems, {"kind"});
  if (!has_box(study)) {
    problems.add("solver.kind", "'search-all' needs lower and upper bounds for every variable");
  }
  study.method_text = SearchAllOptions::title;
  const auto free = std::ranges::count_if(
      study.variables, [](const Variable& variable) { return variable.lower < variable.upper; });
  if (free == 0 && !study.variables.empty()) {
    problems.add("solver.kind", "'search-all': the bounds fix every variable");
  } else if (free == 1 && options.saddles && !options.minima && !options.maxima) {
    problems.add("solver.saddles",
                 "there are none in one variable that the bounds do not fix; seek minima or maxima");
  }
  if (!problems.empty()) return;
  study.stationary = std::make_shared<StationaryPoints>();
  try {
    study.method = search_all(study.stationary, options);
  } catch (const InvalidOptions& error) {
    problems.add("solver", error.what());
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
  if (study.initial) problems.add("initial", "means nothing with points: there is no search");
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

// What a search says of its variables and initial points it says when it begins: so it begins, as far as
// the first points that it wants. To place the starts of many may take long: those of an ensemble begin
// only where there is something to be said of.
void check_beginning(const Study& study, Problems& problems) {
  const bool many = std::holds_alternative<Ensemble>(study.method);
  if (!problems.empty() || (many && !study.initial)) return;
  const Problem problem(study.variables, make_model([](const VectorView&) { return 0.0; }));
  Solver solver = std::visit([](const auto& method) { return Solver(method); }, study.method);
  solver.seed(study.seed).members(study.members).limits({.evaluations = 1});
  if (study.initial) solver.start(*study.initial);
  if (!study.initial && study.start.size() > 0) solver.start(study.start);
  try {
    solver.begin(problem);
    static_cast<void>(solver.ask());
  } catch (const InvalidArgument& error) {
    problems.add(study.initial ? "initial" : "solver", error.what());
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
    study.termination = read_termination(*found, {"termination", variable_names(study), problems});
  }
  const Json& solver = json["solver"];
  const auto kind = kind_of_solver(solver, "solver", problems);
  if (!kind) return;
  if (*kind == "points") {
    read_points_method(solver, study, problems);
    return;
  }
  const auto& all = ensembles();
  const auto ensemble = std::ranges::find(all, *kind, &EnsembleEntry::name);
  if (*kind == SearchAllOptions::title) {
    read_search_all(solver, study, problems);
  } else if (ensemble != all.end()) {
    read_ensemble(*ensemble, solver, study, problems);
  } else {
    read_single(solver, study, problems);
  }
  check_bounds_mode(study, problems);
  check_beginning(study, problems);
}

}  // namespace mystic::study
