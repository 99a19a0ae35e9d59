#pragma once

#include "mystic/core/outcome.hpp"
#include "mystic/core/point.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

namespace mystic {

/// What a point gave when it was evaluated, so that it need not be evaluated again: for models without
/// chance in them. Points are the same when all their bits are. What failed is not kept, nor what did
/// not succeed at once: an alternative or a walk from another point depends on more than the point.
class EvaluationCache {
 public:
  /// Fills `outcome` and returns true when the point is known.
  [[nodiscard]] bool find(const VectorView& x, Outcome& outcome) const;

  /// Keeps a good outcome, unless the point is known.
  void add(const VectorView& x, const Outcome& outcome);

  [[nodiscard]] static bool is_kept(const Outcome& outcome) {
    return outcome.ok() && outcome.attempts == 1;
  }

  [[nodiscard]] std::size_t size() const { return known_.size(); }

  /// A number of 64 bits that stands for a point; two points have the same by chance once in 2^64.
  [[nodiscard]] static std::uint64_t fingerprint(const VectorView& x);

 private:
  std::unordered_map<std::string, Vector> known_;  ///< bytes of the point -> outputs
};

}  // namespace mystic
