#pragma once

#include "mystic/core/result.hpp"
#include "study/methods/method.hpp"
#include "study/run_directory.hpp"
#include "study/study_file.hpp"

#include <string>

namespace mystic::study {

/// What the study's method says of a sample, or that there is none.
[[nodiscard]] Answer answer_of(const Study& study, const Sample& sample, const SampleNames& names,
                               std::uint64_t seed);

/// result.json of a study with a method. All but the object "run" is the same under every map.
[[nodiscard]] std::string uncertainty_json(const Study& study, const Answer& answer,
                                           const Result& result, std::uint64_t seed,
                                           const std::string& host);

/// The inputs of a study of uncertainty and their laws.
[[nodiscard]] std::string inputs_text(const Study& study);

/// The inputs, and what the answer says of the outputs.
[[nodiscard]] std::string uncertainty_text(const Study& study, const Answer& answer);

/// Into the directory `pictures`, each in one instant.
void write_pictures(const RunDirectory& directory, const Answer& answer);

/// The points of a design as CSV, with their weights if there are any.
[[nodiscard]] std::string design_csv(const Study& study, const Points& points, const Vector& weights);

}  // namespace mystic::study
