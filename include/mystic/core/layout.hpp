#pragma once

#include "mystic/core/point.hpp"
#include "mystic/core/require.hpp"

#include <algorithm>

namespace mystic {

/// Which of `ranks` owns which of `count` indices, in balanced blocks: the first count mod ranks
/// ranks own one more than the rest. Rank r owns [first(r), first(r + 1)).
class BalancedLayout {
 public:
  BalancedLayout(Index count, Index ranks) : share_(0), longer_(0), ranks_(ranks) {
    require(ranks >= 1, "layout: ranks = {} must be at least 1", ranks);
    require(count >= 0, "layout: count = {} must be at least 0", count);
    share_ = count / ranks;
    longer_ = count % ranks;
  }

  [[nodiscard]] Index first(Index rank) const { return rank * share_ + std::min(rank, longer_); }

  [[nodiscard]] Index owner(Index index) const {
    const Index in_longer = longer_ * (share_ + 1);
    if (index < in_longer) return index / (share_ + 1);
    return share_ == 0 ? ranks_ - 1 : longer_ + (index - in_longer) / share_;
  }

 private:
  Index share_;
  Index longer_;
  Index ranks_;
};

}  // namespace mystic
