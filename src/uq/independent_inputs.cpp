#include "independent_inputs.hpp"

#include "mystic/core/require.hpp"

namespace mystic {

void require_independent(std::string_view method, const Inputs& inputs, std::string_view why) {
  require(inputs.dimension() >= 1, "{}: there are no inputs", method);
  require(inputs.are_independent(), "{}: some inputs are joined by a copula; {}", method, why);
}

}  // namespace mystic
