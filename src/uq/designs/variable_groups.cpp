#include "variable_groups.hpp"

#include "mystic/core/require.hpp"

#include <fmt/ranges.h>

namespace mystic {

std::vector<std::vector<Index>> variables_of_groups(std::string_view design,
                                                    const std::vector<Index>& group_of,
                                                    Index dimension) {
  const auto variables = static_cast<std::size_t>(dimension);
  require(group_of.empty() || group_of.size() == variables, "{}: groups has {} entries for {} variables",
          design, group_of.size(), dimension);
  std::vector<std::vector<Index>> groups(variables);
  for (std::size_t i = 0; i < variables; ++i) {
    const Index group = group_of.empty() ? static_cast<Index>(i) : group_of[i];
    require(group >= 0 && group < dimension, "{}: group {} of variable {} is not in [0, {}]", design,
            group, i, dimension - 1);
    groups[static_cast<std::size_t>(group)].push_back(static_cast<Index>(i));
  }
  while (groups.back().empty()) groups.pop_back();
  for (std::size_t group = 0; group < groups.size(); ++group) {
    require(!groups[group].empty(), "{}: groups = [{}] has no {}; numbers must be from 0 without gaps",
            design, fmt::join(group_of, ", "), group);
  }
  return groups;
}

}  // namespace mystic
