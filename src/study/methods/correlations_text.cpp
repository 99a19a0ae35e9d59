#include "study/methods/correlations_text.hpp"

#include "study/methods/tables.hpp"

#include <algorithm>
#include <array>

namespace mystic::study {
namespace {

constexpr std::array coefficients{&InputCorrelation::pearson, &InputCorrelation::spearman,
                                  &InputCorrelation::src,     &InputCorrelation::srrc,
                                  &InputCorrelation::pcc,     &InputCorrelation::prcc};

}  // namespace

const std::vector<std::string>& coefficient_names() {
  static const std::vector<std::string> names{"pearson", "spearman", "src", "srrc", "pcc", "prcc"};
  return names;
}

const Estimate& coefficient(const InputCorrelation& input, const std::string& name) {
  const auto& names = coefficient_names();
  const auto found = std::find(names.begin(), names.end(), name);
  return input.*coefficients.at(static_cast<std::size_t>(found - names.begin()));
}

Json correlations_json(const InputCorrelations& correlations, const SampleNames& names) {
  Json json = Json::array();
  for (std::size_t i = 0; i < correlations.inputs.size(); ++i) {
    Json row;
    row["input"] = names.inputs[i].name;
    for (const std::string& name : coefficient_names())
      row[name] = estimate_json(coefficient(correlations.inputs[i], name));
    json.push_back(std::move(row));
  }
  return json;
}

std::string correlations_text(const InputCorrelations& correlations, const SampleNames& names,
                              const std::vector<std::string>& wanted) {
  std::vector<std::string> header{"goes with"};
  for (const std::string& name : wanted) {
    header.push_back(name);
    header.emplace_back();
  }
  TextTable table(header);
  for (std::size_t i = 0; i < correlations.inputs.size(); ++i) {
    std::vector<std::string> row{names.inputs[i].name};
    for (const std::string& name : wanted) {
      const EstimateText text = estimate_text(coefficient(correlations.inputs[i], name));
      row.push_back(text.value);
      row.push_back(text.interval);
    }
    table.row(std::move(row));
  }
  return table.text();
}

}  // namespace mystic::study
