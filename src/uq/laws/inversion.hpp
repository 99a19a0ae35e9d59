#pragma once

#include "mystic/uq/law.hpp"

namespace mystic::laws {

/// The quantile of a continuous law by its cdf and survival alone; the answer is in [lower, upper].
/// Where the density is 0 around it, the least number.
[[nodiscard]] double inverted_cdf(const LawBody& law, double p, double lower, double upper);
/// The same from above: the least x with survival(x) <= q.
[[nodiscard]] double inverted_survival(const LawBody& law, double q, double lower, double upper);

}  // namespace mystic::laws
