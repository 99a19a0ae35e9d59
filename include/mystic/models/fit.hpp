#pragma once

#include "mystic/core/model.hpp"
#include "mystic/core/options.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace mystic {

/// A curve, or a field, with parameters: what it predicts at a place. Ready ones: curves.hpp.
struct Curve {
  std::string name = {};
  std::vector<std::string> parameters = {};  ///< names, at least one, no two the same
  Index coordinates = 1;                     ///< of a place; at least 1
  Index values = 1;                          ///< predicted at each place; at least 1
  /// (parameters, place, prediction): fills all of `prediction`. Any number of threads may call it at
  /// once.
  std::function<void(const VectorView&, const VectorView&, MutableVectorView)> predict = {};
};

/// What `curve` predicts at k places.
/// @param parameters  one for each of curve.parameters
/// @param places      curve.coordinates x k
/// @return k * curve.values numbers, those of the first place first
/// @throws InvalidArgument for other sizes
[[nodiscard]] Vector predictions(const Curve& curve, const VectorView& parameters,
                                 const PointsView& places);

/// What was observed.
struct Observations {
  Points places = {};  ///< coordinates x k
  Vector values = {};  ///< k * values numbers, those of the first place first
  Vector sigmas = {};  ///< standard deviations of the values, > 0, in their unit; empty: all 1
};

/// One curve and its observations. Parameters of the same name are the same in all terms of a fit.
struct FitTerm {
  Curve curve = {};
  Observations observations = {};
  std::vector<std::string> parameters = {};  ///< names within the fit; empty: those of the curve
};

/// How far the predictions are from the observations: r_i = (prediction_i - value_i) / sigma_i.
struct FitOptions {
  static constexpr std::string_view title = "FitOptions";

  std::string gives = "misfit";
  std::string metric = "squares";

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field("gives", self.gives, Choices{{"misfit", "predictions", "residuals"}},
          "outputs: one number, \"misfit\"; or one for each observation, called CURVE_NUMBER");
    field("metric", self.metric, Choices{{"squares", "mean-square", "absolute", "largest"}},
          "misfit: sum of r^2 (chi squared), the mean of r^2, sum of |r|, greatest |r|");
  }
};

/// A fit of curves to observations: parameters -> misfit, or predictions, or residuals r_i. Its inputs
/// are the parameters of the terms, each name once, in the order of their first mention. A prediction
/// that is NaN makes the misfit NaN.
class FitModel : public Model {
 public:
  /// @throws InvalidOptions; InvalidArgument, naming the term, if there is none, if sizes do not go
  ///         together, a value or place is not finite, a sigma not positive, or a name is there twice
  explicit FitModel(std::vector<FitTerm> terms, const FitOptions& options = {});

  [[nodiscard]] const std::vector<std::string>& inputs() const override { return inputs_; }
  [[nodiscard]] const std::vector<std::string>& outputs() const override { return outputs_; }
  void evaluate(const Question& question, std::span<Outcome> outcomes) const override;

  /// All predictions, or residuals, of all terms, in their order. @throws InvalidArgument unless
  /// `parameters` has one number for each input
  [[nodiscard]] Vector predicted(const VectorView& parameters) const;
  [[nodiscard]] Vector residuals(const VectorView& parameters) const;
  /// By the metric of the options.
  [[nodiscard]] double misfit(const VectorView& parameters) const;

 private:
  void take(const FitTerm& term);

  std::vector<FitTerm> terms_;
  FitOptions options_;
  std::vector<std::vector<Index>> parameters_of_;  ///< of each term: which inputs
  Vector values_;
  Vector sigmas_;
  std::vector<std::string> inputs_;
  std::vector<std::string> outputs_;
};

}  // namespace mystic
