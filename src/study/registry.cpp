#include "study/registry.hpp"

#include "mystic/control/terminations.hpp"
#include "mystic/ensembles/buckshot.hpp"
#include "mystic/ensembles/lattice.hpp"
#include "mystic/ensembles/mixed.hpp"
#include "mystic/ensembles/sparsity.hpp"
#include "mystic/solvers/differential_evolution.hpp"
#include "mystic/solvers/nelder_mead.hpp"
#include "mystic/solvers/nlopt.hpp"
#include "mystic/solvers/powell.hpp"

#include <utility>

namespace mystic::study {
namespace {

// Keys that every ensemble has beside its own options.
const std::initializer_list<std::string> ensemble_keys{
    "kind", "member", "deal", "termination", "generations", "evaluations", "collapse", "until_flat"};

template <class Options, class Make>
SolverEntry solver(std::string text, bool needs_start, Make make,
                   std::function<Termination()> usual_termination) {
  return {std::string(Options::title),
          std::move(text),
          needs_start,
          option_texts<Options>(),
          [make](const Json& json, const std::string& path, Problems& problems) -> Algorithm {
            const std::size_t before = problems.count();
            const auto options = read_options<Options>(
                json, path, problems,
                {"kind", "termination", "generations", "evaluations", "collapse", "until_flat"});
            if (problems.count() == before) check_rules(options, path, problems);
            return make(problems.count() == before ? options : Options{});
          },
          std::move(usual_termination),
          {}};
}

template <class Options, class Make>
EnsembleEntry ensemble(std::string text, Make make) {
  return {std::string(Options::title), std::move(text), option_texts<Options>(),
          [make](const Json& json, const std::string& path, Algorithm member, Problems& problems) {
            const std::size_t before = problems.count();
            const auto options = read_options<Options>(json, path, problems, ensemble_keys);
            if (problems.count() == before) check_rules(options, path, problems);
            return make(std::move(member), problems.count() == before ? options : Options{});
          }};
}

// Listed in every build, so that a study that asks for it in vain is told what to install.
SolverEntry nlopt_entry() {
  SolverEntry entry = solver<NloptOptions>("an algorithm of the NLopt library", false, nlopt,
                                           [] { return change_over_generation(1e-8, 50); });
  entry.needs_box = [](const Json& json) {
    const auto named = json.find("algorithm");
    return named != json.end() && named->is_string() &&
           named->get_ref<const std::string&>().starts_with("GN_");
  };
  if (nlopt_is_there()) return entry;
  entry.text += "; not in this build (needs libnlopt-dev)";
  entry.make = [](const Json&, const std::string& path, Problems& problems) -> Algorithm {
    problems.add(joined_path(path, "kind"),
                 "'nlopt' is not in this build: apt-get install libnlopt-dev, and build mystic again");
    return {};
  };
  return entry;
}

}  // namespace

const std::vector<SolverEntry>& solvers() {
  static const std::vector<SolverEntry> entries{
      solver<NelderMeadOptions>("Nelder-Mead's simplex: robust, few variables, no derivatives", true,
                                nelder_mead, [] { return candidate_relative_tolerance(); }),
      solver<PowellOptions>("Powell's conjugate directions with Brent's line searches", true, powell,
                            [] { return normalised_change_over_generation(1e-4, 1); }),
      solver<DifferentialEvolutionOptions>(
          "differential evolution: global, a whole generation evaluated at once", false,
          differential_evolution, [] { return change_over_generation(); }),
      nlopt_entry(),
  };
  return entries;
}

const std::vector<EnsembleEntry>& ensembles() {
  static const std::vector<EnsembleEntry> entries{
      ensemble<BuckshotOptions>(
          "many searches (\"member\") from random starts in the box, all over one map", buckshot),
      ensemble<LatticeOptions>("the same from the centres of equal cells of the box", lattice),
      ensemble<SparsityOptions>("the same from the largest gaps between starts and minima found",
                                [](Algorithm member, const SparsityOptions& options) {
                                  return sparsity(std::move(member), options);
                                }),
      ensemble<MixedOptions>("the same from cells, at random and from gaps", mixed),
  };
  return entries;
}

}  // namespace mystic::study
