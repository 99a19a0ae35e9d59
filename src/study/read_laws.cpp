#include "study/read_laws.hpp"

#include "study/fitted_laws.hpp"
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
  if (entry == nullptr) return std::nullopt;
  return asks_for_fit(*entry, json) ? read_fitted_law(*entry, json, path, context)
                                    : entry->make(json, path, context);
}

}  // namespace mystic::study
