#pragma once

#include "mystic/core/monitor.hpp"
#include "study/methods/method.hpp"
#include "study/study_file.hpp"

#include <optional>

namespace mystic::study {

/// Takes in what the points of an uncertainty method gave, in their order, and ends the run when its
/// estimates are as narrow as asked: at the same evaluation under every map.
class SampleCollector final : public Monitor {
 public:
  /// @param method  outlives this
  SampleCollector(const Study& study, const UncertaintyMethod& method, Points planned,
                  std::uint64_t seed);

  void evaluation(const EvaluationRecord& record) override;
  [[nodiscard]] Verdict wants_stop() override;
  void stopped(const Stop&) override { next_standing_ = 0; }  // the last word is of all

  /// Points that were asked for.
  [[nodiscard]] Index planned() const { return x_.cols(); }
  /// Whole blocks of what has been evaluated.
  [[nodiscard]] Sample sample() const;
  [[nodiscard]] const SampleNames& names() const { return names_; }
  /// How the first estimate stands, for people; nothing before there is one. Looks again only when a
  /// tenth more has come: to estimate may take long.
  [[nodiscard]] const std::optional<Watched>& standing();

 private:
  [[nodiscard]] Index blocks() const { return done_ / block_; }

  const UncertaintyMethod& method_;
  SampleNames names_;
  std::uint64_t seed_;
  Index block_;
  Points x_;
  Points outputs_;
  Index done_ = 0;
  Index next_look_ = 0;      // of `until`, in blocks; 0: never
  Index next_standing_ = 2;  // in blocks
  std::optional<Watched> standing_;
};

/// Names and units of a study's inputs and outputs.
[[nodiscard]] SampleNames sample_names(const Study& study);

}  // namespace mystic::study
