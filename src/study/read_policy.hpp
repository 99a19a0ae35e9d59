#pragma once

#include "mystic/core/policy.hpp"
#include "study/reading.hpp"

namespace mystic::study {

/// "policy", with its "kinds": failure kind -> what is different for it.
[[nodiscard]] FailurePolicy read_policy(const Json& json, const std::string& path, Problems& problems);

/// Kinds of failure by their names, as given to --kind. @throws BadInput
[[nodiscard]] std::vector<FailureKind> read_failure_kinds(const std::vector<std::string>& names);

}  // namespace mystic::study
