#include "mystic/core/random.hpp"

#include <boost/random/seed_seq.hpp>

#include <vector>

namespace mystic {
namespace {

// The words that name a stream, mixed by the standard's seed_seq algorithm: streams whose names
// differ in one bit are unrelated. `purpose` keeps the stream of a search apart from those of its
// evaluations.
Random seeded(std::uint64_t seed, const SearchPath& path, std::uint32_t purpose, std::uint64_t k) {
  std::vector<std::uint32_t> words{static_cast<std::uint32_t>(seed),
                                   static_cast<std::uint32_t>(seed >> 32U), purpose,
                                   static_cast<std::uint32_t>(path.depth())};
  for (std::size_t level = 0; level < path.depth(); ++level) words.push_back(path[level]);
  words.push_back(static_cast<std::uint32_t>(k));
  words.push_back(static_cast<std::uint32_t>(k >> 32U));
  boost::random::seed_seq sequence(words.begin(), words.end());
  std::array<std::uint32_t, 8> halves{};
  sequence.generate(halves.begin(), halves.end());
  std::array<std::uint64_t, 4> state{};
  for (std::size_t i = 0; i < state.size(); ++i) {
    state[i] = (std::uint64_t{halves[2 * i]} << 32U) | halves[2 * i + 1];
  }
  if (state == std::array<std::uint64_t, 4>{}) state[0] = 1;  // the one state that xoshiro cannot leave
  return Random(state);
}

}  // namespace

Random stream(std::uint64_t seed, const SearchPath& path) { return seeded(seed, path, 0, 0); }

Random stream(std::uint64_t seed, const EvaluationId& id) { return seeded(seed, id.path, 1, id.k); }

Vector uniform(Random& random, const VectorView& lower, const VectorView& upper) {
  Vector point(lower.size());
  for (Index i = 0; i < point.size(); ++i) {
    point[i] = lower[i] + uniform(random) * (upper[i] - lower[i]);
  }
  return point;
}

}  // namespace mystic
