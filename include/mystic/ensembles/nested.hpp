#pragma once

#include "mystic/core/conductor.hpp"
#include "mystic/core/member_rules.hpp"

namespace mystic {

/// An ensemble as one search, so that it can be a member of another ensemble: `buckshot(as_search(
/// lattice(powell()), rules))`.
///
/// Its members go on in lockstep: in each turn every running member asks once, and all that they want is
/// one batch, which the map shares out. A turn in which a member ended a step is a step of the whole;
/// its population are the best points of the members. Members draw from streams of their own, split off
/// the whole's. It ends when all members have, or its conductor says so.
///
/// @param rules  when each member is over
/// @throws InvalidArgument if nothing in `rules` would ever end a member
[[nodiscard]] Algorithm as_search(Ensemble ensemble, MemberRules rules);

/// Two searches after each other: `second` begins at the best point of `first` once that is over by its
/// rules or by itself ("differential evolution, polished by Powell"). The whole is over when the second
/// is; one without rules goes on until whoever drives the whole ends it.
/// @throws InvalidArgument if nothing in `rules` would ever end the first
[[nodiscard]] Algorithm in_turn(Algorithm first, MemberRules rules, Algorithm second,
                                MemberRules rules_of_second = {});

}  // namespace mystic
