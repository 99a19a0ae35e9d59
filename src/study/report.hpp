#pragma once

#include "mystic/core/problem.hpp"
#include "mystic/core/result.hpp"
#include "study/study_file.hpp"

#include <string>

namespace mystic::study {

/// result.json. All but the object "run" is the same under every map, and after a resume.
[[nodiscard]] std::string result_json(const Study& study, const Problem& problem, const Result& result,
                                      std::uint64_t seed, const std::string& host);

/// How a run ended, into a result: "evaluations", "stop", "seed" and "run".
void add_run(Json& json, const Result& result, std::uint64_t seed, const std::string& host);

/// The same for people.
[[nodiscard]] std::string run_text(const Study& study, const Result& result, std::uint64_t seed);

/// The whole result for people.
[[nodiscard]] std::string result_text(const Study& study, const Problem& problem, const Result& result,
                                      std::uint64_t seed);

}  // namespace mystic::study
