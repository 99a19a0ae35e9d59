#include "study/registry.hpp"

#include "mystic/control/collapse.hpp"
#include "mystic/control/terminations.hpp"
#include "study/specs.hpp"
#include "study/termination_specs.hpp"

#include <algorithm>
#include <utility>

namespace mystic::study {
namespace {

const std::vector<std::string> composing{"any-of", "all-of", "not", "when"};

// `make`: a termination of a spec that has been read.
template <class Spec, class Make>
TerminationEntry termination(std::string text, Make make) {
  return {std::string(Spec::title), std::move(text), option_texts<Spec>(),
          [make](const Json& json, const TerminationPlace& place) -> Termination {
            const std::size_t before = place.problems.count();
            const auto spec = read_options<Spec>(json, place.path, place.problems, {"kind"});
            return make(place.problems.count() == before ? spec : Spec{});
          }};
}

// The same for a spec of one number that must be there; `standard` stands in for one that is not.
template <class Spec, class Member, class Make>
TerminationEntry counting(std::string text, const char* key, Member member, Make make) {
  return {std::string(Spec::title), std::move(text), option_texts<Spec>(),
          [=](const Json& json, const TerminationPlace& place) -> Termination {
            const std::size_t before = place.problems.count();
            const auto spec = read_options<Spec>(json, place.path, place.problems, {"kind"});
            if (place.problems.count() == before && !(spec.*member)) {
              place.problems.add(joined_path(place.path, key), "is missing: how many?");
            }
            return make(place.problems.count() == before ? *(spec.*member) : 1);
          }};
}

// The variable that `json` names; nothing, and a problem, where it names none.
std::optional<Index> variable_at(const Json& json, const std::string& path,
                                 const TerminationPlace& place) {
  std::string name;
  if (!read_value(json, path, name, place.problems)) return std::nullopt;
  const auto found = std::find(place.variables.begin(), place.variables.end(), name);
  if (found != place.variables.end()) return found - place.variables.begin();
  place.problems.add(path,
                     fmt::format("'{}' is no variable{}; there are: {}", name,
                                 did_you_mean(name, place.variables), fmt::join(place.variables, ", ")));
  return std::nullopt;
}

// Calls `read(entry, its path)` for each entry of the list "except", if there is one.
template <class Read>
void read_mask(const Json& json, const TerminationPlace& place, Read read) {
  const auto found = json.find("except");
  const std::string path = joined_path(place.path, "except");
  if (found == json.end() || !is_list(*found, path, place.problems)) return;
  for (std::size_t i = 0; i < found->size(); ++i) read((*found)[i], fmt::format("{}[{}]", path, i));
}

void read_entry(const Json& json, const std::string& path, const TerminationPlace& place,
                CollapseAtOptions& options) {
  if (const auto variable = variable_at(json, path, place)) options.mask.push_back(*variable);
}

void read_entry(const Json& json, const std::string& path, const TerminationPlace& place,
                CollapseAsOptions& options) {
  if (!json.is_array() || json.size() != 2) {
    place.problems.add(path, "must be a list of two variables");
    return;
  }
  const auto first = variable_at(json[0], path + "[0]", place);
  const auto second = variable_at(json[1], path + "[1]", place);
  if (first && second) options.mask.emplace_back(*first, *second);
}

struct ExceptedRange {
  std::optional<double> lower;
  std::optional<double> upper;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("lower", self.lower, Range{}, "none: without end");
    field("upper", self.upper, Range{}, "none: without end");
  }
};

void read_entry(const Json& json, const std::string& path, const TerminationPlace& place,
                CollapseCostOptions& options) {
  const auto range = read_options<ExceptedRange>(json, path, place.problems, {"variable"});
  if (!json.is_object()) return;
  const auto found = json.find("variable");
  if (found == json.end()) {
    place.problems.add(joined_path(path, "variable"), "is missing");
    return;
  }
  const auto variable = variable_at(*found, joined_path(path, "variable"), place);
  if (!variable) return;
  options.mask.push_back({*variable, range.lower.value_or(-infinity), range.upper.value_or(infinity)});
}

template <class Options>
TerminationEntry collapse(std::string text, Termination (*make)(const Options&), const char* except) {
  std::vector<OptionText> texts = option_texts<Options>();
  texts.push_back({"except", "none", "", except});
  return {std::string(Options::title), std::move(text), std::move(texts),
          [make](const Json& json, const TerminationPlace& place) -> Termination {
            const std::size_t before = place.problems.count();
            auto options = read_options<Options>(json, place.path, place.problems, {"kind", "except"});
            if (json.is_object()) {
              read_mask(json, place, [&](const Json& entry, const std::string& path) {
                read_entry(entry, path, place, options);
              });
            }
            if (place.problems.count() != before) return make(Options{});
            try {
              return make(options);
            } catch (const InvalidArgument& error) {  // a rule across options
              place.problems.add(place.path, error.what());
              return make(Options{});
            }
          }};
}

std::vector<TerminationEntry> of_costs() {
  return {
      termination<ValueToReachSpec>(
          "the best cost is within the tolerance of the target",
          [](const ValueToReachSpec& spec) { return value_to_reach(spec.target, spec.tolerance); }),
      termination<ChangeSpec>(
          "the best cost falls by no more than the tolerance over a window",
          [](const ChangeSpec& spec) { return change_over_generation(spec.tolerance, spec.window); }),
      termination<NormalisedChangeSpec>("the same, relative to the cost itself",
                                        [](const NormalisedChangeSpec& spec) {
                                          return normalised_change_over_generation(spec.tolerance,
                                                                                   spec.window);
                                        }),
      termination<ReachOrChangeSpec>("the best cost is near the target, or falls no more",
                                     [](const ReachOrChangeSpec& spec) {
                                       return value_to_reach_or_change(spec.cost_tolerance,
                                                                       spec.change_tolerance,
                                                                       spec.window, spec.target);
                                     }),
      termination<CostTargetSpec>(
          "the best cost is near the target, relative to it; without a target: falls no more",
          [](const CostTargetSpec& spec) {
            return normalised_cost_target(spec.target, spec.tolerance, spec.window);
          }),
  };
}

std::vector<TerminationEntry> of_points() {
  return {
      termination<CandidateSpec>("all candidates of the population lie together, in x and in cost",
                                 [](const CandidateSpec& spec) {
                                   return candidate_relative_tolerance(spec.x_tolerance,
                                                                       spec.cost_tolerance);
                                 }),
      termination<SpreadSpec>("all candidates of the population lie together in x, relative to the best",
                              [](const SpreadSpec& spec) { return population_spread(spec.tolerance); }),
      termination<ImprovementSpec>(
          "the best point has come to rest",
          [](const ImprovementSpec& spec) { return solution_improvement(spec.tolerance, spec.window); }),
      collapse<CollapseAtOptions>("a variable of the best point has come to rest", collapse_at,
                                  "list of variables not to look at"),
      collapse<CollapseAsOptions>("two variables of the best point go together", collapse_as,
                                  "list of pairs of variables not to look at"),
      collapse<CollapseCostOptions>(
          "there is a part of a variable's range in which only dear points lie", collapse_cost,
          "list of ranges that are known: {\"variable\": ..., \"lower\": ..., \"upper\": ...}"),
  };
}

std::vector<TerminationEntry> of_counts() {
  return {
      counting<GenerationsSpec>("so many generations are made", "generations",
                                &GenerationsSpec::generations, generations_reached),
      counting<EvaluationsSpec>("so many evaluations are made", "evaluations",
                                &EvaluationsSpec::evaluations, evaluations_reached),
      counting<SecondsSpec>("so much time has passed; not for members of an ensemble", "seconds",
                            &SecondsSpec::seconds, seconds_reached),
  };
}

// "of" is one termination.
std::optional<Termination> read_single(const Json& json, const TerminationPlace& place, bool negates) {
  refuse_unknown_keys(json, place.path, {"kind", "of"}, place.problems);
  const std::string path = joined_path(place.path, "of");
  const auto part = json.find("of");
  if (part == json.end()) {
    place.problems.add(path, "is missing: which termination?");
    return std::nullopt;
  }
  auto condition = read_termination(*part, {path, place.variables, place.problems});
  if (!condition || !negates) return condition;
  if (condition->needs().from_outside()) {
    place.problems.add(path, "cannot be negated: what has not come yet could not be replayed");
    return std::nullopt;
  }
  return not_(std::move(*condition));
}

std::optional<Termination> read_composed(const Json& json, const TerminationPlace& place, bool any) {
  refuse_unknown_keys(json, place.path, {"kind", "of"}, place.problems);
  const auto parts = json.find("of");
  if (parts == json.end() || !parts->is_array() || parts->empty()) {
    place.problems.add(joined_path(place.path, "of"), "must be a list of at least one termination");
    return std::nullopt;
  }
  std::vector<Termination> conditions;
  for (std::size_t i = 0; i < parts->size(); ++i) {
    auto part = read_termination(
        (*parts)[i], {fmt::format("{}.of[{}]", place.path, i), place.variables, place.problems});
    if (part) conditions.push_back(std::move(*part));
  }
  if (conditions.size() != parts->size()) return std::nullopt;
  return any ? any_of(std::move(conditions)) : all_of(std::move(conditions));
}

}  // namespace

const std::vector<TerminationEntry>& terminations() {
  static const std::vector<TerminationEntry> entries = [] {
    std::vector<TerminationEntry> all = of_costs();
    for (auto& part : {of_points(), of_counts()}) all.insert(all.end(), part.begin(), part.end());
    return all;
  }();
  return entries;
}

std::optional<Termination> read_termination(const Json& json, const TerminationPlace& place) {
  if (!is_object(json, place.path, place.problems)) return std::nullopt;
  std::string kind;
  const std::string path = joined_path(place.path, "kind");
  const auto found = json.find("kind");
  if (found == json.end()) {
    place.problems.add(path, "is missing: which termination?");
    return std::nullopt;
  }
  if (!read_value(*found, path, kind, place.problems)) return std::nullopt;
  if (kind == "any-of" || kind == "all-of") return read_composed(json, place, kind == "any-of");
  if (kind == "not" || kind == "when") return read_single(json, place, kind == "not");
  const TerminationEntry* entry = find_entry(terminations(), kind, path, composing, place.problems);
  if (entry == nullptr) return std::nullopt;
  return entry->make(json, place);
}

}  // namespace mystic::study
