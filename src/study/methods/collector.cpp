#include "study/methods/collector.hpp"

#include <algorithm>
#include <utility>

namespace mystic::study {

SampleNames sample_names(const Study& study) {
  SampleNames names;
  for (const Variable& variable : study.variables)
    names.inputs.push_back({.name = variable.name, .unit = variable.unit});
  for (const std::string& output : output_names(study))
    names.outputs.push_back({.name = output, .unit = unit_of_output(study, output)});
  return names;
}

SampleCollector::SampleCollector(const Study& study, const UncertaintyMethod& method, Points planned,
                                 std::uint64_t seed)
    : method_(method), names_(sample_names(study)), seed_(seed), block_(method.block(planned.rows())),
      x_(std::move(planned)) {
  outputs_ = Points::Constant(static_cast<Index>(names_.outputs.size()), x_.cols(), not_known);
  if (method.until()) next_look_ = next_look(*method.until(), 0);
}

void SampleCollector::evaluation(const EvaluationRecord& record) {
  const auto column = static_cast<Index>(record.id.k);
  // A run that was stopped has some behind one that did not come back: that one has not failed.
  if (column != done_) return;
  x_.col(column) = record.x;
  if (record.outcome.ok()) outputs_.col(column) = record.outcome.outputs;
  done_ = column + 1;
}

Verdict SampleCollector::wants_stop() {
  if (next_look_ == 0 || done_ % block_ != 0 || blocks() < next_look_) return std::nullopt;
  next_look_ = next_look(*method_.until(), blocks());
  return is_enough(*method_.until(), method_.watched(sample(), names_, seed_));
}

Sample SampleCollector::sample() const {
  const Index whole = blocks() * block_;
  return {x_.leftCols(whole), outputs_.leftCols(whole)};
}

const std::optional<Watched>& SampleCollector::standing() {
  if (blocks() < std::max<Index>(next_standing_, 2)) return standing_;
  next_standing_ = blocks() + 1 + blocks() / 10;
  const std::vector<Watched> watched = method_.watched(sample(), names_, seed_);
  if (!watched.empty()) standing_ = watched.front();
  return standing_;
}

}  // namespace mystic::study
