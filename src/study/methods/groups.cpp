#include "study/methods/groups.hpp"

#include <algorithm>
#include <map>

namespace mystic::study {

Groups read_groups(const Json& method, const std::string& path, const Study& study, Problems& problems) {
  std::vector<std::string> inputs;
  for (const Variable& variable : study.variables) inputs.push_back(variable.name);
  Groups groups{{}, inputs};
  const auto found = method.find("groups");
  const std::string place = joined_path(path, "groups");
  if (found == method.end() || !is_object(*found, place, problems)) return groups;
  std::map<std::string, std::string> group_of;
  for (const auto& [name, members] : found->items()) {
    const std::string member_place = joined_path(place, name);
    std::vector<std::string> words;
    if (!read_value(members, member_place, words, problems)) continue;
    if (words.empty()) problems.add(member_place, "is empty; must hold at least one variable");
    if (std::find(inputs.begin(), inputs.end(), name) != inputs.end()) {
      problems.add(member_place, "is the name of a variable; give the group another");
    }
    for (const std::string& word : words) {
      if (std::find(inputs.begin(), inputs.end(), word) == inputs.end()) {
        problems.add(member_place,
                     fmt::format("'{}' is no variable{}", word, did_you_mean(word, inputs)));
      } else if (!group_of.emplace(word, name).second) {
        problems.add(member_place, fmt::format("'{}' is in a group already", word));
      }
    }
  }
  groups.names.clear();
  for (const std::string& input : inputs) {
    const auto group = group_of.find(input);
    const std::string& name = group == group_of.end() ? input : group->second;
    const auto known = std::find(groups.names.begin(), groups.names.end(), name);
    groups.of_input.push_back(known - groups.names.begin());
    if (known == groups.names.end()) groups.names.push_back(name);
  }
  return groups;
}

}  // namespace mystic::study
