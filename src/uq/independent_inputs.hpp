#pragma once

#include "mystic/uq/inputs.hpp"

#include <string_view>

namespace mystic {

/// Throws InvalidArgument, naming `method`, where there are no inputs or some are joined by a copula,
/// and why that does not do.
void require_independent(std::string_view method, const Inputs& inputs, std::string_view why);

}  // namespace mystic
