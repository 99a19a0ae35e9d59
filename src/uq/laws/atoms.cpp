#include "mystic/uq/laws/atoms.hpp"

#include "central_moments.hpp"
#include "rules.hpp"
#include "text.hpp"

#include <algorithm>
#include <utility>

namespace mystic::laws {

namespace {

struct Atom {
  double value = 0.0;
  double weight = 1.0;
};

class AtomsBody final : public LawBody {
 public:
  /// At least one weight is above 0.
  AtomsBody(std::vector<Atom> atoms, std::string text);

  [[nodiscard]] double pdf(double x) const override {
    const auto found = std::lower_bound(values_.begin(), values_.end(), x);
    return found == values_.end() || *found != x ? 0.0 : masses_[at(found - values_.begin())];
  }
  [[nodiscard]] double cdf(double x) const override {
    const std::size_t count = reached(x);
    return count == 0 ? 0.0 : up_to_[count - 1];
  }
  [[nodiscard]] double survival(double x) const override {
    const std::size_t count = reached(x);
    return count == 0 ? 1.0 : beyond_[count - 1];
  }
  [[nodiscard]] double quantile(double p) const override {
    const auto found = std::lower_bound(up_to_.begin(), up_to_.end(), p);
    return values_[at(found - up_to_.begin())];
  }
  [[nodiscard]] double upper_quantile(double q) const override {
    const auto found =
        std::partition_point(beyond_.begin(), beyond_.end(), [q](double mass) { return mass > q; });
    return values_[at(found - beyond_.begin())];
  }
  [[nodiscard]] Support support() const override {
    return {.lower = values_.front(), .upper = values_.back()};
  }
  [[nodiscard]] LawMoments moments() const override {
    std::vector<Part> parts;
    for (std::size_t i = 0; i < values_.size(); ++i) {
      parts.push_back({.weight = masses_[i], .mean = values_[i]});
    }
    return mixed_moments(parts);
  }
  [[nodiscard]] bool is_discrete() const override { return true; }
  [[nodiscard]] std::string text() const override { return text_; }

 private:
  [[nodiscard]] static std::size_t at(std::ptrdiff_t place) { return static_cast<std::size_t>(place); }
  /// How many values are at most x.
  [[nodiscard]] std::size_t reached(double x) const {
    return at(std::upper_bound(values_.begin(), values_.end(), x) - values_.begin());
  }

  std::vector<double> values_;  ///< ascending
  std::vector<double> masses_;
  std::vector<double> up_to_;   ///< mass of values at most this; the last is 1
  std::vector<double> beyond_;  ///< mass of values above this; the last is 0
  std::string text_;
};

AtomsBody::AtomsBody(std::vector<Atom> atoms, std::string text) : text_(std::move(text)) {
  std::stable_sort(atoms.begin(), atoms.end(),
                   [](const Atom& a, const Atom& b) { return a.value < b.value; });
  // Whole weights (counts) add up without rounding, so that a share of a sample is k / n to the last
  // bit.
  std::vector<long double> weights;
  for (const Atom& atom : atoms) {
    if (!(atom.weight > 0.0)) continue;
    if (!values_.empty() && values_.back() == atom.value) {
      weights.back() += atom.weight;
    } else {
      values_.push_back(atom.value);
      weights.push_back(atom.weight);
    }
  }
  long double total = 0.0L;
  for (const long double weight : weights) total += weight;
  long double sum = 0.0L;
  for (const long double weight : weights) {
    sum += weight;
    masses_.push_back(static_cast<double>(weight / total));
    up_to_.push_back(static_cast<double>(sum / total));
  }
  beyond_.resize(weights.size());
  sum = 0.0L;
  for (std::size_t i = weights.size(); i-- > 0;) {
    beyond_[i] = static_cast<double>(sum / total);
    sum += weights[i];
  }
}

std::string span_text(std::string_view title, std::size_t count, const AtomsBody& body) {
  return fmt::format("{}({} numbers from {} to {})", title, count, body.support().lower,
                     body.support().upper);
}

std::shared_ptr<const LawBody> with_span(std::string_view title, const std::vector<Atom>& atoms) {
  const AtomsBody unnamed(atoms, "");
  return std::make_shared<AtomsBody>(atoms, span_text(title, atoms.size(), unnamed));
}

}  // namespace

std::shared_ptr<const LawBody> Constant::body() const {
  return std::make_shared<AtomsBody>(std::vector<Atom>{{.value = value}}, text_of(*this));
}

std::string FiniteDiscrete::broken_rules() const {
  const std::string wrong = wrong_numbers("values", values);
  return wrong.empty() ? wrong_weights(weights, values.size(), "values") : wrong;
}

std::shared_ptr<const LawBody> FiniteDiscrete::body() const {
  std::vector<Atom> atoms;
  for (std::size_t i = 0; i < values.size(); ++i) {
    atoms.push_back({.value = values[i], .weight = weights[i]});
  }
  return with_span(title, atoms);
}

std::string Empirical::broken_rules() const { return wrong_numbers("sample", sample); }

std::shared_ptr<const LawBody> Empirical::body() const {
  std::vector<Atom> atoms;
  for (const double value : sample) atoms.push_back({.value = value});
  return with_span(title, atoms);
}

}  // namespace mystic::laws
