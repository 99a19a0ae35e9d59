#include "study/read_laws.hpp"

#include "study/law_registry.hpp"

namespace mystic::study {

std::optional<Law> read_law(const Json& json, const std::string& path, const LawContext& context) {
  if (!is_object(json, path, context.problems)) return std::nullopt;
  const std::string place = path + ".kind";
  const auto found = json.find("kind");
  if (found == json.end()) {
    context.problems.add(place, "is missing: which law? `mystic list laws` has them all");
    return std::nullopt;
  }
  std::string kind;
  if (!read_value(*found, place, kind, context.problems)) return std::nullopt;
  const LawEntry* entry = find_entry(law_entries(), kind, place, {}, context.problems);
  return entry == nullptr ? std::nullopt : entry->make(json, path, context);
}

}  // namespace mystic::study
