#pragma once

#include "mystic/core/member_rules.hpp"
#include "mystic/core/variable.hpp"
#include "study/registry.hpp"

namespace mystic::study {

/// A search as a study describes it: a solver, an ensemble as a member of another, or two in turn.
struct SearchRead {
  std::string text;  ///< "powell", "lattice of powell"
  Algorithm algorithm;
  bool needs_start = false;
  bool needs_box = false;
  std::function<Termination()> usual_termination;
};

/// The name at "kind"; a problem and nothing where it is missing.
[[nodiscard]] std::optional<std::string> kind_of_solver(const Json& json, const std::string& path,
                                                        Problems& problems);

/// @return nothing, and problems, if it cannot be
/// @param variables  their names, for terminations that name some
[[nodiscard]] std::optional<SearchRead> read_search(const Json& json, const std::string& path,
                                                    const std::vector<std::string>& variables,
                                                    Problems& problems);

/// Problems where the solver at `path`, or one within it, takes differences along variables that are
/// rounded.
void refuse_rounded(const Json& solver, const std::string& path, const std::vector<Variable>& variables,
                    Problems& problems);

/// "termination", "generations" and "evaluations" beside the options of a member, or its usual ones.
[[nodiscard]] MemberRules read_member_rules(const SearchRead& member, const Json& json,
                                            const std::string& path,
                                            const std::vector<std::string>& variables,
                                            Problems& problems);

/// An ensemble by its options; nothing, and problems, if it cannot be.
[[nodiscard]] std::optional<Ensemble> read_ensemble_options(const EnsembleEntry& entry, const Json& json,
                                                            const std::string& path, Algorithm member,
                                                            const std::vector<std::string>& variables,
                                                            Problems& problems);

/// "member" of an ensemble, with its rules.
struct MemberRead {
  SearchRead search;
  MemberRules rules;
};
[[nodiscard]] std::optional<MemberRead> read_member(const Json& ensemble, const std::string& path,
                                                    const std::string& key,
                                                    const std::vector<std::string>& variables,
                                                    Problems& problems);

}  // namespace mystic::study
