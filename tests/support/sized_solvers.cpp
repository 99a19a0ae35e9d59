#include "sized_solvers.hpp"

#include "mystic/control/terminations.hpp"
#include "mystic/ensembles/buckshot.hpp"
#include "mystic/ensembles/lattice.hpp"
#include "mystic/ensembles/mixed.hpp"
#include "mystic/ensembles/nested.hpp"
#include "mystic/ensembles/residual.hpp"
#include "mystic/ensembles/search_all.hpp"
#include "mystic/ensembles/sparsity.hpp"
#include "mystic/solvers/collapsing.hpp"
#include "mystic/solvers/differential_evolution.hpp"
#include "mystic/solvers/nelder_mead.hpp"
#include "mystic/solvers/nlopt.hpp"
#include "mystic/solvers/powell.hpp"
#include "mystic/solvers/stationary_point.hpp"
#include "mystic/solvers/until_flat.hpp"

namespace mystic::testing_support {
namespace {

constexpr double low = -4.0;
constexpr double high = 5.0;

template <class Method>
Solver boxed(Method method, Index n) {
  Solver solver(std::move(method));
  solver.bounds(Vector::Constant(n, low), Vector::Constant(n, high)).start(usual_start(n));
  return solver;
}

template <class Method>
std::function<Solver(Index)> boxed_always(Method method) {
  return [method](Index n) { return boxed(method, n); };
}

void add_simplexes_and_lines(std::vector<SizedSolver>& all) {
  all.push_back({"NelderMead", boxed_always(nelder_mead()), {10, 80, 1000, 180000}, true, false});
  all.push_back({"AdaptiveNelderMead",
                 boxed_always(nelder_mead({.adaptive = true, .first_simplex = "width"})),
                 {10, 80, 1000, 250000},
                 true});
  all.push_back({"Powell", boxed_always(powell()), {15, 25, 110, 1100}});
  all.push_back({"PowellInside",
                 boxed_always(powell({.stay_inside = true, .reset_every = 3})),
                 {15, 25, 110, 1100}});
}

void add_evolution(std::vector<SizedSolver>& all) {
  all.push_back({"DifferentialEvolution",
                 boxed_always(differential_evolution()),
                 {900, 1300, 9000, 110000},
                 true});
  all.push_back(
      {"ImmediateEvolution",
       boxed_always(differential_evolution({.replacement = "immediate", .outside = "reflect"})),
       {900, 1300, 8000, 110000},
       true});
  const DifferentialEvolutionOptions thorough{
      .population = 30, .strategy = "rand1exp", .weight = 0.5, .outside = "midpoint"};
  all.push_back({"ThoroughEvolution",
                 boxed_always(differential_evolution(thorough)),
                 {600, 1300, 7500, 55000},
                 true});
}

void add_ensembles(std::vector<SizedSolver>& all) {
  all.push_back({"Buckshot", boxed_always(buckshot(powell(), {.starts = 4})), {70, 110, 500, 5000}});
  all.push_back({"Lattice", boxed_always(lattice(powell(), {.starts = 4})), {70, 130, 600, 5500}});
  all.push_back({"Sparsity",
                 boxed_always(sparsity(powell(), {.starts = 4, .candidates = 50})),
                 {70, 130, 600, 6000}});
  all.push_back(
      {"Mixed",
       boxed_always(mixed(powell(), {.buckshot = 2, .lattice = 2, .sparsity = 1, .candidates = 50})),
       {90, 150, 750, 7000}});
  all.push_back({"Residual",
                 [](Index n) {
                   const Points known = Points::Zero(n, 1);
                   return boxed(residual(powell(), known, Vector::Ones(1), {.starts = 4}), n);
                 },
                 {70, 130, 600, 6000},
                 false,
                 false});
  all.push_back({"SearchAll",
                 [](Index n) {
                   const SearchAllOptions minima{.maxima = false, .saddles = false, .starts = 1};
                   return boxed(search_all(std::make_shared<StationaryPoints>(), minima), n);
                 },
                 {30, 70, 2000, 550000},
                 false,
                 true,
                 false});
}

void add_searches_of_searches(std::vector<SizedSolver>& all) {
  all.push_back(
      {"InTurn",
       boxed_always(in_turn(differential_evolution({.population = 20}), {.generations = 5}, powell())),
       {200, 250, 300, 1500}});
  const MemberRules patient{.termination = normalised_change_over_generation(1e-9, 2)};
  all.push_back({"LatticeAsSearch",
                 boxed_always(as_search(lattice(powell(), {.starts = 4}), patient)),
                 {70, 130, 600, 5500}});
  all.push_back({"Collapsing", boxed_always(collapsing(powell())), {15, 25, 110, 1100}});
  all.push_back({"UntilFlat", boxed_always(until_flat(powell())), {20, 30, 140, 1400}, false, false});
  all.push_back(
      {"StationaryPoint", boxed_always(stationary_point()), {30, 70, 2000, 550000}, false, true, false});
}

void add_nlopt(std::vector<SizedSolver>& all) {
  if (!nlopt_is_there()) return;
  const auto add = [&all](const std::string& algorithm, const std::array<Index, 4>& budget) {
    const std::string name = "Nlopt" + algorithm.substr(3);
    all.push_back({name, boxed_always(nlopt({.algorithm = algorithm})), budget, false, false});
  };
  add("LN_SBPLX", {60, 130, 750, 5500});
  add("LN_BOBYQA", {10, 15, 50, 350});
  add("LD_LBFGS", {10, 15, 50, 450});
  add("LD_SLSQP", {10, 15, 55, 460});
}

}  // namespace

Vector usual_start(Index n) { return Vector::Constant(n, 1.3) + Vector::LinSpaced(n, 0.0, 0.5); }

std::vector<SizedSolver> sized_solvers() {
  std::vector<SizedSolver> all;
  add_simplexes_and_lines(all);
  add_evolution(all);
  add_ensembles(all);
  add_searches_of_searches(all);
  add_nlopt(all);
  return all;
}

}  // namespace mystic::testing_support
