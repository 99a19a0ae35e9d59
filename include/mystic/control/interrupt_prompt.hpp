#pragma once

#include "mystic/core/runner.hpp"

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>

namespace mystic {

/// A line without its end, or nothing when there will be no more.
using LineReader = std::function<std::optional<std::string>()>;

/// Puts the question of an interrupted run to somebody, for Solver::on_interrupt:
///
///     interrupted after 120 evaluations, best cost 3.5: [b]est, [c]ontinue, c[a]ll, [e]xit?
///
/// best: shows it, and asks again; continue: the run goes on; call: `call(best)`, and asks again
/// (offered if there is a `call`); exit: the run ends with its result. mystic's `sol` and `cont` are
/// understood. No more lines mean exit. Nothing is read or written but by these arguments; `out`
/// outlives the answerer.
/// @throws InvalidArgument if there is no `read_line`
[[nodiscard]] std::function<InterruptAnswer(const Activity&)> interrupt_prompt(
    LineReader read_line, std::ostream& out, std::function<void(const Best&)> call = nullptr);

}  // namespace mystic
