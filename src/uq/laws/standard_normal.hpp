#pragma once

#include <span>

namespace mystic::laws {

[[nodiscard]] double normal_pdf(double z);
[[nodiscard]] double normal_cdf(double z);
/// 0 < p < 1; the upper tail is -normal_quantile(q).
[[nodiscard]] double normal_quantile(double p);
/// The same for many, in place: several times faster, and equal to the last bit.
void normal_quantiles(std::span<double> units);

}  // namespace mystic::laws
