#include "central_moments.hpp"
#include "inversion.hpp"
#include "rules.hpp"
#include "stepping.hpp"

#include "mystic/uq/laws/combined.hpp"

#include <algorithm>
#include <limits>

namespace mystic::laws {

namespace {

class MixtureBody final : public LawBody {
 public:
  /// Laws of weight 0 are left out; the others' weights need not sum to 1.
  explicit MixtureBody(const Mixture& description);

  [[nodiscard]] double pdf(double x) const override {
    return sum([x](const Law& law) { return law.pdf(x); });
  }
  [[nodiscard]] double cdf(double x) const override {
    return std::min(sum([x](const Law& law) { return law.cdf(x); }), 1.0);
  }
  [[nodiscard]] double survival(double x) const override {
    return std::min(sum([x](const Law& law) { return law.survival(x); }), 1.0);
  }
  [[nodiscard]] double quantile(double p) const override {
    const Support ends = span([p](const Law& law) { return law.quantile(p); });
    if (!discrete_) return inverted_cdf(*this, p, ends.lower, ends.upper);
    return least_atom([this, p](double x) { return p <= 0.5 ? cdf(x) >= p : survival(x) <= 1.0 - p; },
                      ends);
  }
  [[nodiscard]] double upper_quantile(double q) const override {
    const Support ends = span([q](const Law& law) { return law.upper_quantile(q); });
    if (!discrete_) return inverted_survival(*this, q, ends.lower, ends.upper);
    return least_atom([this, q](double x) { return q <= 0.5 ? survival(x) <= q : cdf(x) >= 1.0 - q; },
                      ends);
  }
  [[nodiscard]] Support support() const override {
    return {.lower = span([](const Law& law) { return law.support().lower; }).lower,
            .upper = span([](const Law& law) { return law.support().upper; }).upper};
  }
  [[nodiscard]] LawMoments moments() const override;
  [[nodiscard]] bool is_discrete() const override { return discrete_; }
  /// One of the laws by its weight, and a number of it: by far cheaper than the quantile.
  [[nodiscard]] double sample(Random& random) const override {
    double share = open_uniform(random);
    std::size_t chosen = 0;
    while (chosen + 1 < laws_.size() && share >= weights_[chosen]) share -= weights_[chosen++];
    return laws_[chosen].sample(random);
  }
  [[nodiscard]] std::string text() const override;

 private:
  template <class Function>
  [[nodiscard]] double sum(Function function) const {
    double total = 0.0;
    for (std::size_t i = 0; i < laws_.size(); ++i) total += weights_[i] * function(laws_[i]);
    return total;
  }
  /// The least and the greatest answer of the laws.
  template <class Function>
  [[nodiscard]] Support span(Function function) const {
    Support ends{.lower = infinity, .upper = -infinity};
    for (const Law& law : laws_) {
      const double answer = function(law);
      ends.lower = std::min(ends.lower, answer);
      ends.upper = std::max(ends.upper, answer);
    }
    return ends;
  }
  template <class Reached>
  [[nodiscard]] double least_atom(Reached reached, Support ends) const;

  std::vector<Law> laws_;
  std::vector<double> weights_;
  bool discrete_ = false;
};

MixtureBody::MixtureBody(const Mixture& description) {
  double total = 0.0;
  for (const double weight : description.weights) total += weight;
  for (std::size_t i = 0; i < description.laws.size(); ++i) {
    if (!(description.weights[i] > 0.0)) continue;
    laws_.push_back(description.laws[i]);
    weights_.push_back(description.weights[i] / total);
  }
  discrete_ = laws_.front().is_discrete();
}

/// The least atom in `ends` that is `reached`, by halves: of two neighbouring doubles the upper is one.
template <class Reached>
double MixtureBody::least_atom(Reached reached, Support ends) const {
  if (reached(ends.lower)) return ends.lower;
  // A law may put an atom just where another's sum rounds below p.
  if (!reached(ends.upper)) return ends.upper;
  for (;;) {
    const double middle = ends.lower + 0.5 * (ends.upper - ends.lower);
    if (!(middle > ends.lower && middle < ends.upper)) break;
    (reached(middle) ? ends.upper : ends.lower) = middle;
  }
  return ends.upper;
}

LawMoments MixtureBody::moments() const {
  std::vector<Part> parts;
  for (std::size_t i = 0; i < laws_.size(); ++i) {
    const LawMoments m = laws_[i].moments();
    const bool spread = m.variance > 0.0;
    parts.push_back({.weight = weights_[i],
                     .mean = m.mean,
                     .second = m.variance,
                     .third = spread ? m.skewness * m.variance * std::sqrt(m.variance) : 0.0,
                     .fourth = spread ? (m.excess_kurtosis + 3.0) * m.variance * m.variance : 0.0});
  }
  return mixed_moments(parts);
}

std::string MixtureBody::text() const {
  std::string parts;
  for (std::size_t i = 0; i < laws_.size(); ++i) {
    parts += fmt::format("{}{} {}", i == 0 ? "" : ", ", weights_[i], laws_[i].text());
  }
  return fmt::format("{}({})", Mixture::title, parts);
}

}  // namespace

std::string Mixture::broken_rules() const {
  if (laws.empty()) return "\n  laws is empty; it must have at least one law";
  const std::string wrong = wrong_weights(weights, laws.size(), "laws");
  if (!wrong.empty()) return wrong;
  for (std::size_t i = 1; i < laws.size(); ++i) {
    if (laws[i].is_discrete() != laws[0].is_discrete()) {
      return fmt::format(
          "\n  laws[{}] = {} is {}discrete, laws[0] = {} is {}; all must be discrete, or none", i,
          laws[i].text(), laws[i].is_discrete() ? "" : "not ", laws[0].text(),
          laws[0].is_discrete() ? "discrete" : "not");
    }
  }
  return "";
}

std::shared_ptr<const LawBody> Mixture::body() const { return std::make_shared<MixtureBody>(*this); }

}  // namespace mystic::laws
