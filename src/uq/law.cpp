#include "mystic/uq/law.hpp"

#include "mystic/core/require.hpp"

#include <algorithm>
#include <cmath>

namespace mystic {

namespace {

double known(double answer, std::string_view question, double x, const LawBody& body) {
  if (std::isnan(answer)) {
    throw Error(fmt::format("{} of {} at {} could not be computed", question, body.text(), x));
  }
  return answer;
}

}  // namespace

double open_uniform(Random& random) {
  const double u = (static_cast<double>(random() >> 11U) + 0.5) * 0x1p-53;
  return std::min(u, 1.0 - 0x1p-53);
}

double LawBody::sample(Random& random) const { return quantile(open_uniform(random)); }

void LawBody::to_quantiles(std::span<double> units) const {
  for (double& u : units) u = u < 0.5 ? quantile(u) : upper_quantile(1.0 - u);
}

double Law::pdf(double x) const {
  require(!std::isnan(x), "pdf: x is NaN; it must be a number");
  return std::isinf(x) ? 0.0 : known(body_->pdf(x), "pdf", x, *body_);
}

double Law::cdf(double x) const {
  require(!std::isnan(x), "cdf: x is NaN; it must be a number");
  if (std::isinf(x)) return x > 0.0 ? 1.0 : 0.0;
  return known(body_->cdf(x), "cdf", x, *body_);
}

double Law::survival(double x) const {
  require(!std::isnan(x), "survival: x is NaN; it must be a number");
  if (std::isinf(x)) return x > 0.0 ? 0.0 : 1.0;
  return known(body_->survival(x), "survival", x, *body_);
}

double Law::quantile(double p) const {
  require(p >= 0.0 && p <= 1.0, "quantile: p = {} is not in [0, 1]", p);
  if (p == 0.0) return support().lower;
  if (p == 1.0) return support().upper;
  return known(body_->quantile(p), "quantile", p, *body_);
}

double Law::upper_quantile(double q) const {
  require(q >= 0.0 && q <= 1.0, "upper_quantile: q = {} is not in [0, 1]", q);
  if (q == 0.0) return support().upper;
  if (q == 1.0) return support().lower;
  return known(body_->upper_quantile(q), "upper_quantile", q, *body_);
}

void Law::to_quantiles(std::span<double> units) const {
  if (units.empty()) return;
  const Eigen::Map<const Eigen::ArrayXd> numbers(units.data(), static_cast<Index>(units.size()));
  const double least = numbers.minCoeff<Eigen::PropagateNaN>();
  const double most = numbers.maxCoeff<Eigen::PropagateNaN>();
  require(least >= 0.0 && most <= 1.0, "to_quantiles: probabilities from {} to {} are not in [0, 1]",
          least, most);
  if (least == 0.0 || most == 1.0) {  // the ends of the support are not the family's affair
    for (double& u : units) u = u < 0.5 ? quantile(u) : upper_quantile(1.0 - u);
    return;
  }
  body_->to_quantiles(units);
  if (std::isnan(numbers.maxCoeff<Eigen::PropagateNaN>())) {
    throw Error(fmt::format("a quantile of {} could not be computed", body_->text()));
  }
}

double Law::sd() const { return std::sqrt(body_->moments().variance); }

}  // namespace mystic
