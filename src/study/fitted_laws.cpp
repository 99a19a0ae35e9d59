#include "study/fitted_laws.hpp"

#include "mystic/uq/law_fit.hpp"
#include "study/law_data.hpp"
#include "study/law_entry.hpp"

#include <algorithm>
#include <utility>

namespace mystic::study {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> names_of(const LawEntry& entry) {
  std::vector<std::string> names;
  for (const OptionText& option : entry.options) names.push_back(option.name);
  return names;
}

VectorView view_of(const std::vector<double>& values) {
  return Eigen::Map<const Vector>(values.data(), static_cast<Index>(values.size()));
}

// Whether a fit takes the parameter of a family as given; all others it finds.
bool is_given(const std::string& family, const std::string& name) {
  if (name == "lower" || name == "upper") return family == laws::Beta::title;
  return name == "shift";
}

// "lower", "upper" and "shift", where the family has them; all other keys are problems.
LawFitOptions read_known(const LawEntry& entry, const Json& json, const std::string& path,
                         Problems& problems) {
  const std::vector<std::string> parameters = names_of(entry);
  std::vector<std::string> known{"kind", "fit", "column"};
  known.insert(known.end(), parameters.begin(), parameters.end());
  refuse_unknown_keys(json, path, known, problems);
  Json given = Json::object();
  for (const std::string& name : parameters) {
    if (!json.contains(name)) continue;
    if (is_given(entry.name, name)) {
      given[name] = json.at(name);
    } else {
      problems.add(joined_path(path, name), "means nothing with fit: the data say what it is");
    }
  }
  LawFitOptions options;
  fill_options(given, path, options, problems);
  if (options.lower && options.upper && !(*options.lower < *options.upper)) {
    problems.add(path,
                 fmt::format("lower = {} must be less than upper = {}", *options.lower, *options.upper));
  }
  return options;
}

// "young.csv: ", where the data are those of a table.
std::string source_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() + ": " : std::string();
}

struct BestFitSpec {
  std::vector<std::string> families = {};
  std::string criterion = "bic";

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("criterion", self.criterion, Choices{{"aic", "bic"}},
          "what makes the best: Akaike's, or the Bayesian information criterion");
  }
};

std::vector<std::string> read_families(const Json& json, const std::string& path, Problems& problems) {
  std::vector<std::string> families;
  const auto found = json.find("families");
  const std::string place = path + ".families";
  if (found == json.end() || !read_value(*found, place, families, problems)) return families;
  if (families.empty()) problems.add(place, "is empty; without it all continuous ones are tried");
  const std::vector<std::string> known = fitted_families();
  for (std::size_t i = 0; i < families.size(); ++i) {
    if (contains(known, families[i])) continue;
    problems.add(fmt::format("{}[{}]", place, i),
                 fmt::format("'{}' cannot be fitted{}; these can: {}", families[i],
                             did_you_mean(families[i], known), fmt::join(known, ", ")));
  }
  return families;
}

std::optional<Law> read_best_fit(const Json& json, const std::string& path, const LawContext& context) {
  Problems& problems = context.problems;
  const std::size_t before = problems.count();
  const auto spec =
      read_options<BestFitSpec>(json, path, problems, {"kind", "sample", "file", "column", "families"});
  const std::vector<std::string> families = read_families(json, path, problems);
  const auto sample = read_sample(json, path, context);
  if (!sample || problems.count() > before) return std::nullopt;
  const std::string place = path + (json.contains("file") ? ".file" : ".sample");
  std::string reasons;
  try {
    const auto criterion = spec.criterion == "aic" ? FitCriterion::aic : FitCriterion::bic;
    LawRanking ranking = rank_fits(view_of(*sample), families, criterion);
    if (!ranking.fits.empty()) return std::move(ranking.fits.front().law);
    for (const auto& refusal : ranking.refused) {
      reasons += (reasons.empty() ? "no family fits: " : "; ") + refusal.reason;
    }
  } catch (const InvalidArgument& error) {
    reasons = error.what();
  }
  problems.add(place, source_of(json, "file") + reasons);
  return std::nullopt;
}

}  // namespace

bool asks_for_fit(const LawEntry& entry, const Json& json) {
  return json.contains("fit") && !contains(names_of(entry), "file");
}

std::optional<Law> read_fitted_law(const LawEntry& entry, const Json& json, const std::string& path,
                                   const LawContext& context) {
  Problems& problems = context.problems;
  const std::size_t before = problems.count();
  const std::vector<std::string> families = fitted_families();
  if (!contains(families, entry.name)) {
    problems.add(path + ".fit", fmt::format("'{}' cannot be fitted; these can: {}", entry.name,
                                            fmt::join(families, ", ")));
    return std::nullopt;
  }
  const LawFitOptions options = read_known(entry, json, path, problems);
  const auto sample = read_fit_data(json, path, context);
  if (!sample || problems.count() > before) return std::nullopt;
  try {
    return fit_law(entry.name, view_of(*sample), options).law;
  } catch (const InvalidArgument& error) {
    problems.add(path + ".fit", source_of(json, "fit") + error.what());
    return std::nullopt;
  }
}

std::vector<OptionText> fit_texts() {
  return {{"fit", "", "",
           "list of numbers that were observed, or the table (CSV) that holds them, relative to the "
           "study",
           Need::given},
          {"column", "", "",
           "of a table: header of the column; a table of one column needs neither header nor this",
           Need::one_of},
          {"shift", "0", "", "of laws that have one: given, not fitted"},
          {"lower", "from the data", "", "of beta: given, not fitted"},
          {"upper", "from the data", "", "of beta: given, not fitted"}};
}

LawEntry best_fit_entry() {
  std::vector<OptionText> texts = sample_texts();
  texts.push_back({"families", "all continuous ones that can be fitted", "",
                   "list of kinds: continuous or discrete, not both"});
  for (const OptionText& option : option_texts<BestFitSpec>()) texts.push_back(option);
  return {"best-fit", "the law of the family that fits best to what was observed", std::move(texts),
          read_best_fit};
}

}  // namespace mystic::study
