#pragma once

#include <optional>
#include <string_view>

namespace mystic {

/// The number that `text` is, as a whole, in any way in which simulation codes write one:
///
///   - `12`, `+5`, `-.5`, `3.`, `1.5e3`
///   - Fortran's `1.5D+03`, `1.5d3`, `1.5Q3`, and `1.5+103`, `1.5-103`: with three digits of exponent
///     Fortran leaves the letter out (a point is then required: `12-345` is no number)
///   - `nan`, `inf`, `infinity` in any case, with or without a sign, and glibc's `nan(...)`
///
/// Whatever else stands there, in front or behind, makes it no number: `1,5`, `12abc`, `- 5.0`, blanks,
/// the `*****` of a Fortran field that is too narrow. Nor is `1e400` one, which no double can hold;
/// `1e-400` is 0. The result is the nearest double, in every locale.
std::optional<double> read_number(std::string_view text);

}  // namespace mystic
