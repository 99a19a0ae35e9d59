#pragma once

#include "mystic/core/conductor.hpp"
#include "mystic/core/termination.hpp"
#include "study/reading.hpp"

#include <functional>
#include <string>
#include <vector>

// What there is to choose from in a study. A new solver, ensemble or termination is one line in
// registry.cpp.
namespace mystic::study {

/// Whether an option has a default, must be given, or is one of several of which one must be given.
enum class Need { none, given, one_of };

/// One option as people read it: out of its one description.
struct OptionText {
  std::string name;
  std::string standard;  ///< its default
  std::string domain;    ///< range or choices, and unit
  std::string text;
  Need need = Need::none;
};

template <class Options>
std::vector<OptionText> option_texts() {
  std::vector<OptionText> texts;
  const Options options{};
  Options::describe(
      options, [&](std::string_view name, const auto& value, const auto& domain, std::string_view text) {
        texts.push_back(
            {std::string(name), detail::value_text(value), to_string(domain), std::string(text)});
      });
  return texts;
}

/// A search that can be chosen as "solver" or as the "member" of an ensemble.
struct SolverEntry {
  std::string name;
  std::string text;
  bool needs_start = false;  ///< else it can draw in the box
  std::vector<OptionText> options;
  std::function<Algorithm(const Json&, const std::string& path, Problems&)> make;
  std::function<Termination()> usual_termination;
  /// Whether it needs two bounds for every variable even where there is a start; empty: no.
  std::function<bool(const Json&)> needs_box;
};

struct EnsembleEntry {
  std::string name;
  std::string text;
  std::vector<OptionText> options;
  std::function<Ensemble(const Json&, const std::string& path, Algorithm member, Problems&)> make;
};

/// Where a termination stands, and what its reading needs to know.
struct TerminationPlace {
  std::string path;
  const std::vector<std::string>& variables;  ///< their names, in order
  Problems& problems;
};

struct TerminationEntry {
  std::string name;
  std::string text;
  std::vector<OptionText> options;
  std::function<Termination(const Json&, const TerminationPlace&)> make;
};

[[nodiscard]] const std::vector<SolverEntry>& solvers();
[[nodiscard]] const std::vector<EnsembleEntry>& ensembles();
[[nodiscard]] const std::vector<TerminationEntry>& terminations();

/// The entry called `name`, or null and a problem that lists the names there are.
template <class Entry>
const Entry* find_entry(const std::vector<Entry>& entries, const std::string& name,
                        const std::string& path, const std::vector<std::string>& other_names,
                        Problems& problems) {
  std::vector<std::string> names = other_names;
  for (const Entry& entry : entries) {
    if (entry.name == name) return &entry;
    names.push_back(entry.name);
  }
  problems.add(path, fmt::format("'{}' is not known{}; there are: {}", name, did_you_mean(name, names),
                                 fmt::join(names, ", ")));
  return nullptr;
}

/// A termination from {"kind": ..., ...}; any-of, all-of, not and when nest.
[[nodiscard]] std::optional<Termination> read_termination(const Json& json,
                                                          const TerminationPlace& place);

}  // namespace mystic::study
