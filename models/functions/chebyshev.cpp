// Storn & Price's problem of the Chebyshev polynomials: find the coefficients of a polynomial that stays
// within [-1, 1] for |x| <= 1 and rises at least to T_m(1.2) at x = -1.2 and 1.2. T_m does.
// Source: Storn & Price, ICSI TR-95-012 (1995), section 4.10; J. Global Optimization 11 (1997) 341.
//
// The original mystic adds (1 - p)^2 below the band too, where the paper's figure is (-1 - p)^2: a jump
// of 4 at the band's lower edge. Both are here. Recorded ends of runs of the original tell them apart:
// see tests/models/functions_test.cpp.

#include "families.hpp"

namespace mystic::functions {
namespace {

constexpr int samples = 61;  // evenly over [-1, 1]

/// Coefficients of T_m, that of the highest power first: T_{k+1} = 2 x T_k - T_{k-1}.
template <std::size_t m>
constexpr std::array<double, m + 1> coefficients() {
  std::array<double, m + 1> before{};
  std::array<double, m + 1> now{};
  before[0] = 1.0;  // T_0 and T_1, lowest power first
  now[1] = 1.0;
  for (std::size_t k = 1; k < m; ++k) {
    std::array<double, m + 1> next{};
    for (std::size_t i = 0; i <= m; ++i) next[i] = (i == 0 ? 0.0 : 2.0 * now[i - 1]) - before[i];
    before = now;
    now = next;
  }
  std::array<double, m + 1> highest_first{};
  for (std::size_t i = 0; i <= m; ++i) highest_first[i] = now[m - i];
  return highest_first;
}

template <class Coefficients>
double polynomial(const Coefficients& highest_first, double at) {
  double value = 0.0;
  for (const double coefficient : highest_first) value = value * at + coefficient;
  return value;
}

enum class Below { to_lower_edge, to_upper_edge };

template <std::size_t m, Below below>
double band_misfit(const VectorView& x) {
  static constexpr auto solution = coefficients<m>();
  require_size(x, "chebyshev", static_cast<Index>(m + 1));
  double sum = 0.0;
  for (int i = 0; i < samples; ++i) {
    const double p = polynomial(x, 2.0 * i / (samples - 1) - 1.0);
    if (std::abs(p) <= 1.0) continue;  // a NaN does not
    sum += square(p > 0.0 || below == Below::to_upper_edge ? p - 1.0 : p + 1.0);
  }
  const double least = polynomial(solution, 1.2);
  for (const double end : {-1.2, 1.2}) {
    const double p = polynomial(x, end);
    if (!(p >= least)) sum += square(p - least);
  }
  return sum;
}

template <std::size_t m>
constexpr Pattern place() {
  constexpr auto c = coefficients<m>();
  return [&]<std::size_t... i>(std::index_sequence<i...>) {
    return Pattern{c[i]...};
  }(std::make_index_sequence<m + 1>());
}

template <std::size_t m, Below below>
constexpr TestFunction row(std::string_view name, std::string_view original, double bound) {
  constexpr bool to_lower = below == Below::to_lower_edge;
  return {.name = name,
          .original = original,
          .text = to_lower ? "coefficients of a Chebyshev polynomial, the highest power's first"
                           : "the same as the original mystic has it, with a jump below the band",
          .formula = to_lower
                         ? "sum of (|p| - 1)^2 over those of 61 points of [-1, 1] where |p| > 1, +\n"
                           "(p - T_m)^2 at -1.2 and 1.2 where p < T_m; p = sum x_i t^(n-i), m = n - 1"
                         : "sum of (p - 1)^2 over those of 61 points of [-1, 1] where |p| > 1, +\n"
                           "(p - T_m)^2 at -1.2 and 1.2 where p < T_m; p = sum x_i t^(n-i), m = n - 1",
          .source = to_lower ? "Storn & Price, J. Global Optimization 11 (1997) 341"
                             : "the original mystic (poly.py), after Storn & Price (1997)",
          .function = band_misfit<m, below>,
          .least_dimension = static_cast<Index>(m + 1),
          .most_dimension = static_cast<Index>(m + 1),
          .lower = -bound,
          .upper = bound,
          .place = place<m>(),
          .shape = Shape::flat};
}

constexpr std::array<TestFunction, 10> rows{
    row<2, Below::to_lower_edge>("chebyshev-2", "", 100.0),
    row<4, Below::to_lower_edge>("chebyshev-4", "", 100.0),
    row<6, Below::to_lower_edge>("chebyshev-6", "", 100.0),
    row<8, Below::to_lower_edge>("chebyshev-8", "", 1000.0),
    row<16, Below::to_lower_edge>("chebyshev-16", "", 1e6),
    row<2, Below::to_upper_edge>("chebyshev-2-jump", "chebyshev2cost", 100.0),
    row<4, Below::to_upper_edge>("chebyshev-4-jump", "chebyshev4cost", 100.0),
    row<6, Below::to_upper_edge>("chebyshev-6-jump", "chebyshev6cost", 100.0),
    row<8, Below::to_upper_edge>("chebyshev-8-jump", "chebyshev8cost", 1000.0),
    row<16, Below::to_upper_edge>("chebyshev-16-jump", "chebyshev16cost", 1e6),
};

}  // namespace

std::span<const TestFunction> chebyshev() { return rows; }

}  // namespace mystic::functions
