#pragma once

#include "mystic/core/policy.hpp"
#include "study/reading.hpp"

namespace mystic::study {

/// "policy", with its "kinds": failure kind -> what is different for it.
[[nodiscard]] FailurePolicy read_policy(const Json& json, const std::string& path, Problems& problems);

}  // namespace mystic::study
