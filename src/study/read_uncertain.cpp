#include "study/read_uncertain.hpp"

#include "study/inputs_of.hpp"
#include "study/methods/read_uncertainty.hpp"

namespace mystic::study {
namespace {

void refuse_what_searches_have(const Json& json, const Study& study, Problems& problems) {
  const auto refuse = [&](const char* key, const char* why) {
    if (json.contains(key)) problems.add(key, why);
  };
  refuse("solver", "a study has either a solver or a method: copy it for the other");
  refuse("initial", "means nothing with a method: there is no search");
  refuse("termination",
         "means nothing with a method: there is no search; \"until\" in the method ends it");
  refuse("penalty", "means nothing with a method: there is no cost");
  if (study.limits.generations) {
    problems.add("limits.generations", "means nothing with a method: there is no search");
  }
  if (study.policy.continues()) {
    problems.add("policy.continuation",
                 "means nothing with a method: there is no good point before others");
  }
}

// All points are in memory, and their outputs.
constexpr double most_evaluations = 1e8;

}  // namespace

double evaluations_of(const Study& study) {
  const auto inputs = static_cast<Index>(study.variables.size());
  return static_cast<double>(study.uncertainty->blocks()) *
         static_cast<double>(study.uncertainty->block(inputs));
}

void read_uncertain(const Json& json, Study& study, bool model_is_known, Problems& problems) {
  refuse_what_searches_have(json, study, problems);
  if (!model_is_known || study.variables.empty()) return;
  const std::size_t before = problems.count();
  static_cast<void>(read_inputs(study, problems));
  if (problems.count() != before) return;
  study.uncertainty = read_uncertainty(json["method"], study, problems);
  if (study.uncertainty == nullptr) return;
  const double evaluations = evaluations_of(study);
  if (evaluations > most_evaluations) {
    problems.add("method", fmt::format("asks for {:.3g} evaluations; at most {:.0e} can be", evaluations,
                                       most_evaluations));
  }
  study.evaluates_points = true;
  study.method_text = study.uncertainty->text();
  if (const std::string table = study.uncertainty->table(); !table.empty())
    study.points_file = study.directory / table;
}

}  // namespace mystic::study
