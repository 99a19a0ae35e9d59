#pragma once

#include "study/study_file.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <string>
#include <vector>

namespace mystic::study {

/// What may not change when a study is resumed: variables, model (with the contents of its files),
/// cost, requirements, bounds, solver and seed; and, beside that, where it was started. As JSON.
/// Limits, terminations, map, policies, deadlines and names for people may change; but of searches
/// dealt whole neither policies nor their own terminations and limits.
[[nodiscard]] std::string identity_of(const Study& study, std::uint64_t seed);

/// What of "solver.member" may change all the same.
inline constexpr std::array rules_of_members{"termination", "generations", "evaluations"};

/// Where two identities differ, one line each, "variables[0].upper: was 10, is 12"; empty: the same
/// study.
[[nodiscard]] std::vector<std::string> differences(const std::string& before, const std::string& now);

/// The same of any two objects.
[[nodiscard]] std::vector<std::string> differences_between(const nlohmann::json& before,
                                                           const nlohmann::json& now);

/// What relative paths of the study started from, and its seed, as an identity keeps them.
[[nodiscard]] std::string directory_in(const std::string& identity);
[[nodiscard]] std::uint64_t seed_in(const std::string& identity);

/// The name that the study had when it began; its file may not say it.
[[nodiscard]] std::string name_in(const std::string& identity);

/// Names of the variables, in their order.
[[nodiscard]] std::vector<std::string> variable_names_in(const std::string& identity);

}  // namespace mystic::study
