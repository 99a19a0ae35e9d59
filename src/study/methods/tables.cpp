#include "study/methods/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace mystic::study {
namespace {

// With the digits that a last place of about `resolution` leaves.
std::string with_digits(double value, double resolution) {
  if (!std::isfinite(value)) return std::isnan(value) ? "-" : fmt::format("{}", value);
  if (!(resolution > 0.0) || !std::isfinite(resolution)) return number_text(value);
  const int last = static_cast<int>(std::floor(std::log10(resolution)));
  const double size = std::max(std::abs(value), resolution);
  if (size >= 1e-4 && size < 1e7) return fmt::format("{:.{}f}", value, std::max(0, -last));
  const int first = static_cast<int>(std::floor(std::log10(size)));
  return fmt::format("{:.{}e}", value, std::clamp(first - last, 0, 15));
}

// As people count letters.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char letter) {
    return (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U;
  }));
}

}  // namespace

Json number_json(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json interval_json(const Interval& interval) {
  return {{"lower", number_json(interval.lower)}, {"upper", number_json(interval.upper)}};
}

Json estimate_json(const Estimate& estimate) {
  return {{"value", number_json(estimate.value)},
          {"lower", number_json(estimate.interval.lower)},
          {"upper", number_json(estimate.interval.upper)}};
}

EstimateText estimate_text(const Estimate& estimate) {
  const Interval& interval = estimate.interval;
  // Two digits of the half width.
  double resolution = 0.05 * (interval.upper - interval.lower);
  if (!std::isfinite(resolution)) {
    const double known = std::isfinite(interval.upper) ? interval.upper : interval.lower;
    resolution = 0.1 * std::abs(known - estimate.value);
  }
  return {with_digits(estimate.value, resolution),
          std::isnan(interval.lower) ? std::string()
                                     : fmt::format("[{}, {}]", with_digits(interval.lower, resolution),
                                                   with_digits(interval.upper, resolution))};
}

std::string number_text(double value) {
  if (std::isnan(value)) return "-";
  return fmt::format("{:.6g}", value);
}

std::string interval_text(const Interval& interval) {
  return fmt::format("[{}, {}]", number_text(interval.lower), number_text(interval.upper));
}

std::string to_text(const Estimate& estimate) {
  const EstimateText text = estimate_text(estimate);
  return text.interval.empty() ? text.value : text.value + " " + text.interval;
}

std::string to_text(const PlotLabel& label) {
  return label.unit.empty() ? label.name : fmt::format("{} ({})", label.name, label.unit);
}

std::string TextTable::text() const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string text;
  for (std::size_t line = 0; line < rows_.size(); ++line) {
    std::string shown = line == 0 ? "" : "  ";
    for (std::size_t i = 0; i < rows_[line].size(); ++i) {
      const std::string& cell = rows_[line][i];
      const std::size_t indent = i == 0 && line == 0 ? 2 : 0;
      const std::string blanks(widths[i] - width_of(cell) + indent, ' ');
      if (i > 0 && widths[i] > 0) shown += "  ";
      shown += i == 0 ? cell + blanks : blanks + cell;
    }
    text += shown.substr(0, shown.find_last_not_of(' ') + 1) + '\n';
  }
  return text;
}

std::string file_word(const std::string& text) {
  std::string word;
  for (const char letter : text) {
    const bool plain = std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
    if (plain || (!word.empty() && word.back() != '-')) word += plain ? letter : '-';
  }
  while (word.ends_with('-')) word.pop_back();
  return word.empty() ? "output" : word;
}

}  // namespace mystic::study
