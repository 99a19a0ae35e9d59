#pragma once

#include "tree.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace mystic::architecture {

inline constexpr std::size_t most_lines_of_a_file = 400;
inline constexpr std::size_t most_lines_of_a_function = 60;

struct Function {
  std::size_t line = 0;  ///< where its declaration begins
  std::size_t lines = 0;
  std::string head;  ///< its declaration, on one line
};

/// The functions that are defined in a C++ file, as far as brackets tell: a block behind a declaration
/// with parentheses, at the level of a namespace or class. A lambda counts with the function around it.
[[nodiscard]] std::vector<Function> functions_of(std::string_view text);

/// C++ files and functions that are too long.
[[nodiscard]] Violations too_long(const Tree& tree);

/// Words that say that work was left undone.
[[nodiscard]] Violations left_undone(const Tree& tree);

/// Paths that are right on one machine only.
[[nodiscard]] Violations machine_paths(const Tree& tree);

/// Bodies and tests that no CMake file lists.
[[nodiscard]] Violations unlisted_sources(const Tree& tree);

/// Lines that are neither blank nor only a comment.
[[nodiscard]] std::size_t lines_of_code(std::string_view text);

}  // namespace mystic::architecture
