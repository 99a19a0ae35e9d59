#include "mystic/uq/sampling.hpp"

#include "mystic/core/options.hpp"
#include "mystic/core/require.hpp"
#include "mystic/uq/halton.hpp"
#include "mystic/uq/latin_hypercube.hpp"
#include "mystic/uq/monte_carlo.hpp"
#include "mystic/uq/rank_one_lattice.hpp"
#include "mystic/uq/sobol_sequence.hpp"

namespace mystic {

Points sampling_points(std::string_view design, Index dimension, Index count, std::uint64_t seed) {
  const Choices known{{"monte-carlo", "latin-hypercube", "sobol", "halton", "lattice"}};
  require(known.contains(design), "sampling_points: '{}' is no design; there are: {}", design,
          to_string(known));
  if (design == "latin-hypercube") return latin_hypercube_points(dimension, count, {.seed = seed});
  if (design == "sobol") return sobol_points(dimension, count, {.seed = seed});
  if (design == "halton") return halton_points(dimension, count, {.seed = seed});
  if (design == "lattice") return rank_one_lattice_points(dimension, count, {.seed = seed});
  return monte_carlo_points(dimension, count, {.seed = seed});
}

}  // namespace mystic
