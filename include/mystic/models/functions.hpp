#pragma once

#include "mystic/core/model.hpp"
#include "mystic/core/require.hpp"
#include "mystic/models/test_function.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mystic {

/// Rosenbrock's curved valley, chained over n >= 2 variables:
///
///     f(x) = sum_{i=1}^{n-1} 100 (x_{i+1} - x_i^2)^2 + (1 - x_i)^2
///
/// Minimum 0 at (1, ..., 1); for 4 <= n <= 7 there is a second, local one near (-1, 1, ..., 1).
/// Source: Rosenbrock, Computer Journal 3 (1960) 175, for n = 2; the sum is De Jong's (1975). Terms are
/// added in the order of the formula, as NumPy does below 8 of them, so that recorded runs of the
/// original can be compared digit by digit.
/// @throws InvalidArgument for n < 2
inline double rosenbrock(const VectorView& x) {
  const Index n = x.size();
  require(n >= 2, "rosenbrock: takes 2 numbers or more, not {}", n);
  const double* at = x.data();
  double sum = 0.0;
  for (Index i = 0; i + 1 < n; ++i) {
    const double off_valley = at[i + 1] - at[i] * at[i];
    const double off_one = 1.0 - at[i];
    sum += 100.0 * (off_valley * off_valley) + off_one * off_one;
  }
  return sum;
}

/// De Jong's first function, f(x) = sum x_i^2. Minimum 0 at 0.
/// Source: De Jong, thesis (1975), F1.
/// @throws InvalidArgument for n < 1
inline double sphere(const VectorView& x) {
  require(x.size() >= 1, "sphere: takes 1 number or more, not 0");
  double sum = 0.0;
  for (Index i = 0; i < x.size(); ++i) sum += x.data()[i] * x.data()[i];
  return sum;
}

/// Rastrigin's function: a bowl with a local minimum near every point of whole numbers,
///
///     f(x) = 10 n + sum x_i^2 - 10 cos(2 pi x_i)  =  sum x_i^2 + 20 sin(pi x_i)^2
///
/// The second form is computed: it has no cancellation, so it is never below 0. Minimum 0 at 0.
/// Source: Rastrigin (1974) for n = 2; Muehlenbein, Schomisch & Born, Parallel Computing 17 (1991) 619.
/// @throws InvalidArgument for n < 1
double rastrigin(const VectorView& x);

/// Ackley's function: an almost flat outer region full of ripples, a cone at 0, where it has no
/// gradient:
///
///     f(x) = -20 exp(-sqrt(sum x_i^2 / n) / 5) - exp(sum cos(2 pi x_i) / n) + 20 + e
///
/// Computed with expm1, hence exact near the minimum: 0 at 0.
/// Source: Ackley, A Connectionist Machine for Genetic Hillclimbing (1987); n variables: Baeck (1996).
/// @throws InvalidArgument for n < 1
double ackley(const VectorView& x);

/// Griewank's function: a wide bowl under shallow, regular ripples,
///
///     f(x) = sum x_i^2 / 4000 - prod cos(x_i / sqrt(i)) + 1,   i = 1..n
///
/// Minimum 0 at 0. Source: Griewank, J. Optimization Theory and Applications 34 (1981) 11.
/// @throws InvalidArgument for n < 1
double griewank(const VectorView& x);

/// Zimmermann's problem in two variables, its constraints turned into steep walls of which the highest
/// counts (so the minimum lies in a corner, on a kink):
///
///     f(x, y) = max(9 - x - y, p(-x), p(-y), p((x - 3)^2 + (y - 2)^2 - 16), p(x y - 14)),
///     p(v) = 100 v where v > 0, otherwise 0
///
/// Minimum 0 at (7, 2); a local one, 0.69690, at (2.35478, 5.94832).
/// Source: Zimmermann, Operations Research (1990), with the penalties of the original mystic
/// (storn.py): those of Storn & Price, ICSI TR-95-012 (1995), eq. 24-26, have another 100 added and so
/// a jump at the wall.
/// @throws InvalidArgument unless n = 2
double zimmermann(const VectorView& x);

/// All test functions: those above and those that only the table knows. mystic list functions prints it.
std::span<const TestFunction> test_functions();

/// The test function of that name, or null.
const TestFunction* find_test_function(std::string_view name);

/// The test function of that name, for solver.solve(test_function("himmelblau")).
/// @throws InvalidArgument for a name that is not in the table, with the nearest that is
const TestFunction& test_function(std::string_view name);

/// A test function as a model, with the one output "cost".
class FunctionModel : public Model {
 public:
  /// @param inputs  names, as many as the function takes; none: it takes any number of inputs, and
  ///                a point of a wrong size is a failure of that evaluation
  /// @throws InvalidArgument if the function does not take so many
  explicit FunctionModel(const TestFunction& function, std::vector<std::string> inputs = {});

  [[nodiscard]] const std::vector<std::string>& inputs() const override { return inputs_; }
  [[nodiscard]] const std::vector<std::string>& outputs() const override { return outputs_; }
  void evaluate(const Question& question, std::span<Outcome> outcomes) const override;

 private:
  TestFunction function_;
  std::vector<std::string> inputs_;
  std::vector<std::string> outputs_ = {"cost"};
};

}  // namespace mystic
