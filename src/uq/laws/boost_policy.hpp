#pragma once

#include <boost/math/policies/policy.hpp>

namespace mystic::laws {

/// Overflow is an answer: a density may be infinite at a bound, a quantile beyond what a double holds.
/// All that would be NaN throws. Doubles are promoted as Boost does: its inverses stop at about half
/// the digits of what they compute in, and one step more.
using Policy = boost::math::policies::policy<
    boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
    boost::math::policies::underflow_error<boost::math::policies::ignore_error>,
    boost::math::policies::denorm_error<boost::math::policies::ignore_error>,
    boost::math::policies::indeterminate_result_error<boost::math::policies::throw_on_error>,
    boost::math::policies::discrete_quantile<boost::math::policies::integer_round_up>>;

}  // namespace mystic::laws
