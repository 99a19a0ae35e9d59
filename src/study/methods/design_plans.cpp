// Designs whose number of points follows from their options: factorials, quadratures, tables.

#include "mystic/uq/factorial.hpp"
#include "mystic/uq/quadrature.hpp"
#include "study/methods/design.hpp"
#include "study/methods/own_keys.hpp"
#include "study/points_table.hpp"

#include "mystic/study/study.hpp"

#include <algorithm>
#include <map>

namespace mystic::study {
namespace {

struct FactorialSpec {
  std::vector<Index> levels = {2};

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("levels", self.levels, Range{.lower = 2, .upper = 1e6},
          "list: how many equally far levels, a number for each variable, or one for all");
  }
};

struct GaussSpec {
  std::vector<Index> nodes = {5};

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("nodes", self.nodes, Range{.lower = 1, .upper = 500},
          "list: how many of Gauss and Legendre's rule, a number for each variable, or one for all");
  }
};

struct TableSpec {
  std::string file;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("file", self.file, Anything{},
          "table (CSV) with a column for each variable, and one of weights if it has weights");
  }
};

Design planned(std::string kind, DesignSpace space, decltype(Design::points) points) {
  return {.kind = std::move(kind), .space = space, .counts = false, .points = std::move(points)};
}

// One number for all variables, or one for each.
std::optional<std::vector<Index>> for_each_variable(std::vector<Index> numbers, const Study& study,
                                                    const std::string& path, Problems& problems) {
  if (numbers.size() == 1) numbers.resize(study.variables.size(), numbers.front());
  if (numbers.size() == study.variables.size()) return numbers;
  problems.add(path,
               fmt::format("has {} numbers for {} variables", numbers.size(), study.variables.size()));
  return std::nullopt;
}

// What the library refuses, as a problem; `make` is tried once, for a study's number of variables.
std::optional<Design> tried(Design design, const Study& study, const std::string& path,
                            Problems& problems) {
  try {
    static_cast<void>(design.points(static_cast<Index>(study.variables.size()), 0, 0));
    return design;
  } catch (const Error& error) {
    problems.add(path, error.what());
    return std::nullopt;
  }
}

std::optional<Design> make_full(const Json& json, const std::string& path, const Study& study,
                                Problems& problems) {
  const auto spec = read_own_options<FactorialSpec>(json, path, problems);
  if (!spec) return std::nullopt;
  const auto levels = for_each_variable(spec->levels, study, path + ".levels", problems);
  if (!levels) return std::nullopt;
  return tried(planned("full-factorial", DesignSpace::box,
                       [levels = *levels](Index, Index, std::uint64_t) {
                         return DesignPoints{full_factorial_points(levels), {}};
                       }),
               study, path, problems);
}

// {"generators": {"E": ["A", "B"]}}: E is high where the product of A and B is.
struct Fraction {
  std::vector<Index> rows;  // of the design, for each variable
  std::vector<std::vector<Index>> generators;
  Index base = 0;
};

std::optional<Fraction> read_fraction(const Json& json, const std::string& path, const Study& study,
                                      Problems& problems) {
  const std::size_t before = problems.count();
  std::map<std::string, Index> base;
  std::vector<std::string> names;
  Fraction fraction;
  fraction.rows.resize(study.variables.size());
  for (const Variable& variable : study.variables) names.push_back(variable.name);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (json.contains(names[i])) continue;
    fraction.rows[i] = static_cast<Index>(base.size());
    base.emplace(names[i], fraction.rows[i]);
  }
  fraction.base = static_cast<Index>(base.size());
  refuse_unknown_keys(json, path, names, problems);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto found = json.find(names[i]);
    if (found == json.end()) continue;
    fraction.rows[i] = fraction.base + static_cast<Index>(fraction.generators.size());
    std::vector<std::string> words;
    std::vector<Index> numbers;
    const std::string place = joined_path(path, names[i]);
    read_value(*found, place, words, problems);
    for (const std::string& word : words) {
      const auto place_of = base.find(word);
      if (place_of == base.end()) {
        problems.add(place, fmt::format("'{}' is no variable without a generator of its own", word));
      } else {
        numbers.push_back(place_of->second);
      }
    }
    fraction.generators.push_back(std::move(numbers));
  }
  if (problems.count() != before) return std::nullopt;
  return fraction;
}

std::optional<Design> make_fraction(const Json& json, const std::string& path, const Study& study,
                                    Problems& problems) {
  refuse_unknown_keys(json, path, {"kind", "evaluate", "samples", "generators"}, problems);
  const auto found = json.find("generators");
  const std::string place = joined_path(path, "generators");
  if (found == json.end()) {
    problems.add(place, "is missing: which variables follow from which, {\"E\": [\"A\", \"B\"]}");
    return std::nullopt;
  }
  if (!is_object(*found, place, problems)) return std::nullopt;
  const auto fraction = read_fraction(*found, place, study, problems);
  if (!fraction) return std::nullopt;
  return tried(planned("fractional-factorial", DesignSpace::box,
                       [fraction = *fraction](Index dimension, Index, std::uint64_t) {
                         const Points all =
                             fractional_factorial_points(fraction.base, fraction.generators);
                         Points points(dimension, all.cols());
                         for (Index i = 0; i < dimension; ++i)
                           points.row(i) = all.row(fraction.rows[static_cast<std::size_t>(i)]);
                         return DesignPoints{points, {}};
                       }),
               study, path, problems);
}

// One whose options are the library's.
template <class Options, class Make>
DesignEntry plan(std::string name, std::string text, DesignSpace space, Make make) {
  return {name, std::move(text), option_texts_without<Options>({"seed"}),
          [name, space, make](const Json& json, const std::string& path, const Study& study,
                              Problems& problems) -> std::optional<Design> {
            const auto options = read_own_options<Options>(json, path, problems);
            if (!options) return std::nullopt;
            return tried(planned(name, space,
                                 [make, options = *options](Index dimension, Index, std::uint64_t) {
                                   return make(dimension, options);
                                 }),
                         study, path, problems);
          }};
}

DesignPoints weighted(Quadrature rule) { return {std::move(rule.nodes), std::move(rule.weights)}; }

std::optional<Design> make_gauss(const Json& json, const std::string& path, const Study& study,
                                 Problems& problems) {
  const auto spec = read_own_options<GaussSpec>(json, path, problems);
  if (!spec) return std::nullopt;
  const auto nodes = for_each_variable(spec->nodes, study, path + ".nodes", problems);
  if (!nodes) return std::nullopt;
  return tried(
      planned("gauss-product", DesignSpace::unit,
              [nodes = *nodes](Index, Index, std::uint64_t) { return weighted(gauss_product(nodes)); }),
      study, path, problems);
}

std::optional<Design> make_table(const Json& json, const std::string& path, const Study& study,
                                 Problems& problems) {
  const auto spec = read_own_options<TableSpec>(json, path, problems);
  if (!spec) return std::nullopt;
  const std::string place = joined_path(path, "file");
  if (spec->file.empty()) {
    problems.add(place, "is missing: which table?");
    return std::nullopt;
  }
  if (!problems.empty()) return std::nullopt;  // of variables that are wrong, no column can be right
  try {
    const std::filesystem::path table = study.directory / spec->file;
    Design design =
        planned("file", DesignSpace::inputs,
                [whole = DesignPoints{read_points(study, table), read_weights(study, table)}](
                    Index, Index, std::uint64_t) { return whole; });
    design.file = spec->file;
    return design;
  } catch (const BadInput& error) {
    problems.add(place, error.what());
    return std::nullopt;
  }
}

}  // namespace

const std::vector<DesignEntry>& planned_designs() {
  static const std::vector<DesignEntry> entries{
      {"full-factorial", "all combinations of levels", option_texts<FactorialSpec>(), make_full},
      {"fractional-factorial",
       "all combinations of some variables at two levels; the others follow from them",
       {{"generators", "", "", "object: variable -> list of the variables whose product it follows"}},
       make_fraction},
      plan<BoxBehnkenOptions>("box-behnken", "the middles of a box's edges: no corner", DesignSpace::box,
                              [](Index dimension, const BoxBehnkenOptions& options) {
                                return DesignPoints{box_behnken_points(dimension, options), {}};
                              }),
      plan<CentralCompositeOptions>(
          "central-composite", "corners, axes and centre of the box", DesignSpace::box,
          [](Index dimension, const CentralCompositeOptions& options) {
            return DesignPoints{central_composite_points(dimension, options), {}};
          }),
      {"gauss-product", "a grid of Gauss and Legendre's nodes, with weights", option_texts<GaussSpec>(),
       make_gauss},
      plan<SmolyakOptions>("smolyak", "a sparse grid, with weights", DesignSpace::unit,
                           [](Index dimension, const SmolyakOptions& options) {
                             return weighted(smolyak_grid(dimension, options));
                           }),
      {"file", "points of a table, as they are", option_texts<TableSpec>(), make_table},
  };
  return entries;
}

}  // namespace mystic::study
