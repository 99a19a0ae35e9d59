#pragma once

#include "mystic/core/require.hpp"
#include "study/law_registry.hpp"

#include <cmath>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

// How a description of a law (mystic/uq/laws/) becomes an entry of the list.
namespace mystic::study {

// A parameter need not be given where there is a natural default: what is optional, a shift of 0, a
// bound that is not there. All others would be a silent guess.
template <class T>
bool is_needed(std::string_view name, const T& standard) {
  if constexpr (std::is_arithmetic_v<T>) {
    return name != "shift" && std::isfinite(static_cast<double>(standard));
  } else {
    return false;
  }
}

template <class Options>
std::vector<OptionText> parameters_of(std::vector<OptionText> others = {}) {
  std::vector<OptionText> texts = option_texts<Options>();
  std::size_t place = 0;
  const Options options{};
  Options::describe(options,
                    [&](std::string_view name, const auto& value, const auto&, std::string_view) {
                      if (is_needed(name, value)) texts[place].need = Need::given;
                      ++place;
                    });
  others.insert(others.end(), texts.begin(), texts.end());
  return others;
}

// The described parameters, without the rules that span them.
template <class Options>
Options read_parameters(const Json& json, const std::string& path, const LawContext& context,
                        std::initializer_list<std::string> other_keys) {
  const auto options = read_options<Options>(json, path, context.problems, other_keys);
  const Options standard{};
  Options::describe(standard, [&](std::string_view name, const auto& value, const auto& domain,
                                  std::string_view text) {
    if (!is_needed(name, value) || json.contains(std::string(name))) return;
    context.problems.add(joined_path(path, name),
                         fmt::format("is missing: {}, in {}", text, to_string(domain)));
  });
  return options;
}

// The law that a description makes, unless there were problems since `before`, or there is one now.
template <class Options>
std::optional<Law> finished(const Options& options, std::size_t before, const std::string& path,
                            const LawContext& context) {
  if (context.problems.count() > before) return std::nullopt;
  check_rules(options, path, context.problems);
  if (context.problems.count() > before) return std::nullopt;
  try {
    return Law(options);
  } catch (const Error& error) {
    context.problems.add(path, error.what());
    return std::nullopt;
  }
}

// A list that must be there.
template <class T>
void read_needed_list(const Json& json, const std::string& path, const char* key, std::vector<T>& values,
                      const LawContext& context) {
  const auto found = json.find(key);
  if (found == json.end()) {
    context.problems.add(joined_path(path, key), "is missing: a list of numbers");
  } else {
    read_value(*found, joined_path(path, key), values, context.problems);
  }
}

/// Where what was observed stands: see read_sample().
[[nodiscard]] std::vector<OptionText> sample_texts();

/// Laws of what was observed.
[[nodiscard]] LawEntry histogram_entry();
[[nodiscard]] LawEntry empirical_entry();
[[nodiscard]] LawEntry kernel_smoothed_entry();
[[nodiscard]] LawEntry best_fit_entry();

}  // namespace mystic::study
