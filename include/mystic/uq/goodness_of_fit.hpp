#pragma once

#include "mystic/uq/law_fit.hpp"

#include <cstdint>

namespace mystic {

/// How far a sample is from a law, and how often one drawn from it would be farther.
struct LawTest {
  double statistic = not_known;
  double p_value = not_known;
};

struct GoodnessOfFit {
  Index count = 0;             ///< n
  LawTest kolmogorov_smirnov;  ///< D = sup |F_n - F|: sees the middle best
  LawTest anderson_darling;    ///< A^2 = n int (F_n - F)^2 / F (1 - F) dF: sees the tails
};

/// P[D_n > d] for n values of any continuous law: for n <= 500 exactly, by the matrix of Marsaglia,
/// Tsang & Wang (2003), doi:10.18637/jss.v008.i18, and in the tail, where that would lose digits, by
/// twice the one-sided law of Smirnov (1944); beyond, Kolmogorov's limit at Vrbik's (2018) corrected
/// statistic, right to 1e-4.
/// @param d  at least 0
[[nodiscard]] double kolmogorov_smirnov_p(Index n, double d);

/// P[A^2_n > z], right to about 1e-6 where it is above 1e-4.
/// Source: Marsaglia & Marsaglia (2004), doi:10.18637/jss.v009.i02.
[[nodiscard]] double anderson_darling_p(Index n, double z);

/// Tests whether values come from a continuous law that was known before they were. Do not give the law
/// that was fitted to the same values: it lies too near to them, and p is far too large.
/// @param values  n >= 1, finite
/// @throws InvalidArgument if the law is discrete, or a value is not finite
[[nodiscard]] GoodnessOfFit goodness_of_fit(const Law& law, const VectorView& values);

struct RefitOptions {
  static constexpr std::string_view title = "goodness-of-fit";

  Index replicates = 999;
  std::uint64_t seed = 0;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field(
        "replicates", self.replicates, Range{.lower = 19, .upper = 1e6},
        "samples drawn from the fitted law, each fitted anew; p is a multiple of 1 / (replicates + 1)");
    field("seed", self.seed, Range{.lower = 0}, "of the samples");
  }
};

/// The same for a family whose law was fitted to these very values: p is the share of samples of the
/// fitted law, each fitted anew, that are farther from their fit than the values from theirs (the
/// parametric bootstrap: Stute, Gonzalez Manteiga & Presedo Quindimil 1993, doi:10.1007/BF02613687).
/// A^2 is NaN where a fitted end lies on a value (uniform, loguniform, pareto): infinite, whatever the
/// values.
/// @param family   a continuous one of fitted_families()
/// @param options  as given to fit_law()
/// @throws InvalidArgument as fit_law(), or if the family is discrete
[[nodiscard]] GoodnessOfFit goodness_of_fit(std::string_view family, const VectorView& values,
                                            const LawFitOptions& options,
                                            const RefitOptions& refit = {});

}  // namespace mystic
