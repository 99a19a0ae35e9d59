#pragma once

#include "mystic/plots/plot_parts.hpp"
#include "mystic/uq/estimate.hpp"
#include "study/json_text.hpp"

#include <string>
#include <vector>

namespace mystic::study {

/// A number that is not finite is null.
[[nodiscard]] Json number_json(double value);
/// {"value": ..., "lower": ..., "upper": ...}
[[nodiscard]] Json estimate_json(const Estimate& estimate);
[[nodiscard]] Json interval_json(const Interval& interval);

/// "13.82" and "[13.53, 14.11]": with as many digits as the interval leaves any meaning to.
struct EstimateText {
  std::string value;
  std::string interval;
};
[[nodiscard]] EstimateText estimate_text(const Estimate& estimate);
/// One number, six digits.
[[nodiscard]] std::string number_text(double value);
[[nodiscard]] std::string interval_text(const Interval& interval);

/// "0.31 [0.29, 0.33]".
[[nodiscard]] std::string to_text(const Estimate& estimate);
/// "load (N)", or "load".
[[nodiscard]] std::string to_text(const PlotLabel& label);

/// Columns that stand below each other: the first to the left, the others to the right.
class TextTable {
 public:
  explicit TextTable(std::vector<std::string> header) { rows_.push_back(std::move(header)); }
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  /// Each line begins with two blanks, the header with its first cell; empty columns are left out.
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

/// A part of the name of a file: letters, digits, - and _ of `text`.
[[nodiscard]] std::string file_word(const std::string& text);

}  // namespace mystic::study
