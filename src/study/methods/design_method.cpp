// {"design": {"kind": ..., ...}}: a design of experiments, evaluated, or only written.

#include "mystic/study/study.hpp"
#include "mystic/uq/moments.hpp"
#include "mystic/uq/point_quality.hpp"
#include "study/methods/boxes.hpp"
#include "study/methods/read_uncertainty.hpp"
#include "study/methods/sampled.hpp"
#include "study/methods/tables.hpp"
#include "study/methods/value_pictures.hpp"

#include <cmath>

namespace mystic::study {
namespace {

// Of more points, discrepancies take too long: a time proportional to the square.
constexpr Index most_judged = 10'000;

class DesignOnly final : public UncertaintyMethod {
 public:
  DesignOnly(Sampling sampling, std::vector<Interval> boxes, bool evaluates)
      : sampling_(std::move(sampling)), boxes_(std::move(boxes)), evaluates_(evaluates) {}

  [[nodiscard]] std::string text() const override { return "design, " + sampling_.text(); }
  [[nodiscard]] bool evaluates() const override { return evaluates_; }
  [[nodiscard]] Points points(const Inputs& inputs, std::uint64_t seed) const override {
    return sampling_.points(inputs, boxes_, seed).points;
  }
  [[nodiscard]] Vector weights(Index inputs, std::uint64_t seed) const override {
    return sampling_.raw(inputs, seed).weights;
  }
  [[nodiscard]] Index blocks() const override { return sampling_.total(); }
  [[nodiscard]] std::string table() const override { return sampling_.design().file; }
  [[nodiscard]] Json identity() const override { return sampling_.identity(); }
  [[nodiscard]] bool grows() const override { return sampling_.grows(); }
  void extend(Json& object, Index count) const override { sampling_.extend(object, count); }
  [[nodiscard]] Answer answer(const Sample& sample, const SampleNames& names,
                              std::uint64_t seed) const override;
  [[nodiscard]] std::vector<Watched> watched(const Sample&, const SampleNames&,
                                             std::uint64_t) const override {
    return {};
  }

 private:
  void describe_quality(const Sample& sample, std::uint64_t seed, Answer& answer) const;
  void describe_outputs(const Sample& sample, const SampleNames& names, std::uint64_t seed,
                        Answer& answer) const;

  Sampling sampling_;
  std::vector<Interval> boxes_;
  bool evaluates_;
};

bool can_be_judged(const Points& points) {
  if (points.cols() < 2 || points.cols() > most_judged) return false;
  return points.minCoeff() >= 0.0 && points.maxCoeff() <= 1.0;
}

bool varies_everywhere(const Points& points) {
  for (Index i = 0; i < points.rows(); ++i) {
    if (points.row(i).minCoeff() == points.row(i).maxCoeff()) return false;
  }
  return true;
}

void DesignOnly::describe_quality(const Sample& sample, std::uint64_t seed, Answer& answer) const {
  if (sampling_.design().space == DesignSpace::inputs) return;
  const Points raw = sampling_.raw(sample.x.rows(), seed).points.leftCols(sample.count());
  Json& json = answer.json["quality"];
  json["points"] = raw.cols();
  if (!can_be_judged(raw)) {
    answer.text += fmt::format("\n{} points\n", raw.cols());
    return;
  }
  json["centred_discrepancy"] = centred_discrepancy(raw);
  json["star_discrepancy"] = star_discrepancy(raw);
  json["least_distance"] = least_distance(raw);
  json["greatest_correlation"] =
      varies_everywhere(raw) ? Json(greatest_correlation(raw)) : Json(nullptr);
  TextTable table({fmt::format("{} points, in the unit cube", raw.cols()), ""});
  table.row({"centred L2 discrepancy", number_text(json["centred_discrepancy"].get<double>())});
  table.row({"L2-star discrepancy", number_text(json["star_discrepancy"].get<double>())});
  table.row({"least distance", number_text(json["least_distance"].get<double>())});
  if (varies_everywhere(raw))
    table.row({"greatest |correlation|", number_text(json["greatest_correlation"].get<double>())});
  answer.text += "\n" + table.text();
}

void DesignOnly::describe_outputs(const Sample& sample, const SampleNames& names, std::uint64_t seed,
                                  Answer& answer) const {
  const Vector weights = this->weights(sample.x.rows(), seed);
  answer.json["outputs"] = Json::array();
  TextTable table({"outputs", "least", "most", weights.size() > 0 ? "mean" : "",
                   weights.size() > 0 ? "sd" : "", "evaluations"});
  for (Index i = 0; i < sample.outputs.rows(); ++i) {
    const Vector values = sample.output(i);
    Moments moments;
    moments.add(values);
    const PlotLabel& label = names.outputs[static_cast<std::size_t>(i)];
    Json json{{"output", label.name},
              {"asked", moments.asked()},
              {"ok", moments.ok()},
              {"least", number_json(moments.least())},
              {"most", number_json(moments.most())}};
    std::vector<std::string> row{to_text(label),
                                 number_text(moments.least()),
                                 number_text(moments.most()),
                                 "",
                                 "",
                                 fmt::format("{} of {}", moments.ok(), moments.asked())};
    // By weights: exact for polynomials; a node that failed leaves nothing of that.
    if (weights.size() == values.size() && moments.ok() == moments.asked()) {
      const double mean = weights.dot(values);
      const double variance = weights.dot((values.array() - mean).square().matrix());
      json["mean"] = number_json(mean);
      json["variance"] = number_json(variance);
      row[3] = number_text(mean);
      row[4] = number_text(std::sqrt(variance));
    }
    answer.json["outputs"].push_back(std::move(json));
    table.row(std::move(row));
  }
  answer.text += "\n" + table.text();
}

Answer DesignOnly::answer(const Sample& sample, const SampleNames& names, std::uint64_t seed) const {
  Answer answer;
  answer.json = Json::object();
  describe_quality(sample, seed, answer);
  if (sample.outputs.rows() > 0) describe_outputs(sample, names, seed, answer);
  answer.pictures.push_back(scatter_picture("scatter", sample, names));
  return answer;
}

// A problem for each variable that has no ends, where the design has points there.
void refuse_endless(const Design& design, const Study& study, const std::string& path,
                    Problems& problems) {
  if (design.space != DesignSpace::box) return;
  const std::vector<Interval> boxes = boxes_of(study);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (std::isfinite(boxes[i].lower) && std::isfinite(boxes[i].upper)) continue;
    problems.add(path, fmt::format("'{}' has points at the ends of a box, and '{}' ({}) has none: give "
                                   "the variable lower and upper bounds, or truncate its law",
                                   design.kind, study.variables[i].name, study.laws[i]->text()));
  }
}

}  // namespace

std::shared_ptr<UncertaintyMethod> read_design_method(const Json& json, const std::string& path,
                                                      const Study& study, Problems& problems) {
  const std::size_t before = problems.count();
  bool evaluates = true;
  if (const auto found = json.find("evaluate"); found != json.end())
    read_value(*found, joined_path(path, "evaluate"), evaluates, problems);
  auto sampling = read_planned_sampling(json, path, study, problems);
  if (sampling) refuse_endless(sampling->design(), study, path, problems);
  if (problems.count() != before) return nullptr;
  return std::make_shared<DesignOnly>(std::move(*sampling), boxes_of(study), evaluates);
}

}  // namespace mystic::study
