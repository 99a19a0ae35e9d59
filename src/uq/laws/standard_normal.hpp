#pragma once

namespace mystic::laws {

[[nodiscard]] double normal_pdf(double z);
[[nodiscard]] double normal_cdf(double z);
/// 0 < p < 1; the upper tail is -normal_quantile(q).
[[nodiscard]] double normal_quantile(double p);

}  // namespace mystic::laws
