#pragma once

#include "mystic/core/policy.hpp"
#include "mystic/core/reducer.hpp"
#include "mystic/core/requirement.hpp"
#include "mystic/core/solver.hpp"
#include "mystic/core/variable.hpp"
#include "mystic/ensembles/search_all.hpp"
#include "mystic/models/external_model.hpp"
#include "mystic/uq/copula.hpp"
#include "mystic/uq/law.hpp"
#include "study/map_choice.hpp"
#include "study/specs.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace mystic::study {

/// Which output is minimised, maximised, or brought to targets; or how several are made one.
struct CostSpec {
  enum class Kind { minimise, maximise, misfit, reduce };
  Kind kind = Kind::minimise;
  std::string output;                                  ///< minimise, maximise
  Reduction reduction = Reduction::sum;                ///< reduce
  std::vector<std::string> outputs;                    ///< reduce: of these; empty: of all
  std::map<std::string, std::vector<double>> targets;  ///< misfit: sum of (output - target)^2; one per
                                                       ///< value of the output
};

/// A test function as the model.
struct FunctionSpec {
  std::string name;
};

/// Variables that are not independent: which, and the copula that joins them.
struct Dependence {
  std::string path;             ///< where it stands in the file
  std::vector<std::string> of;  ///< names, in the order of the copula
  /// From their laws. @throws InvalidArgument if there is no such copula for these
  std::function<Copula(const std::vector<Law>&)> copula;
};

class UncertaintyMethod;

/// A study as its file says, checked as far as that goes without evaluating.
struct Study {
  std::string name;
  std::string description;
  std::filesystem::path file;       ///< where it was read
  std::filesystem::path directory;  ///< what its relative paths start from
  std::string text;                 ///< of the file
  Json json;

  std::vector<Variable> variables;
  std::map<std::string, std::vector<Value>> choices;  ///< of variables that are one of several
  std::vector<std::optional<Law>> laws;               ///< one for each variable: how it is uncertain
  std::vector<std::string> law_files;                 ///< their data, as the study names them
  std::vector<Dependence> dependence;
  Vector start;                                       ///< empty: none
  std::optional<InitialPoints> initial;               ///< in place of the start
  std::optional<std::filesystem::path> initial_file;  ///< of the points, if they are given
  std::variant<ExternalModelOptions, FunctionSpec> model;
  std::map<std::string, std::string> output_units;
  CostSpec cost;
  std::vector<RequirementSpec> requirements;
  RequirementPenalty penalty;
  BoundsMode bounds = BoundsMode::reject;
  std::variant<Algorithm, Ensemble> method;
  std::string method_text;                           ///< "buckshot of powell"
  MemberRules members;                               ///< of an ensemble
  bool deals_whole = false;                          ///< a member's whole search is one task
  std::shared_ptr<StationaryPoints> stationary;      ///< of a search for all; takes what it finds
  std::shared_ptr<UncertaintyMethod> uncertainty;    ///< in place of a search; null: none
  bool evaluates_points = false;                     ///< the method is a table of points, not a search
  std::optional<std::filesystem::path> points_file;  ///< of that table, if it has one
  std::optional<Termination> termination;
  Limits limits;
  FailurePolicy policy;
  MapChoice map;
  std::uint64_t seed = 0;
  double sync_seconds = 1.0;
};

/// What is wanted of a study: a search needs a cost and a solver.
enum class Purpose { search, model_only };

/// Reads and checks a study. `directory` is what its paths start from.
/// @throws BadInput listing everything that is wrong
[[nodiscard]] Study read_study(const std::filesystem::path& file, const std::filesystem::path& directory,
                               const Environment& environment, Purpose purpose = Purpose::search);

/// The same for a study whose text is known: what stands in `file`, changed.
[[nodiscard]] Study read_study_text(std::string text, const std::filesystem::path& file,
                                    const std::filesystem::path& directory,
                                    const Environment& environment, Purpose purpose = Purpose::search);

/// Names of the values that the model gives: an output of size 3 has three.
[[nodiscard]] std::vector<std::string> output_names(const Study& study);

/// Unit of one of these values; empty: none.
[[nodiscard]] std::string unit_of_output(const Study& study, const std::string& value);

/// Names of the values of the output called `output`; itself if it has one, or is none.
[[nodiscard]] std::vector<std::string> value_names_of(const Study& study, const std::string& output);

}  // namespace mystic::study
