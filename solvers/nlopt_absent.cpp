// In place of nlopt.cpp where mystic is built without NLopt.

#include "mystic/solvers/nlopt.hpp"

namespace mystic {

bool nlopt_is_there() { return false; }

Algorithm nlopt(const NloptOptions& options) {
  validate(options);
  throw Error("nlopt is not in this build: apt-get install libnlopt-dev, and build mystic again");
}

}  // namespace mystic
