#include "mystic/uq/estimate.hpp"

#include "mystic/core/require.hpp"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace mystic {
namespace {

double upper_tail(double level) {
  require(level > 0.0 && level < 1.0, "level = {} of an interval is not in (0, 1)", level);
  return 0.5 * (1.0 - level);
}

}  // namespace

double normal_width(double level) {
  return boost::math::quantile(boost::math::complement(boost::math::normal(), upper_tail(level)));
}

double student_width(double level, double freedom) {
  const double tail = upper_tail(level);
  require(freedom > 0.0, "freedom = {} of Student's law must be positive", freedom);
  return boost::math::quantile(boost::math::complement(boost::math::students_t(freedom), tail));
}

}  // namespace mystic
