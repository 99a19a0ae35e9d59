#include "mystic/uq/correlation_matrix.hpp"
#include "study/law_registry.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mystic::study {
namespace {

struct NamedKind {
  std::string name;
  CorrelationKind kind;
  std::string text;
};

const std::vector<NamedKind>& kinds() {
  static const std::vector<NamedKind> all{
      {"spearman", CorrelationKind::spearman,
       "number for two, matrix for more: Spearman's, of the ranks"},
      {"pearson", CorrelationKind::pearson, "the same: Pearson's, of the variables themselves (Nataf)"},
      {"kendall", CorrelationKind::kendall, "the same: Kendall's tau"},
      {"normal", CorrelationKind::normal, "the same: of the law behind the copula, taken as it is"}};
  return all;
}

// {"spearman": -0.2}, or a list of lists for more than two.
std::optional<Points> read_matrix(const Json& json, const std::string& path, Index inputs,
                                  Problems& problems) {
  Points matrix = Points::Identity(inputs, inputs);
  if (!json.is_array()) {
    double number = 0.0;
    if (!read_value(json, path, number, problems)) return std::nullopt;
    if (inputs != 2) {
      problems.add(path, fmt::format("is one number, for two variables; for {} it must be a list of {} "
                                     "lists of {} numbers",
                                     inputs, inputs, inputs));
      return std::nullopt;
    }
    if (!(std::abs(number) <= 1.0)) {
      problems.add(path, fmt::format("is {}; must be in [-1, 1]", number));
      return std::nullopt;
    }
    matrix(0, 1) = matrix(1, 0) = number;
    return matrix;
  }
  std::vector<std::vector<double>> rows;
  if (!read_value(json, path, rows, problems)) return std::nullopt;
  const auto is_wrong = [inputs](const std::vector<double>& row) {
    return static_cast<Index>(row.size()) != inputs;
  };
  if (static_cast<Index>(rows.size()) != inputs || std::ranges::any_of(rows, is_wrong)) {
    problems.add(path, fmt::format("must be a list of {} lists of {} numbers, one for each variable",
                                   inputs, inputs));
    return std::nullopt;
  }
  for (Index i = 0; i < inputs; ++i) {
    for (Index j = 0; j < inputs; ++j) {
      matrix(i, j) = rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
    }
  }
  return matrix;
}

struct Correlation {
  std::string path;
  CorrelationKind kind = CorrelationKind::normal;
  Points matrix;
};

// The one of `names` that is there.
std::optional<Correlation> read_correlation(const Json& json, const std::string& path, Index inputs,
                                            const std::vector<std::string>& names, Problems& problems) {
  std::vector<const NamedKind*> there;
  for (const NamedKind& kind : kinds()) {
    const bool may = std::ranges::find(names, kind.name) != names.end();
    if (may && json.contains(kind.name)) there.push_back(&kind);
  }
  if (there.size() != 1) {
    problems.add(path, fmt::format("must have exactly one of: {}", fmt::join(names, ", ")));
    return std::nullopt;
  }
  Correlation read{joined_path(path, there[0]->name), there[0]->kind, {}};
  auto matrix = read_matrix(json.at(there[0]->name), read.path, inputs, problems);
  if (!matrix) return std::nullopt;
  read.matrix = std::move(*matrix);
  try {
    require_correlation(read.matrix);
    if (read.kind != CorrelationKind::pearson) {
      read.matrix = normal_correlation(read.matrix, read.kind);
      read.kind = CorrelationKind::normal;
    }
  } catch (const InvalidArgument& error) {
    problems.add(read.path, error.what());
    return std::nullopt;
  }
  return read;
}

std::vector<OptionText> texts_of(const std::vector<std::string>& names) {
  std::vector<OptionText> texts;
  for (const NamedKind& kind : kinds()) {
    if (std::ranges::find(names, kind.name) == names.end()) continue;
    texts.push_back({kind.name, "", "[-1, 1]", kind.text, Need::one_of});
  }
  return texts;
}

const std::vector<std::string> of_normal{"spearman", "pearson", "kendall", "normal"};

CopulaEntry normal() {
  return {"normal", "that of the normal law; exactly one of", texts_of(of_normal),
          [](const Json& json, const std::string& path, Index inputs,
             Problems& problems) -> std::optional<CopulaMaker> {
            std::vector<std::string> known{"copula", "of"};
            known.insert(known.end(), of_normal.begin(), of_normal.end());
            refuse_unknown_keys(json, path, known, problems);
            auto read = read_correlation(json, path, inputs, of_normal, problems);
            if (!read) return std::nullopt;
            return [read = std::move(*read)](const std::vector<Law>& laws) {
              return normal_copula(normal_correlation(read.matrix, read.kind, laws));
            };
          }};
}

struct StudentSpec {
  std::optional<double> freedom;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("freedom", self.freedom, Range{.lower = 1, .upper = 1e6},
          "degrees of freedom: the fewer, the more extremes come together");
  }
};

// What Spearman's and Pearson's correlations say of a Student copula hangs on its freedom: no closed
// form.
const std::vector<std::string> of_student{"kendall", "normal"};

CopulaEntry student() {
  std::vector<OptionText> texts = option_texts<StudentSpec>();
  texts.front().need = Need::given;
  for (OptionText& text : texts_of(of_student)) texts.push_back(std::move(text));
  return {"student", "Student's: as the normal law's, but extremes come together; freedom and one of",
          std::move(texts),
          [](const Json& json, const std::string& path, Index inputs,
             Problems& problems) -> std::optional<CopulaMaker> {
            const auto spec =
                read_options<StudentSpec>(json, path, problems, {"copula", "of", "kendall", "normal"});
            if (!json.contains("freedom")) {
              problems.add(path + ".freedom", "is missing: degrees of freedom, in [1, 1e6]");
            }
            const std::size_t before = problems.count();
            const auto read = read_correlation(json, path, inputs, of_student, problems);
            if (!read || problems.count() > before || !spec.freedom) return std::nullopt;
            return [matrix = read->matrix, freedom = *spec.freedom](const std::vector<Law>&) {
              return student_copula(matrix, freedom);
            };
          }};
}

// A family of one parameter, which Kendall's tau gives, too.
struct Family {
  std::string name;
  std::string text;
  Range theta;
  Range kendall;
  double (*theta_of)(double kendall) = nullptr;
  Copula (*make)(Index inputs, double theta) = nullptr;
  bool joins_many = false;
};

std::vector<OptionText> texts_of(const Family& family) {
  return {{"theta", "", to_string(family.theta), "strength; no unit", Need::one_of},
          {"kendall", "", to_string(family.kendall), "or Kendall's tau, which gives it", Need::one_of}};
}

std::optional<double> read_theta(const Family& family, const Json& json, const std::string& path,
                                 Problems& problems) {
  if (json.contains("theta") == json.contains("kendall")) {
    problems.add(path, "must have exactly one of: theta, kendall");
    return std::nullopt;
  }
  const std::string key = json.contains("theta") ? "theta" : "kendall";
  const Range& range = key == "theta" ? family.theta : family.kendall;
  double number = 0.0;
  if (!read_value(json.at(key), joined_path(path, key), number, problems)) return std::nullopt;
  if (!range.contains(number)) {
    problems.add(joined_path(path, key), fmt::format("is {}; must be in {}", number, to_string(range)));
    return std::nullopt;
  }
  return key == "theta" ? number : family.theta_of(number);
}

CopulaEntry archimedean(const Family& family) {
  return {family.name, family.text, texts_of(family),
          [family](const Json& json, const std::string& path, Index inputs,
                   Problems& problems) -> std::optional<CopulaMaker> {
            refuse_unknown_keys(json, path, {"copula", "of", "theta", "kendall"}, problems);
            if (inputs != 2 && !family.joins_many) {
              problems.add(path + ".of", fmt::format("names {}; '{}' joins 2", inputs, family.name));
            }
            const auto theta = read_theta(family, json, path, problems);
            if (!theta || (inputs != 2 && !family.joins_many)) return std::nullopt;
            try {
              const Copula copula = family.make(inputs, *theta);
              return [copula](const std::vector<Law>&) { return copula; };
            } catch (const InvalidArgument& error) {
              problems.add(path, error.what());
              return std::nullopt;
            }
          }};
}

}  // namespace

const std::vector<CopulaEntry>& copula_entries() {
  static const std::vector<CopulaEntry> entries{
      normal(), student(),
      archimedean({.name = "clayton",
                   .text = "small values come together; joins two or more; exactly one of",
                   .theta = {.lower = 1e-4, .upper = 1e3},
                   .kendall = {.lower = 0.0, .upper = 1.0, .open_below = true, .open_above = true},
                   .theta_of = clayton_theta,
                   .make = clayton_copula,
                   .joins_many = true}),
      archimedean({.name = "frank",
                   .text = "neither end is special; joins two; exactly one of",
                   .theta = {.lower = -500.0, .upper = 500.0},
                   .kendall = {.lower = -1.0, .upper = 1.0, .open_below = true, .open_above = true},
                   .theta_of = frank_theta,
                   .make = [](Index, double theta) { return frank_copula(theta); }}),
      archimedean({.name = "gumbel",
                   .text = "large values come together; joins two; exactly one of",
                   .theta = {.lower = 1.0, .upper = 100.0},
                   .kendall = {.lower = 0.0, .upper = 1.0, .open_above = true},
                   .theta_of = gumbel_theta,
                   .make = [](Index, double theta) { return gumbel_copula(theta); }})};
  return entries;
}

}  // namespace mystic::study
