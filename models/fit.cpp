#include "mystic/models/fit.hpp"

#include <algorithm>
#include <set>

namespace mystic {
namespace {

void check_curve(const Curve& curve) {
  const std::set<std::string> names(curve.parameters.begin(), curve.parameters.end());
  require(!curve.parameters.empty() && names.size() == curve.parameters.size(),
          "curve '{}': needs parameters, no two of the same name", curve.name);
  require(curve.coordinates >= 1 && curve.values >= 1,
          "curve '{}': coordinates = {} and values = {} must be at least 1", curve.name,
          curve.coordinates, curve.values);
  require(curve.predict != nullptr, "curve '{}': has no function", curve.name);
}

void check_term(const FitTerm& term) {
  check_curve(term.curve);
  const std::string& name = term.curve.name;
  const Observations& seen = term.observations;
  const std::set<std::string> names(term.parameters.begin(), term.parameters.end());
  require(term.parameters.empty() || (term.parameters.size() == term.curve.parameters.size() &&
                                      names.size() == term.parameters.size()),
          "fit of '{}': {} names given for {} parameters, each must have its own", name, names.size(),
          term.curve.parameters.size());
  require(seen.places.rows() == term.curve.coordinates && seen.places.cols() >= 1,
          "fit of '{}': places are {} x {}; must be {} x (number of places)", name, seen.places.rows(),
          seen.places.cols(), term.curve.coordinates);
  const Index count = seen.places.cols() * term.curve.values;
  require(seen.values.size() == count, "fit of '{}': {} values; {} places need {}", name,
          seen.values.size(), seen.places.cols(), count);
  require(seen.sigmas.size() == 0 || seen.sigmas.size() == count,
          "fit of '{}': {} sigmas; must be {} or 0", name, seen.sigmas.size(), count);
  require(seen.places.allFinite() && seen.values.allFinite(),
          "fit of '{}': an observation is not finite", name);
  require((seen.sigmas.array() > 0.0).all() && seen.sigmas.allFinite(),
          "fit of '{}': a sigma is not a positive number", name);
}

double measure(const Vector& residuals, const std::string& metric) {
  if (residuals.hasNaN()) return std::numeric_limits<double>::quiet_NaN();
  if (metric == "squares") return residuals.squaredNorm();
  if (metric == "mean-square") return residuals.squaredNorm() / static_cast<double>(residuals.size());
  if (metric == "absolute") return residuals.lpNorm<1>();
  return residuals.lpNorm<Eigen::Infinity>();
}

}  // namespace

Vector predictions(const Curve& curve, const VectorView& parameters, const PointsView& places) {
  check_curve(curve);
  require(parameters.size() == static_cast<Index>(curve.parameters.size()),
          "curve '{}': {} parameters given; has {}", curve.name, parameters.size(),
          curve.parameters.size());
  require(places.rows() == curve.coordinates, "curve '{}': places have {} coordinates; must have {}",
          curve.name, places.rows(), curve.coordinates);
  Vector all(places.cols() * curve.values);
  for (Index k = 0; k < places.cols(); ++k) {
    curve.predict(parameters, places.col(k), all.segment(k * curve.values, curve.values));
  }
  return all;
}

FitModel::FitModel(std::vector<FitTerm> terms, const FitOptions& options)
    : terms_(std::move(terms)), options_(options) {
  validate(options_);
  require(!terms_.empty(), "a fit needs at least one curve with observations");
  for (const FitTerm& term : terms_) {
    check_term(term);
    take(term);
  }
  if (options_.gives == "misfit") outputs_ = {"misfit"};
}

// Its names among the inputs, its observations behind those of the terms before.
void FitModel::take(const FitTerm& term) {
  std::vector<Index> places;
  for (const std::string& name : term.parameters.empty() ? term.curve.parameters : term.parameters) {
    const auto found = std::find(inputs_.begin(), inputs_.end(), name);
    places.push_back(found - inputs_.begin());
    if (found == inputs_.end()) inputs_.push_back(name);
  }
  parameters_of_.push_back(std::move(places));
  const Index before = values_.size();
  const Index count = term.observations.values.size();
  values_.conservativeResize(before + count);
  values_.tail(count) = term.observations.values;
  sigmas_.conservativeResize(before + count);
  if (term.observations.sigmas.size() == 0) {
    sigmas_.tail(count).setOnes();
  } else {
    sigmas_.tail(count) = term.observations.sigmas;
  }
  for (Index i = before; i < before + count; ++i) {
    outputs_.push_back(fmt::format("{}_{}", term.curve.name, i));
  }
}

Vector FitModel::predicted(const VectorView& parameters) const {
  require(parameters.size() == static_cast<Index>(inputs_.size()), "the fit takes {} parameters, not {}",
          inputs_.size(), parameters.size());
  Vector all(values_.size());
  Index filled = 0;
  for (std::size_t t = 0; t < terms_.size(); ++t) {
    const Vector own = parameters(parameters_of_[t]);
    const Vector part = predictions(terms_[t].curve, own, terms_[t].observations.places);
    all.segment(filled, part.size()) = part;
    filled += part.size();
  }
  return all;
}

Vector FitModel::residuals(const VectorView& parameters) const {
  return (predicted(parameters) - values_).cwiseQuotient(sigmas_);
}

double FitModel::misfit(const VectorView& parameters) const {
  return measure(residuals(parameters), options_.metric);
}

void FitModel::evaluate(const Question& question, std::span<Outcome> outcomes) const {
  for (std::size_t j = 0; j < outcomes.size(); ++j) {
    const auto parameters = question.points.col(static_cast<Index>(j));
    if (options_.gives == "misfit") {
      outcomes[j].outputs[0] = misfit(parameters);
    } else {
      outcomes[j].outputs =
          options_.gives == "predictions" ? predicted(parameters) : residuals(parameters);
    }
  }
}

}  // namespace mystic
