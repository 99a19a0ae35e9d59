#include "study/read_initial.hpp"

#include "mystic/study/study.hpp"
#include "study/points_table.hpp"

#include <algorithm>
#include <cmath>

namespace mystic::study {
namespace {

// The keys that belong to another kind.
void refuse_keys_of_others(const Json& json, const std::string& kind, Problems& problems) {
  const auto belongs = [&](const char* key, std::initializer_list<std::string_view> kinds) {
    const bool right = std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    if (json.contains(key) && !right) {
      problems.add(joined_path("initial", key), fmt::format("means nothing with '{}'", kind));
    }
  };
  belongs("file", {"given"});
  belongs("radius", {"around"});
  belongs("covariance", {"multinormal"});
  belongs("count", {"around", "random", "multinormal"});
}

std::optional<Points> read_covariance(const Json& json, Index n, Problems& problems) {
  const std::string path = "initial.covariance";
  const auto found = json.find("covariance");
  const bool is_table =
      found != json.end() && found->is_array() && static_cast<Index>(found->size()) == n;
  if (!is_table) {
    problems.add(path, fmt::format("must be a list of {} lists of {} numbers", n, n));
    return std::nullopt;
  }
  Points covariance(n, n);
  for (Index i = 0; i < n; ++i) {
    const Json& row = (*found)[static_cast<std::size_t>(i)];
    const std::string place = fmt::format("{}[{}]", path, i);
    if (!row.is_array() || static_cast<Index>(row.size()) != n) {
      problems.add(place, fmt::format("must be a list of {} numbers", n));
      return std::nullopt;
    }
    for (Index j = 0; j < n; ++j) {
      const Json& entry = row[static_cast<std::size_t>(j)];
      if (!read_value(entry, fmt::format("{}[{}]", place, j), covariance(i, j), problems))
        return std::nullopt;
    }
  }
  return covariance;
}

bool has_starts(const Study& study, const std::string& kind, Problems& problems) {
  if (study.start.size() > 0) return true;
  problems.add("initial.kind", fmt::format("'{}' needs a start: give every variable a 'start'", kind));
  return false;
}

std::optional<InitialPoints> make_initial(const InitialSpec& spec, const Json& json, Study& study,
                                          Problems& problems) {
  const auto n = static_cast<Index>(study.variables.size());
  if (spec.kind == "given") {
    if (spec.file.empty()) {
      problems.add("initial.file", "is missing: a table (CSV) with a column for each variable");
      return std::nullopt;
    }
    study.initial_file = study.directory / spec.file;
    return InitialPoints::given(read_points(study, *study.initial_file));
  }
  if (!json.contains("count")) {
    problems.add("initial.count", "is missing: how many points?");
    return std::nullopt;
  }
  if (spec.kind == "random") {
    for (const Variable& variable : study.variables) {
      if (std::isfinite(variable.lower) && std::isfinite(variable.upper)) continue;
      problems.add("initial.kind", "'random' needs lower and upper bounds for every variable");
      return std::nullopt;
    }
    return InitialPoints::in_box(spec.count);
  }
  if (!has_starts(study, spec.kind, problems)) return std::nullopt;
  if (spec.kind == "around") return InitialPoints::around(study.start, spec.radius, spec.count);
  const auto covariance = read_covariance(json, n, problems);
  if (!covariance) return std::nullopt;
  return InitialPoints::multinormal(study.start, *covariance, spec.count);
}

}  // namespace

void read_initial(const Json& json, Study& study, Problems& problems) {
  const std::size_t before = problems.count();
  const auto spec = read_options<InitialSpec>(json, "initial", problems, {"covariance"});
  if (!json.is_object() || problems.count() > before) return;
  if (!json.contains("kind")) {
    problems.add("initial.kind", "is missing: given, around, random or multinormal");
    return;
  }
  refuse_keys_of_others(json, spec.kind, problems);
  if (problems.count() > before) return;
  try {
    study.initial = make_initial(spec, json, study, problems);
  } catch (const BadInput& error) {
    problems.add("initial.file", error.what());
  } catch (const InvalidArgument& error) {
    problems.add("initial", error.what());
  }
}

}  // namespace mystic::study
