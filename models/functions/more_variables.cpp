// Functions of three and more variables, or of any number.

#include "families.hpp"

namespace mystic::functions {
namespace {

double paviani(const VectorView& x) {
  require_size(x, "paviani", 10);
  double sum = 0.0;
  double product = 1.0;
  for (const double coordinate : x) {
    sum += square(std::log(coordinate - 2.0)) + square(std::log(10.0 - coordinate));
    product *= coordinate;
  }
  return sum - std::pow(product, 0.2);
}

double styblinski_tang(const VectorView& x) {
  require_at_least(x, "styblinski-tang", 1);
  double sum = 0.0;
  for (const double t : x) sum += ((t * t - 16.0) * t + 5.0) * t / 2.0;
  return sum;
}

// sin(pi w)^2 = sin(pi (w - 1))^2: exactly 0 at the minimum.
double levy(const VectorView& x) {
  require_at_least(x, "levy", 1);
  const auto off_one = [&](Index i) { return (x[i] - 1.0) / 4.0; };
  const Index last = x.size() - 1;
  double sum = square(std::sin(pi * off_one(0)));
  for (Index i = 0; i < last; ++i) {
    sum += square(off_one(i)) * (1.0 + 10.0 * square(std::sin(pi * (1.0 + off_one(i)) + 1.0)));
  }
  return sum + square(off_one(last)) * (1.0 + square(std::sin(2.0 * pi * off_one(last))));
}

double zakharov(const VectorView& x) {
  require_at_least(x, "zakharov", 1);
  double squares = 0.0;
  double slope = 0.0;
  for (Index i = 0; i < x.size(); ++i) {
    squares += square(x[i]);
    slope += 0.5 * static_cast<double>(i + 1) * x[i];
  }
  return squares + square(slope) + square(square(slope));
}

double powell_singular(const VectorView& x) {
  require_size(x, "powell-singular", 4);
  return square(x[0] + 10.0 * x[1]) + 5.0 * square(x[2] - x[3]) + square(square(x[1] - 2.0 * x[2])) +
         10.0 * square(square(x[0] - x[3]));
}

template <std::size_t n>
using Rows = std::array<std::array<double, n>, 4>;

template <std::size_t n>
double hartmann(const VectorView& x, const Rows<n>& widths, const Rows<n>& centres) {
  constexpr std::array<double, 4> depth{1.0, 1.2, 3.0, 3.2};
  double sum = 0.0;
  for (std::size_t i = 0; i < 4; ++i) {
    double exponent = 0.0;
    for (std::size_t j = 0; j < n; ++j) {
      exponent += widths[i][j] * square(x[static_cast<Index>(j)] - centres[i][j]);
    }
    sum -= depth[i] * std::exp(-exponent);
  }
  return sum;
}

double hartmann_3(const VectorView& x) {
  require_size(x, "hartmann-3", 3);
  static constexpr Rows<3> widths{
      {{3.0, 10.0, 30.0}, {0.1, 10.0, 35.0}, {3.0, 10.0, 30.0}, {0.1, 10.0, 35.0}}};
  static constexpr Rows<3> centres{{{0.3689, 0.1170, 0.2673},
                                    {0.4699, 0.4387, 0.7470},
                                    {0.1091, 0.8732, 0.5547},
                                    {0.03815, 0.5743, 0.8828}}};
  return hartmann(x, widths, centres);
}

double hartmann_6(const VectorView& x) {
  require_size(x, "hartmann-6", 6);
  static constexpr Rows<6> widths{{{10.0, 3.0, 17.0, 3.5, 1.7, 8.0},
                                   {0.05, 10.0, 17.0, 0.1, 8.0, 14.0},
                                   {3.0, 3.5, 1.7, 10.0, 17.0, 8.0},
                                   {17.0, 8.0, 0.05, 10.0, 0.1, 14.0}}};
  static constexpr Rows<6> centres{{{0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
                                    {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
                                    {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
                                    {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}}};
  return hartmann(x, widths, centres);
}

constexpr std::array<TestFunction, 7> rows{{
    {.name = "paviani",
     .original = "paviani",
     .text = "ill-scaled, and NaN outside (2, 10), where a logarithm has no value",
     .formula = "sum_{i=1}^{10} ln(x_i - 2)^2 + ln(10 - x_i)^2, - (prod x_i)^0.2",
     .source = "Himmelblau (1972); Hock & Schittkowski (1981), no. 110; minimum computed with 40 digits",
     .function = paviani,
     .least_dimension = 10,
     .most_dimension = 10,
     .lower = 2.001,
     .upper = 9.999,
     .place = 9.3502658330693852,
     .minimum = -45.778469707446269,
     .rounding = 1e-13},
    {.name = "styblinski-tang",
     .text = "2^n minima, a well in each corner of a box",
     .formula = "sum (x_i^4 - 16 x_i^2 + 5 x_i) / 2",
     .source = "Styblinski & Tang, Neural Networks 3 (1990) 467; minimum computed with 40 digits",
     .function = styblinski_tang,
     .lower = -5.0,
     .upper = 5.0,
     .place = -2.9035340277711771,
     .minimum_terms = -39.166165703771415,
     .rounding = 1e-11},
    {.name = "levy",
     .text = "waves across a valley",
     .formula = "sin(pi w_1)^2 + sum_{i=1}^{n-1} (w_i - 1)^2 (1 + 10 sin(pi w_i + 1)^2)\n"
                "+ (w_n - 1)^2 (1 + sin(2 pi w_n)^2), w_i = 1 + (x_i - 1)/4",
     .source = "Levy & Montalvo, SIAM J. Scientific and Statistical Computing 6 (1985) 15",
     .function = levy,
     .lower = -10.0,
     .upper = 10.0,
     .place = 1.0},
    {.name = "zakharov",
     .text = "one minimum at the end of a flat, steep-sided plate",
     .formula = "s + t^2 + t^4, s = sum x_i^2, t = sum i x_i / 2",
     .source =
         "Jamil & Yang, Int. J. Mathematical Modelling and Numerical Optimisation 4 (2013) 150, no. 173",
     .function = zakharov,
     .lower = -5.0,
     .upper = 10.0,
     .place = 0.0},
    {.name = "powell-singular",
     .text = "its Hessian is singular at the minimum",
     .formula = "(x_1 + 10 x_2)^2 + 5 (x_3 - x_4)^2 + (x_2 - 2 x_3)^4 + 10 (x_1 - x_4)^4",
     .source = "Powell, Computer Journal 5 (1962) 147",
     .function = powell_singular,
     .least_dimension = 4,
     .most_dimension = 4,
     .lower = -4.0,
     .upper = 5.0,
     .place = 0.0},
    {.name = "hartmann-3",
     .text = "four minima in the unit cube",
     .formula = "-sum_{i=1}^{4} c_i exp(-sum_j A_ij (x_j - P_ij)^2), tables A, P, c of the source,\n"
                "with P_41 = 0.03815",
     .source = "Dixon & Szegoe, Towards Global Optimisation 2 (1978); minimum computed with 30 digits",
     .function = hartmann_3,
     .least_dimension = 3,
     .most_dimension = 3,
     .lower = 0.0,
     .upper = 1.0,
     .place = {0.11461433858967198, 0.55564884997185693, 0.85254695352086579},
     .minimum = -3.8627821478207553,
     .rounding = 1e-14},
    {.name = "hartmann-6",
     .text = "four minima in the unit cube of six variables",
     .formula = "-sum_{i=1}^{4} c_i exp(-sum_j A_ij (x_j - P_ij)^2), tables A, P, c of the source",
     .source = "Dixon & Szegoe, Towards Global Optimisation 2 (1978); minimum computed with 30 digits",
     .function = hartmann_6,
     .least_dimension = 6,
     .most_dimension = 6,
     .lower = 0.0,
     .upper = 1.0,
     .place = {0.20168951100670542, 0.15001069182345797, 0.47687397422189699, 0.27533243049405607,
               0.31165161660011324, 0.65730053406562031},
     .minimum = -3.3223680114155148,
     .rounding = 1e-14},
}};

}  // namespace

std::span<const TestFunction> of_more_variables() { return rows; }

}  // namespace mystic::functions
