#include "study/methods/uncertainty_report.hpp"

#include "study/csv_text.hpp"
#include "study/inputs_of.hpp"
#include "study/methods/tables.hpp"
#include "study/methods/value_pictures.hpp"
#include "study/report.hpp"

#include <set>

namespace mystic::study {
namespace {

bool any_succeeded(const Sample& sample) {
  for (Index j = 0; j < sample.count(); ++j) {
    if (!sample.outputs.col(j).hasNaN()) return true;
  }
  return false;
}

Json inputs_json(const Study& study) {
  const Inputs inputs = inputs_of(study);
  Json json = Json::array();
  for (std::size_t i = 0; i < study.variables.size(); ++i) {
    const Law& law = inputs.laws()[i];
    Json row{{"input", study.variables[i].name}, {"law", law.text()}};
    row["mean"] = number_json(law.mean());
    row["sd"] = number_json(law.sd());
    json.push_back(std::move(row));
  }
  return json;
}

}  // namespace

Answer answer_of(const Study& study, const Sample& sample, const SampleNames& names,
                 std::uint64_t seed) {
  if (sample.count() == 0 || (study.uncertainty->evaluates() && !any_succeeded(sample))) {
    return {Json{{"outputs", Json::array()}},
            "\nNo evaluation succeeded: nothing can be said of the outputs.\n",
            {}};
  }
  Answer answer = study.uncertainty->answer(sample, names, seed);
  for (Picture& picture : convergence_pictures(*study.uncertainty, sample, names, seed))
    answer.pictures.push_back(std::move(picture));
  return answer;
}

std::string uncertainty_json(const Study& study, const Answer& answer, const Result& result,
                             std::uint64_t seed, const std::string& host) {
  Json json;
  json["study"] = study.name;
  json["method"] = study.method_text;
  json["inputs"] = inputs_json(study);
  for (const auto& [key, value] : answer.json.items()) json[key] = value;
  add_run(json, result, seed, host);
  return json.dump(2) + "\n";
}

std::string inputs_text(const Study& study) {
  const Inputs inputs = inputs_of(study);
  TextTable table({"Inputs", "mean", "sd", ""});
  for (std::size_t i = 0; i < study.variables.size(); ++i) {
    const Law& law = inputs.laws()[i];
    const Variable& variable = study.variables[i];
    table.row({to_text(PlotLabel{variable.name, variable.unit}), number_text(law.mean()),
               number_text(law.sd()), law.text()});
  }
  return table.text();
}

std::string uncertainty_text(const Study& study, const Answer& answer) {
  return "\n" + inputs_text(study) + answer.text;
}

void write_pictures(const RunDirectory& directory, const Answer& answer) {
  if (answer.pictures.empty()) return;
  std::filesystem::create_directories(directory.pictures());
  std::set<std::string> names;
  for (const Picture& picture : answer.pictures) {
    std::string name = picture.name;
    for (int number = 2; !names.insert(name).second; ++number)
      name = fmt::format("{}-{}", picture.name, number);
    replace_file(directory.pictures() / (name + ".svg"), picture.svg);
  }
}

std::string design_csv(const Study& study, const Points& points, const Vector& weights) {
  std::string text;
  for (const Variable& variable : study.variables)
    text += (text.empty() ? "" : ",") + csv_field(variable.name);
  text += weights.size() > 0 ? ",weight\n" : "\n";
  for (Index j = 0; j < points.cols(); ++j) {
    for (Index i = 0; i < points.rows(); ++i) {
      const auto& choices = study.variables[static_cast<std::size_t>(i)].choices;
      if (i > 0) text += ',';
      text += choices.empty() ? fmt::format("{}", points(i, j))
                              : csv_field(choices[static_cast<std::size_t>(points(i, j))]);
    }
    text += weights.size() > 0 ? fmt::format(",{}\n", weights[j]) : "\n";
  }
  return text;
}

}  // namespace mystic::study
