#pragma once

#include "mystic/core/point.hpp"

#include <string_view>
#include <vector>

namespace mystic {

/// The variables of each group; each variable its own group where `group_of` is empty.
/// @throws InvalidArgument, naming `design`, if `group_of` has not `dimension` entries, or a number
///         below the greatest has no variable
[[nodiscard]] std::vector<std::vector<Index>> variables_of_groups(std::string_view design,
                                                                  const std::vector<Index>& group_of,
                                                                  Index dimension);

}  // namespace mystic
