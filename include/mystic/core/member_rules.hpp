#pragma once

#include "mystic/core/termination.hpp"

#include <optional>

namespace mystic {

/// When a search within another is over: a member of an ensemble, one of several in turn.
struct MemberRules {
  std::optional<Termination> termination = {};
  std::optional<Index> generations = {};
  std::optional<Index> evaluations = {};

  /// Whether anything here would ever end it.
  [[nodiscard]] bool stop() const { return termination || generations || evaluations; }
};

}  // namespace mystic
