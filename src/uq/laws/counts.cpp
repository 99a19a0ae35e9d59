#include "mystic/uq/laws/counts.hpp"

#include "boost_policy.hpp"
#include "central_moments.hpp"
#include "rules.hpp"
#include "text.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/geometric.hpp>
#include <boost/math/distributions/hypergeometric.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/poisson.hpp>

#include <algorithm>
#include <type_traits>
#include <utility>

namespace mystic::laws {

namespace {

using Draws = boost::math::hypergeometric_distribution<double, Policy>;

/// Whole numbers in a support, by a distribution of Boost.
template <class Distribution>
class CountBody final : public LawBody {
 public:
  CountBody(Distribution law, Support support, std::string text)
      : law_(std::move(law)), support_(support), text_(std::move(text)) {}

  [[nodiscard]] double pdf(double x) const override {
    if (x < support_.lower || x > support_.upper || x != std::floor(x)) return 0.0;
    return boost::math::pdf(law_, x);
  }
  [[nodiscard]] double cdf(double x) const override {
    if (x < support_.lower) return 0.0;
    return x >= support_.upper ? 1.0 : boost::math::cdf(law_, std::floor(x));
  }
  [[nodiscard]] double survival(double x) const override {
    if (x < support_.lower) return 1.0;
    if (x >= support_.upper) return 0.0;
    return boost::math::cdf(boost::math::complement(law_, std::floor(x)));
  }
  // Boost rounds the quantile of a continuous law, which may be one off; our own cdf decides.
  [[nodiscard]] double quantile(double p) const override {
    if (p > 0.5) return upper_quantile(1.0 - p);
    return stepped(boost::math::quantile(law_, p), [this, p](double k) { return cdf(k) >= p; });
  }
  [[nodiscard]] double upper_quantile(double q) const override {
    if (q > 0.5) return quantile(1.0 - q);
    return stepped(boost::math::quantile(boost::math::complement(law_, q)),
                   [this, q](double k) { return survival(k) <= q; });
  }
  [[nodiscard]] Support support() const override { return support_; }
  [[nodiscard]] LawMoments moments() const override {
    if constexpr (std::is_same_v<Distribution, Draws>) return moments_of_draws();
    return {.mean = boost::math::mean(law_),
            .variance = boost::math::variance(law_),
            .skewness = boost::math::skewness(law_),
            .excess_kurtosis = boost::math::kurtosis_excess(law_)};
  }
  [[nodiscard]] bool is_discrete() const override { return true; }
  [[nodiscard]] std::string text() const override { return text_; }

 private:
  /// The least number that is `enough`, near `guess`.
  template <class Enough>
  [[nodiscard]] double stepped(double guess, Enough enough) const {
    double k = std::clamp(std::ceil(guess), support_.lower, support_.upper);
    while (k > support_.lower && enough(k - 1.0)) k -= 1.0;
    while (k < support_.upper && !enough(k)) k += 1.0;
    return k;
  }

  /// Boost 1.74 has another number for the kurtosis than the masses have (2026-11-22), and divides by 0
  /// for populations of 2 and 3.
  [[nodiscard]] LawMoments moments_of_draws() const;

  Distribution law_;
  Support support_;
  std::string text_;
};

template <class Distribution>
LawMoments CountBody<Distribution>::moments_of_draws() const {
  const double all = law_.total();
  const double marked = law_.defective();
  const double draws = law_.sample_count();
  if (all < 10.0 || support_.lower == support_.upper) {
    std::vector<Part> parts;
    for (double k = support_.lower; k <= support_.upper; k += 1.0) {
      parts.push_back({.weight = pdf(k), .mean = k});
    }
    return mixed_moments(parts);
  }
  const double others = marked * (all - marked);
  const double left = draws * (all - draws);
  const double variance = left * others / (all * all * (all - 1.0));
  const double kurtosis = (all - 1.0) / (all - 2.0) * all / (all - 3.0) * all *
                              (all * (all + 1.0) - 6.0 * others - 6.0 * left) / left / others +
                          6.0 * (5.0 * all - 6.0) / (all - 2.0) / (all - 3.0);
  return {
      .mean = draws * marked / all,
      .variance = variance,
      .skewness = (all - 2.0 * marked) * (all - 2.0 * draws) / (all * (all - 2.0)) / std::sqrt(variance),
      .excess_kurtosis = kurtosis};
}

template <class Distribution, class Description>
std::shared_ptr<const LawBody> counted(const Distribution& law, double lower, double upper,
                                       const Description& description) {
  return std::make_shared<CountBody<Distribution>>(law, Support{.lower = lower, .upper = upper},
                                                   text_of(description));
}

}  // namespace

std::shared_ptr<const LawBody> Poisson::body() const {
  return counted(boost::math::poisson_distribution<double, Policy>(mean), 0.0, infinity, *this);
}

std::shared_ptr<const LawBody> Binomial::body() const {
  const auto count = static_cast<double>(trials);
  return counted(boost::math::binomial_distribution<double, Policy>(count, probability), 0.0, count,
                 *this);
}

std::shared_ptr<const LawBody> NegativeBinomial::body() const {
  return counted(boost::math::negative_binomial_distribution<double, Policy>(successes, probability),
                 0.0, infinity, *this);
}

std::shared_ptr<const LawBody> Geometric::body() const {
  return counted(boost::math::geometric_distribution<double, Policy>(probability), 0.0, infinity, *this);
}

std::string Hypergeometric::broken_rules() const {
  return wrong_order("marked", static_cast<double>(marked), "population",
                     static_cast<double>(population)) +
         wrong_order("draws", static_cast<double>(draws), "population", static_cast<double>(population));
}

std::shared_ptr<const LawBody> Hypergeometric::body() const {
  const Draws law(static_cast<unsigned>(marked), static_cast<unsigned>(draws),
                  static_cast<unsigned>(population));
  return counted(law, static_cast<double>(std::max(Index{0}, draws + marked - population)),
                 static_cast<double>(std::min(draws, marked)), *this);
}

}  // namespace mystic::laws
