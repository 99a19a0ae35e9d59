#pragma once

#include "mystic/core/require.hpp"
#include "mystic/core/point.hpp"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace mystic {

/// What a number may be, and its unit. The bounds are inclusive unless said open; NaN is in no range.
struct Range {
  double lower = -infinity;
  double upper = infinity;
  bool open_below = false;
  bool open_above = false;
  std::string_view unit = "";

  [[nodiscard]] bool contains(double value) const {
    const bool above = open_below ? value > lower : value >= lower;
    const bool below = open_above ? value < upper : value <= upper;
    return above && below;
  }
};

/// "[4, inf]", "(0, 2] s".
[[nodiscard]] std::string to_string(const Range& range);

/// What a word may be.
struct Choices {
  std::vector<std::string_view> words;

  [[nodiscard]] bool contains(std::string_view word) const;
};

/// "best1bin | rand1bin".
[[nodiscard]] std::string to_string(const Choices& choices);

/// A value that anything may have: text, a yes or no.
struct Anything {};

[[nodiscard]] inline std::string to_string(const Anything&) { return ""; }

/// The name of `candidates` nearest to `name`, or empty where none is near: at an edit distance of at
/// most a third of its length, or 2, and not all of it. For "unknown key 'wieght'; did you mean
/// 'weight'?".
[[nodiscard]] std::string nearest_name(std::string_view name,
                                       const std::vector<std::string>& candidates);

/// " (did you mean 'weight'?)", or nothing where no candidate is near.
[[nodiscard]] std::string did_you_mean(std::string_view name,
                                       const std::vector<std::string>& candidates);

namespace detail {

template <class T>
  requires std::is_arithmetic_v<T>
bool in_domain(const T& value, const Range& range) {
  return range.contains(static_cast<double>(value));
}
inline bool in_domain(const std::string& value, const Choices& choices) {
  return choices.contains(value);
}
inline bool in_domain(const std::string&, const Anything&) { return true; }
inline bool in_domain(bool, const Anything&) { return true; }
template <class T, class Domain>
bool in_domain(const std::optional<T>& value, const Domain& domain) {
  return !value || in_domain(*value, domain);
}

template <class T>
std::string value_text(const T& value) {
  return fmt::format("{}", value);
}
template <class T>
std::string value_text(const std::optional<T>& value) {
  return value ? fmt::format("{}", *value) : std::string("none");
}
template <class T>
bool in_domain(const std::vector<T>& values, const Range& range) {
  for (const T& value : values) {
    if (!in_domain(value, range)) return false;
  }
  return true;
}
template <class T>
std::string value_text(const std::vector<T>& values) {
  return values.empty() ? std::string("none") : fmt::format("[{}]", fmt::join(values, ", "));
}

}  // namespace detail

/// All that is broken in `options`, one line each; empty when nothing is. An options struct has
/// `title`, a static `describe(self, field)` that calls field(name, member, domain, text) for each
/// member, and, when a rule spans members, a const `broken_rules()` that returns such lines.
template <class Options>
std::string broken_options(const Options& options) {
  std::string broken;
  Options::describe(options,
                    [&](std::string_view name, const auto& value, const auto& domain, std::string_view) {
                      if (!detail::in_domain(value, domain)) {
                        broken += fmt::format("\n  {} = {} is not in {}", name,
                                              detail::value_text(value), to_string(domain));
                      }
                    });
  if constexpr (requires {
                  { options.broken_rules() } -> std::convertible_to<std::string>;
                }) {
    broken += options.broken_rules();
  }
  return broken;
}

/// Throws InvalidOptions naming every field of `options` that is outside its domain.
template <class Options>
void validate(const Options& options) {
  const std::string broken = broken_options(options);
  require<InvalidOptions>(broken.empty(), "{}:{}", Options::title, broken);
}

}  // namespace mystic
