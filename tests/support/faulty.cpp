#include "faulty.hpp"

#include "mystic/models/functions.hpp"

#include <bit>
#include <stdexcept>

namespace mystic::testing_support {

std::uint64_t bits_of(const VectorView& x) {
  std::uint64_t bits = 0x9e3779b97f4a7c15U;
  for (const double value : x) {
    bits ^= std::bit_cast<std::uint64_t>(value);
    bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebU;
    bits ^= bits >> 31U;
  }
  return bits;
}

double FaultyRosenbrock::operator()(const VectorView& x) const {
  const std::uint64_t bits = bits_of(x);
  if (bits % one_in_ == 0) {
    if (bits % 3 == 0) return std::numeric_limits<double>::quiet_NaN();
    throw std::runtime_error("fails here");
  }
  return rosenbrock(x);
}

}  // namespace mystic::testing_support
