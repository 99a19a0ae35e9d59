// What NLopt's algorithms make of their options; the same with and without NLopt.

#include "mystic/solvers/nlopt.hpp"

namespace mystic {

std::string NloptOptions::broken_rules() const {
  const NloptOptions usual;
  const bool is_local = algorithm.starts_with("LN_");
  const bool has_derivatives = algorithm.starts_with("LD_");
  const bool has_population =
      algorithm == "GN_CRS2_LM" || algorithm == "GN_ISRES" || algorithm == "GN_ESCH";
  std::string broken;
  const auto refuse_unless = [&](bool holds, const char* name) {
    if (!holds) broken += fmt::format("\n  {} means nothing to {}", name, algorithm);
  };
  refuse_unless(is_local || initial_step == usual.initial_step, "initial_step");
  refuse_unless(has_population || population == usual.population, "population");
  refuse_unless(has_derivatives || differences == usual.differences, "differences");
  refuse_unless(has_derivatives || difference_step == usual.difference_step, "difference_step");
  if (algorithm == "GN_ESCH") {
    refuse_unless(x_tolerance == usual.x_tolerance || x_tolerance == 0, "x_tolerance");
    refuse_unless(cost_tolerance == 0, "cost_tolerance");
  }
  if ((algorithm == "LN_COBYLA" || algorithm == "LN_NEWUOA_BOUND") && x_tolerance == 0) {
    broken += fmt::format(
        "\n  x_tolerance = 0 is not enough for {}: it may go on for ever without an evaluation",
        algorithm);
  }
  return broken;
}

}  // namespace mystic
