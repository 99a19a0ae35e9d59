#include "mystic/uq/law.hpp"

#include "mystic/core/require.hpp"

#include <algorithm>
#include <cmath>

namespace mystic {

double open_uniform(Random& random) {
  const double u = (static_cast<double>(random() >> 11U) + 0.5) * 0x1p-53;
  return std::min(u, 1.0 - 0x1p-53);
}

double LawBody::sample(Random& random) const { return quantile(open_uniform(random)); }

double Law::quantile(double p) const {
  require(p >= 0.0 && p <= 1.0, "quantile: p = {} is not in [0, 1]", p);
  if (p == 0.0) return support().lower;
  if (p == 1.0) return support().upper;
  return body_->quantile(p);
}

double Law::upper_quantile(double q) const {
  require(q >= 0.0 && q <= 1.0, "upper_quantile: q = {} is not in [0, 1]", q);
  if (q == 0.0) return support().upper;
  if (q == 1.0) return support().lower;
  return body_->upper_quantile(q);
}

double Law::sd() const { return std::sqrt(body_->moments().variance); }

}  // namespace mystic
