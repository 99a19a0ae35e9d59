#pragma once

#include "mystic/plots/plot_parts.hpp"
#include "mystic/uq/estimate.hpp"
#include "mystic/uq/inputs.hpp"
#include "study/json_text.hpp"
#include "study/methods/until.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mystic::study {

/// What has been evaluated: point j has column j of both.
struct Sample {
  PointsView x;        ///< n x m, as evaluated
  PointsView outputs;  ///< p x m; NaN where one failed

  [[nodiscard]] Index count() const { return outputs.cols(); }
  [[nodiscard]] Sample first(Index count) const { return {x.leftCols(count), outputs.leftCols(count)}; }
  [[nodiscard]] Vector output(Index number) const { return outputs.row(number).transpose(); }
};

/// Names of what a sample holds.
struct SampleNames {
  std::vector<PlotLabel> inputs;   ///< n
  std::vector<PlotLabel> outputs;  ///< p
};

/// One number that a method estimates: to watch while it runs, to stop by, to draw as it converges.
struct Watched {
  std::string what;    ///< "mean", "first", ...
  std::string output;  ///< of which output
  std::string input;   ///< and with respect to which input; empty: none
  Estimate estimate;

  [[nodiscard]] std::string text() const;
};

struct Picture {
  std::string name;  ///< of the file, without ".svg"
  std::string svg;
};

/// What a method has to say of a sample.
struct Answer {
  Json json;         ///< object: of result.json
  std::string text;  ///< the same for people
  std::vector<Picture> pictures;
};

/// A question about uncertainty, as a study asks it: which points, and what their outputs say. Points
/// are evaluated in their order; they come in blocks, and what is not a whole block says nothing.
class UncertaintyMethod {
 public:
  virtual ~UncertaintyMethod() = default;

  /// "sobol, 1024 rows of sobol": for people.
  [[nodiscard]] virtual std::string text() const = 0;
  /// Points of the model, n x m. @throws Error
  [[nodiscard]] virtual Points points(const Inputs& inputs, std::uint64_t seed) const = 0;
  /// The table that its points come from, as the study names it; empty: none.
  [[nodiscard]] virtual std::string table() const { return {}; }
  /// Whether the model is to be asked at all; else the points are only written.
  [[nodiscard]] virtual bool evaluates() const { return true; }
  /// Weights of the points, m; or none.
  [[nodiscard]] virtual Vector weights(Index /*inputs*/, std::uint64_t /*seed*/) const { return {}; }
  /// How many blocks of points there are.
  [[nodiscard]] virtual Index blocks() const = 0;
  /// How many points make a block: a row of a pick-and-freeze design, a trajectory.
  [[nodiscard]] virtual Index block(Index /*inputs*/) const { return 1; }
  /// What of its options the points hang on: that may not change when a study goes on. Options that say
  /// how many blocks there are, and those of estimates, may.
  [[nodiscard]] virtual Json identity() const = 0;
  /// Whether extend() can ever do anything.
  [[nodiscard]] virtual bool grows() const { return true; }
  /// Changes its object in the study so that there are `count` samples (rows, trajectories).
  /// @throws BadInput saying why that cannot be
  virtual void extend(Json& object, Index count) const = 0;

  /// @param sample  whole blocks, at least one, of the points for `seed`
  [[nodiscard]] virtual Answer answer(const Sample& sample, const SampleNames& names,
                                      std::uint64_t seed) const = 0;
  /// What it estimates by now; the first is what is shown while it runs.
  [[nodiscard]] virtual std::vector<Watched> watched(const Sample& sample, const SampleNames& names,
                                                     std::uint64_t seed) const = 0;
  [[nodiscard]] const std::optional<Until>& until() const { return until_; }
  void stop(Until until) { until_ = std::move(until); }

 private:
  std::optional<Until> until_;
};

}  // namespace mystic::study
