#pragma once

#include "mystic/core/options.hpp"

#include <string>
#include <type_traits>

namespace mystic::laws {

/// "normal(mean 0, sd 1)": the title and all scalars that the description tells and that are there.
template <class Description>
std::string text_of(const Description& description) {
  std::string parts;
  Description::describe(
      description, [&parts](std::string_view name, const auto& value, const auto&, std::string_view) {
        if constexpr (requires { value.has_value(); }) {
          if (!value) return;
          parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", name, *value);
        } else {
          parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", name, value);
        }
      });
  for (char& letter : parts) {
    if (letter == '_') letter = ' ';
  }
  return fmt::format("{}({})", Description::title, parts);
}

}  // namespace mystic::laws
