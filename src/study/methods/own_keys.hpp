#pragma once

#include "study/reading.hpp"
#include "study/registry.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <vector>

namespace mystic::study {

/// Keys of a method's or a design's object that others read.
inline const std::vector<std::string> keys_of_others{"kind", "samples", "evaluate"};

/// Several options structs from one object; a key of none of them, nor of `others`, is a problem. The
/// seed is the study's own.
template <class... Options>
std::optional<std::tuple<Options...>> read_together(const Json& object, const std::string& path,
                                                    const std::vector<std::string>& others,
                                                    Problems& problems) {
  const std::size_t before = problems.count();
  if (!is_object(object, path, problems)) return std::nullopt;
  std::vector<std::string> known = others;
  const auto add = [&known](const std::vector<std::string>& names) {
    known.insert(known.end(), names.begin(), names.end());
  };
  (add(described_names<Options>()), ...);
  std::erase(known, "seed");
  if (object.contains("seed")) problems.add(joined_path(path, "seed"), "is a key of the whole study");
  Json rest = object;
  rest.erase("seed");
  refuse_unknown_keys(rest, path, known, problems);
  std::tuple<Options...> all;
  std::apply([&](auto&... options) { (fill_options(rest, path, options, problems), ...); }, all);
  if (problems.count() == before) {
    std::apply([&](const auto&... options) { (check_rules(options, path, problems), ...); }, all);
  }
  if (problems.count() != before) return std::nullopt;
  return all;
}

/// The options of a design, from an object that may have keys_of_others.
template <class First, class... Rest>
auto read_own_options(const Json& object, const std::string& path, Problems& problems) {
  auto all = read_together<First, Rest...>(object, path, keys_of_others, problems);
  if constexpr (sizeof...(Rest) == 0) {
    return all ? std::optional<First>(std::get<0>(*all)) : std::nullopt;
  } else {
    return all;
  }
}

/// option_texts() without those that a study does not read from here.
template <class Options>
std::vector<OptionText> option_texts_without(const std::vector<std::string>& names) {
  std::vector<OptionText> texts = option_texts<Options>();
  std::erase_if(texts, [&](const OptionText& option) {
    return std::find(names.begin(), names.end(), option.name) != names.end();
  });
  return texts;
}

/// Lists of options after each other.
template <class... Lists>
std::vector<OptionText> joined(std::vector<OptionText> texts, const Lists&... others) {
  (texts.insert(texts.end(), others.begin(), others.end()), ...);
  return texts;
}

/// Of methods that have them; read by read_groups(), read_until() and read_sampling().
inline const std::vector<OptionText> groups_option{
    {"groups", "", "", "object: name -> list of variables that are moved together"}};
inline const std::vector<OptionText> until_option{
    {"until", "", "", "object: when intervals are narrow enough to stop"}};
inline const std::vector<OptionText> design_option{
    {"design", "monte-carlo", "", "word or object with a kind; 'mystic list designs' has them"}};

}  // namespace mystic::study
