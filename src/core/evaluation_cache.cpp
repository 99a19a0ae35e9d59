#include "mystic/core/evaluation_cache.hpp"

#include <bit>
#include <string_view>

namespace mystic {
namespace {

std::string bytes_of(const VectorView& x) {
  return {reinterpret_cast<const char*>(x.data()), static_cast<std::size_t>(x.size()) * sizeof(double)};
}

}  // namespace

bool EvaluationCache::find(const VectorView& x, Outcome& outcome) const {
  const auto found = known_.find(bytes_of(x));
  if (found == known_.end()) return false;
  outcome = Outcome{};
  outcome.outputs = found->second;
  outcome.note = "cached";
  return true;
}

void EvaluationCache::add(const VectorView& x, const Outcome& outcome) {
  if (is_kept(outcome)) known_.try_emplace(bytes_of(x), outcome.outputs);
}

// FNV-1a over the words, each mixed as by SplitMix64: a plain FNV of doubles leaves the low bits alike.
std::uint64_t EvaluationCache::fingerprint(const VectorView& x) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (Index i = 0; i < x.size(); ++i) {
    std::uint64_t word = std::bit_cast<std::uint64_t>(x[i]) + hash;
    word = (word ^ (word >> 30U)) * 0xbf58476d1ce4e5b9U;
    word = (word ^ (word >> 27U)) * 0x94d049bb133111ebU;
    hash = (hash ^ word ^ (word >> 31U)) * 0x100000001b3U;
  }
  return hash;
}

}  // namespace mystic
