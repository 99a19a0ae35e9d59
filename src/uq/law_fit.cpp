#include "mystic/uq/law_fit.hpp"

#include "fits/likelihood.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace mystic {
namespace {

using fits::most_likely;

void require_values(std::string_view family, const VectorView& values, const LawFitOptions& options) {
  validate(options);
  require(values.size() >= 2, "fit of {}: there {}; two are needed", family,
          values.size() == 1 ? "is 1 value" : "are no values");
  for (Index i = 0; i < values.size(); ++i) {
    require(std::isfinite(values[i]), "fit of {}: value {} of {} is {}; leave out what failed", family,
            i + 1, values.size(), values[i]);
  }
}

template <class Description>
LawFit fit_of(const Vector& values, const LawFitOptions& options) {
  auto found = most_likely(fits::Family<Description>(), values, options);
  const auto n = static_cast<double>(values.size());
  const auto k = static_cast<double>(found.parameters.size());
  return {.family = std::string(Description::title),
          .law = Law(found.law),
          .parameters = std::move(found.parameters),
          .count = values.size(),
          .log_likelihood = found.log_likelihood,
          .aic = 2.0 * k - 2.0 * found.log_likelihood,
          .bic = k * std::log(n) - 2.0 * found.log_likelihood};
}

struct Entry {
  std::string_view family;
  bool is_discrete;
  LawFit (*fit)(const Vector&, const LawFitOptions&);
};

template <class Description>
constexpr Entry entry(bool is_discrete = false) {
  return {Description::title, is_discrete, fit_of<Description>};
}

// In alphabetic order.
constexpr std::array entries{
    entry<laws::Beta>(),        entry<laws::Exponential>(),   entry<laws::Frechet>(),
    entry<laws::Gamma>(),       entry<laws::Geometric>(true), entry<laws::Gumbel>(),
    entry<laws::Laplace>(),     entry<laws::Logistic>(),      entry<laws::Lognormal>(),
    entry<laws::Loguniform>(),  entry<laws::Normal>(),        entry<laws::Pareto>(),
    entry<laws::Poisson>(true), entry<laws::Rayleigh>(),      entry<laws::Student>(),
    entry<laws::Uniform>(),     entry<laws::Weibull>()};

const Entry& entry_of(std::string_view family) {
  const auto* found = std::find_if(entries.begin(), entries.end(),
                                   [family](const Entry& one) { return one.family == family; });
  const std::vector<std::string> known = fitted_families();
  require(found != entries.end(), "fit: no family '{}' can be fitted{}; there are {}", family,
          did_you_mean(family, known), fmt::join(known, ", "));
  return *found;
}

std::vector<Entry> chosen(const std::vector<std::string>& families) {
  std::vector<Entry> found;
  if (families.empty()) {
    std::copy_if(entries.begin(), entries.end(), std::back_inserter(found),
                 [](const Entry& one) { return !one.is_discrete; });
    return found;
  }
  for (const std::string& family : families) found.push_back(entry_of(family));
  for (const Entry& one : found) {
    require(one.is_discrete == found.front().is_discrete,
            "fit: {} and {} do not compare: one has densities, the other probabilities",
            found.front().family, one.family);
  }
  return found;
}

}  // namespace

std::vector<std::string> fitted_families() {
  std::vector<std::string> names;
  for (const Entry& one : entries) names.emplace_back(one.family);
  return names;
}

LawFit fit_law(std::string_view family, const VectorView& values, const LawFitOptions& options) {
  const Entry& found = entry_of(family);
  require_values(family, values, options);
  return found.fit(values, options);
}

LawRanking rank_fits(const VectorView& values, const std::vector<std::string>& families,
                     FitCriterion criterion, const LawFitOptions& options) {
  const std::vector<Entry> entries_to_try = chosen(families);
  require_values("laws", values, options);
  LawRanking ranking;
  for (const Entry& one : entries_to_try) {
    try {
      ranking.fits.push_back(one.fit(values, options));
    } catch (const InvalidArgument& refusal) {
      ranking.refused.push_back({std::string(one.family), refusal.what()});
    }
  }
  std::stable_sort(ranking.fits.begin(), ranking.fits.end(),
                   [criterion](const LawFit& left, const LawFit& right) {
                     return criterion == FitCriterion::aic ? left.aic < right.aic : left.bic < right.bic;
                   });
  return ranking;
}

LawFit best_fit(const VectorView& values, const std::vector<std::string>& families,
                FitCriterion criterion, const LawFitOptions& options) {
  LawRanking ranking = rank_fits(values, families, criterion, options);
  std::string reasons;
  for (const auto& refusal : ranking.refused) reasons += "\n  " + refusal.reason;
  require(!ranking.fits.empty(), "best_fit: no family fits:{}", reasons);
  return std::move(ranking.fits.front());
}

template <class Description>
Description fit_law(const VectorView& values, const LawFitOptions& options) {
  require_values(Description::title, values, options);
  return most_likely(fits::Family<Description>(), values, options).law;
}

template laws::Beta fit_law(const VectorView&, const LawFitOptions&);
template laws::Exponential fit_law(const VectorView&, const LawFitOptions&);
template laws::Frechet fit_law(const VectorView&, const LawFitOptions&);
template laws::Gamma fit_law(const VectorView&, const LawFitOptions&);
template laws::Geometric fit_law(const VectorView&, const LawFitOptions&);
template laws::Gumbel fit_law(const VectorView&, const LawFitOptions&);
template laws::Laplace fit_law(const VectorView&, const LawFitOptions&);
template laws::Logistic fit_law(const VectorView&, const LawFitOptions&);
template laws::Lognormal fit_law(const VectorView&, const LawFitOptions&);
template laws::Loguniform fit_law(const VectorView&, const LawFitOptions&);
template laws::Normal fit_law(const VectorView&, const LawFitOptions&);
template laws::Pareto fit_law(const VectorView&, const LawFitOptions&);
template laws::Poisson fit_law(const VectorView&, const LawFitOptions&);
template laws::Rayleigh fit_law(const VectorView&, const LawFitOptions&);
template laws::Student fit_law(const VectorView&, const LawFitOptions&);
template laws::Uniform fit_law(const VectorView&, const LawFitOptions&);
template laws::Weibull fit_law(const VectorView&, const LawFitOptions&);

}  // namespace mystic
