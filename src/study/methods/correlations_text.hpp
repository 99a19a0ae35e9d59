#pragma once

#include "mystic/uq/correlation.hpp"
#include "study/methods/method.hpp"

#include <string>
#include <vector>

namespace mystic::study {

/// The coefficients of one input that go by these names.
[[nodiscard]] const std::vector<std::string>& coefficient_names();
[[nodiscard]] const Estimate& coefficient(const InputCorrelation& input, const std::string& name);

/// Of all inputs, with all coefficients.
[[nodiscard]] Json correlations_json(const InputCorrelations& correlations, const SampleNames& names);
/// A table of the coefficients of these names.
[[nodiscard]] std::string correlations_text(const InputCorrelations& correlations,
                                            const SampleNames& names,
                                            const std::vector<std::string>& coefficients);

}  // namespace mystic::study
