#include "law_cases.hpp"

#include "mystic/uq/laws.hpp"

#include <cmath>

namespace mystic {

namespace {

std::vector<Law> simple_laws() {
  using namespace laws;
  return {Uniform{},
          Uniform{.lower = -3.0, .upper = 12.5},
          Loguniform{.lower = 1e-3, .upper = 1e4},
          Loguniform{.lower = 5.0, .upper = 5.01},
          Normal{},
          Normal{.mean = -40.0, .sd = 0.3},
          Lognormal{},
          Lognormal{.mean_of_log = 2.0, .sd_of_log = 0.1, .shift = -3.0},
          Lognormal{.mean = 30000.0, .sd = 9000.0, .shift = 15000.0},
          Triangular{},
          Triangular{.lower = -1.0, .mode = -1.0, .upper = 3.0},
          Triangular{.lower = -1.0, .mode = 3.0, .upper = 3.0},
          Trapezoidal{},
          Trapezoidal{.lower = 2.0, .level_from = 2.0, .level_to = 5.0, .upper = 9.0},
          Beta{.alpha = 2.5, .beta = 4.0, .lower = 310.0, .upper = 450.0},
          Beta{.alpha = 0.7, .beta = 1.5},
          Beta{.alpha = 30.0, .beta = 2.0, .lower = -1.0, .upper = 1.0},
          Gamma{.shape = 0.6, .scale = 2.0},
          Gamma{.shape = 7.5, .scale = 0.1, .shift = 3.0},
          Gamma{.shape = 2000.0},
          Exponential{.rate = 0.02},
          Exponential{.rate = 3.0, .shift = -1.0},
          Rayleigh{.scale = 2.5},
          Rayleigh{.scale = 2.5, .shift = 1.0},
          Pareto{.shape = 5.5, .scale = 2.0},
          Pareto{.shape = 6.2, .scale = 2.0, .shift = -2.0},
          Weibull{.shape = 0.8, .scale = 3.0},
          Weibull{.shape = 3.5, .scale = 0.2, .shift = 1.0},
          Weibull{.shape = 25.0},
          WeibullMax{.shape = 2.2, .scale = 3.0, .shift = 4.0},
          Gumbel{.location = 10.0, .scale = 2.0},
          Frechet{.shape = 5.0, .scale = 2.0},
          Frechet{.shape = 12.0, .shift = -1.0},
          Gev{},
          Gev{.location = 1.0, .scale = 2.0, .shape = 0.15},
          Gev{.location = 1.0, .scale = 2.0, .shape = 1e-7},
          Gev{.location = 10.0, .scale = 2.0, .shape = -0.4},
          Student{.degrees_of_freedom = 4.5, .location = 2.0, .scale = 3.0},
          Student{.degrees_of_freedom = 80.0},
          Laplace{.location = -2.0, .scale = 0.5},
          Logistic{.location = 5.0, .scale = 2.0},
          VonMises{.location = 0.5, .concentration = 0.0},
          VonMises{.location = 0.5, .concentration = 2.0},
          VonMises{.location = -1.0, .concentration = 900.0}};
}

std::vector<Law> laws_of_data_and_laws() {
  using namespace laws;
  const Law sum =
      Mixture{.laws = {Normal{.mean = -2.0}, Gamma{.shape = 2.0, .shift = 1.0}}, .weights = {3.0, 1.0}};
  return {Histogram{.edges = {-1.0, 0.0, 0.5, 4.0}, .weights = {2.0, 1.0, 5.0}},
          Histogram{.edges = {0.0, 1.0, 2.0, 3.0, 4.0}, .weights = {0.0, 1.0, 1.0, 0.0}},
          KernelSmoothed{.sample = {1.0, 2.5, 2.7, 4.0, 9.0}},
          KernelSmoothed{.sample = {1.0, 2.5, 2.7, 4.0, 9.0}, .bandwidth = 0.5},
          Truncated{.law = Normal{}, .lower = -1.0, .upper = 2.0},
          Truncated{.law = Normal{}, .lower = 6.0},
          Truncated{.law = Normal{}, .upper = -9.0},
          Truncated{.law = Normal{}, .lower = 6.0, .upper = 6.5},
          Truncated{.law = Beta{.alpha = 2.0, .beta = 3.0}, .lower = 0.2, .upper = 5.0},
          Truncated{.law = Student{.degrees_of_freedom = 4.5}, .lower = 1.0},
          Truncated{.law = sum, .lower = -2.5, .upper = 3.0},
          sum,
          Mixture{.laws = {Uniform{}, Normal{.mean = 0.3, .sd = 0.01}}, .weights = {0.9, 0.1}},
          Mixture{.laws = {Exponential{}, Weibull{.shape = 0.8}}, .weights = {0.5, 0.5}}};
}

}  // namespace

std::vector<Law> continuous_laws() {
  std::vector<Law> all = simple_laws();
  for (const Law& law : laws_of_data_and_laws()) all.push_back(law);
  return all;
}

std::vector<Law> discrete_laws() {
  using namespace laws;
  const Law sum = Mixture{
      .laws = {Poisson{.mean = 2.0}, FiniteDiscrete{.values = {1.5, 2.0}, .weights = {1.0, 2.0}}},
      .weights = {0.5, 0.5}};
  return {Poisson{.mean = 0.3},
          Poisson{.mean = 4.0},
          Poisson{.mean = 1e4},
          Binomial{},
          Binomial{.trials = 20, .probability = 0.3},
          Binomial{.trials = 100000, .probability = 0.001},
          NegativeBinomial{.successes = 2.5, .probability = 0.4},
          NegativeBinomial{.successes = 30.0, .probability = 0.05},
          Geometric{.probability = 0.2},
          Geometric{.probability = 0.9},
          Hypergeometric{},
          Hypergeometric{.population = 2, .marked = 1, .draws = 1},
          Hypergeometric{.population = 500, .marked = 60, .draws = 450},
          Hypergeometric{.population = 200, .marked = 30, .draws = 50},
          Empirical{.sample = {3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0}},
          FiniteDiscrete{.values = {2.5, -1.0, 7.0}, .weights = {1.0, 0.5, 3.0}},
          Truncated{.law = Poisson{.mean = 4.0}, .lower = 2.0, .upper = 6.5},
          Truncated{.law = Poisson{.mean = 4.0}, .lower = 20.0},
          Truncated{.law = Binomial{.trials = 20, .probability = 0.3}, .upper = 3.0},
          sum};
}

double spacing(double x) { return std::nextafter(std::abs(x), infinity) - std::abs(x); }

}  // namespace mystic
