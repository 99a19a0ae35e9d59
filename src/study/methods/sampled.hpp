#pragma once

#include "study/methods/design.hpp"
#include "study/methods/method.hpp"
#include "study/methods/own_keys.hpp"

#include <optional>
#include <string>

namespace mystic::study {

struct SampleCount {
  static constexpr std::string_view title = "samples";

  std::optional<Index> samples;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("samples", self.samples, Range{.lower = 2, .upper = 1e8},
          "evaluations (of a Latin hypercube: before it is doubled); not with a table of points");
  }
};

/// Its option, as people read it.
[[nodiscard]] inline std::vector<OptionText> samples_option() {
  std::vector<OptionText> texts = option_texts<SampleCount>();
  texts.front().need = Need::given;
  return texts;
}

/// So many points of a design, and how they become points of a model.
class Sampling {
 public:
  Sampling(Design design, Json chosen, Index samples)
      : design_(std::move(design)), chosen_(std::move(chosen)), samples_(samples) {}

  /// How many points there are.
  [[nodiscard]] Index total() const { return samples_ << design_.doublings; }
  [[nodiscard]] const Design& design() const { return design_; }
  [[nodiscard]] std::string text() const;
  [[nodiscard]] DesignPoints raw(Index dimension, std::uint64_t seed) const;
  /// Points of the model.
  [[nodiscard]] DesignPoints points(const Inputs& inputs, const std::vector<Interval>& boxes,
                                    std::uint64_t seed) const;
  [[nodiscard]] Json identity() const;
  [[nodiscard]] bool grows() const { return design_.counts && design_.growth != DesignGrowth::none; }
  /// Changes "samples", or the doublings of a Latin hypercube, in `object`.
  void extend(Json& object, Index count) const;

 private:
  Design design_;
  Json chosen_;  // as the study says
  Index samples_;
};

/// "samples" and "design" of a method; a design that is no sample of the inputs is a problem.
[[nodiscard]] std::optional<Sampling> read_sampling(const Json& json, const std::string& path,
                                                    const SampleCount& count, const Study& study,
                                                    Problems& problems);
/// The same of a design whose object is the method's.
[[nodiscard]] std::optional<Sampling> read_planned_sampling(const Json& json, const std::string& path,
                                                            const Study& study, Problems& problems);

/// Points of inputs from points in the unit cube; Inputs::from_unit() with a message that says what to
/// do where a coordinate is 0 or 1 and the law of the input has no end.
/// @throws BadInput
[[nodiscard]] Points from_closed_unit(const Inputs& inputs, const Points& unit);

/// A method over a sample of the inputs.
class SampledMethod : public UncertaintyMethod {
 public:
  explicit SampledMethod(Sampling sampling) : sampling_(std::move(sampling)) {}

  [[nodiscard]] Points points(const Inputs& inputs, std::uint64_t seed) const override {
    return sampling_.points(inputs, {}, seed).points;
  }
  [[nodiscard]] Index blocks() const override { return sampling_.total(); }
  [[nodiscard]] std::string table() const override { return sampling_.design().file; }
  [[nodiscard]] Json identity() const override { return sampling_.identity(); }
  [[nodiscard]] bool grows() const override { return sampling_.grows(); }
  void extend(Json& object, Index count) const override { sampling_.extend(object, count); }

 protected:
  [[nodiscard]] const Sampling& sampling() const { return sampling_; }

 private:
  Sampling sampling_;
};

}  // namespace mystic::study
