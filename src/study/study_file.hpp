#pragma once

#include "mystic/core/policy.hpp"
#include "mystic/core/requirement.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/core/variable.hpp"
#include "mystic/models/external_model.hpp"
#include "study/map_choice.hpp"
#include "study/specs.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace mystic::study {

/// Which output is minimised, maximised, or brought to targets.
struct CostSpec {
  enum class Kind { minimise, maximise, misfit };
  Kind kind = Kind::minimise;
  std::string output;                     ///< minimise, maximise
  std::map<std::string, double> targets;  ///< misfit: sum of (output - target)^2
};

/// A test function as the model.
struct FunctionSpec {
  std::string name;
};

/// A study as its file says, checked as far as that goes without evaluating.
struct Study {
  std::string name;
  std::string description;
  std::filesystem::path file;       ///< where it was read
  std::filesystem::path directory;  ///< what its relative paths start from
  std::string text;                 ///< of the file
  Json json;

  std::vector<Variable> variables;
  Vector start;  ///< empty: none
  std::variant<ExternalModelOptions, FunctionSpec> model;
  std::map<std::string, std::string> output_units;
  CostSpec cost;
  std::vector<RequirementSpec> requirements;
  RequirementPenalty penalty;
  BoundsMode bounds = BoundsMode::reject;
  std::variant<Algorithm, Ensemble> method;
  std::string method_text;  ///< "buckshot of powell"
  MemberRules members;      ///< of an ensemble
  std::optional<Termination> termination;
  Limits limits;
  FailurePolicy policy;
  MapChoice map;
  std::uint64_t seed = 0;
  double sync_seconds = 1.0;
};

/// Reads and checks a study. `directory` is what its paths start from.
/// @throws BadInput listing everything that is wrong
[[nodiscard]] Study read_study(const std::filesystem::path& file, const std::filesystem::path& directory,
                               const Environment& environment);

/// Whether the model may be built, with all that is wrong.
[[nodiscard]] std::vector<std::string> output_names(const Study& study);

}  // namespace mystic::study
