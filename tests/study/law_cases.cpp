#include "law_cases.hpp"

#include "mystic/uq/laws.hpp"

#include <cmath>

namespace mystic::study {
namespace {

using namespace laws;

std::vector<LawCase> bounded_and_normal() {
  return {{R"({"kind": "uniform", "lower": 250, "upper": 260})", Uniform{.lower = 250, .upper = 260}},
          {R"({"kind": "loguniform", "lower": 0.001, "upper": 10})",
           Loguniform{.lower = 0.001, .upper = 10}},
          {R"({"kind": "normal", "mean": 30, "sd": 9})", Normal{.mean = 30, .sd = 9}},
          {R"({"kind": "lognormal", "mean_of_log": 2, "sd_of_log": 0.1, "shift": -3})",
           Lognormal{.mean_of_log = 2, .sd_of_log = 0.1, .shift = -3}},
          {R"({"kind": "lognormal", "mean": 30000, "sd": 9000, "shift": 15000})",
           Lognormal{.mean = 30000, .sd = 9000, .shift = 15000}},
          {R"({"kind": "triangular", "lower": -1, "mode": 2, "upper": 3})",
           Triangular{.lower = -1, .mode = 2, .upper = 3}},
          {R"({"kind": "trapezoidal", "lower": 2, "level_from": 3, "level_to": 5, "upper": 9})",
           Trapezoidal{.lower = 2, .level_from = 3, .level_to = 5, .upper = 9}},
          {R"({"kind": "beta", "alpha": 2.5, "beta": 4, "lower": 310, "upper": 450})",
           Beta{.alpha = 2.5, .beta = 4, .lower = 310, .upper = 450}}};
}

std::vector<LawCase> positive_and_symmetric() {
  return {
      {R"({"kind": "gamma", "shape": 7.5, "scale": 0.1, "shift": 3})",
       Gamma{.shape = 7.5, .scale = 0.1, .shift = 3}},
      {R"({"kind": "gamma", "shape": 7.5, "scale": 0.1})", Gamma{.shape = 7.5, .scale = 0.1}},
      {R"({"kind": "exponential", "rate": 0.02})", Exponential{.rate = 0.02}},
      {R"({"kind": "rayleigh", "scale": 2.5, "shift": 1})", Rayleigh{.scale = 2.5, .shift = 1}},
      {R"({"kind": "pareto", "shape": 5.5, "scale": 2})", Pareto{.shape = 5.5, .scale = 2}},
      {R"({"kind": "weibull", "shape": 3.5, "scale": 0.2, "shift": 1})",
       Weibull{.shape = 3.5, .scale = 0.2, .shift = 1}},
      {R"({"kind": "weibull-max", "shape": 2.2, "scale": 3, "shift": 4})",
       WeibullMax{.shape = 2.2, .scale = 3, .shift = 4}},
      {R"({"kind": "gumbel", "location": 10, "scale": 2})", Gumbel{.location = 10, .scale = 2}},
      {R"({"kind": "frechet", "shape": 5, "scale": 2, "shift": -1})",
       Frechet{.shape = 5, .scale = 2, .shift = -1}},
      {R"({"kind": "gev", "location": 1, "scale": 2, "shape": 0.15})",
       Gev{.location = 1, .scale = 2, .shape = 0.15}},
      {R"({"kind": "student", "degrees_of_freedom": 4.5, "location": 2, "scale": 3})",
       Student{.degrees_of_freedom = 4.5, .location = 2, .scale = 3}},
      {R"({"kind": "laplace", "location": -2, "scale": 0.5})", Laplace{.location = -2, .scale = 0.5}},
      {R"({"kind": "logistic", "location": 5, "scale": 2})", Logistic{.location = 5, .scale = 2}},
      {R"({"kind": "von-mises", "location": 0.5, "concentration": 2})",
       VonMises{.location = 0.5, .concentration = 2}}};
}

std::vector<LawCase> counts_and_atoms() {
  return {{R"({"kind": "poisson", "mean": 2.5})", Poisson{.mean = 2.5}},
          {R"({"kind": "binomial", "trials": 12, "probability": 0.3})",
           Binomial{.trials = 12, .probability = 0.3}},
          {R"({"kind": "negative-binomial", "successes": 2.5, "probability": 0.4})",
           NegativeBinomial{.successes = 2.5, .probability = 0.4}},
          {R"({"kind": "geometric", "probability": 0.2})", Geometric{.probability = 0.2}},
          {R"({"kind": "hypergeometric", "population": 30, "marked": 12, "draws": 7})",
           Hypergeometric{.population = 30, .marked = 12, .draws = 7}},
          {R"({"kind": "finite-discrete", "values": [4, 1, 2], "weights": [1, 0, 3]})",
           FiniteDiscrete{.values = {4, 1, 2}, .weights = {1, 0, 3}}},
          {R"({"kind": "finite-discrete", "values": [4, 1]})",
           FiniteDiscrete{.values = {4, 1}, .weights = {1, 1}}},
          {R"({"kind": "constant", "value": -7.5})", Constant{.value = -7.5}}};
}

std::vector<LawCase> data_and_laws() {
  const Law part = Gamma{.shape = 2, .scale = 1};
  return {
      {R"({"kind": "histogram", "edges": [-1, 0, 0.5, 4], "weights": [2, 1, 5]})",
       Histogram{.edges = {-1, 0, 0.5, 4}, .weights = {2, 1, 5}}},
      {R"({"kind": "histogram", "sample": [0, 1, 2, 3, 4, 8, 2], "bins": 4})",
       Histogram{.edges = {0, 2, 4, 6, 8}, .weights = {2, 3, 1, 1}}},
      {R"({"kind": "empirical", "sample": [5, 1, 2.5]})", Empirical{.sample = {5, 1, 2.5}}},
      {R"({"kind": "kernel-smoothed", "sample": [1, 2.5, 2.7, 4, 9]})",
       KernelSmoothed{.sample = {1, 2.5, 2.7, 4, 9}}},
      {R"({"kind": "kernel-smoothed", "sample": [1, 2.5], "bandwidth": 0.5})",
       KernelSmoothed{.sample = {1, 2.5}, .bandwidth = 0.5}},
      {R"({"kind": "best-fit", "sample": [1, 2.5, 3, 4, 9], "families": ["normal", "laplace"],
           "criterion": "aic"})",
       Laplace{.location = 3, .scale = 1.9}},
      {R"({"kind": "normal", "fit": [1, 2, 3, 4]})", Normal{.mean = 2.5, .sd = std::sqrt(1.25)}},
      {R"({"kind": "exponential", "fit": [4, 5, 9], "shift": 2})",
       Exponential{.rate = 0.25, .shift = 2}},
      {R"({"kind": "truncated", "law": {"kind": "normal", "mean": 1, "sd": 2}, "lower": 0, "upper": 3})",
       Truncated{.law = Normal{.mean = 1, .sd = 2}, .lower = 0, .upper = 3}},
      {R"({"kind": "truncated", "law": {"kind": "gamma", "shape": 2, "scale": 1}, "upper": 3})",
       Truncated{.law = part, .upper = 3}},
      {R"({"kind": "mixture", "laws": [{"kind": "gamma", "shape": 2, "scale": 1},
           {"kind": "truncated", "law": {"kind": "gamma", "shape": 2, "scale": 1}, "lower": 6}],
           "weights": [3, 1]})",
       Mixture{.laws = {part, Truncated{.law = part, .lower = 6}}, .weights = {3, 1}}}};
}

}  // namespace

std::vector<LawCase> law_cases() {
  std::vector<LawCase> all;
  for (const auto& some :
       {bounded_and_normal(), positive_and_symmetric(), counts_and_atoms(), data_and_laws()}) {
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

}  // namespace mystic::study
