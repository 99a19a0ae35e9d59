#pragma once

#include "study/law_registry.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mystic::study {

/// Whether an object asks for a law of this family by "fit": its parameters are then those of maximal
/// likelihood. (What takes data already has no such key.)
[[nodiscard]] bool asks_for_fit(const LawEntry& entry, const Json& json);

/// The law of the family `entry` that fits best to the data "fit", with "shift", or "lower" and "upper",
/// as given.
/// @return nothing, and problems, if there is none
[[nodiscard]] std::optional<Law> read_fitted_law(const LawEntry& entry, const Json& json,
                                                 const std::string& path, const LawContext& context);

/// What stands in place of the parameters of every law that can be fitted.
[[nodiscard]] std::vector<OptionText> fit_texts();

}  // namespace mystic::study
