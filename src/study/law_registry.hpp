#pragma once

#include "mystic/uq/copula.hpp"
#include "study/read_laws.hpp"
#include "study/registry.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

// The laws and copulas that a study can choose. A new one is one line in law_registry.cpp or
// copula_registry.cpp.
namespace mystic::study {

struct LawEntry {
  std::string name;
  std::string text;
  std::vector<OptionText> options;
  /// From the law's object. Nothing, and problems, if it is none.
  std::function<std::optional<Law>(const Json&, const std::string& path, const LawContext&)> make;
};

/// Makes a copula for inputs with these laws. @throws InvalidArgument if there is none
using CopulaMaker = std::function<Copula(const std::vector<Law>&)>;

struct CopulaEntry {
  std::string name;
  std::string text;
  std::vector<OptionText> options;
  /// From its object in "dependence", for so many inputs.
  std::function<std::optional<CopulaMaker>(const Json&, const std::string& path, Index inputs,
                                           Problems&)>
      make;
};

[[nodiscard]] const std::vector<LawEntry>& law_entries();
[[nodiscard]] const std::vector<CopulaEntry>& copula_entries();

}  // namespace mystic::study
