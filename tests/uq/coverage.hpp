#pragma once

#include "mystic/core/model.hpp"
#include "mystic/uq/inputs.hpp"

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace mystic::coverage {

/// A model whose truth is known.
struct Subject {
  std::string name;
  std::shared_ptr<const Model> model;
  Inputs inputs;
  double mean = 0.0;
  double sd = 0.0;
  double threshold = 0.0;    ///< for the probability of exceeding it
  double exceedance = 0.0;   ///< that probability
  double quantile_of = 0.0;  ///< p
  double quantile = 0.0;     ///< the quantile of p
  Vector first;              ///< Sobol' indices, one for each input
  Vector total;
};

/// Ishigami's function: indices, mean and spread in closed form; probabilities by quadrature.
[[nodiscard]] Subject ishigami();
/// Sobol's g-function with a = 0, 1, 4.5, 9, 99, 99, 99, 99: all in closed form.
[[nodiscard]] Subject g_function();

/// How many intervals of a kind held the truth.
class Counts {
 public:
  /// @param kind  what is estimated, and how: a line of the table
  /// @param n     evaluations or rows of each interval
  /// @param at_least  conservative by construction: no upper bound to the coverage
  void add(const std::string& kind, Index n, bool held, bool at_least = false);

  /// Prints a table; true if all are within their bands: 93 to 97 % (95 % and more if conservative), or
  /// what 99.99 % of all sets of fewer seeds would show of a coverage of 95 %.
  [[nodiscard]] bool report(Index seeds) const;

 private:
  struct Line {
    std::string kind;
    Index n = 0;
    bool at_least = false;
    Index held = 0;
    Index counted = 0;
  };
  std::vector<Line> lines_;
  std::map<std::string, std::size_t> line_of_;
};

}  // namespace mystic::coverage
