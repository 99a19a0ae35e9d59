#pragma once

#include "mystic/core/algorithm.hpp"
#include "mystic/core/options.hpp"

#include <string>

namespace mystic {

struct NloptOptions {
  static constexpr std::string_view title = "nlopt";

  std::string algorithm = "LN_SBPLX";
  double x_tolerance = 1e-8;
  double cost_tolerance = 0.0;
  double initial_step = 0.0;
  Index population = 0;
  std::string differences = "forward";
  double difference_step = 0.0;

  /// Options that `algorithm` knows nothing of, or cannot do without; one line each.
  [[nodiscard]] std::string broken_rules() const;

  template <class Self, class Field>
  static void describe(Self& self, Field&& field) {
    field(
        "algorithm", self.algorithm,
        Choices{{"LN_SBPLX", "LN_NELDERMEAD", "LN_BOBYQA", "LN_COBYLA", "LN_PRAXIS", "LN_NEWUOA_BOUND",
                 "GN_DIRECT_L", "GN_CRS2_LM", "GN_ISRES", "GN_ESCH", "LD_LBFGS", "LD_SLSQP", "LD_MMA"}},
        "NLopt's name of it: G global or L local, N without or D with derivatives (by differences)");
    field(
        "x_tolerance", self.x_tolerance, Range{.lower = 0, .upper = 1},
        "NLopt's own end: relative change of every coordinate; 0: none (LN_COBYLA, LN_NEWUOA_BOUND need "
        "one); nothing to GN_ESCH");
    field("cost_tolerance", self.cost_tolerance, Range{.lower = 0, .upper = 1},
          "NLopt's own end: relative change of the cost; 0: none; nothing to GN_ESCH");
    field("initial_step", self.initial_step, Range{.lower = 0, .open_above = true},
          "LN: length of the first step along each variable; 0: NLopt's choice, by bounds and start");
    field("population", self.population, Range{.lower = 0, .upper = 1e6},
          "GN_CRS2_LM, GN_ISRES, GN_ESCH: candidates; 0: NLopt's choice");
    field("differences", self.differences, Choices{{"forward", "central"}},
          "LD: a derivative takes one neighbour for each variable, or two");
    field(
        "difference_step", self.difference_step, Range{.lower = 0, .upper = 1},
        "LD: distance of a neighbour, relative to the coordinate's size or 1 if that is less; 0: 1.5e-8 "
        "forward, 6e-6 central");
  }
};

/// An algorithm of NLopt, on a stack of its own (see foreign()). Where mystic was built without NLopt,
/// it is refused.
///
/// Without a start, one is drawn in the box. GN_ algorithms need two finite bounds for every variable,
/// LN_PRAXIS and LN_NEWUOA_BOUND two variables whose bounds are not one. Bounds hold for every
/// evaluation, also for differences. NLopt's stopping by value, evaluations and time is not used: limits
/// and terminations do that.
///
/// Generation 0 is the first question; each later one ends with the question that completes n
/// evaluations (n: number of variables). A question is one point; where an LD_ algorithm wants
/// derivatives, a point and its neighbours, n + 1 or 2 n + 1 at once, so that a map shares them out.
///
/// Points that fail are +inf to LN_SBPLX, LN_NELDERMEAD, GN_CRS2_LM, GN_ISRES and GN_ESCH, which only
/// compare. The others compute with costs: to them such a point costs
/// worst + max(worst - best, |worst|, 1) of the finite costs so far, or 1e30 before there are any; the
/// run's own best is never one of these. A neighbour that fails is left out of its derivative; a
/// variable without a neighbour has derivative 0, and so have all at a point that failed itself.
///
/// NLopt's generator of random numbers is one per thread. It gets a new seed from the search's stream
/// before NLopt begins and after each question, so runs are the same under every map and in ensembles.
/// An application that uses NLopt itself in that thread finds its generator reseeded.
///
/// Source: Johnson, "The NLopt nonlinear-optimization package", version 2.7, which names the papers.
/// @throws InvalidOptions; Error where mystic was built without NLopt. The search throws InvalidArgument
///         where start, box or variables are missing, or where an LD_ algorithm meets variables that
///         are rounded (Start::rounded)
[[nodiscard]] Algorithm nlopt(const NloptOptions& options = {});

/// Whether mystic was built with NLopt.
[[nodiscard]] bool nlopt_is_there();

}  // namespace mystic
